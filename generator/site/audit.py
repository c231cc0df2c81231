"""The audit of a finished site: it holds what was promised, all of it and nothing else."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.site.making import Expected, Promise, digest

# Elements and attributes that make a browser fetch something by itself.
_FETCHING = {
    "img": ("src", "srcset"),
    "script": ("src",),
    "link": ("href",),
    "iframe": ("src",),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "form": ("action",),
    "use": ("href",),
    "image": ("href",),
}
_FORBIDDEN = ("iframe", "object", "embed", "base", "style")
_KINDS = frozenset(
    {
        "html",
        "css",
        "js",
        "svg",
        "png",
        "jpg",
        "jpeg",
        "ico",
        "json",
        "txt",
        "md",
        "xml",
        "conf",
        "pdf",
        "ofd",
        "docx",
        "xlsx",
    }
)
_SPOKEN = frozenset({"mailto", "tel"})
_SIMPLE_LINK = re.compile(r"[a-z0-9./-]{0,300}")


@dataclass(slots=True)
class _Seen:
    """What pages link to and which anchors they have, gathered page by page; `root` is the site's path on its host."""

    root: str
    anchors: dict[str, frozenset[str]] = field(default_factory=dict)
    links: dict[tuple[str, str], str] = field(default_factory=dict)


def audit(folder: Path, promise: Promise) -> list[str]:
    """Compare a finished site with its promise and return the flaws, in Chinese, sorted.

    Every file is promised and every promised file is there; none is a link or of a kind that no site serves; each
    page's verbatim elements hold just its notice's text; links and anchors resolve; nothing leads or looks elsewhere.
    """
    present, flaws = _files(folder)
    promised = promise.files | promise.pages.keys()
    flaws += [f"{path}：多出来的文件，不该公开。" for path in present - promised]
    flaws += [f"{path}：应当有，却没有。" for path in promised - present]
    seen = _Seen(promise.root)
    for path in sorted(promise.pages.keys() & present):
        flaws += [f"{path}：{flaw}" for flaw in _page(folder, path, promise.pages[path], seen)]
    flaws += _unresolved(seen, present)
    return sorted(flaws)


def _files(folder: Path) -> tuple[set[str], list[str]]:
    present: set[str] = set()
    flaws = []
    for place in folder.rglob("*"):
        path = place.relative_to(folder).as_posix()
        if place.is_symlink():
            flaws.append(f"{path}：是符号链接，不能公开。")
        elif place.is_file():
            present.add(path)
            if path.rpartition(".")[2] not in _KINDS or place.name.startswith("."):
                flaws.append(f"{path}：这种文件不能公开。")
    return present, flaws


def _page(folder: Path, path: str, expected: Expected, seen: _Seen) -> Iterator[str]:
    tree = LexborHTMLParser(folder.joinpath(path).read_text(encoding="utf-8"))
    verbatim = [node.text() for node in tree.css("[data-verbatim]")]
    if digest("\n".join(verbatim)) != expected.verbatim:
        yield "网页上的正文和通报的原文不一样。"
    ids = [node.attributes["id"] or "" for node in tree.css("[id]")]
    if len(ids) != len(set(ids)):
        yield "有重复的锚点。"
    seen.anchors[path] = frozenset(ids)
    for tag in _FORBIDDEN:
        if tree.css_first(tag) is not None:
            yield f"有不该有的元素 <{tag}>。"
    yield from _attributes(tree)
    for tag, names in _FETCHING.items():
        for node in tree.css(tag):
            yield from _fetched(node, names, path, seen)
    for node in tree.css("a[href]"):
        yield from _linked(node.attributes["href"] or "", path, expected, seen)


def _attributes(tree: LexborHTMLParser) -> Iterator[str]:
    if tree.css_first("[style]") is not None:
        yield "有 style 属性，安全策略会拦住它。"
    for node in tree.css("script"):
        if "src" not in node.attributes:
            yield "有写在网页里的脚本，安全策略会拦住它。"
    if tree.css_first("[onclick],[onload],[onerror],[onmouseover],[onfocus],[onpageshow]") is not None:
        yield "有写在元素上的脚本，安全策略会拦住它。"


def _fetched(node: LexborNode, names: tuple[str, ...], path: str, seen: _Seen) -> Iterator[str]:
    for name in names:
        address = node.attributes.get(name)
        if not address or (node.tag == "link" and node.attributes.get("rel") == "canonical"):
            continue
        if _is_foreign(address):
            yield f"向别处要内容：{address[:80]}"
        elif not address.startswith("data:"):
            seen.links.setdefault(_target(address, path, seen.root), path)


def _linked(address: str, path: str, expected: Expected, seen: _Seen) -> Iterator[str]:
    if _SIMPLE_LINK.fullmatch(address):
        seen.links.setdefault(_target(address, path, seen.root), path)
        return
    scheme = urlsplit(address).scheme
    if scheme in _SPOKEN:
        return
    if _is_foreign(address):
        if address not in expected.outside:
            yield f"通向别处的链接：{address[:80]}"
        return
    if scheme:
        yield f"不该有的链接：{address[:80]}"
        return
    seen.links.setdefault(_target(address, path, seen.root), path)


def _is_foreign(address: str) -> bool:
    return address.startswith("//") or urlsplit(address).scheme in {"http", "https", "ftp"}


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
