"""Going back: what a rollback shows, keeps and refuses."""

from __future__ import annotations

from generator.publish.host import Host
from tests.support.content import NOTICE
from tests.support.publish.hosts import Office, corrected, gongkai, page, shown

_ERROR = NOTICE.replace("三次", "九次") + "撤回:\n  日期: 2025-11-22\n  说明: 误发。\n  类型: 误发\n"


def _pushed(office: Office, files: dict[str, str | bytes | None]) -> None:
    office.commit(files)
    pushed = office.push()
    assert pushed.code == 0, pushed.words


def test_a_rollback_stays_until_the_next_accepted_push(host: Host, office: Office) -> None:
    first = shown(host).name
    _pushed(office, {"content/notices/2025/yi.yml": corrected(NOTICE.replace("三次", "九次"))})
    done = gongkai("server", "rollback", str(host.root))
    assert done.returncode == 0, done.stderr
    assert first in done.stdout
    assert "三次" in page(host, "notices/2025/yi")
    assert gongkai("server", "reconcile", str(host.root)).returncode == 0
    assert shown(host).name == first
    standing = gongkai("server", "status", str(host.root))
    assert (standing.returncode, f"钉在 {first}" in standing.stdout) == (1, True)
    office.commit({"content/notices/2025/yi.yml": "格式: 1\n标题：没有空格\n"})
    assert office.push().code == 1
    assert shown(host).name == first, "a refused push doesn't end it"
    _pushed(office, {"content/notices/2025/yi.yml": corrected(NOTICE.replace("三次", "四次"), 2)})
    assert "四次" in page(host, "notices/2025/yi")
    assert gongkai("server", "status", str(host.root)).returncode == 0


def test_a_named_release_and_back_again(host: Host, office: Office) -> None:
    _pushed(office, {"content/notices/2025/yi.yml": corrected(NOTICE.replace("三次", "九次"))})
    last = shown(host).name
    assert gongkai("server", "rollback", str(host.root)).returncode == 0
    assert gongkai("server", "rollback", str(host.root), last).returncode == 0
    assert "九次" in page(host, "notices/2025/yi")
    missing = gongkai("server", "rollback", str(host.root), "20200101-000000-000000000000")
    assert (missing.returncode, "没有版本" in missing.stderr) == (1, True)


def test_a_publication_is_dropped_only_on_demand(host: Host, office: Office) -> None:
    _pushed(office, {"content/notices/2025/er.yml": NOTICE})
    refused = gongkai("server", "rollback", str(host.root))
    assert (refused.returncode, "2025/er" in refused.stderr) == (1, True)
    assert set(shown(host).public) == {"2025/yi", "2025/er"}
    assert gongkai("server", "rollback", str(host.root), "--drop").returncode == 0
    assert shown(host).public == ("2025/yi",)


def test_a_text_removed_as_published_in_error_never_comes_back(host: Host, office: Office) -> None:
    first = shown(host).name
    _pushed(office, {"content/notices/2025/yi.yml": _ERROR})
    _pushed(office, {"content/about.md": "# 关于\n\n新的。\n"})
    refused = gongkai("server", "rollback", str(host.root), first, "--drop")
    assert (refused.returncode, "误发后撤下" in refused.stderr) == (1, True)
    assert gongkai("server", "rollback", str(host.root)).returncode == 0, "the release after the removal may be shown"
    assert "九次" not in page(host, "notices/2025/yi")


def test_a_damaged_release_is_not_shown(host: Host, office: Office) -> None:
    first = shown(host)
    _pushed(office, {"content/notices/2025/yi.yml": corrected(NOTICE.replace("三次", "九次"))})
    place = first.site / "notices/2025/yi/index.html"
    place.write_bytes(place.read_bytes().replace("三次".encode(), "五次".encode()))
    refused = gongkai("server", "rollback", str(host.root))
    assert (refused.returncode, "被改动过" in refused.stderr) == (1, True)
    assert "九次" in page(host, "notices/2025/yi")
