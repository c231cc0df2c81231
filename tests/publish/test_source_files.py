"""Sources and drafts stay out of the repository: a push that brings one in any commit is refused, with a mend."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from generator.characters import printable
from generator.publish.source_files import is_source_file
from tests.support.content import NOTICE
from tests.support.publish.faults import Case, copied
from tests.support.publish.hosts import Pushed, clone, environment, git, gongkai, shown

_ER = "content/notices/2025/er.yml"


@pytest.fixture
def case(pattern: Path, tmp_path: Path) -> Case:
    """Return a host that shows one notice, and its office's clone."""
    return copied(pattern, tmp_path)


def _refused(pushed: Pushed, *names: str) -> list[str]:
    """Make sure that a push was refused for these files, and return the commands that it advises."""
    assert pushed.code == 1, pushed.words
    said = "\n".join(pushed.lines)
    assert "原稿不要放进仓库" in said
    for name in names:
        assert f"\n  {name}\n" in said, said
    return [line.strip() for line in pushed.lines if line.startswith("  git ")]


def _followed(case: Case, commands: list[str]) -> None:
    """Run the advised commands in the office's clone as a person pastes them."""
    case.office.git("config", "push.default", "upstream")
    case.office.git("config", "branch.main.remote", "origin")
    case.office.git("config", "branch.main.merge", "refs/heads/main")
    for command in commands:
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=case.office.folder,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"


def test_a_source_beside_the_content_is_refused_and_the_mend_leaves_it_in_its_folder(case: Case) -> None:
    case.office.commit({_ER: NOTICE, "通报.txt": "全文", "稿/it's 送审稿.docx": "x", f"{_ER}.orig": NOTICE})
    commands = _refused(case.office.push(), "通报.txt", "稿/it's 送审稿.docx", f"{_ER}.orig")
    assert commands[1].startswith("git commit --amend")
    _followed(case, commands)
    assert "2025/er" in shown(case.host).public
    assert (case.office.folder / "通报.txt").read_text() == "全文"
    assert "通报.txt" not in git(case.host.repository, "log", "--all", "--name-only", "--format=")


def test_a_source_that_a_later_commit_removes_is_refused_too(case: Case) -> None:
    """Its text is in the push; the names of strays reach no terminal as they are, and the mend works on them."""
    odd = "稿\x1b[31m\u202e.txt"
    case.office.commit({"通报.txt": "全文", odd: "别的"})
    case.office.commit({"通报.txt": None, _ER: NOTICE})
    refused = case.office.push()
    commands = _refused(refused, "通报.txt", "稿\\x1b[31m\\u202e.txt")
    assert not set("\x1b\u202e") & set(refused.words)
    _followed(case, commands)
    assert "2025/er" in shown(case.host).public
    assert "全文" not in git(case.host.repository, "log", "--all", "--patch")


def test_a_first_push_with_sources_in_its_history_is_mended_too(tmp_path: Path, pattern: Path) -> None:
    case = copied(pattern, tmp_path)
    git(case.host.repository, "update-ref", "-d", "refs/heads/main")
    git(case.host.repository, "update-ref", "-d", "refs/heads/records")
    assert gongkai("server", "init", str(case.host.root)).returncode == 0
    case.office.commit({"通报.pdf": "%PDF-1.4"})
    case.office.commit({_ER: NOTICE})
    commands = _refused(case.office.push(), "通报.pdf")
    assert commands[0] == "git update-ref -d HEAD"
    _followed(case, commands)
    assert "2025/er" in shown(case.host).public


def test_files_of_a_host_that_took_them_in_before_are_not_held_against_a_merge(case: Case, tmp_path: Path) -> None:
    other = clone(case.host, tmp_path / "other")
    other.commit({"旧.txt": "以前收下的"})
    git(case.host.repository, "fetch", "--quiet", str(other.folder), "main:main")
    assert gongkai("server", "reconcile", str(case.host.root)).returncode == 0
    case.office.commit({_ER: NOTICE})
    case.office.git("fetch", "--quiet")
    case.office.git("merge", "--quiet", "-m", "合并", "origin/main")
    pushed = case.office.push()
    assert pushed.code == 0, pushed.words


def test_an_attachment_is_what_its_notice_lists(case: Case) -> None:
    folder = "content/notices/2025/er"
    listed = NOTICE + "附件:\n  - 文件: 表.pdf\n    标题: 表\n"
    case.office.commit({_ER: listed, f"{folder}/表.pdf": "%PDF-1.4", f"{folder}/原稿.docx": "PK\x03\x04"})
    _followed(case, _refused(case.office.push(), f"{folder}/原稿.docx"))
    assert (shown(case.host).site / "notices/2025/er/表.pdf").is_file()


@pytest.mark.parametrize("below", ["content", "."])
def test_which_files_are_strays(below: str) -> None:
    inside = "" if below == "." else "content/"
    for path in (
        "通报.txt", "稿/通报.DOCX", "a.wps", "a.et", "a.xls", "a.pdf", "a.rtf", "a.odt", "a.ofd", "a.zip", "a.csv",
        "publish.sh.bak", "theme/稿.docx", "tests/名单.xlsx", "docs/稿.txt", "requirements/稿.txt",
        f"{inside}notices/2025/er.txt", f"{inside}notices/2025/er.yml.orig", f"{inside}notices/2025/er.yml~",
        f"{inside}notices/2025/er/表.pdf.bak", f"{inside}notices/2025/er/稿/表.pdf", f"{inside}通报.docx",
    ):  # fmt: skip
        assert is_source_file(path, below), path
    for path in (
        "publish.sh", "requirements.txt", "gongkai-0.1.0-py3-none-any.whl", "README.md", "README.zh.txt", "LICENSE",
        "LICENSE.txt", ".gitignore", ".github/workflows/publish.yml", "mkdocs.yml", "theme/assets/LICENSE.txt",
        "robots.txt", "tests/cases/a/input.txt", "logo.png", f"{inside}about.md", f"{inside}notices/2025/er.yml",
        f"{inside}notices/2025/er/表.pdf", f"{inside}notices/2025/er/表.xlsx",
    ):  # fmt: skip
        assert not is_source_file(path, below), path


def test_names_are_shown_on_one_line_without_what_a_terminal_obeys() -> None:
    assert printable("整改台账.pdf") == "整改台账.pdf"
    assert printable("a\nb\tc\x1b[2J\u202e\u200b\udcff\U000e0041") == (
        "a\\x0ab\\x09c\\x1b[2J\\u202e\\u200b\\xff\\U000e0041"
    )
    assert re.fullmatch(r"长{200}…", printable("长" * 300))
