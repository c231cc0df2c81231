"""The verbs: their names, their help, their exit codes, and what each does to a folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.check import check_content
from generator.cli.program import gongkai as program
from tests.support.content import NOTICE, SmallContent
from tests.support.english import SERVER_VERBS, english
from tests.support.program import ROOT, gongkai, tree

VERBS = (
    *("init", "new", "import", "check", "text", "correct", "extend", "withdraw", "build", "serve", "pages"),
    *("archive", "restore", "verify", "schema", "upload", "server"),
)
SOURCE = (ROOT / "tests" / "cases" / "measures" / "input.txt").read_text("utf-8")


def test_the_verbs_are_the_documented_ones() -> None:
    """Both readmes name each verb of the program and no other."""
    assert tuple(program.list_commands(None)) == VERBS  # type: ignore[arg-type]
    english = re.findall(r"^\| `([a-z]+)` \|", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    chinese = re.findall(r"^\| `gongkai ([a-z]+)[ `]", (ROOT / "README.zh.md").read_text("utf-8"), re.MULTILINE)
    assert tuple(english) == tuple(chinese) == VERBS


@pytest.mark.parametrize("verb", ["", *VERBS, *(f"server {name}" for name in SERVER_VERBS)])
def test_help_is_chinese(verb: str) -> None:
    """But for names that are typed, no English is left in it."""
    run = gongkai(*verb.split(), "--help")
    assert run.returncode == 0
    assert english(run.stdout) == []
    assert ":" not in re.sub(r"127\.0\.0\.1:8000|T?10:30|地址:端口|rsync:用户@主机:", "", run.stdout)


def test_the_version_is_told() -> None:
    run = gongkai("--version")
    assert (run.returncode, run.stdout.split()[0]) == (0, "gongkai")


USAGE = {
    "nothing": [],
    "unknown verb": ["veröffentlichen"],
    "unknown option": ["check", "--fast"],
    "missing argument": ["text"],
    "too much": ["text", "2025/yi", "2025/er"],
    "option without value": ["build", "--out"],
    "missing folder": ["-C", "nirgends", "check"],
    "no such notice": ["text", "2025/nobody"],
    "notice elsewhere": ["text", "../../etc/passwd"],
    "notice by a detour": ["text", "2025/../2025/yi"],
    "no such file": ["check", "content/notices/2025/nobody.yml"],
    "file elsewhere": ["check", "/etc/passwd"],
    "odd day": ["build", "--today", "2025-13-45"],
    "bad id": ["new", "2025/Yi"],
    "id out of the folder": ["new", "2025/../../x"],
    "absolute id": ["new", "/etc/x"],
    "long id": ["new", f"2025/{'a' * 65}"],
    "device": ["new", "2025/con"],
    "id there already": ["new", "2025/yi"],
    "import to elsewhere": ["import", "content/about.md", "-o", "er.yml"],
    "import out of content": ["import", "content/about.md", "-o", "../er.yml"],
    "import to a device": ["import", "content/about.md", "-o", "content/notices/2025/nul.yml"],
    "import over a notice": ["import", "content/about.md", "-o", "content/notices/2025/yi.yml"],
    "import of nothing": ["import", "nirgends.txt", "-o", "content/notices/2025/er.yml"],
    "site in a full folder": ["init", "content"],
    "site with a bad key": ["init", "neu", "--organ", "../x"],
    "site with a name over two lines": ["init", "neu", "--name", "甲\n乙"],
    "site for an unknown forge": ["init", "neu", "--forge", "bitbucket"],
    "forge in a folder that is no site": ["init", "content/notices", "--forge", "gitlab"],
    "pages in a full folder": ["pages", "--out", "content"],
}


@pytest.mark.parametrize("name", USAGE)
def test_wrong_usage_is_2_and_changes_nothing(name: str, small_content: SmallContent) -> None:
    root = small_content()
    before = tree(root)
    run = gongkai(*USAGE[name], cwd=root)
    assert run.returncode == 2, run.stdout + run.stderr
    assert "Traceback" not in run.stderr
    assert re.search(r"[\u4e00-\u9fff]", run.stderr + run.stdout)
    assert "rror" not in run.stderr + run.stdout
    assert tree(root) == before


PROBLEMS = {
    "check": ["check"],
    "check of one": ["check", "content/notices/2025/er.yml"],
    "text": ["text", "2025/er"],
    "build": ["build"],
    "pages": ["pages", "--out", "neu"],
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_problems_are_1_and_named(name: str, small_content: SmallContent) -> None:
    root = small_content({"notices/2025/er.yml": NOTICE.replace("标题: 中共", "标题：中共")})
    before = tree(root)
    run = gongkai(*PROBLEMS[name], cwd=root)
    assert run.returncode == 1, run.stdout + run.stderr
    assert "content/notices/2025/er.yml 第2行第3列 [full-width-colon]" in run.stdout + run.stderr
    after = tree(root)
    after.pop(".site.lock", None)
    assert after == before


@pytest.mark.parametrize("verb", ["check", "build"])
def test_live_refuses_the_day_of_a_demo(verb: str, small_content: SmallContent) -> None:
    """What a demo is fixed to would fix every period of a real site; without --live it is fine."""
    site = "网站名称: 示例县巡察整改公开\n网址: https://www.example.com/gk/\n示例日期: 2025-12-01\n"
    root = small_content({"site.yml": site})
    before = tree(root)
    run = gongkai(verb, "--live", cwd=root)
    assert run.returncode == 1, run.stdout + run.stderr
    assert "content/site.yml 第3行第1列 [demo-day]" in run.stdout + run.stderr
    after = tree(root)
    after.pop(".site.lock", None)
    assert after == before
    assert gongkai(verb, cwd=root).returncode == 0
    (root / "content" / "site.yml").write_text(site.partition("示例日期")[0], "utf-8")
    assert gongkai(verb, "--live", cwd=root).returncode == 0


def test_a_folder_of_content_is_checked_from_within(small_content: SmallContent) -> None:
    """Where content/ is a repository of its own, its staff work in it."""
    run = gongkai("-C", "..", "check", cwd=small_content() / "content")
    assert run.returncode == 0, run.stdout + run.stderr


def test_a_good_notice_among_bad_ones_can_be_checked_and_read(small_content: SmallContent) -> None:
    root = small_content({"notices/2025/er.yml": "格式: 2\n"})
    assert gongkai("check", "content/notices/2025/yi.yml", cwd=root).returncode == 0
    run = gongkai("text", "content/notices/2025/yi.yml", cwd=root)
    assert (run.returncode, run.stdout.split("\n")[0]) == (0, "中共示例县办公室党组关于巡察整改情况的通报")
    assert gongkai("text", "2025\\yi", cwd=root).stdout == run.stdout


def test_a_site_from_nothing(tmp_path: Path) -> None:
    """init, import, new, check, text, schema, build, pages: the way of the readme, each 0 but for the empty notice."""
    source = tmp_path / "通报.txt"
    source.write_text(SOURCE, "utf-8")
    name = "@某某: 医院 # 一"
    assert gongkai("init", "mysite", "--organ", "bendanwei", "--name", name, cwd=tmp_path).returncode == 0
    root = tmp_path / "mysite"
    content = check_content(root / "content").content
    assert content is not None
    assert content.organs["bendanwei"].name == name
    assert gongkai("build", cwd=root).returncode == 0

    out = "content/notices/2025/yiyuan.yml"
    run = gongkai("import", "../通报.txt", "-o", out, cwd=root)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "认出的" in run.stdout
    again = gongkai("import", "../通报.txt", "-o", out, "--force", cwd=root)
    assert again.returncode == 0, again.stdout + again.stderr
    run = gongkai("check", cwd=root)
    assert run.returncode == 0, run.stdout
    run = gongkai("text", "2025/yiyuan", cwd=root)
    assert "".join(run.stdout.split()) == "".join(SOURCE.split())

    before = tree(root / "content")
    assert gongkai("schema", cwd=root).returncode == 0
    assert tree(root / "content") == before
    assert gongkai("build", cwd=root).returncode == 0
    assert (root / "site" / "notices" / "2025" / "yiyuan" / "index.html").is_file()
    assert gongkai("pages", "--out", "md", cwd=root).returncode == 0
    assert (root / "md" / "docs" / "notices" / "2025" / "yiyuan.md").is_file()

    assert gongkai("new", "2026/neu", cwd=root).returncode == 0
    run = gongkai("check", "content/notices/2026/neu.yml", cwd=root)
    assert run.returncode == 1
    assert "标题" in run.stdout


def test_a_failing_disk_is_said_in_chinese(small_content: SmallContent) -> None:
    """What the system refuses is 1, with the name of the file."""
    root = small_content()
    (root / "site").write_text("x", "utf-8")
    run = gongkai("build", "-o", "site/deep", cwd=root)
    assert run.returncode == 1
    assert "site" in run.stderr
    assert "Traceback" not in run.stderr


def test_an_import_leaves_organs_alone_that_it_cannot_add_to(small_content: SmallContent) -> None:
    """Keys set in by blanks are good YAML, but nothing can be put below them."""
    indented = "  bangongshi:\n    名称: 示例县办公室\n"
    root = small_content({"organs.yml": indented})
    (root / "in.txt").write_text(SOURCE, encoding="utf-8")
    run = gongkai("import", "in.txt", "-o", "content/notices/2025/xin.yml", cwd=root)
    assert run.returncode == 1
    assert "organs.yml 的写法特别" in run.stderr
    assert (root / "content/organs.yml").read_text("utf-8") == indented
    assert not (root / "content/notices/2025/xin.yml").exists()
