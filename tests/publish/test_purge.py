"""A text published in error leaves every store of the host, whatever ends the purge, and nothing brings it back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from generator.locks import locked
from generator.publish.notes import PendingRef, PurgeNote, purge_under_way, write_note
from generator.publish.progress import Step
from generator.publish.purge import PurgeStep
from generator.publish.removal import remaining_text
from generator.publish.repository import Repository
from tests.support.content import NOTICE
from tests.support.publish.faults import Case, converged, copied, halted, pushing, waited, works
from tests.support.publish.hosts import clone, git, gongkai, page, quick, shown
from tests.support.publish.remnants import (
    ER,
    PHRASES,
    REMOVED,
    SHARED,
    TEXT,
    dying_purge,
    err,
    litter,
    lock,
    places,
    purge_held,
    purged,
    withdraw,
)

_OTHER = "content/notices/2025/wu.yml"


@pytest.fixture(scope="module")
def erred(pattern: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a host that published a text in error and took in its sources, and no longer shows it."""
    folder = tmp_path_factory.mktemp("erred")
    case = copied(pattern, folder)
    err(case)
    assert PHRASES[0] in page(case.host, "notices/2025/er")
    withdraw(case)
    return folder


@pytest.fixture
def case(erred: Path, tmp_path: Path) -> Case:
    """Return a copy of that host and of the clone that pushed to it."""
    return copied(erred, tmp_path)


def test_nothing_of_the_text_is_left_anywhere(case: Case, tmp_path: Path) -> None:
    """Sources, copies, names, messages, tags, notes, branches, leftovers of git and of ended runs; all else stays.

    Each file beside the notice's own is named with the commit that brought it, and what cannot be looked into too.
    """
    litter(case.host)
    lock(case.host)
    assert len(places(case.host)) > 20
    before = case.office.git("log", "--format=%an %ae", "main")
    done = purged(case)
    assert done.returncode == 0, done.stdout + done.stderr
    assert places(case.host) == []
    for name in ("通报.txt", "稿/一样.yml", f"{ER}.orig", "稿/送审稿.docx", "content/notices/2025/lao.yml"):
        assert f"  {name}（提交 " in done.stdout, done.stdout
    assert "12 个字以下的句子不算" in done.stdout
    assert "各人电脑上的仓库拷贝" in done.stdout
    assert "已经移除" in page(case.host, "notices/2025/er")
    assert not (case.host.state / PurgeNote.FILE).exists()
    status = gongkai("server", "status", str(case.host.root))
    assert status.returncode == 0, status.stdout
    anew = clone(case.host, tmp_path / "anew")
    assert anew.git("log", "--format=%an %ae") == before
    for path, text in {"content/notices/2025/yi.yml": NOTICE, ER: REMOVED, "README.md": "# 我们的网站\n"}.items():
        assert (anew.folder / path).read_text() == text
    assert (anew.folder / "content/notices/2025/san/表.pdf").read_bytes() == SHARED
    assert (anew.folder / "\n").exists()
    git(case.host.repository, "fsck", "--full", "--strict", "--connectivity-only")


def test_afterwards_honest_pushes_are_taken_in_and_a_second_purge_says_what_it_could_not_compare(
    case: Case, tmp_path: Path
) -> None:
    """A file that another notice uses is nobody's secret, so its id is not held against a fresh clone."""
    assert purged(case).returncode == 0
    anew = clone(case.host, tmp_path / "anew")
    listed = NOTICE + "附件:\n  - 文件: 表.pdf\n    标题: 表\n"
    anew.commit({_OTHER: listed, "content/notices/2025/wu/表.pdf": SHARED})
    pushed = anew.push()
    assert pushed.code == 0, pushed.words
    assert "2025/wu" in shown(case.host).public
    again = purged(case)
    assert again.returncode == 0, again.stderr
    assert "原文已经不在主机上，没有可以比对的" in again.stdout


