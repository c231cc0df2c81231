"""The helper for goldens: it tells a difference, keeps what came out, and never updates under CI."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.goldens import UPDATE, check_golden


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(UPDATE, raising=False)
    monkeypatch.delenv("CI", raising=False)


def test_difference_fails_with_a_diff_and_leaves_what_came_out(tmp_path: Path) -> None:
    path = tmp_path / "expected.txt"
    path.write_text("甲\n", "utf-8")
    with pytest.raises(pytest.fail.Exception, match=r"(?s)-甲.*\+乙"):
        check_golden("乙\n", path)
    actual = tmp_path / "expected.txt.actual"
    assert actual.read_text("utf-8") == "乙\n"
    check_golden("甲\n", path)
    assert not actual.exists()


def test_missing_golden_fails(tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception):
        check_golden("甲\n", tmp_path / "expected.txt")


def test_update_writes_unless_under_ci(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "expected.txt"
    monkeypatch.setenv(UPDATE, "1")
    check_golden("甲\n", path)
    assert path.read_bytes() == "甲\n".encode()
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="CI=true"):
        check_golden("乙\n", path)
    assert path.read_bytes() == "甲\n".encode()
