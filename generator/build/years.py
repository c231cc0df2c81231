"""The years of a site as an earlier build left them: which hold still, and what is known of the notices of the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

from generator.addresses import content_path
from generator.build.cache import key_of, program_key
from generator.build.index import Index
from generator.check import Content, NoticeFiles, NoticeResult, PackedNotice
from generator.model import NoticeSummary, Organs
from generator.problems import Problem
from generator.read import Folder


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownNotice:
    """A notice that an earlier build checked: its summary as it was written, and all that came of the check.

    `stamp` is by what its files are known again, `digest` stands for what they hold.
    """

    stamp: str
    digest: str
    summary: NoticeSummary
    fingerprint: str
    attachments: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFiles:
    """Files that were made from what a key stands for: SHA-256 and size by path; where else they link to; its pages."""

    key: str
    files: Mapping[str, tuple[str, int]]
    links: frozenset[str] = frozenset()
    pages: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class YearState:
    """A year's part of a site, from `since` until before `until` (None for ever): then it is to be looked at again.

    `facts` stands for the facts of the organs that its notices name. `figures` is what the rest of the site says of
    the year, `organs` a digest of each organ's notices in it. `folders` are the names of the year's folders by path.
    """

    facts: str
    since: datetime
    until: datetime | None
    figures: Any
    organs: Mapping[str, str]
    folders: Mapping[str, str]
    links: frozenset[str]
    files: int
    size: int
    pages: int
    warnings: int
    removed: tuple[str, ...]
    waiting: Mapping[str, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownYear:
    """A year that is to be looked at: what is known, by id, of its notices and of the files made of them."""

    notices: Mapping[str, KnownNotice] = field(default_factory=dict)
    made: Mapping[str, MadeFiles] = field(default_factory=dict)


def check_key(content: Content, *, live: bool) -> str:
    """Hash all that the check of a notice follows from beside its own files and its organ's being there."""
    return key_of(program_key(), repr(content.site), str(live))


def organ_facts(keys: Iterable[str], organs: Organs) -> str:
    """Hash the facts of organs, those included that are not there."""
    return key_of(*(repr((key, organs.get(key))) for key in sorted(keys)))


def known_results(
    index: Index, key: str, known: KnownYear, files: Iterable[NoticeFiles], folder: Folder, organs: Organs
) -> Iterator[NoticeResult]:
    """Yield the results of earlier checks that hold for files as they are now; `key` as of `check_key`."""
    stamps = file_stamps(folder)
    for wanted in files:
        one = known.notices.get(wanted.id)
        if one is None or one.summary.organ not in organs or one.stamp != stamp_of(wanted, stamps):
            continue
        packed = partial(_text, index, wanted.id, key_of(key, one.digest))
        entry = PackedNotice(one.summary, one.fingerprint, one.attachments, packed)
        yield NoticeResult(wanted, entry, one.problems, "", one.digest)


def file_stamps(folder: Folder) -> dict[str, str]:
    """Return by path what tells a file from one that was changed since."""
    return {file.path: f"{file.size} {file.stamp}" for file in folder.files}


def stamp_of(files: NoticeFiles, stamps: Mapping[str, str]) -> str:
    """Return by what a notice's files are known again."""
    return key_of(*(f"{path} {stamps[path]}" for path in (files.path, *files.beside)))


def source_digest(files: NoticeFiles, digest: str, stamps: Mapping[str, str]) -> str:
    """Hash what a notice's files hold: its own file by the SHA-256 `digest`, attachments by their stamps."""
    return key_of(digest, *(f"{path} {stamps[path]}" for path in files.beside))


def _text(index: Index, id_: str, key: str) -> bytes:
    packed: bytes | None = index.get(f"text/{id_}", key)
    if packed is None:
        raise LostTextError(id_)
    return packed


class LostTextError(Exception):
    """The index knows a notice, and has lost its text."""
