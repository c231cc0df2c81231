"""Expected texts kept in files, and the one way to bring them up to date."""

from __future__ import annotations

import difflib
import os
from pathlib import Path

import pytest

UPDATE = "GONGKAI_UPDATE_GOLDENS"


def check_golden(actual: str, path: Path) -> None:
    """Compare a text with the one in `path`; on a mismatch save it beside as `*.actual` and fail with a diff.

    `GONGKAI_UPDATE_GOLDENS=1` writes the expected text instead, never under `CI=true`. Line ends are LF.
    """
    beside = path.with_name(path.name + ".actual")
    if os.environ.get(UPDATE) == "1":
        if os.environ.get("CI") == "true":
            pytest.fail(f"{UPDATE} is refused under CI=true: look at each changed text and commit it")
        path.write_bytes(actual.encode())
        beside.unlink(missing_ok=True)
        return
    expected = path.read_bytes().decode() if path.exists() else ""
    if actual == expected:
        beside.unlink(missing_ok=True)
        return
    beside.write_bytes(actual.encode())
    diff = difflib.unified_diff(expected.splitlines(), actual.splitlines(), path.name, beside.name, lineterm="")
    pytest.fail("\n".join([f"{path} is not what came out:", *diff]))
