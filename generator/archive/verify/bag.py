"""A bag compared with its own lists, its signature, the ledger, and a bag made again from the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.archive.bag import DATA, INFO, TAGS
from generator.archive.foreign import ForeignFolder, list_folder
from generator.archive.reconstruction import FindBytes, held_in_folder, held_in_records
from generator.archive.signing import SIGNATURE, SigningError, check_signature
from generator.archive.verify.bag_contents import compare_bag, version_files_flaws
from generator.archive.verify.bag_lists import listed_flaws, refuse_oversized
from generator.archive.verify.comparison import Verdict, grouped
from generator.archive.verify.published_pages import own_ledger
from generator.build.request import OnStage
from generator.characters import printable
from generator.period import format_instant, local
from generator.records import Digest, Ledger, Records

_WARC = re.compile(rf"{DATA}/warc/[0-9]{{4}}\.warc\.gz")
_BAGGED = re.compile(r"^Bagging-Date: (\d{4}-\d\d-\d\d)$", re.MULTILINE)
_NOBODY = (
    "整个归档包：没有可信的签名（--signers），也没有另外给出发布记录（--records），谁都可以重新做一个。"
    "请把清单的校验值和移交清单上的核对，把发布记录的校验值和以前抄下来的核对"
)
_ONLY_SIGNED = f"{INFO}：归档的时刻、上一个归档包的校验值，只有可信的签名能证明"


@dataclass(frozen=True, slots=True)
class _Signature:
    """A checked signature: words for people, flaws, and whether a trusted signer made it."""

    words: str
    flaws: tuple[str, ...] = ()
    trusted: bool = False


def verify_bag(folder: Path, records: Records | None, signers: Path | None, progress: OnStage) -> Verdict:
    """Return what was looked at in a bag, what is wrong with it, and what nothing vouches for.

    Without `records` a bag is held to the ledger that it brings itself.
    """
    given = list_folder(folder)
    refuse_oversized(given)
    actual = {path: given.digest(path) for path in sorted(given.files)}
    flaws = list(listed_flaws(given, actual))
    intact = not flaws
    signature, own = _signature(given, signers), own_ledger(given)
    looked = [f"归档包 {printable(folder.name)}：{len(actual)} 个文件，按 SHA-256 和 SM3 两份清单核对", signature.words]
    unproven: list[str] = []
    other_version: list[str] = []
    if own is None:
        flaws.append(f"{DATA}/ledger：发布记录不见了")
    elif isinstance(own, str):
        flaws.append(own)
    else:
        flaws += _ledger_flaws(given, own, records)
        if intact and (warc := _warc(given)):
            found = compare_bag(given, own, _sources(given, actual, records), warc, progress)
            looked.append(f"按发布记录重新生成，{found.equal} 个文件逐字节一样")
            other_version = _unnamed(found.other_version, [*flaws, *found.flaws])
            flaws += _unnamed(found.flaws, flaws)
            unproven += grouped(found.unproven)
        unproven += _later_lines(own, records)
    if not intact:
        looked.append("文件和清单已经对不上，没有再按发布记录重新生成来核对")
    if signature.trusted:
        looked += [f"由签名担保，没有另外核对：{line}" for line in unproven]
        looked += [f"由签名担保：{line}" for line in other_version]
        unproven, other_version = [], []
    else:
        unproven = [_ONLY_SIGNED if records else _NOBODY, *unproven]
    told = tuple(dict.fromkeys([*flaws, *signature.flaws]))
    return Verdict(tuple(looked), told, tuple(unproven), other_version=tuple(other_version))


def _ledger_flaws(given: ForeignFolder, own: Ledger, records: Records | None) -> Iterator[str]:
    """Compare a bag's ledger with the records, and its versions with that ledger."""
    yield from _chain_flaws(given, own, records.ledger) if records else ()
    warc = _warc(given)
    if warc is None:
        yield f"{DATA}/warc：应当恰好有一个网页存档"
    else:
        yield from version_files_flaws(given, own, PurePosixPath(warc).name.partition(".")[0])


def _sources(given: ForeignFolder, actual: Mapping[str, Digest], records: Records | None) -> list[FindBytes]:
    """Return where the files are found that the ledger speaks of: among the records, in the bag itself."""
    own = held_in_folder(given, {path: of.sha256 for path, of in actual.items()})
    return [held_in_records(records), own] if records else [own]


def _later_lines(own: Ledger, records: Records | None) -> Iterator[str]:
    known = len(records.ledger.lines) if records else len(own.lines)
    if len(own.lines) > known:
        yield f"{DATA}/ledger 第 {known + 1} 行以后：给出的发布记录里还没有"


def _unnamed(found: list[str], flaws: list[str]) -> list[str]:
    """Return the flaws of files that no other flaw names."""
    named = {flaw.partition("：")[0] for flaw in flaws}
    return [flaw for flaw in found if flaw.partition("：")[0] not in named]


def _warc(given: ForeignFolder) -> str | None:
    archived = [path for path in given.files if _WARC.fullmatch(path)]
    return archived[0] if len(archived) == 1 else None


def _signature(given: ForeignFolder, signers: Path | None) -> _Signature:
    if TAGS + SIGNATURE not in given.files:
        return _Signature("没有签名", ("没有签名，却给出了签名的人：签名被拿掉了？",) if signers else ())
    try:
        who = check_signature(given.root / TAGS, signers)
    except (OSError, SigningError) as error:
        return _Signature("签名不成立", (f"{TAGS}{SIGNATURE}：{error}",))
    if who:
        return _Signature(f"签名的是 {who}", trusted=True)
    return _Signature("签名完好；没有给出可信的签名人（--signers），不知道是谁签的")


def _chain_flaws(given: ForeignFolder, own: Ledger, ledger: Ledger) -> list[str]:
    """Compare the ledger of the bag with another, which may have gone on since the bag was made."""
    file = f"{DATA}/ledger"
    if parting := own.first_divergence(ledger):
        return [f"{file} 第 {parting} 行：和给出的发布记录不是同一份，从这一行起不一样"]
    later = ledger.lines[len(own.lines) :]
    made = _BAGGED.search((given.read(INFO) or b"").decode(errors="replace"))
    if not later or (made is not None and local(later[0].instant).isoformat() >= made.group(1)):
        return []
    told = f"给出的发布记录第 {later[0].number} 行是 {format_instant(later[0].instant)} 写的，那时还没有归档"
    return [f"{file}：少了后面的 {len(later)} 行；{told}"]
