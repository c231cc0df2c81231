"""What the guides tell people to type exists, and what they show as YAML passes the check."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click
import pytest

from generator.check import check_content
from generator.cli.program import Program
from generator.cli.program import gongkai as program
from generator.period import SHANGHAI, local
from generator.problems import Severity, show
from tests.support.content import NOTICE, SmallContent
from tests.support.marks import drawn
from tests.support.program import ROOT
from tests.support.publish.hosts import environment, git, new_host, page
from tests.support.publish.premises import approved, section

# The formats are described for developers, in English.
_GUIDES = sorted(place for place in (ROOT / "docs").glob("*.md") if place.name != "formats.md")
_COMMAND = re.compile(r"(?<!-u )gongkai ((?:-C \S+ )?[a-z]+[^`\n；，。）]*)")
_LINK = re.compile(r"\]\(([^)#:]+)\)")
_PERIOD = "公开期限:\n  开始: 2025-11-21\n  结束: 2025-12-12\n"


def blocks(guide: Path) -> list[str]:
    """Return the indented blocks of a guide that are YAML, without their indentation."""
    text = guide.read_text("utf-8")
    found = re.findall(r"(?:^    [^\n]*\n|^\n(?=    ))+", text, re.MULTILINE)
    plain = [re.sub(r"^    ", "", block, flags=re.MULTILINE).strip("\n") for block in found]
    return [block for block in plain if re.match(r"[\u4e00-\u9fff]+:(?: |\n)", block)]


def test_the_guides_are_there() -> None:
    assert [guide.name for guide in _GUIDES] == ["archive.md", "forge.md", "host.md", "office.md", "performance.md"]
    assert len(blocks(ROOT / "docs/office.md")) == 7


@pytest.mark.parametrize("guide", _GUIDES, ids=lambda guide: guide.name)
def test_every_command_exists_with_its_options(guide: Path) -> None:
    assert isinstance(program, Program)
    context = click.Context(program)
    for said in _COMMAND.findall(guide.read_text("utf-8")):
        words = [word for word in said.split() if word != "…"]
        while words[0] == "-C":
            words = words[2:]
        verb: click.Command | None = program
        while isinstance(verb, click.Group) and words and words[0].isascii() and words[0].isalpha():
            verb = verb.get_command(context, words[0])
            assert verb is not None, said
            words = words[1:]
        assert isinstance(verb, click.Command)
        known = {option for param in verb.get_params(context) for option in param.opts}
        assert {word.partition("=")[0] for word in words if word.startswith("-")} <= known, said


@pytest.mark.parametrize("block", blocks(ROOT / "docs/office.md"), ids=lambda block: block.split(":")[0])
def test_what_the_office_is_to_write_passes_the_check(block: str, small_content: SmallContent) -> None:
    timed = NOTICE.replace("正文:", f"{_PERIOD}正文:", 1)
    if block.startswith("首页标题:"):
        root = small_content({"site.yml": f"网站名称: 示例县巡察整改公开\n{block}\n", "logo.png": drawn()})
    elif "标题:" in block:
        whole = f"格式: 1\n{block}\n".replace("shili-media", "bangongshi")
        root = small_content({"notices/2025/yi.yml": whole})
    else:
        root = small_content({"notices/2025/yi.yml": f"{timed}{block}\n"})
    checked = check_content(root / "content")
    errors = [problem for problem in checked.problems if problem.severity is Severity.ERROR]
    assert not errors, show(errors, checked.sources)


@pytest.mark.parametrize("guide", [*_GUIDES, ROOT / "README.md", ROOT / "README.zh.md"], ids=lambda guide: guide.name)
def test_links_lead_to_files(guide: Path) -> None:
    for target in _LINK.findall(guide.read_text("utf-8")):
        assert (guide.parent / target).exists(), target


def test_what_the_host_is_quoted_with_is_what_it_says() -> None:
    """Words in quotation marks that the office may read in a push, or IT in the status."""
    said = "".join(place.read_text("utf-8") for place in (ROOT / "generator").rglob("*.py"))
    for words in (
        "没有发布，网站和以前一样。",
        "推送已经收下，但网站还没有换上",
        "别人正在发布，等他完成 …",
        "别人的发布还没有完成",
        "他人刚发布，请先 git pull --rebase，再 git push",
        "最近一次推送还没有换上",
        "网站旧了",
        "正在用的版本坏了",
        "推送用的程序不是这一个",
        "没有生成成功",
    ):
        assert words in said, words
        assert any(words.rstrip("。") in guide.read_text("utf-8") for guide in _GUIDES), words


@dataclass(frozen=True, slots=True)
class Clerk:
    """Somebody who types what a guide says into a terminal, on a computer of his own."""

    home: Path

    def type(self, place: str, *lines: str) -> str:
        """Run lines in a folder below the home, and return what they say; each must end well."""
        programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        settings = {"PATH": programs, "HOME": str(self.home), "GIT_CONFIG_GLOBAL": str(self.home / ".gitconfig")}
        # Git's own settings are those of the guide: who he is comes from its lines.
        plain = {
            name: value for name, value in environment().items() if not name.startswith(("GIT_AUTHOR", "GIT_COMM"))
        }
        done = subprocess.run(
            ["bash", "-e", "-c", "\n".join(lines)],
            cwd=self.home / place,
            env={**plain, **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout


def test_the_offices_own_steps_from_nothing_publish_the_notice_and_commit_no_source(tmp_path: Path) -> None:
    """An empty host, the guide's lines as written, and a clerk who leaves sources all over the repository.

    The notice and its attachment are public; no Word, PDF or text file beside them is in any commit.
    """
    host, clerk, today = new_host(tmp_path / "host"), Clerk(tmp_path), local(datetime.now(SHANGHAI))
    first = section("office.md", "第一次")
    clone = first.index("git clone 地址 tongbao")
    clerk.type(".", *first[:clone], first[clone].replace("地址", str(host.repository)))
    (init,) = (line for line in first if line.startswith("gongkai init"))
    clerk.type("tongbao", "mkdir ../原稿", init)
    assert {"mkdir ../原稿", "gongkai check --live"} <= set(first)

    day = [line.replace("2025/", f"{today.year}/") for line in section("office.md", "发布那一天")]
    publish = day[day.index("git add -A") : day.index("git push") + 1]
    assert len(publish) == 3
    clerk.type("tongbao", "gongkai check --live", *publish)

    (tmp_path / "原稿" / "通报.txt").write_text(approved(today), "utf-8")
    office = tmp_path / "tongbao"
    for place in (
        "通报.txt",
        "送审稿.DOCX",
        "content/扫描.pdf",
        "content/notices/通报.wps",
        "原稿/通报.md",
        "封面.Pdf",
    ):
        (office / place).parent.mkdir(parents=True, exist_ok=True)
        (office / place).write_bytes(b"source")
    begin = day[: day.index("git add -A")]
    assert [line.split()[1] for line in begin] == ["pull", "import", "check", "serve"]
    clerk.type("tongbao", *begin[:2])
    notice = office / f"content/notices/{today.year}/shili-media.yml"
    notice.write_text(notice.read_text("utf-8") + "附件:\n  - 文件: 整改台账.pdf\n", "utf-8")
    notice.with_suffix("").mkdir()
    (notice.with_suffix("") / "整改台账.pdf").write_bytes(b"%PDF-1.7\n")
    said = clerk.type("tongbao", begin[2], *publish)

    assert "没有错误" in said
    assert page(host, f"notices/{today.year}/shili-media/").count("抽查稿件1200篇")
    listed = git(office, "-c", "core.quotePath=false", "log", "--format=", "--name-only").split("\n")
    committed = {path for path in listed if path and not path.startswith("content/schema/")}
    assert committed == {
        *("mkdocs.yml", ".gitignore", "content/site.yml", "content/organs.yml", "content/about.md"),
        *("content/accessibility.md", f"content/notices/{today.year}/shili-media.yml"),
        f"content/notices/{today.year}/shili-media/整改台账.pdf",
    }
