"""Files compared with those made again from the records: byte for byte, or part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from generator.archive.foreign import ForeignFolder
from generator.archive.metadata import says_the_same
from generator.archive.payload import METADATA, README
from generator.archive.verify.page_parts import page_difference
from generator.build.build_note import BUILD_NOTE
from generator.characters import printable


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of a check: what was looked at, what differs, and what nothing proves, each as lines of text.

    With `flaws` the copy is not as published. Without, it is as published only where nothing is `unproven`: what
    neither the records nor a trusted signature vouches for may have been altered, though nothing shows it.
    `more` counts flaws that are not listed. `other_version` are differences that another version of the program may
    have made, or whoever claims so.
    """

    looked_at: tuple[str, ...]
    flaws: tuple[str, ...] = ()
    unproven: tuple[str, ...] = ()
    more: int = 0
    other_version: tuple[str, ...] = ()

    @property
    def proven(self) -> bool:
        """Whether all of it is as published."""
        return not (self.flaws or self.other_version or self.unproven)


# What another version of the program makes otherwise, and what says nothing of a notice.
_MACHINERY = ("assets/", "search/", "data/headers/", "data/manifest", BUILD_NOTE, README)
_NOT_AT_HAND = "没有能重新生成：不是每份通报都在手边（给出发布记录的文件夹就在，用 --records）"
_OTHER_VERSION = "（它是别的版本的程序生成的，也可能是两个版本写法不同：用那个版本再查一次）"


@dataclass(slots=True)
class Comparison:
    """How many files are equal, byte for byte; how others differ; which were compared in part or not at all.

    `other_version` are differences that another version of the program may make.
    """

    equal: int = 0
    flaws: list[str] = field(default_factory=list)
    other_version: list[str] = field(default_factory=list)
    unproven: list[str] = field(default_factory=list)


def compare_files(
    given: ForeignFolder, made: ForeignFolder, comparable: Callable[[str], bool], *, same_program: bool
) -> Comparison:
    """Compare the files of a site or a bag with those that were made again.

    `comparable` tells by its path what could be made again; `same_program` says that this very program made the given
    ones, so that each byte counts.
    """
    found = Comparison()
    for path in sorted(given.files.keys() | made.files.keys()):
        if not comparable(path):
            found.unproven += [f"{printable(path)}：{_NOT_AT_HAND}"] if path in given.files else []
        elif path not in given.files:
            _missing(found, path, same_program=same_program)
        elif path not in made.files:
            _added(found, path, same_program=same_program)
        elif given.files[path] == made.files[path] and _equal(given, made, path):
            found.equal += 1
        else:
            _differing(found, path, given, made, same_program=same_program)
    return found


def grouped(lines: Iterable[str], most: int = 10) -> Iterator[str]:
    """Yield lines of one kind, `path：what`, up to `most` of them, then how many more there are."""
    by_kind: dict[str, list[str]] = {}
    for line in lines:
        path, _, what = line.partition("：")
        by_kind.setdefault(what, []).append(path)
    for what, paths in by_kind.items():
        more = f" 等 {len(paths)} 个文件" if len(paths) > most else ""
        yield f"{'、'.join(paths[:most])}{more}：{what}" if what else paths[0]


def _missing(found: Comparison, path: str, *, same_program: bool) -> None:
    if same_program:
        found.flaws.append(f"{path}：不见了，按发布记录应当有")
    else:
        found.other_version.append(f"{path}：不见了，按发布记录应当有{_OTHER_VERSION}")


def _added(found: Comparison, path: str, *, same_program: bool) -> None:
    if not same_program and path.startswith(_MACHINERY):
        found.unproven.append(f"{printable(path)}：别的版本的程序生成的，没有核对")
    elif same_program:
        found.flaws.append(f"{printable(path)}：多出来的，发布记录里没有")
    else:
        found.other_version.append(f"{printable(path)}：多出来的，发布记录里没有{_OTHER_VERSION}")


def _differing(found: Comparison, path: str, given: ForeignFolder, made: ForeignFolder, *, same_program: bool) -> None:
    what = ""
    if path.endswith(".html"):
        what = page_difference(given.read(path) or b"", made.read(path) or b"")
    if same_program:
        found.flaws.append(f"{path}：和按发布记录重新生成的不一样{'：' if what else ''}{what}")
    elif path.startswith(_MACHINERY):
        found.unproven.append(f"{path}：别的版本的程序生成的，没有核对")
    elif path == METADATA and says_the_same(given.read(path) or b"", made.read(path) or b""):
        found.unproven.append(f"{path}：别的版本的程序写的，每一格的意思一样，日期的写法没有核对")
    elif path.endswith(".html") and not what:
        found.unproven.append(f"{path}：别的版本的程序生成的，只核对了看得见的文字和链接")
    else:
        told = f"：{what}" if what else ""
        found.other_version.append(f"{path}：和按发布记录重新生成的不一样{told}{_OTHER_VERSION}")


def _equal(given: ForeignFolder, made: ForeignFolder, path: str) -> bool:
    pieces = zip(given.pieces(path, given.files[path]), made.pieces(path, made.files[path]), strict=True)
    return all(one == other for one, other in pieces)
