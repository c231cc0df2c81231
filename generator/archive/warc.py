"""One WARC (ISO 28500, GB/T 33994-2017) of published pages, written from their files without asking a server."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]  # the package ships no types
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]  # the same

from generator.media_types import content_type


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """A published file: its address, and where its bytes lie."""

    address: str
    place: Path


def write_warc(target: Path, files: Iterable[ArchivedFile], instant: datetime, software: str) -> int:
    """Write a response for each file, as of the aware instant, and return how many; same input, same bytes."""
    date = instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    written = 0
    with target.open("wb") as opened:
        writer = WARCWriter(opened, gzip=True)
        info = {"software": software, "format": "WARC File Format 1.0", "isPartOf": target.name}
        record = writer.create_warcinfo_record(target.name, info)
        _fix(record, f"warcinfo {target.name}", date)
        writer.write_record(record)
        for file in files:
            with file.place.open("rb") as payload:
                record = writer.create_warc_record(
                    file.address,
                    "response",
                    payload=payload,
                    length=file.place.stat().st_size,
                    http_headers=_headers(file.place),
                    warc_content_type="application/http; msgtype=response",
                )
                _fix(record, file.address, date)
                writer.write_record(record)
            written += 1
    return written


def _headers(place: Path) -> StatusAndHeaders:
    headers = [("Content-Type", content_type(place.name)), ("Content-Length", str(place.stat().st_size))]
    return StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")


def _fix(record: Any, name: str, date: str) -> None:
    """Give a record the id and the date that follow from what it holds: chance and the clock have no part in it."""
    headers = record.rec_headers
    headers.replace_header("WARC-Record-ID", f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{name} {date}')}>")
    headers.replace_header("WARC-Date", date)
