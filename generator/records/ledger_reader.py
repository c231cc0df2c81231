"""Reading a ledger: every line verified once, and known again by digests as long as somebody remembers them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from itertools import accumulate
from typing import Any, Protocol

from generator.addresses import LEDGER, ledger_path
from generator.records.digest import NONE, RecordsError
from generator.records.ledger import Ledger
from generator.records.ledger_part import LedgerPart, PartBytes, newest_of_years
from generator.records.line import LedgerLine, UnknownSchemaError, line_of
from generator.strict_json import read_object

# A line has some 700 bytes, and 190 for each attachment.
_LONGEST = 2**20
# Changes with what a verified line must be.
_RULES = "1"
_MEND = (
    "发布记录只由程序写，不能手工改，也不能合并两份。请取回原来的一份：\n"
    "  用 git 的：git fetch origin records，再到记录的文件夹里 git reset --hard origin/records；\n"
    "  没有 git 的：从主机或者最近的归档包里复制。\n"
    "哪一份是真的，看网站“全部通报”页上的校验值：它是最后一行的。"
)


class LedgerError(RecordsError):
    """A ledger that is not as it was written."""


class LedgerCache(Protocol):
    """Values by name, each with the key of all that it follows from; a value with another key counts as absent."""

    def get(self, name: str, key: str) -> Any:
        """Return what was put under a name with this key, None where there is nothing."""

    def put(self, name: str, key: str, value: bytes) -> None:
        """Put a value in the place of whatever has the name."""


@dataclass(frozen=True, slots=True)
class PartSource:
    """A file with a part of a ledger: its path among the records, what reads it, and how people find it.

    `token` names its bytes, as git can without reading them; "" where nothing does.
    """

    path: str
    read: Callable[[], bytes]
    token: str = ""
    file: str = ""


def read_ledger(data: bytes, file: str = LEDGER) -> Ledger:
    """Read a ledger that is one file; LedgerError as `read_parts`."""
    return read_parts([PartSource(LEDGER, partial(bytes, data), file=file)])


def read_parts(sources: Iterable[PartSource], cache: LedgerCache | None = None) -> Ledger:
    """Read a ledger; LedgerError where a line is not as it was written, or does not follow from the line before.

    What `cache` remembers as verified is not verified again: of a part that has grown, only the new lines are.
    """
    ledger = Ledger()
    for source in sources:
        ledger = _with_part(ledger, source, cache)
    return ledger


@dataclass(frozen=True, slots=True)
class _Verified:
    """The beginning of a part as verified: its SHA-256 and token, its last line of each year, all ids and lengths.

    It is kept under the seal of the line before, so that it holds only where it was verified.
    """

    sha256: str
    token: str
    newest: tuple[str, ...]
    ids: tuple[str, ...]
    lengths: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many bytes of the part were verified."""
        return sum(self.lengths)

    @classmethod
    def read(cls, value: object) -> _Verified | None:
        """Make it of what a cache remembers, None where that is damaged or nothing."""
        if not isinstance(value, bytes) or value[:32] != hashlib.sha256(value[32:]).digest():
            return None
        sha256, token, newest, ids, lengths = json.loads(value[32:])
        return cls(sha256, token, tuple(newest), tuple(ids), tuple(lengths))

    def value(self) -> bytes:
        """Return it as a cache remembers it, with a digest of its own before it."""
        body = json.dumps([self.sha256, self.token, self.newest, self.ids, self.lengths], ensure_ascii=False).encode()
        return hashlib.sha256(body).digest() + body

    def part(self, path: str, first: int, data: PartBytes) -> LedgerPart:
        """Return it as a part of a ledger."""
        newest = newest_of_years(line_of(json.loads(line)) for line in self.newest)
        return LedgerPart(path, first, self.ids, tuple(accumulate(self.lengths)), newest, data)


