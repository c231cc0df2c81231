"""Staff Markdown, and the refusal of all in it that could act on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from generator.problems import Problem, Severity, Span

_HEADING = re.compile(r"# {1,4}(\S.{0,200})")
# Wherever they stand: a definition may be part of a list or a quotation. After the address comes a title or the end;
# engines differ in what else they take for a part of it.
_TITLE = r">?(?:[ ]{1,4}\"[^\"\n]{0,200}\")?[ ]{0,4}"
_INLINE = re.compile(rf"\]\([ ]{{0,4}}<?([^()\s<>]{{0,500}})({_TITLE}\))?")
_DEFINITION = re.compile(rf"\]:[ \n]{{0,4}}<?([^()\s<>]{{0,500}})({_TITLE}(?=\n|\Z))?")
_DEEP = re.compile(r"[ \t>]{40}|(?:[ \t]{0,3}[-+*>][ \t]{1,3}){10}")
_MOST_BRACKETS, _LONGEST = 500, 100_000
_SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})


@dataclass(frozen=True, slots=True)
class StaffPage:
    """A page that staff write in Markdown; `address` is relative to the root of the site, `text` lacks the title."""

    address: str
    title: str
    text: str
    outside: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Refusal:
    pattern: re.Pattern[str]
    code: str
    found: str
    mend: str


_REFUSALS = (
    _Refusal(
        re.compile(r"<(?=[^\s-])"), "markdown-html", "HTML 标签或尖括号网址", "删掉尖括号；网址写成 [文字](网址)。"
    ),
    _Refusal(re.compile(r"&(?=#|[A-Za-z0-9]{1,64};)"), "markdown-entity", "HTML 转义写法", "直接写那个字。"),
    _Refusal(re.compile(r"(?<!\{)\{(?![{%])"), "markdown-attributes", "花括号", "删掉它；文字里要用，写全角的｛｝。"),
    _Refusal(re.compile(r"\{(?=[{%])"), "markdown-macro", "模板写法 {{…}} 或 {%…%}", "删掉，直接写文字。"),
    _Refusal(
        re.compile(r"-{1,8}8<-{1,8}"), "markdown-snippet", "引用别的文件的写法 --8<--", "删掉这一行，直接写文字。"
    ),
    _Refusal(re.compile(r"!(?=\[)"), "markdown-image", "图片", "说明页只用文字；图片请作为通报的附件。"),
)


def check_markdown(text: str, file: str, stem: str) -> tuple[StaffPage | None, tuple[Problem, ...]]:
    """Make a page of staff Markdown, or list all that is refused in it.

    Refused: raw HTML, entities, attribute lists, snippets, macros, images, and links of another kind than http, https,
    mailto, tel or relative ones that stay within the site.
    """
    lines = text.split("\n")
    problems = [*_refused(lines, file), *_links(text, file), *_overgrown(text, lines, file)]
    heading = _HEADING.fullmatch(lines[0].strip())
    if heading is None:
        problems.append(
            Problem(
                code="markdown-title",
                file=file,
                span=Span(1, 1),
                found="第一行不是标题",
                expected="第一行是一个“# ”开头的标题",
                mend="在最前面加一行，如：# 关于本站",
            )
        )
    if any(problem.severity is Severity.ERROR for problem in problems) or heading is None:
        return None, tuple(problems)
    outside = frozenset(matched[1] for matched in _addresses(text) if urlsplit(matched[1]).netloc)
    body = "\n".join(lines[1:]).strip()
    return StaffPage(f"{stem}/", heading.group(1).strip(), body, outside), tuple(problems)


def _overgrown(text: str, lines: list[str], file: str) -> Iterator[Problem]:
    """Refuse what would keep a Markdown parser busy without end, or bring it down."""
    deep = next((number for number, line in enumerate(lines, 1) if _DEEP.match(line)), None)
    if deep is not None or text.count("[") > _MOST_BRACKETS or len(text) > _LONGEST:
        yield Problem(
            code="markdown-overgrown",
            file=file,
            span=Span(deep or 1, 1),
            found="套了很多层，或者太长",
            expected=f"十层以内，方括号不超过 {_MOST_BRACKETS} 个，全文不超过 {_LONGEST} 字",
            mend="改得简单些，或者分成几个说明页。",
        )


def _refused(lines: list[str], file: str) -> Iterator[Problem]:
    for number, line in enumerate(lines, 1):
        for refusal in _REFUSALS:
            for matched in refusal.pattern.finditer(line):
                yield Problem(
                    code=refusal.code,
                    file=file,
                    span=Span(number, matched.start() + 1, max(1, len(matched.group()))),
                    found=refusal.found,
                    expected="普通文字、标题、列表、表格和链接",
                    mend=refusal.mend,
                )


def _addresses(text: str) -> Iterator[re.Match[str]]:
    for pattern in (_INLINE, _DEFINITION):
        yield from pattern.finditer(text)


def _links(text: str, file: str) -> Iterator[Problem]:
    for matched in _addresses(text):
        address, start = matched.group(1), matched.start(1)
        if matched.group(2) is not None and _is_allowed(address):
            continue
        before = text[:start]
        yield Problem(
            code="markdown-link",
            file=file,
            span=Span(before.count("\n") + 1, start - before.rfind("\n"), max(1, len(address))),
            found=f"链接“{address[:60]}”",
            expected="http、https、mailto、tel 开头的网址，或者站内的相对网址",
            mend="网址写完整，里面不要有空格和括号；站内网址不要以斜杠开头，也不要用 .. 走到网站外面。",
        )


def _is_allowed(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme.lower() not in _SCHEMES or "\\" in address or not address:
        return False
    if parts.scheme:
        return bool(parts.netloc) == (parts.scheme.lower() in {"http", "https"})
    if ":" in address or ";" in address:
        return False
    # Staff pages stand one level below the root, so one step up is still the site.
    return not address.startswith("/") and "//" not in address and "../.." not in address
