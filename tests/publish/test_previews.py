"""A preview is seen by those who have its address, and by nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.publish.host import Host
from tests.support.content import NOTICE
from tests.support.publish.hosts import Office, gongkai, own, quick, shown

_ADDRESS = "https://preview.example.com/"
_LATER = NOTICE.replace("发布: 2025-11-21 09:00", "发布: 2099-01-05 09:00")


@pytest.fixture
def host(host: Host) -> Host:
    """Return a host with previews switched on."""
    text = host.settings.read_text().replace("预览: 否\n", f"预览: 是\n预览网址: {_ADDRESS}\n")
    host.settings.write_text(text)
    assert gongkai("server", "init", str(host.root)).returncode == 0
    return quick(host)


@pytest.fixture
def office(host: Host, office: Office) -> Office:
    """Return a clone whose content is live, on a branch with one more notice that is not due."""
    del host
    office.git("switch", "--quiet", "--create", "preview/er")
    office.commit({"content/notices/2099/er.yml": _LATER})
    return office


def _folder(host: Host, lines: list[str]) -> Path:
    assert lines[0].startswith(_ADDRESS)
    token = lines[0].removeprefix(_ADDRESS).rstrip("/")
    assert len(token) >= 32
    return host.previews / token


def test_a_preview_shows_what_is_not_due_and_says_on_every_page_what_it_is(host: Host, office: Office) -> None:
    own(host)
    pushed = office.push("preview/er")
    assert pushed.code == 0, pushed.words
    folder = _folder(host, pushed.lines)
    pages = list(folder.rglob("*.html"))
    assert folder / "notices/2099/er/index.html" in pages
    assert all("预览：内容还没有公开，请不要转发。" in place.read_text() for place in pages)
    assert shown(host).public == ("2025/yi",), "the site itself stays as it was"
    assert not (host.current / "site/notices/2099/er").exists()


def test_a_branch_keeps_its_address_and_takes_it_along(host: Host, office: Office) -> None:
    first = office.push("preview/er").lines[0]
    office.commit({"content/notices/2099/er.yml": _LATER.replace("三次", "九次")})
    second = office.push("preview/er")
    assert second.lines[0] == first
    folder = _folder(host, second.lines)
    assert "九次" in (folder / "notices/2099/er/index.html").read_text()
    office.git("commit", "--quiet", "--amend", "--message", "改写")
    assert office.push("--force", "preview/er").code == 0, "a preview may be written anew"
    gone = office.push("--delete", "preview/er")
    assert (gone.code, "已经撤下" in gone.words, folder.exists()) == (0, True, False)


def test_a_preview_with_a_problem_is_refused(host: Host, office: Office) -> None:
    office.commit({"content/notices/2099/er.yml": "格式: 1\n标题：没有空格\n"})
    pushed = office.push("preview/er")
    assert (pushed.code, "第2行第3列" in pushed.words) == (1, True)
    assert [place for place in host.previews.iterdir() if place.is_dir()] == []


def test_the_published_branch_keeps_its_rules(office: Office) -> None:
    office.git("commit", "--quiet", "--amend", "--message", "改写")
    office.git("switch", "--quiet", "main")
    office.git("commit", "--quiet", "--amend", "--message", "改写")
    assert "不能强行推送" in office.push("--force", "main").words
    assert "不能删除 main 分支" in office.push("--delete", "main").words
    assert "只收 main 分支" in office.push("main:other").words
    assert "预览分支的名称" in office.push("main:preview/a/b").words


def test_reconcile_removes_previews_without_a_branch(host: Host, office: Office) -> None:
    folder = _folder(host, office.push("preview/er").lines)
    host.settings.write_text(host.settings.read_text().replace("预览: 是\n", "预览: 否\n"))
    assert gongkai("server", "reconcile", str(host.root)).returncode == 0
    assert not folder.exists()
    refused = office.push("preview/er:preview/san")
    assert (refused.code, "没有打开预览" in refused.words) == (1, True)
