"""What is handed over to be verified and is no bag, site or file of a notice: each is told in one Chinese line."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.archive.story import Story
from tests.support.program import gongkai


def _socket(place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind(str(place))


def _sparse(place: Path) -> None:
    with place.open("wb") as opened:
        opened.truncate(2**31)


def _empty(place: Path) -> None:
    place.write_bytes(b"")


_ODD: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "a pipe": ("x.txt", os.mkfifo, "x.txt 是设备、管道或套接字，不是文件。"),
    "a socket": ("x.txt", _socket, "x.txt 是设备、管道或套接字，不是文件。"),
    "a link to nothing": ("x.txt", lambda place: place.symlink_to("none"), "x.txt：这是一个链接，它指向的文件没有"),
    "a link to itself": ("x.txt", lambda place: place.symlink_to("x.txt"), "x.txt：这是一个链接，它指向的文件没有"),
    "two gigabytes": ("x.txt", _sparse, "x.txt 太大，最多 64 MB。"),
    "an empty folder": ("x", Path.mkdir, "x 不是本程序生成的网站，也不是归档包"),
    "an empty text": ("x.txt", _empty, "x.txt：里面没有文字"),
    "an empty paper": ("x.pdf", _empty, "x.pdf 不是完好的 PDF：多半是坏了"),
    "an empty bag": ("x.zip", _empty, "x.zip 解不开：不是压缩包，或者坏了"),
    "empty data": ("x.json", _empty, "x.json：不是通报的数据"),
    "an empty notice": ("x.yml", _empty, "x.yml 读不成一份通报。先运行 gongkai check。"),
    "an empty ledger": ("ledger.jsonl", _empty, "ledger.jsonl 是空的，一行也没有"),
    "a name that rewrites a terminal": ("x\x1b[2J\n.txt", _empty, r"x\x1b[2J\x0a.txt：里面没有文字"),
}


@pytest.mark.parametrize(("name", "make", "words"), _ODD.values(), ids=_ODD)
def test_an_odd_target_is_told_in_a_line(
    name: str, make: Callable[[Path], object], words: str, story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not waited for, not followed and not taken for what it is not."""
    monkeypatch.chdir(tmp_path)
    make(Path(name))
    done = gongkai("verify", name, "--records", story.records, cwd=tmp_path)
    assert done.returncode in {1, 2}
    assert words in done.stdout + done.stderr
    assert "Errno" not in done.stdout + done.stderr
    assert "\x1b" not in done.stdout + done.stderr


def test_records_without_a_line_prove_nothing(story: Story, tmp_path: Path) -> None:
    (tmp_path / "ledger.jsonl").write_bytes(b"")
    for records in (tmp_path, tmp_path / "ledger.jsonl"):
        done = gongkai("verify", story.site / "notices/2025/yi/notice.json", "--records", records)
        assert done.returncode == 1
        assert "是空的，一行也没有，不能用来核对" in done.stderr