def _with_part(ledger: Ledger, source: PartSource, cache: LedgerCache | None) -> Ledger:
    first = len(ledger.lines) + 1
    if source.path != ledger_path(first) and (source.path, first) != (LEDGER, 1):
        raise _broken(source, 1, f"接不上：前面的文件里一共 {first - 1} 行，中间缺了或者多了")
    key = f"{_RULES} {ledger.head.sha256} {ledger.head.sm3}"
    known = _Verified.read(cache.get(source.path, key)) if cache is not None else None
    if known and source.token and known.token == source.token:
        return ledger.with_part(known.part(source.path, first, PartBytes(known.sha256, source.read)))
    data, size = source.read(), 0
    if known and hashlib.sha256(memoryview(data)[: known.size]).hexdigest() == known.sha256:
        size = known.size
        ledger = ledger.with_part(known.part(source.path, first, PartBytes.of(data[:size])))
    new = _verified_lines(ledger, data, size, source) if size < len(data) else []
    if new:
        ids, lengths = (known.ids, known.lengths) if known and size else ((), ())
        newest = {**(ledger.parts[-1].newest if size else {}), **newest_of_years(line for line, _ in new)}
        known = _Verified(
            sha256=hashlib.sha256(data).hexdigest(),
            token=source.token,
            newest=tuple(line.written().decode() for line in newest.values()),
            ids=(*ids, *(line.id for line, _ in new)),
            lengths=(*lengths, *(length for _, length in new)),
        )
        ledger = ledger.with_part(known.part(source.path, first, PartBytes.of(data)), [line for line, _ in new])
        if cache is not None:
            cache.put(source.path, key, known.value())
    return ledger


def _verified_lines(ledger: Ledger, data: bytes, start: int, source: PartSource) -> list[tuple[LedgerLine, int]]:
    """Return the lines of a part from a byte on, each with its length; `ledger` ends where they begin."""
    before, versions = ledger.last, dict[str, int]()
    lines: list[tuple[LedgerLine, int]] = []
    if data and not data.endswith(b"\n"):
        raise _broken(source, data.count(b"\n") + 1, "这一行没有写完，或者结尾被删掉了")
    for at, raw in enumerate(BytesIO(data[start:]), data.count(b"\n", 0, start) + 1):
        line = _line(raw, source, at)
        number, seal = (before.number + 1, before.seal) if before else (1, NONE)
        if line.number != number or line.previous != seal:
            raise _broken(source, at, "接不上前一行：有行被删掉、插进来或者调换过，或者两份记录被合到了一起")
        if before and line.instant < before.instant and not line.clock_set_back:
            raise _broken(source, at, "比前一行还早")
        if before and line.is_first_schema and not before.is_first_schema:
            raise _broken(source, at, "比前一行的格式还旧")
        newest = versions.get(line.id) or max((own.version for own in ledger.own(line.id)), default=0)
        if not 1 <= line.version <= newest + 1:
            raise _broken(source, at, f"{line.id} 的版本跳了号")
        versions[line.id] = max(line.version, newest)
        lines.append((line, len(raw)))
        before = line
    return lines


def _line(raw: bytes, source: PartSource, at: int) -> LedgerLine:
    if raw.startswith((b"<<<<<<<", b"=======", b">>>>>>>")):
        raise _broken(source, at, "这里是 git 合并时留下的标记：两份记录被合到了一起")
    try:
        line = line_of(read_object(raw, _LONGEST))
    except UnknownSchemaError as error:
        words = f"这一行的格式（{error}）这个版本的程序不认得，多半是更新的程序写的"
        upgrade = "先升级程序；程序已经是最新的，就是这一行被改动过"
        raise _broken(source, at, f"{words}。{upgrade}") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _broken(source, at, "这一行不是发布记录，或者被改坏了") from error
    if line.sealed() != line or line.written() != raw:
        raise _broken(source, at, "这一行被改动过，和它自己的校验值对不上")
    return line


def _broken(source: PartSource, number: int, why: str) -> LedgerError:
    return LedgerError(f"{source.file or source.path} 第 {number} 行：{why}。\n{_MEND}")
