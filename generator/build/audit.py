"""The audit of a finished site: it holds what was planned, all of it and nothing else."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

from generator.build.manifest import SEAL, list_of
from generator.build.request import BuildError
from generator.files import entries
from generator.html.markup import Markup, has_source_map, is_picture, read_markup, script_flaws, style_addresses
from generator.media_types import SITE_KINDS, kind_of
from generator.parallel import Workers

_SHARE = 100
_WRONG_KIND = "这种文件不能公开。"
_OTHER_TEXT = "网页上的正文和通报的原文不一样。"
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
class PageExpectation:
    """A page as the audit expects it: a digest of its verbatim text, and the foreign addresses that it may link to.

    `alone` says that it is to be pasted into another site: it has styles of its own, and neither fetches anything nor
    links to a place relative to its own.
    """

    verbatim: bytes
    outside: frozenset[str]
    alone: bool = False


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Findings of the audit about one file: its SHA-256, flaws in Chinese, anchors, and which files it leads to.

    `links` are paths of files of the site, with an anchor or "".
    """

    sha256: str
    flaws: tuple[str, ...] = ()
    anchors: frozenset[str] = frozenset()
    links: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Audit:
    """The findings of an audit: flaws, in Chinese, sorted, and the SHA-256 of every file by path."""

    flaws: list[str]
    digests: dict[str, str]


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
    flaws += [f"{path}：{_WRONG_KIND}" for path in present - planned if not _may_be_public(path)]
    flaws += [f"{path}：应当有，却没有。" for path in planned - present]
    paths = sorted(planned & present)
    shares = [[(path, expected.get(path)) for path in paths[at : at + _SHARE]] for at in range(0, len(paths), _SHARE)]
    facts: dict[str, FileFacts] = {}
    for part in workers.map(partial(_share, folder, root), shares):
        facts |= part
    flaws += [f"{path}：{flaw}" for path, one in facts.items() for flaw in one.flaws]
    anchors = {path: facts[path].anchors for path in expected if path in facts}
    flaws += unresolved(facts, present.__contains__, anchors.get)
    return Audit(sorted(flaws), {path: one.sha256 for path, one in facts.items()})


def audit_file(path: str, data: bytes, root: str, expected: PageExpectation | None = None) -> FileFacts:
    """Look into one file of a site; a page is compared with what is expected of it."""
    digest = sha256(data).hexdigest()
    kind = kind_of(path)
    if not _may_be_public(path):
        return FileFacts(digest, (_WRONG_KIND,))
    if expected is not None:
        return _page(path, data.decode(), digest, expected, root)
    if kind not in {"css", "js", "svg"}:
        return FileFacts(digest)
    links: set[tuple[str, str]] = set()
    flaws = tuple(_asset(path, data.decode(), links, root))
    return FileFacts(digest, flaws, links=frozenset(links))


def unresolved(
    facts: Mapping[str, FileFacts], has: Callable[[str], bool], anchors_of: Callable[[str], Container[str] | None]
) -> Iterator[str]:
    """Yield the links of files, by path, that lead nowhere.

    `has` says whether the site has a file, `anchors_of` returns the anchors of a page, None where they are not known.
    """
    seen: dict[tuple[str, str], str] = {}
    for source, one in facts.items():
        for link in one.links:
            seen.setdefault(link, source)
    for (path, anchor), source in seen.items():
        if not has(path):
            yield f"{source}：链接通向不存在的 {path}"
        elif anchor and (anchors := anchors_of(path)) is not None and anchor not in anchors:
            yield f"{source}：{path} 里没有锚点 #{anchor}"


def _may_be_public(path: str) -> bool:
    return kind_of(path) in SITE_KINDS and not path.rpartition("/")[2].startswith(".")


def text_digest(text: str) -> bytes:
    """Return what the audit compares texts by."""
    return sha256(text.encode()).digest()


def _share(folder: Path, root: str, share: list[tuple[str, PageExpectation | None]]) -> dict[str, FileFacts]:
    return {path: audit_file(path, folder.joinpath(path).read_bytes(), root, expected) for path, expected in share}


def _files(folder: Path) -> tuple[set[str], list[str]]:
    present: set[str] = set()
    flaws = []
    for path, entry in entries(folder):
        if entry.is_symlink():
            flaws.append(f"{path}：是符号链接，不能公开。")
        elif entry.is_file():
            present.add(path)
        elif not entry.is_dir():
            flaws.append(f"{path}：不是文件，不能公开。")
    return present, flaws


def _page(path: str, html: str, digest: str, expected: PageExpectation, root: str) -> FileFacts:
    markup = read_markup(html, styled=expected.alone)
    flaws = [] if text_digest("\n".join(markup.verbatim)) == expected.verbatim else [_OTHER_TEXT]
    flaws += markup.flaws
    if expected.alone:
        return FileFacts(digest, (*flaws, *_leading_elsewhere(markup, expected)))
    links: set[tuple[str, str]] = set()
    flaws += _fetched(markup.fetched, path, links, root)
    for address in markup.linked:
        flaws += _linked(address, path, expected, links, root)
    anchors = frozenset(markup.anchors)
    # A link within the page is judged here, once.
    flaws += [f"{path} 里没有锚点 #{anchor}" for to, anchor in links if to == path and anchor and anchor not in anchors]
    return FileFacts(digest, tuple(flaws), anchors, frozenset(link for link in links if link[0] != path))


def _leading_elsewhere(markup: Markup, expected: PageExpectation) -> Iterator[str]:
    """Refuse whatever would lead or look elsewhere, our own site included, once a page is pasted into another site."""
    yield from (f"向别处要内容：{address[:80]}" for address in markup.fetched)
    for address in markup.linked:
        if address not in expected.outside and _scheme(address) not in _SPOKEN:
            yield f"不该有的链接：{address[:80]}"


def _asset(path: str, text: str, links: set[tuple[str, str]], root: str) -> Iterator[str]:
    """Look into a file that a browser acts on."""
    kind = kind_of(path)
    if kind == "svg":
        markup = read_markup(text)
        yield from markup.flaws
        yield from (f"有不该有的链接：{address[:80]}" for address in markup.linked)
        fetched = (address for address in markup.fetched if not address.startswith("#"))
        yield from _fetched(fetched, path, links, root)
        return
    if has_source_map(text):
        yield "指向源码映射文件，那个文件不该公开。"
    if kind == "css":
        addresses = (address for address in style_addresses(text) if not is_picture(address))
        yield from _fetched(addresses, path, links, root)
    else:
        yield from script_flaws(text)


def _fetched(addresses: Iterable[str], path: str, links: set[tuple[str, str]], root: str) -> Iterator[str]:
    for address in addresses:
        if _scheme(address):
            yield f"向别处要内容：{address[:80]}"
        else:
            links.add(_target(address, path, root))


def _linked(
    address: str, path: str, expected: PageExpectation, links: set[tuple[str, str]], root: str
) -> Iterator[str]:
    scheme = "" if _SIMPLE_LINK.fullmatch(address) else _scheme(address)
    if not scheme:
        links.add(_target(address, path, root))
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
