"""The audit of a finished site: it holds what was planned, all of it and nothing else."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

from generator.build.load import BuildError
from generator.build.manifest import SEAL, list_of
from generator.build.plan import PageExpectation, text_digest
from generator.files import entries
from generator.html.markup import Markup, has_source_map, is_picture, read_markup, script_flaws, style_addresses
from generator.media_types import SITE_KINDS, kind_of
from generator.parallel import Workers

_SHARE = 100
_FLAWS_SHOWN = 30
_SPOKEN = frozenset({"mailto", "tel"})
_FOREIGN = frozenset({"//", "http", "https", "ftp"})
_SIMPLE_LINK = re.compile(r"(?!//)[a-z0-9./-]{0,300}")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,40}):")
# What a browser passes over in an address: tabs and line breaks anywhere, controls and blanks at its ends.
_UNSEEN = {ord(char): None for char in "\t\n\r"}
_BLANKS = "".join(map(chr, range(0x21)))


class AuditError(BuildError):
    """A site that is not as it was planned: what is wrong, in Chinese."""

    def __init__(self, flaws: list[str]) -> None:
        super().__init__(flaws)
        self.flaws = flaws

    def __str__(self) -> str:
        shown = "\n".join(f"  {flaw}" for flaw in self.flaws[:_FLAWS_SHOWN])
        return f"生成的网站没有通过核对，共 {len(self.flaws)} 处：\n{shown}"


@dataclass(frozen=True, slots=True)
class Audit:
    """The findings of an audit: flaws, in Chinese, sorted, and the SHA-256 of every file by path."""

    flaws: list[str]
    digests: dict[str, str]


@dataclass(slots=True)
class _Seen:
    """The links and anchors of all pages, gathered page by page; `root` is the site's path on its host."""

    root: str
    digests: dict[str, str] = field(default_factory=dict)
    anchors: dict[str, frozenset[str]] = field(default_factory=dict)
    links: dict[tuple[str, str], str] = field(default_factory=dict)
    flaws: list[str] = field(default_factory=list)


def audit(
    folder: Path, root: str, expected: Mapping[str, PageExpectation], files: Iterable[str], workers: Workers
) -> Audit:
    """Compare a finished site with what is expected of its pages and the paths of all its files.

    Every file was planned and every planned file is there; none is a link or of a kind that no site serves; each page's
    verbatim elements hold just its notice's text; links and anchors resolve; nothing leads or looks elsewhere. `root`
    is the site's path on its host.
    """
    present, flaws = _files(folder)
    # The lists of the files are written last, over whatever stands there.
    present -= {SEAL, *map(list_of, present)}
    planned = {*files, *expected}
    flaws += [f"{path}：多出来的文件，不该公开。" for path in present - planned]
    flaws += [f"{path}：应当有，却没有。" for path in planned - present]
    seen = _Seen(root)
    pages = [(path, expected[path]) for path in sorted(expected.keys() & present)]
    shares = [pages[start : start + _SHARE] for start in range(0, len(pages), _SHARE)]
    for part in workers.map(partial(_pages, folder, root), shares):
        seen.anchors |= part.anchors
        seen.digests |= part.digests
        seen.links = part.links | seen.links
        flaws += part.flaws
    for path in sorted((planned - expected.keys()) & present):
        flaws += [f"{path}：{flaw}" for flaw in _asset(folder, path, seen)]
    flaws += _unresolved(seen, present)
    return Audit(sorted(flaws), seen.digests)


def _pages(folder: Path, root: str, share: list[tuple[str, PageExpectation]]) -> _Seen:
    seen = _Seen(root)
    for path, expected in share:
        seen.flaws += [f"{path}：{flaw}" for flaw in _page(folder, path, expected, seen)]
    return seen


def _files(folder: Path) -> tuple[set[str], list[str]]:
    present: set[str] = set()
    flaws = []
    for path, entry in entries(folder):
        if entry.is_symlink():
            flaws.append(f"{path}：是符号链接，不能公开。")
        elif entry.is_file():
            present.add(path)
            if kind_of(path) not in SITE_KINDS or entry.name.startswith("."):
                flaws.append(f"{path}：这种文件不能公开。")
        elif not entry.is_dir():
            flaws.append(f"{path}：不是文件，不能公开。")
    return present, flaws


