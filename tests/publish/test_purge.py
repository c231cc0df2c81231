"""A text published in error leaves every store of the host."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.publish.host import Host
from tests.conftest import NOTICE
from tests.publish.hosting import Office, clone, corrected, gongkai, page, shown

_SECRET = "张三的身份证号码绝对不应当出现在这份公开的通报里面"  # noqa: S105  (the words to look for)
_WITH_SECRET = NOTICE.replace("一是制定计划。", f"一是制定计划。{_SECRET}。")
_REMOVED = """\
格式: 1
标题: （已移除）
单位: bangongshi
发布: 2025-11-21 09:00
正文:
  段落:
    - （已移除）
撤回:
  日期: 2025-11-22
  说明: 误发。
  类型: 误发
"""
_PLACE = "content/notices/2025/er.yml"


@pytest.fixture
def office(host: Host, office: Office) -> Office:
    """Return a clone whose notice holds a secret, live in two versions."""
    listed = corrected(_WITH_SECRET + "附件:\n  - 文件: 名单.pdf\n    标题: 名单\n")
    office.commit({_PLACE: _WITH_SECRET})
    assert office.push().code == 0
    office.commit({_PLACE: listed, "content/notices/2025/er/名单.pdf": f"%PDF-1.4 {_SECRET}"})
    assert office.push().code == 0
    assert _SECRET in page(host, "notices/2025/er")
    return office


def _removed(office: Office) -> None:
    office.commit({_PLACE: _REMOVED, "content/notices/2025/er/名单.pdf": None})
    pushed = office.push()
    assert pushed.code == 0, pushed.words


def _places(host: Host) -> list[str]:
    """Return where on the host the secret still stands, objects of the repository included."""
    found = [
        str(place.relative_to(host.root))
        for place in host.root.rglob("*")
        if place.is_file() and _SECRET.encode() in place.read_bytes()
    ]
    command = ["git", "-C", str(host.repository), "cat-file", "--batch-all-objects", "--batch", "--unordered"]
    if _SECRET.encode() in subprocess.run(command, capture_output=True, check=True).stdout:
        found.append("objects")
    return found


def test_nothing_of_the_text_is_left(host: Host, office: Office) -> None:
    _removed(office)
    assert "objects" in _places(host), "the history still holds it, and so do earlier releases"
    done = gongkai("server", "purge", str(host.root), "2025/er", "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert _places(host) == []
    assert "各人电脑上的仓库拷贝" in done.stdout
    assert "已经移除" in page(host, "notices/2025/er")
    assert gongkai("server", "status", str(host.root)).returncode == 0
    assert gongkai("server", "purge", str(host.root), "2025/er", "--yes").returncode == 0, "it may be run again"


def test_the_history_of_all_else_stays(host: Host, office: Office, tmp_path: Path) -> None:
    _removed(office)
    before = office.git("log", "--format=%s %an %ad", "main")
    assert gongkai("server", "purge", str(host.root), "2025/er", "--yes").returncode == 0
    anew = clone(host, tmp_path / "anew")
    assert anew.git("log", "--format=%s %an %ad") == before
    assert (anew.folder / "content/notices/2025/yi.yml").read_text() == NOTICE
    assert (anew.folder / _PLACE).read_text() == _REMOVED
    anew.git("fsck", "--full", "--strict")
    anew.commit({"content/notices/2025/san.yml": NOTICE})
    assert anew.push().code == 0
    assert "2025/san" in shown(host).public


def test_an_old_clone_cannot_bring_it_back(host: Host, office: Office) -> None:
    """Neither by a rebase that git does by itself nor by a merge, which carries the old history along."""
    _removed(office)
    assert gongkai("server", "purge", str(host.root), "2025/er", "--yes").returncode == 0
    office.commit({"content/notices/2025/si.yml": NOTICE})
    office.git("fetch", "--quiet")
    office.git("merge", "--quiet", "--allow-unrelated-histories", "-X", "theirs", "-m", "合并", "origin/main")
    merged = office.push()
    assert (merged.code, "重新 git clone" in merged.words) == (1, True)
    assert _places(host) == []


def test_what_is_public_or_still_holds_the_words_is_not_purged(host: Host, office: Office) -> None:
    refused = gongkai("server", "purge", str(host.root), "2025/er", "--yes")
    assert (refused.returncode, "还公开着" in refused.stderr) == (1, True)
    office.commit({_PLACE: _WITH_SECRET + "撤回:\n  日期: 2025-11-22\n  说明: 误发。\n  类型: 误发\n"})
    assert office.push().code == 0
    refused = gongkai("server", "purge", str(host.root), "2025/er", "--yes")
    assert (refused.returncode, "还留着原来的文字" in refused.stderr) == (1, True)
    wrong = gongkai("server", "purge", str(host.root), "../er", "--yes")
    assert (wrong.returncode, "不是通报的编号" in wrong.stderr) == (1, True)
