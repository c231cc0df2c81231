"""What hostile hands over as a bag is refused in Chinese, with what and where, and without filling memory."""

from __future__ import annotations

import gzip
import io
import os
import re
import shutil
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.archive import ArchiveError, restore_bags, verify
from generator.archive.zip_file import unpacked_zip
from generator.records import RecordsError
from tests.support.archive.forgeries import WARC, resealed
from tests.support.archive.story import Story
from tests.support.program import ROOT, environment

CASES = Path(__file__).parent / "cases"
_MOST_MEGABYTES = 200
_DECLARED = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


# The most memory of this program alone: the system's own figure (`ru_maxrss`) begins with that of whoever started it.
_MEASURED = """\
import atexit, sys
from pathlib import Path
from generator.cli import main

atexit.register(lambda: print(Path("/proc/self/status").read_text(), file=sys.stderr))
main()
"""
_PEAK = re.compile(r"^VmHWM:\s+([0-9]+) kB$", re.MULTILINE)


def _measured(*arguments: str | Path) -> tuple[int, str, float]:
    """Run a verb to its end; return its exit code, what it said, and the most memory that it held, in MB."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, *map(str, arguments)],
        cwd=ROOT,
        env=environment(PYTHONIOENCODING="utf-8", PYTHONPATH=str(ROOT)),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    said, _, status = done.stderr.partition("Name:\t")
    peak = _PEAK.search(status)
    assert peak is not None, done.stderr
    megabytes = int(peak[1]) / 1024
    print(f"{megabytes:.0f} MB: {said.strip()[:120]}")
    return done.returncode, done.stdout + said, megabytes


def _zip(place: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> None:
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("bag/bagit.txt", _DECLARED)
        for name, data in members:
            packed.writestr(name, data)


def _bomb(place: Path) -> None:
    """Pack 256 MB of nothing into 256 KB."""
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("bag/bagit.txt", _DECLARED)
        with packed.open("bag/data/x", "w") as written:
            for _ in range(256):
                written.write(bytes(2**20))


def _lying_bomb(place: Path) -> None:
    """Pack as much, and say that it is a single byte."""
    _bomb(place)
    data = place.read_bytes()
    at = data.rfind(b"PK\x01\x02")
    place.write_bytes(data[: at + 24] + struct.pack("<I", 1) + data[at + 28 :])


def _many(place: Path) -> None:
    """List 200,000 files and say that there is one."""
    entry = b"PK\x01\x02" + struct.pack("<6H3I5H2I", 20, 20, 0, 0, 0, 33, 0, 0, 0, 10, 0, 0, 0, 0, 0, 0)
    listed = b"".join(entry + b"bag/%06d" % number for number in range(200_000))
    end = b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, 1, 1, len(listed), 0, 0)
    place.write_bytes(listed + end)


def _overlapping(place: Path) -> None:
    """Let two files share their bytes."""
    _zip(place, ("bag/one", b"one"), ("bag/two", b"two"))
    data = place.read_bytes()
    at = data.rfind(b"PK\x01\x02")
    first = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 4)
    place.write_bytes(data[: at + 42] + data[first + 42 : first + 46] + data[at + 46 :])


def _link(place: Path) -> None:
    link = zipfile.ZipInfo("bag/data/ledger.jsonl")
    link.external_attr = 0o120777 << 16
    _zip(place, (link, b"/etc/passwd"))


def _encrypted(place: Path) -> None:
    _zip(place, ("bag/x", b"x"))
    data = bytearray(place.read_bytes())
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    place.write_bytes(data)


def _twice(place: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        _zip(place, ("bag/x", b"one"), ("bag/x", b"two"))


_ZIPS: dict[str, tuple[Callable[[Path], object], str]] = {
    "two files that share bytes": (_overlapping, "叠在一起"),
    "a link": (_link, "“bag/data/ledger.jsonl”是链接或者设备"),
    "encrypted": (_encrypted, "“bag/x”加了密"),
    "one name twice": (_twice, "有两个“bag/x”"),
    "a path upwards": (lambda place: _zip(place, ("bag/../../x", b"x")), "不能用的文件名“bag/../../x”"),
    "an absolute path": (lambda place: _zip(place, ("/tmp/x", b"x")), "不能用的文件名“/tmp/x”"),  # noqa: S108
    "backslashes": (lambda place: _zip(place, ("bag\\..\\x", b"x")), "不能用的文件名"),
    "a drive": (lambda place: _zip(place, ("bag/C:x", b"x")), "不能用的文件名“bag/C:x”"),
    "an escape sequence": (lambda place: _zip(place, ("bag/\x1b[31mx", b"x")), "不能用的文件名“bag/\\x1b[31mx”"),
    "too deep": (lambda place: _zip(place, ("bag/" + "a/" * 40 + "x", b"x")), "不能用的文件名"),
    "a device of Windows": (lambda place: _zip(place, ("bag/con.txt", b"x")), "不能用的文件名“bag/con.txt”"),
    "two folders": (lambda place: _zip(place, ("other/x", b"x")), "不是一个归档包"),
    "an end cut short": (lambda place: place.write_bytes(b"PK\x05\x06" + bytes(10)), "解不开"),
    "nothing": (lambda place: place.write_bytes(b""), "解不开"),
}


@pytest.mark.parametrize(("make", "words"), _ZIPS.values(), ids=_ZIPS)
def test_a_hostile_zip_is_refused(make: Callable[[Path], object], words: str, tmp_path: Path) -> None:
    """Nothing of it is unpacked outside, and a terminal shows its names as text."""
    place = tmp_path / "bag.zip"
    make(place)
    with pytest.raises(RecordsError) as refused:
        verify(place, None, None)
    assert words in str(refused.value)
    assert "\x1b" not in str(refused.value)
    assert [one.name for one in tmp_path.iterdir()] == ["bag.zip"]


_BOMBS: dict[str, tuple[Callable[[Path], object], str]] = {
    "nothing, a thousandfold": (_bomb, "解开以后比应有的大得多"),
    "as much, said to be a byte": (_lying_bomb, "解不开"),
    "more files than it says": (_many, "文件太多"),
}


@pytest.mark.parametrize(("make", "words"), _BOMBS.values(), ids=_BOMBS)
def test_a_zip_that_unpacks_without_end_is_refused(make: Callable[[Path], object], words: str, tmp_path: Path) -> None:
    """What it says of its own size is not believed, and memory stays small."""
    make(tmp_path / "bag.zip")
    code, said, megabytes = _measured("verify", tmp_path / "bag.zip")
    assert code == 1
    assert words in said
    assert "Traceback" not in said
    assert megabytes < _MOST_MEGABYTES


def _packed(head: bytes, megabytes: int) -> bytes:
    """Pack a head and so many megabytes of nothing."""
    with io.BytesIO() as written:
        with gzip.GzipFile(fileobj=written, mode="wb", mtime=0) as packed:
            packed.write(head)
            for _ in range(megabytes):
                packed.write(bytes(2**20))
        return written.getvalue()


_ENDLESS = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 999999999999\r\n\r\n"
_WARCS: dict[str, tuple[bytes, str]] = {
    "a head without end": (b"WARC/1.0\r\nWARC-Type: ", "不是完好的网页存档"),
    "a record without end": (_ENDLESS, "解开以后比应有的大得多"),
    "no WARC": (b"", "不是完好的网页存档"),
}


@pytest.mark.parametrize(("head", "words"), _WARCS.values(), ids=_WARCS)
def test_archived_pages_that_unpack_without_end_are_refused(head: bytes, words: str, unsigned: Path) -> None:
    """Their lists fit; memory stays small, and the archived pages are named."""
    (unsigned / WARC).write_bytes(_packed(head, 128))
    resealed(unsigned)
    code, said, megabytes = _measured("verify", unsigned)
    assert code == 1
    assert f"{WARC}：{words}" in said
    assert megabytes < _MOST_MEGABYTES


def _pipe(place: Path) -> None:
    place.unlink()
    os.mkfifo(place)


def _to_zeros(place: Path) -> None:
    place.unlink()
    place.symlink_to("/dev/zero")


def _to_folder(place: Path) -> None:
    place.unlink()
    place.symlink_to(place.parent)


@pytest.mark.parametrize("put", [_pipe, _to_zeros, _to_folder])
@pytest.mark.parametrize("path", ["data/ledger/000001.jsonl", "manifest-sha256.txt", WARC, "tagmanifest-sha256.txt"])
def test_what_is_no_file_is_not_opened(put: Callable[[Path], None], path: str, unsigned: Path) -> None:
    """A pipe would wait for ever, and a link may lead to what never ends."""
    put(unsigned / path)
    flaws = verify(unsigned, None, None).flaws
    assert any(flaw.startswith(f"{path}：是") and flaw.endswith("不是文件") for flaw in flaws), flaws


@pytest.mark.parametrize("path", ["data/ledger/000001.jsonl", "notices/2025/er/index.html", "data/build.json"])
def test_what_is_no_file_in_a_site_is_not_opened(path: str, story: Story, tmp_path: Path) -> None:
    site = Path(shutil.copytree(story.site, tmp_path / "site"))
    _pipe(site / path)
    assert f"{path}：是设备、管道或套接字，不是文件" in verify(site, story.records, None).flaws


def test_a_bag_that_holds_far_more_than_it_says_is_refused(unsigned: Path) -> None:
    """A file that claims a terabyte takes no time: it is not read."""
    with (unsigned / "data/more").open("wb") as opened:
        opened.truncate(2**40)
    with pytest.raises(RecordsError, match=r"比 bag-info\.txt 写的多得多"):
        verify(unsigned, None, None)
    (unsigned / "data/more").unlink()
    with (unsigned / "more").open("wb") as opened:
        opened.truncate(2**40)
    with pytest.raises(RecordsError, match="里的 more 太大"):
        verify(unsigned, None, None)


_NUMBERS = [b"Infinity", b"NaN", b"1e999", b'"1"', b"[]", b"{}", b"null", b"-1", b"1" * 5000]


@pytest.mark.parametrize("number", _NUMBERS, ids=lambda number: number[:9].decode())
def test_an_odd_line_of_a_ledger_is_told_in_words(number: bytes, story: Story, tmp_path: Path) -> None:
    line = (story.records / "ledger/000001.jsonl").read_bytes().splitlines(keepends=True)[0]
    for name in (b'"number":1', b'"version":1', b'"instant":"2025-11-21T09:00:00+08:00"'):
        assert name in line
        place = tmp_path / "ledger.jsonl"
        place.write_bytes(line.replace(name, name.partition(b":")[0] + b":" + number))
        with pytest.raises(RecordsError, match=r"ledger\.jsonl 第 1 行"):
            verify(place, None, None)


@pytest.mark.parametrize("odd", [b"[]", b'{"a": NaN}', b"{}", b"[" * 10_000, b'{"\xe7\xbd\x91": 1}', b"\xff"])
def test_odd_facts_in_an_old_bag_are_told_in_words(odd: bytes, tmp_path: Path) -> None:
    """Bags from before the records held them bring the facts of their site as they please."""
    with unpacked_zip(CASES / "schema-1.zip") as folder:
        bag = Path(shutil.copytree(folder, tmp_path / "bag"))
    (bag / "data/content/site.json").write_bytes(odd)
    resealed(bag)
    with pytest.raises(ArchiveError, match=r"data/content/site\.json 不是程序写的"):
        restore_bags([bag], tmp_path / "office")


@pytest.mark.parametrize("odd", [b'{"schema": Infinity}', b"[" * 10_000, b"\xff\xfe", b"", b'{"id": {"a": 1}}'])
def test_an_odd_file_of_a_notice_is_told_in_words(odd: bytes, story: Story, tmp_path: Path) -> None:
    (tmp_path / "notice.json").write_bytes(odd)
    (flaw,) = verify(tmp_path / "notice.json", story.records, None).flaws
    assert "不是通报的数据，发布记录里没有它（" in flaw