@pytest.mark.parametrize("back", [0, 2])
def test_an_old_clone_cannot_bring_it_back(case: Case, back: int) -> None:
    """A merge carries the old history along, whether the clone was up to date before the purge or not."""
    case.office.git("reset", "--hard", f"main~{back}")
    assert purged(case).returncode == 0
    case.office.commit({_OTHER: NOTICE})
    case.office.git("fetch", "--quiet")
    case.office.git("merge", "--quiet", "--allow-unrelated-histories", "-X", "theirs", "-m", "合并", "origin/main")
    merged = case.office.push()
    assert (merged.code, "重新 git clone" in merged.words) == (1, True), merged.words
    assert places(case.host) == []


def test_killed_at_each_step_in_turn_it_is_finished_by_the_next_reconcile(case: Case) -> None:
    """Each run goes on where the one before was killed, and is killed one step later, with git's locks left behind."""
    litter(case.host)
    case.commit(1)
    for step in PurgeStep:
        lock(case.host)
        dying_purge(case.host, step)
        assert (purge_under_way(case.host) is None) == (step in {PurgeStep.LOOK, PurgeStep.NOTE})
        if step in {PurgeStep.REWRITE, PurgeStep.PUBLISH}:
            _refused_meanwhile(case)
    done = gongkai("server", "reconcile", str(case.host.root))
    assert (done.returncode, "update-ref" in done.stdout) == (0, False), done.stderr
    assert "2025/er 的清除接着做完了" in done.stdout
    assert places(case.host) == []
    assert purge_under_way(case.host) is None
    assert gongkai("server", "status", str(case.host.root)).returncode == 0


def _refused_meanwhile(case: Case) -> None:
    """Push, ask for the status and roll back: each is told of the purge, and no advice brings old records back."""
    refused = case.office.push("+main")
    assert (refused.code, "正在清除误发的 2025/er" in refused.words) == (1, True), refused.words
    status = gongkai("server", "status", str(case.host.root))
    assert (status.returncode, "清除还没有完成" in status.stdout) == (1, True)
    back = gongkai("server", "rollback", str(case.host.root))
    assert (back.returncode, "正在清除误发的 2025/er" in back.stderr) == (1, True)
    assert "update-ref" not in refused.words + status.stdout + back.stderr


def test_a_push_that_moves_its_ref_too_late_moves_nothing(case: Case) -> None:
    """Its objects were on the host before the purge; it was accepted, and git stood still since."""
    old = case.tip()
    late = case.office.commit({"content/about.md": "# 关于本站\n\n改了。\n"})
    git(case.host.repository, "fetch", "--quiet", str(case.office.folder), "main")
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as standing:
        write_note(case.host, PendingRef("refs/heads/main", late, standing.pid, {}))
        assert purged(case).returncode == 0
        standing.terminate()
    moved = Repository(case.host.repository)
    with pytest.raises(Exception, match="update-ref"):
        moved.move("refs/heads/main", late, old)
    assert places(case.host) == []
    assert gongkai("server", "reconcile", str(case.host.root)).returncode == 0


def test_a_push_that_waits_for_a_purge_loses_its_objects_and_is_told_why(case: Case, tmp_path: Path) -> None:
    """What it brought lies apart until it is accepted, and no such folder outlives a purge."""
    case.commit(1)
    log = tmp_path / "steps"
    quick(case.host, "pre-receive", halt=Step.WAIT.name, log=str(log))
    with pushing(case.office) as (push, words):
        with locked(case.host.lock, 0):
            hook = halted(push, log, Step.WAIT)
            purge_held(case.host)
        os.kill(hook, signal.SIGCONT)
        refused = waited(push, words)
    assert (refused.code, "重新 git clone" in refused.words) == (1, True), refused.words
    assert places(case.host) == []
    assert gongkai("server", "reconcile", str(case.host.root)).returncode == 0


