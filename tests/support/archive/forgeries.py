"""Sites and bags altered by whoever can make their lists anew, as everybody can."""

from __future__ import annotations

import gzip
import hashlib
import io
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]  # the package ships no types
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]  # the same
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]  # the same

from generator.archive.bag import DECLARATION, INFO, PAYLOAD, SM3, TAGS, seal_bag
from generator.archive.payload import published
from generator.archive.warc import write_warc
from generator.archive.warc_reader import read_warc
from generator.build.manifest import is_list
from generator.files import write_files
from generator.period import parse_now
from generator.version import version
from tests.support.archive.lists import listings
from tests.support.archive.story import ARCHIVED

ADDRESS = "https://www.example.com/gk/"
WARC = "data/warc/2025.warc.gz"


def replace(place: Path, old: str, new: str) -> None:
    """Replace a text in a file, where it stands."""
    data = place.read_bytes()
    assert old.encode() in data, (place, old)
    place.write_bytes(data.replace(old.encode(), new.encode()))


def relisted(site: Path) -> None:
    """Write a site's lists of files anew, and their seal."""
    files = [place for place in site.rglob("*") if place.is_file()]
    digests = {place.relative_to(site).as_posix(): hashlib.sha256(place.read_bytes()).hexdigest() for place in files}
    for _ in write_files(site, listings({path: of for path, of in digests.items() if not is_list(path)})):
        pass


def resealed(bag: Path) -> None:
    """Write both lists of a bag anew; nobody signs."""
    info = dict(line.split(": ", 1) for line in (bag / INFO).read_text("utf-8").splitlines())
    for name in (INFO, DECLARATION, PAYLOAD, TAGS, SM3):
        (bag / name).unlink()
    (bag / f"{TAGS}.sig").unlink(missing_ok=True)
    seal_bag(bag, {name: value for name, value in info.items() if name != "Payload-Oxum"}, None)


def rewritten(bag: Path, change: Callable[[Path], object]) -> None:
    """Write the archived pages of a bag anew after `change` did something to the folder with all of them."""
    with TemporaryDirectory() as working:
        pages = Path(working)
        read_warc(bag / WARC, WARC, pages, ADDRESS)
        change(pages)
        write_warc(bag / WARC, published(pages, "2025", ADDRESS), parse_now(ARCHIVED), f"gongkai {version()}")


def with_records(bag: Path, change: Callable[[list[bytes]], Iterable[bytes]]) -> None:
    """Put the records of a bag's archived pages together anew, each still packed by itself."""
    whole = (bag / WARC).read_bytes()
    starts = []
    with io.BytesIO(whole) as opened:
        records = ArchiveIterator(opened)
        for record in records:
            record.content_stream().read()
            starts.append(records.get_record_offset())
    members = [whole[start:end] for start, end in zip(starts, [*starts[1:], len(whole)], strict=True)]
    (bag / WARC).write_bytes(b"".join(change(members)))


def record(kind: str, path: str, payload: bytes) -> bytes:
    """Return a record of any type, packed."""
    with io.BytesIO() as written:
        writer = WARCWriter(written, gzip=True)
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        made = writer.create_warc_record(
            ADDRESS + path,
            kind,
            payload=io.BytesIO(payload),
            length=len(payload),
            http_headers=http if kind == "response" else None,
            warc_content_type="application/http; msgtype=response" if kind == "response" else "text/html",
        )
        writer.write_record(made)
        return written.getvalue()


def altered(member: bytes, old: bytes, new: bytes) -> bytes:
    """Alter the bytes of a packed record."""
    plain = gzip.decompress(member)
    assert old in plain
    return gzip.compress(plain.replace(old, new), mtime=0)
