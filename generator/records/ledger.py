"""The ledger: one line for each change of what the public could see, each sealed and tied to the line before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO

from generator.records.digest import NONE, Digest, RecordsError
from generator.records.line import SITE_ID, LedgerEvent, LedgerLine, UnknownSchemaError, line_of
from generator.strict_json import read_object

LEDGER = "ledger.jsonl"
# A line has some 700 bytes, and 190 for each attachment.
_LONGEST = 2**20
_MEND = (
    "发布记录只由程序写，不能手工改，也不能合并两份。请取回原来的一份：\n"
    "  用 git 的：git fetch origin records，再到记录的文件夹里 git reset --hard origin/records；\n"
    "  没有 git 的：从主机或者最近的归档包里复制。\n"
    "哪一份是真的，看网站“全部通报”页上的校验值：它是最后一行的。"
)


@dataclass(frozen=True, slots=True)
class Ledger:
    """All lines, in order; those of each notice by its id; and `site`, those of the facts of the site."""

    lines: tuple[LedgerLine, ...] = ()
    by_id: Mapping[str, tuple[LedgerLine, ...]] = field(default_factory=dict)
    site: tuple[LedgerLine, ...] = ()

    @classmethod
    def of(cls, lines: Iterable[LedgerLine]) -> Ledger:
        """Put lines that are in order and sealed into a ledger."""
        listed = tuple(lines)
        held: dict[str, list[LedgerLine]] = {}
        for line in listed:
            held.setdefault(line.id, []).append(line)
        site = tuple(held.pop(SITE_ID, ()))
        return cls(listed, {id_: tuple(own) for id_, own in held.items()}, site)

    @property
    def head(self) -> Digest:
        """The seal of the last line, which stands for all of them."""
        return self.lines[-1].seal if self.lines else NONE

    def latest(self, id_: str) -> LedgerLine | None:
        """Return the line of a notice's newest version, whether it is shown or not; None for an unknown notice."""
        return max(self.by_id.get(id_, ()), key=lambda line: (line.version, line.number), default=None)

    def versions(self, id_: str) -> dict[int, LedgerLine]:
        """Return the first line of each version of a notice, by its number, in order."""
        first: dict[int, LedgerLine] = {}
        for line in self.by_id.get(id_, ()):
            first.setdefault(line.version, line)
        return dict(sorted(first.items()))

    def kept(self, id_: str) -> tuple[LedgerLine, ...]:
        """Return the first line of each version that may be kept: of a text that was removed, the newest alone."""
        lines = tuple(self.versions(id_).values())
        return lines[-1:] if self.is_removed(id_) else lines

    def is_removed(self, id_: str) -> bool:
        """Whether a notice's text was withdrawn as published in error: no version of it may be kept or shown."""
        return self.removed_at(id_) is not None

    def removed_at(self, id_: str) -> int | None:
        """Return the number of the line that removed a notice's text, None where it was not published in error."""
        return next((line.number for line in self.by_id.get(id_, ()) if line.event is LedgerEvent.REMOVED), None)

    def site_at(self, number: int) -> LedgerLine | None:
        """Return the line of the site's facts that held when a line was written; None where none was on record."""
        return next((line for line in reversed(self.site) if line.number <= number), None)

    def naming(self, id_: str) -> tuple[LedgerLine, ...]:
        """Return the lines of a notice that name attachments; only a program of the first schema wrote such lines."""
        return tuple(line for line in self.by_id.get(id_, ()) if line.names)

    def first_divergence(self, other: Ledger) -> int | None:
        """Return the number of the first line in which two ledgers differ, None where one is the other's beginning."""
        pairs = zip(self.lines, other.lines, strict=False)
        return next((mine.number for mine, theirs in pairs if mine.seal != theirs.seal), None)

    def written(self) -> bytes:
        """Return the whole as it stands in its file."""
        return b"".join(line.written() for line in self.lines)


def read_ledger(data: bytes, file: str = LEDGER) -> Ledger:
    """Read a ledger; RecordsError where a line is not as it was written, or does not follow from the line before."""
    lines: list[LedgerLine] = []
    versions: dict[str, int] = {}
    if data and not data.endswith(b"\n"):
        raise _broken(file, data.count(b"\n") + 1, "这一行没有写完，或者结尾被删掉了")
    for number, raw in enumerate(BytesIO(data), 1):
        line = _line(raw, file, number)
        before = lines[-1] if lines else None
        if line.number != number or line.previous != (before.seal if before else NONE):
            raise _broken(file, number, "接不上前一行：有行被删掉、插进来或者调换过，或者两份记录被合到了一起")
        if before and line.instant < before.instant and not line.clock_set_back:
            raise _broken(file, number, "比前一行还早")
        if before and line.is_first_schema and not before.is_first_schema:
            raise _broken(file, number, "比前一行的格式还旧")
        if not 1 <= line.version <= versions.get(line.id, 0) + 1:
            raise _broken(file, number, f"{line.id} 的版本跳了号")
        versions[line.id] = max(line.version, versions.get(line.id, 0))
        lines.append(line)
    return Ledger.of(lines)


def _line(raw: bytes, file: str, number: int) -> LedgerLine:
    if raw.startswith((b"<<<<<<<", b"=======", b">>>>>>>")):
        raise _broken(file, number, "这里是 git 合并时留下的标记：两份记录被合到了一起")
    try:
        line = line_of(read_object(raw, _LONGEST))
    except UnknownSchemaError as error:
        words = f"这一行的格式（{error}）这个版本的程序不认得，多半是更新的程序写的"
        upgrade = "先升级程序；程序已经是最新的，就是这一行被改动过"
        raise _broken(file, number, f"{words}。{upgrade}") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _broken(file, number, "这一行不是发布记录，或者被改坏了") from error
    if line.sealed() != line or line.written() != raw:
        raise _broken(file, number, "这一行被改动过，和它自己的校验值对不上")
    return line


def _broken(file: str, number: int, why: str) -> RecordsError:
    return RecordsError(f"{file} 第 {number} 行：{why}。\n{_MEND}")