def test_what_only_people_can_remove_is_named_and_nothing_waits_for_them(case: Case, tmp_path: Path) -> None:
    """A copy that IT made stays; the status tells of it, the office goes on, and the next purge ends the matter."""
    copy = case.host.root / "备份.txt"
    copy.write_text(TEXT)
    done = purged(case)
    assert (done.returncode, f"{copy}：" in done.stdout) == (1, True), done.stdout
    assert str(copy) in gongkai("server", "status", str(case.host.root)).stdout
    anew = clone(case.host, tmp_path / "anew")
    anew.commit({"content/about.md": "# 关于本站\n\n接着用。\n"})
    assert anew.push().code == 0
    copy.unlink()
    again = purged(case)
    assert again.returncode == 0, again.stdout
    assert places(case.host) == []
    assert gongkai("server", "status", str(case.host.root)).returncode == 0


def test_a_site_s_own_file_that_says_it_is_left_to_people(case: Case) -> None:
    case.office.commit({"README.md": f"# 我们的网站\n\n{PHRASES[3]}\n"})
    assert case.office.push().code == 0
    done = purged(case)
    assert (done.returncode, "仓库里的 README.md" in done.stdout) == (1, True), done.stdout


def test_what_is_public_or_still_holds_the_words_is_not_purged(pattern: Path, tmp_path: Path) -> None:
    case = copied(pattern, tmp_path)
    case.office.commit({ER: TEXT})
    assert case.office.push().code == 0
    refused = purged(case)
    assert (refused.returncode, "还公开着" in refused.stderr) == (1, True)
    removed = REMOVED.replace("说明: 误发。", f"说明: 误发了{PHRASES[0]}。")
    case.office.commit({ER: TEXT + removed[removed.index("撤回") :]})
    assert case.office.push().code == 0
    refused = purged(case)
    assert (refused.returncode, "还留着原来的文字" in refused.stderr) == (1, True), refused.stderr
    case.office.commit({ER: removed})
    assert case.office.push().code == 0
    done = purged(case)
    assert (done.returncode, "2025/er 的撤回说明：" in done.stdout) == (0, True), "the reason is public for good"
    assert places(case.host, PHRASES[1:]) == []
    wrong = gongkai("server", "purge", str(case.host.root), "../\x1b[31mer", "--yes")
    assert (wrong.returncode, "不是通报的编号" in wrong.stderr, "\x1b" in wrong.stderr) == (1, True, False)


@pytest.mark.parametrize(
    "more",
    [
        "# 身份证 210602199001011234\n",
        "联系方式:\n  - 电话: 0000-2195262\n",
        "统计:\n  - 名称: 处分\n    数: 1\n    原文: 一人\n",
        "公文:\n  索引号: 000014349/2025-00021\n",
        "公开期限:\n  开始: 2025-11-21\n  备注: 张三\n",
    ],
)
def test_what_stays_is_the_removed_form_and_not_a_line_more(more: str) -> None:
    assert remaining_text(REMOVED) == []
    assert remaining_text(f"# yaml-language-server: $schema=../../schema/notice.json\n{REMOVED}") == []
    assert remaining_text(REMOVED + more)
    assert remaining_text(REMOVED.replace("  类型", "  经办: 张三\n  类型"))
    assert remaining_text(REMOVED.replace("（已移除）", "关于张三的通报", 1)) == ["标题: 关于张三的通报"]


def test_ids_of_what_went_are_kept_and_of_what_stays_are_not(case: Case) -> None:
    assert purged(case).returncode == 0
    ids = json.loads((case.host.state / "purged.json").read_text())["2025/er"]
    shared = Repository(case.host.repository).run("rev-parse", "main:content/notices/2025/san/表.pdf").decode().strip()
    assert ids
    assert shared not in ids
    works(Case(case.host, clone(case.host, case.host.root.parent / "anew")), 3)
    converged(Case(case.host, clone(case.host, case.host.root.parent / "more")))
