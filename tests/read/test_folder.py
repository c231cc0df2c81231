"""What a scan lists, what it passes over and what it refuses; real files, links and sockets."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from generator.file_names import inside
from generator.problems import show
from generator.read import read_bytes, scan
from tests.support.effort import effort


def _write(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())


def _codes(root: Path) -> list[tuple[str, str]]:
    return [(problem.file, problem.code) for problem in scan(root).problems]


def test_files_are_listed_by_path_and_rubbish_is_passed_over(tmp_path: Path) -> None:
    _write(tmp_path, "site.yml", "notices/2025/b.yml", "notices/2025/a.yml", "notices/2025/a/整改台账.pdf")
    _write(
        tmp_path, ".git/config", ".DS_Store", "a/Thumbs.db", "a/~$x.docx", "a/desktop.ini", "a/.hidden/x", ".gitignore"
    )
    folder = scan(tmp_path)
    assert folder.problems == ()
    assert [file.path for file in folder.files] == [
        "notices/2025/a.yml",
        "notices/2025/a/整改台账.pdf",
        "notices/2025/b.yml",
        "site.yml",
    ]
    assert folder.files[-1].size == len("site.yml")
    assert read_bytes(folder, "site.yml") == b"site.yml"
    assert read_bytes(folder, "site.yml", 4) == b"site"


def test_only_what_was_listed_can_be_read(tmp_path: Path) -> None:
    _write(tmp_path, "content/a.yml", "secret")
    folder = scan(tmp_path / "content")
    for path in ("../secret", "/etc/passwd", "b.yml"):
        with pytest.raises(KeyError):
            read_bytes(folder, path)
    (tmp_path / "content/a.yml").unlink()
    (tmp_path / "content/a.yml").symlink_to(tmp_path / "secret")
    with pytest.raises(OSError, match=r"a\.yml"):
        read_bytes(folder, "a.yml")


def test_links_are_told_and_not_followed_but_the_root_may_be_one(tmp_path: Path) -> None:
    _write(tmp_path, "real/a.yml", "outside/secret")
    (tmp_path / "real/file.yml").symlink_to(tmp_path / "outside/secret")
    (tmp_path / "real/folder").symlink_to(tmp_path / "outside")
    (tmp_path / "real/loop").symlink_to(tmp_path / "real")
    (tmp_path / "real/nowhere").symlink_to(tmp_path / "gone")
    (tmp_path / "root").symlink_to(tmp_path / "real")
    folder = scan(tmp_path / "root")
    assert [file.path for file in folder.files] == ["a.yml"]
    assert [problem.code for problem in folder.problems] == ["symlink"] * 4


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("CON", "name-windows"),
        ("con.yml", "name-windows"),
        ("Nul .txt", "name-windows"),
        ("COM1.tar.gz", "name-windows"),
        ("lpt9", "name-windows"),
        ("a\\b", "name-windows"),
        ("a:b", "name-windows"),
        ("a?", "name-windows"),
        ("a.", "name-windows"),
        ("a ", "name-windows"),
        ("a" * 201, "name-too-long"),
        ("整" * 67, "name-too-long"),
        ("a\u200b.yml", "name-characters"),
        ("a\u202efdp.exe", "name-characters"),
        ("a\nb", "name-characters"),
        ("a\tb", "name-characters"),
        ("a\x1b[31m", "name-characters"),
        (os.fsdecode(b"\xb9\xab\xbf\xaa.yml"), "name-characters"),
    ],
)
def test_name_that_breaks_elsewhere_is_refused(tmp_path: Path, name: str, code: str) -> None:
    _write(tmp_path, "ok.yml")
    (tmp_path / name).write_bytes(b"")
    folder = scan(tmp_path)
    assert [file.path for file in folder.files] == ["ok.yml"]
    (problem,) = folder.problems
    assert problem.code == code
    assert problem.file.isprintable()
    assert show([problem], {}).encode()
    assert not inside(f"a/{name}")


@pytest.mark.parametrize("name", ["CONTENT.yml", "console", "com10", "a.b.c", "整" * 66, "é.pdf", "1.docx", "a~b"])
def test_ordinary_name_is_fine(tmp_path: Path, name: str) -> None:
    _write(tmp_path, name)
    assert _codes(tmp_path) == []
    assert inside(name)


def test_refused_folder_hides_what_is_below_it(tmp_path: Path) -> None:
    _write(tmp_path, "aux/a.yml")
    assert scan(tmp_path).files == ()
    assert _codes(tmp_path) == [("aux", "name-windows")]


def test_names_that_differ_by_case_or_composition_only(tmp_path: Path) -> None:
    _write(tmp_path, "2025/ABC.yml", "2025/abc.yml", "A/x", "a/y", "\u00e9", "e\u0301")
    assert _codes(tmp_path) == [("2025/abc.yml", "same-name"), ("a", "same-name"), ("\u00e9", "same-name")]


def test_submodule_is_told_whether_folder_or_file(tmp_path: Path) -> None:
    _write(tmp_path, ".git/HEAD", "one/.git/HEAD", "one/a.yml", "two/.git")
    assert _codes(tmp_path) == [("one", "submodule"), ("two", "submodule")]


def test_socket_and_pipe_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
        assert _codes(tmp_path) == [("pipe", "not-a-file"), ("socket", "not-a-file")]


def test_missing_root_is_a_problem(tmp_path: Path) -> None:
    assert _codes(tmp_path / "content") == [("content", "unreadable")]


def test_root_that_is_a_file_is_a_problem(tmp_path: Path) -> None:
    _write(tmp_path, "content")
    assert _codes(tmp_path / "content") == [("content", "unreadable")]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_file_and_folder_without_permission_are_problems(tmp_path: Path) -> None:
    _write(tmp_path, "a.yml", "b/c.yml")
    (tmp_path / "a.yml").chmod(0)
    (tmp_path / "b").chmod(0)
    codes = _codes(tmp_path)
    (tmp_path / "b").chmod(0o700)
    assert codes == [("a.yml", "unreadable"), ("b", "unreadable")]


@pytest.mark.parametrize(
    "path",
    [
        "",
        ".",
        "..",
        "../x",
        "a/../../x",
        "a/..",
        "/etc",
        "/",
        "a//b",
        "./a",
        "a/",
        "C:\\x",
        "C:x",
        "c:/x",
        "\\\\srv\\x",
        "a\\..\\b",
        "a\0b",
    ],
)
def test_path_that_leads_outside_is_refused(path: str) -> None:
    assert not inside(path)


@pytest.mark.parametrize("path", ["a", "a/b.pdf", "附件/整改台账.pdf", "..a", "a..b/c"])
def test_path_below_is_inside(path: str) -> None:
    assert inside(path)


def test_ten_thousand_files_are_quick(tmp_path: Path) -> None:
    for year in range(2000, 2010):
        (tmp_path / str(year)).mkdir()
        for number in range(1000):
            (tmp_path / str(year) / f"n{number}.yml").touch()
    assert len(scan(tmp_path).files) == 10_000
    assert effort(lambda: scan(tmp_path)) < 100
