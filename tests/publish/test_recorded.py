"""The branch of the records on a host: what a push, a rollback, the clock and a purge enter, and what is refused."""

from __future__ import annotations

import json
import signal
import subprocess
from pathlib import Path

import pytest

from generator.publish.host import Host
from generator.publish.progress import Step
from generator.publish.records_branch import attachment_names_left
from generator.publish.records_ref import RECORDS_REF
from generator.publish.release import read_release
from generator.publish.repository import Repository
from tests.support.content import NOTICE
from tests.support.fork import runs
from tests.support.publish.hosts import Office, corrected, environment, git, gongkai, page, shown

YI = "content/notices/2025/yi.yml"
NINE = NOTICE.replace("三次", "九次")
ERROR = NINE + "撤回:\n  日期: 2025-11-22\n  说明: 误发。\n  类型: 误发\n"


def _ledger(host: Host) -> list[dict[str, object]]:
    written = git(host.repository, "show", f"{RECORDS_REF}:ledger/000001.jsonl")
    return [json.loads(line) for line in written.splitlines()]


def _events(host: Host) -> list[tuple[object, object, object]]:
    return [(line["id"], line["event"], line["version"]) for line in _ledger(host)]


def _files(host: Host) -> set[str]:
    return set(git(host.repository, "ls-tree", "-r", "--name-only", RECORDS_REF).split())


def _pushed(office: Office, files: dict[str, str | bytes | None]) -> None:
    office.commit(files)
    pushed = office.push()
    assert pushed.code == 0, pushed.words


def test_each_accepted_push_enters_what_it_changed(host: Host, office: Office) -> None:
    assert _events(host) == [("site", "site-changed", 1), ("2025/yi", "published", 1)]
    _pushed(office, {"content/notices/2025/yi.yml": f"# 经办人的话\n{NOTICE}"})
    assert len(_ledger(host)) == 2, "a comment is not public"
    _pushed(office, {"content/about.md": "# 关于本站\n\n改了说明。\n"})
    assert _events(host)[2:] == [("site", "site-changed", 2)]
    _pushed(office, {YI: corrected(NINE)})
    assert _events(host)[3:] == [("2025/yi", "corrected", 2)]
    notices = {"notices/2025/yi.v1.json", "notices/2025/yi.v2.json"}
    assert _files(host) == {"ledger/000001.jsonl", "site/v1.json", "site/v2.json", *notices}
    assert "三次" in page(host, "notices/2025/yi/v1")
    served = (host.current / "site/data/ledger/000001.jsonl").read_text("utf-8")
    assert served == git(host.repository, "show", f"{RECORDS_REF}:ledger/000001.jsonl")


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({YI: NINE}, ("[silent-change]", "yi.yml 第9行", "gongkai correct 2025/yi")),
        ({YI: None}, ("[notice-gone]", "gongkai withdraw 2025/yi")),
    ],
)
def test_a_silent_change_and_a_deletion_are_refused(
    files: dict[str, str | bytes | None], words: tuple[str, ...], host: Host, office: Office
) -> None:
    before, name = _ledger(host), shown(host).name
    office.commit(files)
    refused = office.push()
    assert refused.code == 1
    for word in words:
        assert word in refused.words
    assert (_ledger(host), shown(host).name) == (before, name)


def test_nobody_pushes_to_the_records_but_everybody_may_have_them(host: Host, office: Office, tmp_path: Path) -> None:
    refused = office.push("+main:records")
    assert (refused.code, "由主机自己写" in refused.words) == (1, True)
    git(tmp_path, "clone", "--quiet", "--branch", "records", str(host.repository), str(tmp_path / "records"))
    done = gongkai("verify", str(tmp_path / "records"))
    assert (done.returncode, "没有发现改动" in done.stdout) == (0, True), done.stderr
    office.commit({YI: NINE})
    checked = gongkai("-C", str(office.folder), "check", "--records", str(tmp_path / "records"))
    assert (checked.returncode, "silent-change" in checked.stdout) == (1, True)


