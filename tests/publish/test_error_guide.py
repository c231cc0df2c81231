"""What the guides say of a text published in error, done as written: no byte of it stays on the host."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

from generator.period import SHANGHAI
from generator.publish.host import Host
from tests.support.program import ROOT
from tests.support.publish.hosts import ADDRESS, FILES, clone, environment, new_office
from tests.support.publish.remnants import places

_OFFICE = (ROOT / "docs" / "office.md").read_text("utf-8")
_HOST = (ROOT / "docs" / "host.md").read_text("utf-8")
_SENTENCES = tuple(f"{number}号窗口办事材料一次没有说清楚的共有若干件" for number in "甲乙丙丁戊己庚辛壬癸")


def _text(today: datetime) -> str:
    """Return a notice's plain text as Word has it, open from today on."""
    last = today + timedelta(days=20)
    numbered = enumerate(_SENTENCES, 1)
    findings = "\n".join(f"{number}.{sentence}。\n一是补发清单。二是逐件回访。" for number, sentence in numbered)
    return (
        "中共示例县办公室党组关于巡察整改进展情况的通报\n\n"
        "根据县委统一部署，巡察组对示例县办公室党组开展了巡察。现将整改进展情况予以公布。\n"
        f"一、巡察反馈意见整改落实情况\n{findings}\n二、下一步工作\n继续整改。\n"
        f"公开期限：{today:%Y年%-m月%-d日}至{last:%Y年%-m月%-d日}。联系电话：0000-2195262；电子邮箱：a@example.com。\n"
        f"中共示例县办公室党组\n{today:%Y年%-m月%-d日}\n"
    )


def _commands(guide: str, heading: str) -> list[list[str]]:
    """Return the commands of a section's indented blocks, word by word."""
    section = guide.split(f"## {heading}\n")[1].split("\n## ", maxsplit=1)[0]
    lines = re.findall(r"^ {4,7}((?:git|gongkai|sudo) .*)$", section, re.MULTILINE)
    return [shlex.split(line) for line in lines]


def _run(folder: Path, words: list[str], host: Host) -> subprocess.CompletedProcess[str]:
    """Run a command of a guide as written, with this host's folder and this year for those that it names."""
    year = str(datetime.now(SHANGHAI).year)
    words = [str(host.root) if word == "/srv/xcgk" else word.replace("2025/", f"{year}/") for word in words]
    program = next((number for number, word in enumerate(words) if word.endswith("gongkai") and number != 2), None)
    command = words if program is None else [sys.executable, "-m", "generator", *words[program + 1 :]]
    return subprocess.run(
        command, cwd=folder, env=environment() | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )


def test_an_error_is_published_withdrawn_and_purged_as_the_guides_say(tmp_path: Path) -> None:
    host = Host(tmp_path / "host")
    setup = next(words for words in _commands(_HOST, "建立") if "init" in words)
    done = _run(tmp_path, [ADDRESS if word.startswith("https:") else word for word in setup], host)
    assert done.returncode == 0, done.stderr
    new_office(host, tmp_path / "first", {**FILES, ".gitignore": "/site/\n"})
    office, source = clone(host, tmp_path / "tongbao"), tmp_path
    for words in _commands(_OFFICE, "发布那一天"):
        if "import" in words:
            source = office.folder / words[words.index("import") + 1]
            source.parent.mkdir(exist_ok=True)
            source.write_text(_text(datetime.now(SHANGHAI)), encoding="utf-8")
            words += ["--organ", "bangongshi"]
        done = _run(office.folder, words, host)
        if done.returncode and "请把它们移到仓库以外的文件夹" in done.stderr:
            source.rename(tmp_path / source.name)
            for line in re.findall(r"^remote:   (git .*?) *$", done.stderr, re.MULTILINE):
                done = _run(office.folder, shlex.split(line), host)
        assert done.returncode == 0, f"{words}\n{done.stdout}{done.stderr}"
    assert places(host, _SENTENCES)
    withdrawing = next(words for words in _commands(_OFFICE, "公开以后") if "--in-error" in words)
    for words in (
        [*withdrawing, "--reason", "误把送审稿当作定稿发布。", "--yes"],
        ["git", "add", "-A"],
        ["git", "commit", "-m", "误发"],
        ["git", "push"],
        [*next(words for words in _commands(_HOST, "误发了，要清除") if "purge" in words), "--yes"],
    ):
        done = _run(office.folder, words, host)
        assert done.returncode == 0, f"{words}\n{done.stdout}{done.stderr}"
    assert "shili-media 的旧内容：仓库历史里的" in done.stdout
    assert places(host, _SENTENCES) == []
