"""Sources of notices stay out of a repository: real git, on a site as `init` begins it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.publish.source_files import is_source_file
from tests.support.program import ROOT, gongkai
from tests.support.publish.hosts import git

SOURCE = ROOT / "tests" / "cases" / "measures" / "input.txt"
# `C/` stands for the folder of the content.
KEPT = (
    *(
        "C/notices/2025/yi.yml",
        "C/notices/2025/yi/整改台账.pdf",
        "C/notices/2025/yi/表.XLSX",
        "C/notices/2025/yi/图.png",
    ),
    *("C/notices/2025/yi/说明.Docx", "C/about.md", "C/site.yml", "C/organs.yml", "C/schema/notice.json"),
    *("requirements.txt", "publish.sh", "gongkai-0.1.0-py3-none-any.whl", "README.md", ".gitignore"),
)
LEFT_OUT = (
    *("通报.txt", "C/通报.txt", "C/notices/通报.TXT", "C/notices/2025/通报.docx", "C/notices/2025/yi/通报.txt"),
    *("C/notices/2025/yi/通报.doc", "C/notices/2025/yi/通报.wps", "送审稿.PDF", "稿.rtf"),
    *("表.et", "表.xls", "稿.odt", "稿.ofd", "打包.zip", "打包.7z", "原稿/通报.md", "C/原稿/a.yml", "网页.mht"),
    *(
        "C/notices/2025/yi.yml.bak",
        "C/notices/2025/yi.yml.orig",
        "C/notices/2025/yi.yml~",
        "C/notices/2025/.yi.yml.swp",
    ),
    *("C/notices/2025/yi/~$说明.docx", "C/notices/2025/yi/.~说明.docx", "notices/2025/yi/a/通报.docx"),
)


@pytest.mark.parametrize("content", ["content", "."], ids=["a whole site", "content alone"])
def test_git_takes_content_and_attachments_and_no_source(content: str, tmp_path: Path) -> None:
    if content == "content":
        assert gongkai("init", "site", cwd=tmp_path).returncode == 0
        assert gongkai("init", "--forge", "gitlab", "site", cwd=tmp_path).returncode == 0
    else:
        (tmp_path / "site").mkdir()
        (tmp_path / "site" / "site.yml").write_text("网站名称: 示例县\n", "utf-8")
        assert gongkai("init", "--forge", "gitlab", "site", cwd=tmp_path).returncode == 0
    root = tmp_path / "site"
    git(root, "init", "--quiet")
    paths = {str(Path(path.replace("C/", f"{content}/"))) for path in (*KEPT, *LEFT_OUT)}
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch()
    git(root, "add", "--all")
    taken = set(git(root, "-c", "core.quotePath=false", "ls-files").split("\n")) & paths
    assert taken == {str(Path(path.replace("C/", f"{content}/"))) for path in KEPT}


@pytest.mark.parametrize("below", ["content", "."])
def test_what_the_host_would_refuse_is_left_out(below: str) -> None:
    """Host and .gitignore go by one table; what git takes here, the host takes there."""
    named = {path: str(Path(path.replace("C/", f"{below}/"))) for path in (*KEPT, *LEFT_OUT)}
    assert [path for path in KEPT if is_source_file(named[path], below)] == []
    open_or_drafts = [path for path in LEFT_OUT if not is_source_file(named[path], below)]
    assert all("原稿/" in path or "~" in path or "yi/通报" in path for path in open_or_drafts), open_or_drafts


def test_a_clone_of_an_empty_repository_becomes_a_site(tmp_path: Path) -> None:
    """What `git clone` leaves is git's own folder; anything else in the folder is still in the way."""
    git(tmp_path, "init", "--quiet", "tongbao")
    assert gongkai("init", ".", cwd=tmp_path / "tongbao").returncode == 0
    assert (tmp_path / "tongbao" / "content" / "site.yml").is_file()
    run = gongkai("init", ".", cwd=tmp_path / "tongbao")
    assert run.returncode == 2
    assert "里已经有东西" in run.stderr


@pytest.mark.parametrize(("place", "told"), [("site", True), ("site/content", True), ("", False)])
def test_import_says_where_sources_belong(place: str, *, told: bool, tmp_path: Path) -> None:
    """It names a source within the site's repository, and says nothing of one that lies outside."""
    assert gongkai("init", "site", cwd=tmp_path).returncode == 0
    git(tmp_path / "site", "init", "--quiet")
    source = tmp_path / place / "通报.txt"
    source.write_bytes(SOURCE.read_bytes())
    run = gongkai("import", source, "-o", "content/notices/2025/yi.yml", cwd=tmp_path / "site")
    assert run.returncode == 0, run.stdout + run.stderr
    assert (f"原稿不要放进仓库：{source}" in run.stdout) is told