def test_a_rollback_and_the_way_back_are_entered(host: Host, office: Office) -> None:
    _pushed(office, {YI: corrected(NINE)})
    assert gongkai("server", "rollback", str(host.root)).returncode == 0
    assert gongkai("server", "reconcile", str(host.root)).returncode == 0
    _pushed(office, {"content/about.md": "# 关于本站\n\n改了说明。\n"})
    assert [event for id_, *event in _events(host) if id_ != "site"] == [
        ["published", 1],
        ["corrected", 2],
        ["shown-again", 1],
        ["shown-again", 2],
    ]
    assert "九次" in page(host, "notices/2025/yi")


def test_a_rollback_to_before_an_organ_was_renamed_is_entered(host: Host, office: Office) -> None:
    organs = (office.folder / "content/organs.yml").read_text("utf-8")
    name = next(line for line in organs.splitlines() if line.startswith("  名称: "))
    _pushed(office, {"content/organs.yml": organs.replace(name, f"{name}（新）")})
    assert _events(host)[2:] == [("site", "site-changed", 2)]
    assert "单位更名" in page(host, "notices/2025/yi/proof")
    assert gongkai("server", "rollback", str(host.root)).returncode == 0
    assert _events(host)[3:] == [("site", "shown-again", 1)]
    _pushed(office, {YI: corrected(NINE)})
    assert _events(host)[4:] == [("site", "shown-again", 2), ("2025/yi", "corrected", 2)]


def test_after_a_rollback_the_old_text_still_needs_a_word(host: Host, office: Office) -> None:
    _pushed(office, {YI: corrected(NINE)})
    assert gongkai("server", "rollback", str(host.root)).returncode == 0
    office.commit({YI: NOTICE})
    assert office.push().code == 1, "the correction was public and may not vanish"
    _pushed(office, {YI: corrected(NOTICE, 2)})
    assert _events(host)[-1] == ("2025/yi", "corrected", 3)


def test_a_text_published_in_error_leaves_the_records_and_stays_away(host: Host, office: Office) -> None:
    _pushed(office, {YI: corrected(NINE)})
    _pushed(office, {YI: ERROR})
    assert _files(host) == {"ledger/000001.jsonl", "site/v1.json", "notices/2025/yi.v3.json"}
    for folder in ("notices/2025/yi", "notices/2025/yi/v1", "notices/2025/yi/v2", "notices/2025/yi/proof"):
        assert "九次" not in page(host, folder)
        assert "三次" not in page(host, folder)
    office.commit({YI: corrected(NINE, 2)})
    assert office.push().code == 1


def test_purged_records_hold_no_old_version_in_their_history(host: Host, office: Office) -> None:
    _pushed(office, {YI: corrected(NINE)})
    removed = "格式: 1\n标题: （已移除）\n单位: bangongshi\n发布: 2025-11-21 09:00\n正文:\n  段落:\n    - （已移除）\n"
    _pushed(office, {YI: removed + ERROR[len(NINE) :]})
    lines = len(_ledger(host))
    done = gongkai("server", "purge", str(host.root), "2025/yi", "--yes")
    assert done.returncode == 0, done.stderr
    command = ["git", "-C", str(host.repository), "cat-file", "--batch-all-objects", "--batch", "--unordered"]
    everything = subprocess.run(command, capture_output=True, check=True).stdout
    assert "九次".encode() not in everything
    assert len(_ledger(host)) == lines
    assert gongkai("server", "reconcile", str(host.root)).returncode == 0


def test_lines_that_name_attachments_are_told_to_whoever_purges(tmp_path: Path) -> None:
    """Only a program of the first schema wrote such lines, and without breaking the chain they cannot be altered."""
    host = Host(tmp_path)
    git(tmp_path, "init", "--quiet", "--bare", str(host.repository))
    old = Path(__file__).parents[1] / "records/cases/schema-1/ledger.jsonl"
    blob = git(host.repository, "hash-object", "-w", str(old)).strip()
    index = {**environment(), "GIT_INDEX_FILE": str(tmp_path / "index")}
    for command in (["update-index", "--add", "--cacheinfo", f"100644,{blob},ledger.jsonl"], ["write-tree"]):
        tree = subprocess.run(
            ["git", "-C", str(host.repository), *command], env=index, check=True, capture_output=True, text=True
        ).stdout.strip()
    who = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    git(host.repository, "update-ref", RECORDS_REF, git(host.repository, *who, "commit-tree", tree, "-m", "旧").strip())
    assert "第 2 行是旧格式" in attachment_names_left(host, "2025/er")
    assert "第 1、3 行是旧格式" in attachment_names_left(host, "2025/yi")
    assert attachment_names_left(host, "2025/san") == ""


