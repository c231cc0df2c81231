"""What a content folder may try against the host: links, devices, sizes, names, files that change."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.build.build import BuiltSite
from generator.build.request import BuildError
from generator.check import check_content
from generator.files import write_file
from generator.read import read_bytes, scan
from tests.support.building import make_site
from tests.support.content import NOTICE, SmallContent


def _build(root: Path, out: str = "site") -> BuiltSite:
    return make_site(root, root / out, "2025-12-01")


def _codes(root: Path) -> set[str]:
    return {problem.code for problem in check_content(root / "content").problems}


def test_links_that_lead_in_circles_in_a_hidden_folder_are_never_walked(small_content: SmallContent) -> None:
    root = small_content()
    for folder in (".x", "~$x"):
        place = root / "content" / folder
        place.mkdir()
        for name in "ab":
            (place / name).symlink_to(".")
        (place / "usr").symlink_to("/usr")
    _build(root)
    assert not [path for path in (root / "site").rglob("*") if "x" in path.parts]


def test_a_file_that_changed_since_the_scan_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/hosts").write_text("ours")
    (tmp_path / "pipe").write_text("ours")
    folder = scan(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    (tmp_path / "a").symlink_to("/etc")
    (tmp_path / "pipe").unlink()
    os.mkfifo(tmp_path / "pipe")
    for path in ("a/hosts", "pipe"):
        with pytest.raises(OSError, match="改动"):
            read_bytes(folder, path)


def test_a_file_too_large_to_serve_is_refused_by_its_size_alone(small_content: SmallContent) -> None:
    root = small_content({"notices/2025/yi/a.pdf": b"%PDF-1.7\n"})
    with (root / "content/notices/2025/yi/a.pdf").open("r+b") as file:
        file.truncate(3_000_000_000)
    with (root / "content/notices/2025/er.yml").open("wb") as file:
        file.truncate(3_000_000_000)
    assert "file-too-large" in _codes(root)


@pytest.mark.parametrize("slug", ["index", "con", "lpt1"])
def test_names_that_make_an_address_of_their_own_are_refused(slug: str, small_content: SmallContent) -> None:
    root = small_content({f"notices/2025/{slug}.yml": NOTICE})
    assert check_content(root / "content").failed
    root = small_content({"organs.yml": f"{slug}:\n  名称: 示例县办公室\n"}, name="organ")
    assert "organ-key-form" in _codes(root)


def test_an_attachment_may_have_its_ending_in_capitals(small_content: SmallContent) -> None:
    attached = NOTICE + "附件:\n  - 文件: 台账.PDF\n"
    root = small_content({"notices/2025/yi.yml": attached, "notices/2025/yi/台账.PDF": b"%PDF-1.7\n"})
    _build(root)
    assert (root / "site/notices/2025/yi/台账.PDF").is_file()


@pytest.mark.parametrize("beside", [{"404.html": "x", "thesis.docx": "x"}, {"assets/gongkai.css": "x"}])
def test_a_build_replaces_nothing_but_an_earlier_site(beside: dict[str, str], small_content: SmallContent) -> None:
    root = small_content()
    for path, text in beside.items():
        (root / "mine" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "mine" / path).write_text(text)
    with pytest.raises(BuildError, match="不是以前生成的网站"):
        _build(root, "mine")
    assert all((root / "mine" / path).is_file() for path in beside)


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", "link/x"])
def test_no_file_is_written_outside_of_the_folder(path: str, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/link").symlink_to(tmp_path)
    with pytest.raises(PermissionError):
        write_file(tmp_path / "site", path, b"x")
    assert not (tmp_path / "x").exists()
