"""What Windows asks of the program, as far as it can be proved elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.file_names import inside
from tests.support.content import SmallContent
from tests.support.program import ROOT, environment, gongkai

SOURCE = (ROOT / "tests" / "cases" / "measures" / "input.txt").read_text("utf-8")
POSIX_ONLY = ("fcntl", "pwd", "grp", "resource", "termios", "tty", "pty", "syslog", "crypt", "spwd", "nis")
GBK = {"PYTHONUTF8": "0", "LC_ALL": "C"}

IMPORT_ALL = f"""
import sys
for name in {POSIX_ONLY!r}:
    sys.modules[name] = None
import importlib, pkgutil, generator
for module in pkgutil.walk_packages(generator.__path__, "generator."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
        print(module.name)
"""


def test_no_module_needs_posix() -> None:
    """Every module is imported with the modules that only POSIX has out of reach."""
    run = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    modules = {path.relative_to(ROOT).with_suffix("").as_posix() for path in (ROOT / "generator").rglob("*.py")}
    named = {module.replace("/", ".").removesuffix(".__init__") for module in modules} - {
        "generator",
        "generator.__main__",
    }
    assert set(run.stdout.split()) == named


def test_a_gbk_console_and_crlf_files(tmp_path: Path) -> None:
    """init, new, import, check, text and build on a console of GBK, with files as Notepad writes them."""
    (tmp_path / "通报.txt").write_bytes(SOURCE.replace("\n", "\r\n").encode("gbk"))

    def run(*arguments: str, code: int = 0) -> str:
        done = gongkai("-C", tmp_path / "zhan", *arguments, cwd=tmp_path, env=GBK, encoding="gbk")
        assert done.returncode == code, done.stdout + done.stderr
        assert "?" not in done.stdout
        return done.stdout

    first = gongkai("init", "zhan", cwd=tmp_path, env=GBK, encoding="gbk")
    assert first.returncode == 0, first.stderr
    assert "已建好" in first.stdout
    content = tmp_path / "zhan" / "content"
    out = content / "notices" / "2025" / "yiyuan.yml"
    run("import", "通报.txt", "-o", str(out))
    for path in content.rglob("*.yml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    for path in content.rglob("*.md"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert "没有错误" in run("check")
    assert "网站在" in run("build")
    assert (tmp_path / "zhan" / "site" / "notices" / "2025" / "yiyuan" / "notice.txt").is_file()
    run("new", "2025/neu")
    assert "第" in run("check", code=1)
    data = subprocess.run(
        [sys.executable, "-m", "generator", "-C", str(tmp_path / "zhan"), "text", "2025/yiyuan"],
        env=environment(PYTHONPATH=str(ROOT), PYTHONIOENCODING="gbk", **GBK),
        capture_output=True,
        check=True,
    ).stdout
    assert "".join(data.decode("utf-8").split()) == "".join(SOURCE.split())


def test_a_character_that_the_console_lacks_ends_nothing(small_content: SmallContent) -> None:
    """A problem about 𠮷 on a console of GBK is told with a mark in its place."""
    root = small_content({"notices/2025/er.yml": "格式: 1\n𠮷: 甲\n"})
    done = gongkai("check", cwd=root, env=GBK, encoding="gbk")
    assert done.returncode == 1, done.stderr
    assert "认不得的名称“?”" in done.stdout


@pytest.mark.parametrize(
    "name",
    [
        "con.yml",
        "NUL",
        "aux.pdf",
        "com1.txt",
        "LPT9",
        "con .pdf",
        "a:b.pdf",
        "a\\b.pdf",
        "a?.pdf",
        "a.",
        "a ",
        "CONOUT$",
    ],
)
def test_names_that_windows_keeps_for_itself(name: str) -> None:
    assert not inside(f"notices/2025/yi/{name}")


BACKSLASHES = """
import pathlib, sys
from pathlib import PureWindowsPath
from generator.check.content import check_content
from generator.cli import reading_verbs, writing_verbs

class WindowsPath(PureWindowsPath):
    def resolve(self): return self
    def is_file(self): return True

content = WindowsPath("C:\\\\zhan\\\\content")
print(reading_verbs.below(content, WindowsPath("C:\\\\zhan\\\\content\\\\notices\\\\2025\\\\yi.yml")))
print(writing_verbs.path_below(content, WindowsPath("c:\\\\zhan\\\\content\\\\notices\\\\2025\\\\yi.yml")))
print(reading_verbs.plain_id("2025\\\\yi"))
"""


def test_paths_become_slashes_where_they_come_in() -> None:
    """A path with backslashes, as Windows hands it over, is a path with slashes inside."""
    done = subprocess.run(
        [sys.executable, "-c", BACKSLASHES],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["notices/2025/yi.yml", "notices/2025/yi.yml", "2025/yi"]


def test_no_problem_shows_a_backslash(small_content: SmallContent) -> None:
    """The name of a file in a problem is the same on every system."""
    root = small_content({"notices/2025/er.yml": "格式: 2\n"})
    done = gongkai("check", cwd=root)
    assert "content/notices/2025/er.yml" in done.stdout
    assert os.sep == "/" or "\\" not in done.stdout