def test_records_that_were_set_back_or_removed_come_back(host: Host, office: Office) -> None:
    first = Repository(host.repository).tip(RECORDS_REF)
    _pushed(office, {YI: corrected(NINE)})
    last = Repository(host.repository).tip(RECORDS_REF)
    for number, command in enumerate((("update-ref", RECORDS_REF, first), ("update-ref", "-d", RECORDS_REF))):
        git(host.repository, *command)
        _pushed(office, {YI: f"# 第 {number} 次\n{corrected(NINE)}"})
        assert Repository(host.repository).tip(RECORDS_REF) == last


def test_a_reconcile_brings_them_back_too(host: Host, office: Office) -> None:
    last = Repository(host.repository).tip(RECORDS_REF)
    git(host.repository, "update-ref", "-d", RECORDS_REF)
    assert gongkai("server", "reconcile", str(host.root)).returncode == 0
    assert Repository(host.repository).tip(RECORDS_REF) == last
    assert office.folder.is_dir()


def test_other_records_in_their_place_are_refused_with_a_way_out(host: Host, office: Office) -> None:
    last = Repository(host.repository).tip(RECORDS_REF)
    tree = git(host.repository, "rev-parse", f"{RECORDS_REF}^{{tree}}").strip()
    who = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    other = git(host.repository, *who, "commit-tree", tree, "-m", "另一份").strip()
    git(host.repository, "update-ref", RECORDS_REF, other)
    office.commit({YI: corrected(NINE)})
    refused = office.push()
    assert refused.code == 1
    assert f"update-ref {RECORDS_REF} {last}" in refused.words
    git(host.repository, "update-ref", RECORDS_REF, last)
    assert office.push().code == 0


def test_a_ledger_that_was_altered_is_refused(host: Host, office: Office, tmp_path: Path) -> None:
    altered = git(host.repository, "show", f"{RECORDS_REF}:ledger/000001.jsonl").replace("true", "false")
    (tmp_path / "ledger.jsonl").write_text(altered)
    blob = git(host.repository, "hash-object", "-w", str(tmp_path / "ledger.jsonl")).strip()
    command = ["git", "-C", str(host.repository), "mktree"]
    made = subprocess.run(
        command, input=f"100644 blob {blob}\tledger.jsonl\n", capture_output=True, text=True, check=True
    )
    parent = Repository(host.repository).tip(RECORDS_REF)
    who = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    commit = git(host.repository, *who, "commit-tree", made.stdout.strip(), "-p", parent, "-m", "改").strip()
    git(host.repository, "update-ref", RECORDS_REF, commit)
    office.commit({YI: corrected(NINE)})
    refused = office.push()
    assert (refused.code, "第 1 行" in refused.words) == (1, True), refused.words
    assert f"update-ref {RECORDS_REF} {parent}" in refused.words


@pytest.mark.parametrize("step", [Step.RECORD, Step.SWITCH])
def test_killed_around_the_entry_nothing_is_lost_or_entered_twice(step: Step, host: Host, office: Office) -> None:
    """The publication is entered before it is shown; whoever comes next shows what was entered."""
    _pushed(office, {"content/about.md": "# 关于本站\n\n改了说明。\n"})
    assert runs.run("rollback", str(host.root), die=step.name).returncode == -signal.SIGKILL
    assert gongkai("server", "reconcile", str(host.root)).returncode == 0
    _pushed(office, {YI: corrected(NINE)})
    assert [event for event in _events(host) if event[0] != "site"] == [
        ("2025/yi", "published", 1),
        ("2025/yi", "corrected", 2),
    ]
    release = read_release(host.current.resolve())
    assert release is not None
    assert release.records == Repository(host.repository).tip(RECORDS_REF)
