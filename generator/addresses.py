"""Ids of notices, and the paths and addresses that follow from them.

An id is `<year>/<slug>`. Paths are relative to the folder of the content or of the records, addresses to the site's
root; an address of a page ends in `/`.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from generator.file_names import is_device_name

NOTICES = "notices/"
ARCHIVE_ADDRESS, ORGANS_ADDRESS, SEARCH_ADDRESS = "archive/", "organs/", "search/"
DATA_ADDRESS = "data/"
REMOVED_ADDRESS = f"{DATA_ADDRESS}removed.jsonl"
# The ledger among the records and in a site's data: files by the number of their first line; once it was one file.
LEDGER, LEDGER_FOLDER = "ledger.jsonl", "ledger"
SLUG_PATTERN = "[a-z0-9][a-z0-9-]{0,63}"
_SLUG = re.compile(SLUG_PATTERN)
_ID = re.compile(rf"([0-9]{{4}})/({SLUG_PATTERN})")
_PAGE = re.compile(rf"({SLUG_PATTERN})\.md")
_LEDGER_PART = re.compile(rf"{LEDGER_FOLDER}/([0-9]{{6,12}})\.jsonl")
_YEAR = re.compile(rf"{NOTICES}([0-9]{{4}})/")
_BESIDE = re.compile(rf"{NOTICES}([^/]{{4}}/[^/]{{1,64}})/([^/]{{1,250}})")
# These stems of staff pages would take an address of the site, "index" and "404" the files of those pages in an export.
TAKEN_STEMS = frozenset({"archive", "organs", "notices", "search", "data", "assets", "schema", "index", "404"})


def is_slug(text: str) -> bool:
    """Whether a text may name a notice or an organ: small letters, digits and hyphens, and no name with a meaning."""
    return bool(_SLUG.fullmatch(text)) and text != "index" and not is_device_name(text)


def is_notice_id(text: str) -> bool:
    """Whether a text is `<year>/<slug>`."""
    found = _ID.fullmatch(text)
    return found is not None and is_slug(found[2])


def content_path(id_: str) -> str:
    """Return the path of a notice's file in the content."""
    return f"{NOTICES}{id_}.yml"


def id_of_path(path: str) -> str | None:
    """Return the id of the notice whose file has a path in the content, None where it is no such path."""
    id_ = path.removeprefix(NOTICES).removesuffix(".yml")
    return id_ if path == content_path(id_) and is_notice_id(id_) else None


def attachment_of_path(path: str) -> tuple[str, str] | None:
    """Return the id of a notice and the file's name for a path in the notice's own folder, None for another path."""
    found = _BESIDE.fullmatch(path)
    return (found[1], found[2]) if found and is_notice_id(found[1]) else None


def notice_of_path(path: str) -> str | None:
    """Return the id of the notice whose file or attachment has a path in the content, None for another path."""
    return id_of_path(path) or next(iter(attachment_of_path(path) or ()), None)


def year_of_path(path: str) -> str:
    """Return the year among whose notices a path or an address lies, "" for another path."""
    found = _YEAR.match(path)
    return found[1] if found else ""


def staff_page_of_path(path: str) -> str | None:
    """Return the stem of a staff page's path in the content, None for another path."""
    found = _PAGE.fullmatch(path)
    return found[1] if found else None


def ledger_path(number: int) -> str:
    """Return the path of the part of the ledger that begins with a line."""
    return f"{LEDGER_FOLDER}/{number:06d}.jsonl"


def ledger_paths(paths: Collection[str]) -> list[str]:
    """Return those of some paths that hold the ledger, in the order of its lines."""
    first = {path: int(found[1]) for path in paths if (found := _LEDGER_PART.fullmatch(path))}
    parts = sorted((path for path, number in first.items() if path == ledger_path(number)), key=first.__getitem__)
    return [*(path for path in paths if path == LEDGER), *parts]


def notice_address(id_: str) -> str:
    """Return the address of a notice; its attachments have the same path in the content."""
    return f"{NOTICES}{id_}/"


def id_of_address(address: str) -> str:
    """Return the id of the notice at an address."""
    return address.removeprefix(NOTICES).removesuffix("/")


def version_address(id_: str, number: int) -> str:
    """Return the address of an earlier version of a notice."""
    return f"{NOTICES}{id_}/v{number}/"


def proof_address(id_: str) -> str:
    """Return the address of the proof that a notice was public."""
    return f"{NOTICES}{id_}/proof/"


def archive_address(year: str) -> str:
    """Return the address of the page that lists a year's notices."""
    return f"{ARCHIVE_ADDRESS}{year}/"


def organ_address(key: str) -> str:
    """Return the address of an organ's page."""
    return f"{ORGANS_ADDRESS}{key}/"


def organ_year_address(key: str, year: str) -> str:
    """Return the address of the page that lists an organ's notices of a year."""
    return f"{organ_address(key)}{year}/"