def _page(folder: Path, path: str, expected: PageExpectation, seen: _Seen) -> Iterator[str]:
    data = folder.joinpath(path).read_bytes()
    seen.digests[path] = sha256(data).hexdigest()
    markup = read_markup(data.decode(), styled=expected.alone)
    if text_digest("\n".join(markup.verbatim)) != expected.verbatim:
        yield "网页上的正文和通报的原文不一样。"
    yield from markup.flaws
    if expected.alone:
        yield from _leading_elsewhere(markup, expected)
        return
    seen.anchors[path] = frozenset(markup.anchors)
    yield from _fetched(markup.fetched, path, seen)
    for address in markup.linked:
        yield from _linked(address, path, expected, seen)


def _leading_elsewhere(markup: Markup, expected: PageExpectation) -> Iterator[str]:
    """Refuse whatever would lead or look elsewhere, our own site included, once a page is pasted into another site."""
    yield from (f"向别处要内容：{address[:80]}" for address in markup.fetched)
    for address in markup.linked:
        if address not in expected.outside and _scheme(address) not in _SPOKEN:
            yield f"不该有的链接：{address[:80]}"


def _asset(folder: Path, path: str, seen: _Seen) -> Iterator[str]:
    """Look into the files that a browser acts on."""
    kind = kind_of(path)
    data = folder.joinpath(path).read_bytes()
    seen.digests[path] = sha256(data).hexdigest()
    if kind not in {"css", "js", "svg"}:
        return
    text = data.decode()
    if kind == "svg":
        markup = read_markup(text)
        yield from markup.flaws
        yield from (f"有不该有的链接：{address[:80]}" for address in markup.linked)
        yield from _fetched((address for address in markup.fetched if not address.startswith("#")), path, seen)
    elif has_source_map(text):
        yield "指向源码映射文件，那个文件不该公开。"
    if kind == "css":
        yield from _fetched((address for address in style_addresses(text) if not is_picture(address)), path, seen)
    elif kind == "js":
        yield from script_flaws(text)


def _fetched(addresses: Iterable[str], path: str, seen: _Seen) -> Iterator[str]:
    for address in addresses:
        if _scheme(address):
            yield f"向别处要内容：{address[:80]}"
        else:
            seen.links.setdefault(_target(address, path, seen.root), path)


def _linked(address: str, path: str, expected: PageExpectation, seen: _Seen) -> Iterator[str]:
    scheme = "" if _SIMPLE_LINK.fullmatch(address) else _scheme(address)
    if not scheme:
        seen.links.setdefault(_target(address, path, seen.root), path)
    elif scheme in _FOREIGN:
        if address not in expected.outside:
            yield f"通向别处的链接：{address[:80]}"
    elif scheme not in _SPOKEN:
        yield f"不该有的链接：{address[:80]}"


def _scheme(address: str) -> str:
    """Return the scheme as a browser finds it (WHATWG URL Standard, 4.4), "//" for another host, "" for our own."""
    plain = address.translate(_UNSEEN).strip(_BLANKS).replace("\\", "/")
    if plain.startswith("//"):
        return "//"
    matched = _SCHEME.match(plain)
    return matched[1].lower() if matched else ""


def _target(address: str, path: str, root: str) -> tuple[str, str]:
    """Return the file that an address leads to, and the anchor in it."""
    where, _, anchor = address.partition("#")
    where = unquote(where.partition("?")[0])
    if not where:
        return path, unquote(anchor)
    base = "" if where.startswith("/") else posixpath.dirname(path)
    joined = posixpath.normpath(posixpath.join(base, where.removeprefix(root) if not base else where))
    if where.endswith(("/", ".")):
        joined = posixpath.normpath(f"{joined}/index.html")
    return joined, unquote(anchor)


def _unresolved(seen: _Seen, present: set[str]) -> Iterator[str]:
    for (path, anchor), source in seen.links.items():
        if path not in present:
            yield f"{source}：链接通向不存在的 {path}"
        elif anchor and path in seen.anchors and anchor not in seen.anchors[path]:
            yield f"{source}：{path} 里没有锚点 #{anchor}"
