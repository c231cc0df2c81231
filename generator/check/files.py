"""Which files may lie in content/, and what each of them is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from generator.model.values import RESERVED
from generator.problems import Problem, Severity
from generator.read import File

_NOTICE = re.compile(r"notices/([0-9]{4}/[a-z0-9][a-z0-9-]{0,63})\.yml")
_PROSE = re.compile(r"([a-z0-9][a-z0-9-]{0,63})\.md")
_KNOWN = re.compile(r"site\.yml|organs\.yml|review\.yml|schema/[a-z]{1,20}\.json")
# What a forge publishes with, where content/ is a repository of its own.
_BESIDE = re.compile(r"publish\.sh|requirements\.txt|gongkai-[^/]{1,60}\.whl")
# "index" and "404" would take the files of the home page and of the page for missing addresses in an export.
LARGEST = 50_000_000
_TAKEN = frozenset({"archive", "organs", "notices", "search", "data", "assets", "schema", "index", "404"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The files of content/ by what they are: notices by path with their id, staff pages by path with their stem."""

    notices: dict[str, str]
    prose: dict[str, str]
    beside: dict[str, list[str]]
    problems: tuple[Problem, ...]


def lay_out(paths: list[str], pictures: Collection[str] = ()) -> Layout:
    """Sort the files of content/ (paths with `/`, sorted) into their kinds; whatever else lies there is a problem.

    `pictures` are those that site.yml names, or may name.
    """
    found = {path: match[1] for path in paths if (match := _NOTICE.fullmatch(path))}
    notices = {path: id_ for path, id_ in found.items() if id_.partition("/")[2] not in RESERVED}
    prose = {path: match[1] for path in paths if (match := _PROSE.fullmatch(path))}
    beside: dict[str, list[str]] = {id_: [] for id_ in notices.values()}
    rest = []
    for path in paths:
        folder = PurePosixPath(path).parent.as_posix()
        id_ = folder.removeprefix("notices/")
        if folder.startswith("notices/") and id_ in beside:
            beside[id_].append(path)
        elif not (
            path in notices
            or path in prose
            or (path in pictures and path.endswith(".png"))
            or _KNOWN.fullmatch(path)
            or _BESIDE.fullmatch(path)
        ):
            rest.append(path)
    taken = [path for path, stem in prose.items() if stem in _TAKEN]
    for path in taken:
        del prose[path]
    return Layout(notices=notices, prose=prose, beside=beside, problems=(*_misplaced(rest), *_clashing(taken)))


def too_large(file: File) -> Problem:
    """Say that a file is larger than a phone should have to fetch, or the program to read."""
    return Problem(
        code="file-too-large",
        file=file.path,
        span=None,
        found=f"{file.size / 1e6:.0f} MB",
        expected=f"不超过 {LARGEST / 1e6:.0f} MB",
        mend="把文件做小些，如扫描件降低分辨率，或者分成几个附件。",
    )


def missing(path: str) -> Problem:
    """Say that a file which every site needs is not there."""
    return Problem(
        code="file-missing",
        file=path,
        span=None,
        found="没有这个文件",
        expected=f"有 {path}",
        mend="用 gongkai init 在一个新文件夹里生成一份，照着它补上。",
    )


def _misplaced(paths: list[str]) -> Iterator[Problem]:
    for path in paths:
        if path.lower().startswith("notices/") and path.lower().endswith((".yml", ".yaml")):
            yield Problem(
                code="notice-name",
                file=path,
                span=None,
                found="文件名或位置不合规则，这份通报不会公开",
                expected="notices/四位年份/名称.yml，名称只用小写字母、数字和短横线，最多 64 个",
                mend="改文件名，如 notices/2025/shili-media.yml。",
            )
        else:
            yield Problem(
                code="stray-file",
                file=path,
                span=None,
                found="这里用不着的文件，不会公开",
                expected="只有通报、附件和说明页",
                mend="移走它。附件要放在与通报同名的文件夹里，如 notices/2025/shili-media/整改台账.pdf；"
                "标志的文件名写进 site.yml。",
                severity=Severity.WARNING,
            )


def _clashing(paths: list[str]) -> Iterator[Problem]:
    for path in paths:
        yield Problem(
            code="name-taken",
            file=path,
            span=None,
            found="网站自己要用这个网址",
            expected="别的文件名",
            mend="给这个说明页换一个文件名，如 about.md。",
        )
