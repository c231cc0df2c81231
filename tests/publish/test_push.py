"""A push goes live or is refused whole."""

from __future__ import annotations

import subprocess
from pathlib import Path

from generator.publish.host import Host
from tests.support.content import NOTICE
from tests.support.publish.hosts import (
    ADDRESS,
    FILES,
    Office,
    clone,
    corrected,
    environment,
    gongkai,
    new_host,
    new_office,
    own,
    page,
    shown,
)

_BROKEN = "格式: 1\n标题：没有空格\n"


def test_a_push_is_live_when_it_returns_and_its_first_line_is_the_address(host: Host, office: Office) -> None:
    own(host)
    office.commit({"content/notices/2025/yi.yml": corrected(NOTICE.replace("三次", "十三次"))})
    pushed = office.push()
    assert pushed.code == 0
    assert pushed.lines[0] == f"{ADDRESS}notices/2025/yi/"
    assert "十三次" in page(host, "notices/2025/yi")


def test_progress_names_its_phases_with_seconds(host: Host, office: Office) -> None:
    own(host)
    office.commit({"content/about.md": "# 关于\n\n新的。\n"})
    pushed = office.push()
    assert pushed.lines[0] == f"{ADDRESS}about/"
    last = pushed.lines[-1]
    assert [part.split(" ")[0] for part in last.rstrip("。").split("，")] == ["校验", "生成", "核对", "发布"]
    assert last.count("秒") == 4


def test_a_broken_notice_among_good_ones_changes_nothing_and_every_problem_is_named(host: Host, office: Office) -> None:
    own(host)
    before = shown(host)
    files = {f"content/notices/2025/hao-{n}.yml": NOTICE for n in range(3)}
    office.commit(files | {f"content/notices/2025/huai-{n}.yml": _BROKEN for n in range(3)})
    pushed = office.push()
    assert pushed.code == 1
    assert shown(host).name == before.name
    for number in range(3):
        assert f"content/notices/2025/huai-{number}.yml 第2行第3列 [full-width-colon]" in pushed.words
    assert "没有发布，网站和以前一样。" in pushed.words
    assert "hao-" not in pushed.words
    assert "提醒 content/site.yml" not in pushed.words, "it would hide the errors"


def test_the_fixed_day_of_a_demo_is_refused(host: Host, office: Office) -> None:
    before = shown(host)
    office.commit({"content/site.yml": FILES["content/site.yml"] + "示例日期: 2025-12-01\n"})
    pushed = office.push()
    assert (pushed.code, shown(host).name) == (1, before.name)
    assert "content/site.yml 第3行" in pushed.words
    assert "示例日期" in pushed.words


def test_who_loses_a_race_is_told_what_to_do_and_loses_nothing(host: Host, office: Office, tmp_path: Path) -> None:
    """Both push from the same tip; the second learns it from the host, since its client saw the old tip."""
    other = clone(host, tmp_path / "other")
    office.commit({"content/notices/2025/er.yml": NOTICE})
    other.commit({"content/notices/2025/san.yml": NOTICE})
    assert office.push().code == 0
    lost = other.push()
    assert lost.code == 1
    other.git("pull", "--rebase", "--quiet")
    assert other.push().code == 0
    assert set(shown(host).public) == {"2025/yi", "2025/er", "2025/san"}


def test_content_may_be_a_repository_of_its_own(tmp_path: Path) -> None:
    host = new_host(tmp_path / "host")
    files = {path.removeprefix("content/"): text for path, text in FILES.items()}
    office = new_office(host, tmp_path / "office", files)
    assert shown(host).public == ("2025/yi",)
    office.commit({"notices/2025/er.yml": _BROKEN})
    assert "错误 notices/2025/er.yml 第2行第3列" in office.push().words


def test_records_beside_the_content_are_checked_against_and_not_committed(tmp_path: Path) -> None:
    """In a repository of content alone the guide's worktree lies in the content; a push says how to leave it out."""
    host = new_host(tmp_path / "host")
    files = {path.removeprefix("content/"): text for path, text in FILES.items()}
    office = new_office(host, tmp_path / "site" / "content", files)
    office.git("fetch", "--quiet", "origin", "records")
    office.git("worktree", "add", "records", "origin/records")
    checked = gongkai("-C", str(tmp_path / "site"), "check", "--records", str(office.folder / "records"))
    assert (checked.returncode, "records/" in checked.stdout) == (0, False), checked.stdout + checked.stderr
    office.commit({"notices/2025/er.yml": NOTICE})
    refused = office.push()
    assert (refused.code, "用 git worktree 取来的发布记录，不用提交" in refused.words) == (1, True), refused.words
    commands = [line.strip() for line in refused.lines if line.startswith("  ")]
    assert len(commands) == 4
    for command in commands:
        subprocess.run(["sh", "-c", command], cwd=office.folder, env=environment(), capture_output=True, check=True)
    pushed = office.push()
    assert pushed.code == 0, pushed.words
    assert (office.folder / "records/ledger/000001.jsonl").is_file()
    assert not office.git("status", "--short")
