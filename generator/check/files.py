"""The files of content/, sorted into their kinds."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from generator.addresses import NOTICES, TAKEN_STEMS, attachment_of_path, content_path, id_of_path, staff_page_of_path
from generator.media_types import LARGEST_FILE
from generator.problems import Problem, Severity, file_problem
from generator.read import File

_KNOWN = re.compile(r"site\.yml|organs\.yml|review\.yml|schema/[a-z]{1,20}\.json")
# What a forge publishes with, where content/ is a repository of its own.
_BESIDE = re.compile(r"publish\.sh|requirements\.txt|gongkai-[^/]{1,60}\.whl")


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
    notices = {path: id_ for path in paths if (id_ := id_of_path(path))}
    prose = {path: stem for path in paths if (stem := staff_page_of_path(path))}
    beside: dict[str, list[str]] = {id_: [] for id_ in notices.values()}
    rest = []
    for path in paths:
        id_, _ = attachment_of_path(path) or ("", "")
        if id_ in beside:
            beside[id_].append(path)
        elif not (
            path in notices
            or path in prose
            or (path in pictures and path.endswith(".png"))
            or _KNOWN.fullmatch(path)
            or _BESIDE.fullmatch(path)
        ):
            rest.append(path)
    taken = [path for path, stem in prose.items() if stem in TAKEN_STEMS]
    for path in taken:
        del prose[path]
    return Layout(notices=notices, prose=prose, beside=beside, problems=(*_misplaced(rest), *_clashing(taken)))


def too_large(file: File) -> Problem:
    """Return the problem of a file that is larger than a phone should have to fetch, or the program to read."""
    return file_problem(
        "file-too-large",
        file.path,
        f"{file.size / 1e6:.0f} MB",
        f"不超过 {LARGEST_FILE / 1e6:.0f} MB",
        "把文件做小些，如扫描件降低分辨率，或者分成几个附件。",
    )


def missing(path: str) -> Problem:
    """Return the problem of a missing file that every site needs."""
    return file_problem(
        "file-missing", path, "没有这个文件", f"有 {path}", "用 gongkai init 在一个新文件夹里生成一份，照着它补上。"
    )


def _misplaced(paths: list[str]) -> Iterator[Problem]:
    for path in paths:
        if path.lower().startswith(NOTICES) and path.lower().endswith((".yml", ".yaml")):
            yield file_problem(
                "notice-name",
                path,
                "文件名或位置不合规则，这份通报不会公开",
                f"{NOTICES}四位年份/名称.yml，名称只用小写字母、数字和短横线，最多 64 个",
                f"改文件名，如 {content_path('2025/shili-media')}。",
            )
        else:
            yield file_problem(
                "stray-file",
                path,
                "这里用不着的文件，不会公开",
                "只有通报、附件和说明页",
                "移走它。附件要放在与通报同名的文件夹里，如 notices/2025/shili-media/整改台账.pdf；"
                "标志的文件名写进 site.yml。",
                Severity.WARNING,
            )


def _clashing(paths: list[str]) -> Iterator[Problem]:
    for path in paths:
        yield file_problem(
            "name-taken", path, "网站自己要用这个网址", "别的文件名", "给这个说明页换一个文件名，如 about.md。"
        )
