"""No bit of a bag, a site or the records changes unseen, and the file is named."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from generator.archive import verify
from tests.support.archive.flips import flips
from tests.support.archive.story import Story

TIMES = 100


def test_the_bag_the_site_and_the_records_are_as_published(story: Story) -> None:
    for place in (story.bag, story.site, story.records):
        assert verify(place, None, None).flaws == ()
    assert verify(story.bag, story.records, story.signers).flaws == ()
    assert verify(story.site, story.records, None).flaws == ()


@pytest.mark.parametrize("what", ["bag", "site", "records"])
def test_every_flip_is_seen_and_its_file_named(what: str, story: Story, tmp_path: Path) -> None:
    source = {"bag": story.bag, "site": story.site, "records": story.records}[what]
    copy = Path(shutil.copytree(source, tmp_path / what))
    seed = random.randrange(2**32)  # noqa: S311  (other bits each time)
    assert flips(copy, TIMES, random.Random(seed)) == [], f"seed {seed}"  # noqa: S311
    assert verify(copy, None, None).flaws == (), "each was put back"


def test_a_file_that_is_gone_or_new_is_named(story: Story, tmp_path: Path) -> None:
    for source, gone in ((story.bag, "data/metadata.csv"), (story.site, "about/index.html")):
        copy = Path(shutil.copytree(source, tmp_path / source.name))
        (copy / gone).unlink()
        (copy / "data/more.html").write_text("多出来的")
        flaws = verify(copy, None, None).flaws
        assert {f"{gone}：不见了", "data/more.html：多出来的"} <= set(flaws)
