"""What the guides tell people to type exists, and what they show as YAML passes the check."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from generator.check import check_content
from generator.cli.program import Program
from generator.cli.program import gongkai as program
from generator.problems import Severity, show
from tests.conftest import NOTICE, SmallContent
from tests.program import ROOT

_GUIDES = sorted((ROOT / "docs").glob("*.md"))
_COMMAND = re.compile(r"gongkai ((?:-C \S+ )?[a-z]+[^`\n；，。）]*)")
_LINK = re.compile(r"\]\(([^)#:]+)\)")
_PERIOD = "公开期限:\n  开始: 2025-11-21\n  结束: 2025-12-12\n"


def blocks(guide: Path) -> list[str]:
    """Return the indented blocks of a guide that are YAML, without their indentation."""
    text = guide.read_text("utf-8")
    found = re.findall(r"(?:^    [^\n]*\n|^\n(?=    ))+", text, re.MULTILINE)
    plain = [re.sub(r"^    ", "", block, flags=re.MULTILINE).strip("\n") for block in found]
    return [block for block in plain if re.match(r"[\u4e00-\u9fff]+:(?: |\n)", block)]


def test_the_guides_are_there() -> None:
    assert [guide.name for guide in _GUIDES] == ["archive.md", "forge.md", "host.md", "office.md"]
    assert len(blocks(ROOT / "docs/office.md")) == 5


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
        known = {option for param in verb.params for option in param.opts}
        assert {word.partition("=")[0] for word in words if word.startswith("-")} <= known, said


@pytest.mark.parametrize("block", blocks(ROOT / "docs/office.md"), ids=lambda block: block.split(":")[0])
def test_what_the_office_is_to_write_passes_the_check(block: str, small_content: SmallContent) -> None:
    whole = "标题:" in block
    timed = NOTICE.replace("正文:", f"{_PERIOD}正文:", 1)
    text = f"格式: 1\n{block}\n".replace("shili-media", "bangongshi") if whole else f"{timed}{block}\n"
    checked = check_content(small_content({"notices/2025/yi.yml": text}) / "content")
    errors = [problem for problem in checked.problems if problem.severity is Severity.ERROR]
    assert not errors, show(errors, checked.sources)


@pytest.mark.parametrize("guide", [*_GUIDES, ROOT / "README.md", ROOT / "README.zh.md"], ids=lambda guide: guide.name)
def test_links_lead_to_files(guide: Path) -> None:
    for target in _LINK.findall(guide.read_text("utf-8")):
        assert (guide.parent / target).exists(), target


def test_what_the_host_is_quoted_with_is_what_it_says() -> None:
    """Words in quotation marks that the office may read in a push, or IT in the status."""
    said = "".join(
        place.read_text("utf-8") for room in ("publish", "cli") for place in (ROOT / "generator" / room).rglob("*.py")
    )
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
