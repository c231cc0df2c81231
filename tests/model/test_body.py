"""A notice as its file says it reads back as the same notice."""

from __future__ import annotations

import pytest

from generator.model import Notice
from generator.model.body import as_written
from tests.support.records.publications import yi


@pytest.mark.parametrize("instant", ["2025-11-21 09:00", "2025-11-21", "2025-11-21T09:00:30+08:00"])
def test_an_instant_reads_back_to_the_second(instant: str) -> None:
    notice = yi(发布=instant)
    assert Notice.model_validate(as_written(notice)) == notice
