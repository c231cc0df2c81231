"""A built site compared with its own list of files, with the ledger, and with a site made again from it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.addresses import ARCHIVE_ADDRESS, ORGANS_ADDRESS, SEARCH_ADDRESS
from generator.archive.foreign import ForeignFolder, list_folder
from generator.archive.reconstruction import (
    FindBytes,
    Materials,
    gather_materials,
    held_as_removed,
    held_in_folder,
    held_in_records,
    reconstruct,
)
from generator.archive.verify.comparison import Comparison, Verdict, compare_files, grouped
from generator.archive.verify.published_pages import own_ledger, pages_flaws
from generator.archive.verify.site_list import is_packed, list_flaws
from generator.build.build_note import BUILD_NOTE, BuildNote, read_build_note
from generator.build.manifest import MANIFEST, is_list
from generator.build.request import BuildError, OnStage
from generator.characters import printable
from generator.period import format_instant
from generator.records import Ledger, Records, RecordsError

_LISTING = (ARCHIVE_ADDRESS, ORGANS_ADDRESS, SEARCH_ADDRESS)
_NO_RECORDS = "没有另外给出发布记录（--records）：网站自己带的发布记录没有人担保"


def verify_site(folder: Path, records: Records | None, progress: OnStage) -> Verdict:
    """Return what was looked at in a site, what is not as it was published, and what nothing vouches for.

    Without `records` a site is held to the ledger that it brings itself.
    """
    given = list_folder(folder)
    if MANIFEST not in given.files:
        raise RecordsError(f"{folder} 不是本程序生成的网站，也不是归档包：里面没有 {MANIFEST}。")
    digests, flaws = list_flaws(given)
    intact = not flaws
    looked = [f"网站 {printable(folder.name)}：{len(given.files)} 个文件，按 {MANIFEST} 核对"]
    own = own_ledger(given)
    flaws += _ledger_flaws(own, records)
    held = own if isinstance(own, Ledger) and not (records and own.first_divergence(records.ledger)) else None
    held = held or (records.ledger if records else None)
    if held is None or not held.lines:
        looked.append("没有发布记录可以对照，只核对了文件有没有变")
        return Verdict(tuple(looked), tuple(flaws), ("整个网站：没有发布记录，谁都可以重新做一个",))
    looked.append(f"按发布记录核对 {len(held.by_id)} 份通报，记录 {len(held.lines)} 行")
    flaws += pages_flaws(given.files, given.read, held)
    unproven = [] if records else [_NO_RECORDS]
    other_version: list[str] = []
    if intact:
        sources = [
            *([held_in_records(records)] if records else []),
            held_in_folder(given, digests),
            held_as_removed(given),
        ]
        found = _compared(given, held, sources, progress)
        named = {flaw.partition("：")[0] for flaw in flaws}
        flaws += [flaw for flaw in found.flaws if flaw.partition("：")[0] not in named]
        other_version = [line for line in found.other_version if line.partition("：")[0] not in named]
        unproven += grouped(found.unproven)
        looked.append(f"按发布记录重新生成，{found.equal} 个文件逐字节一样")
    else:
        looked.append("文件和清单已经对不上，没有再按发布记录重新生成来核对")
    flaws = [*dict.fromkeys(flaws)]
    return Verdict(tuple(looked), tuple(flaws), tuple(unproven), other_version=tuple(other_version))


def _compared(given: ForeignFolder, ledger: Ledger, sources: Sequence[FindBytes], progress: OnStage) -> Comparison:
    with TemporaryDirectory(prefix="gongkai-verify-") as working:
        materials = gather_materials(ledger, sources, Path(working))
        if materials is None:
            return Comparison(unproven=[all_but_texts("没有记录里的网站和单位信息")])
        return compare_site(given, materials, progress, lambda path: not _is_listing(path, given))


def compare_site(
    given: ForeignFolder, materials: Materials, progress: OnStage, chosen: Callable[[str], bool]
) -> Comparison:
    """Compare the `chosen` files of a site, by their paths, with those that are made again of its materials."""
    note = _note(given, materials.records.ledger)
    if isinstance(note, str):
        return Comparison(flaws=[note])
    with TemporaryDirectory(prefix="gongkai-verify-") as made:
        try:
            reconstruct(materials, note, Path(made), progress)
        except (BuildError, RecordsError) as error:
            return Comparison(unproven=[all_but_texts(printable(str(error).partition("\n")[0]))])
        again = list_folder(Path(made))
        return compare_files(
            given.only(chosen),
            again.only(chosen),
            lambda path: _is_made_of_what_is_at_hand(path, materials.absent),
            same_program=read_build_note(again.read(BUILD_NOTE) or b"").program == note.program,
        )


def all_but_texts(why: str) -> str:
    """Return what was not compared where nothing could be made again, and why."""
    return f"网页上正文以外的部分、首页和各个列表：没有能重新生成（{why}），没有核对"


def _ledger_flaws(own: Ledger | str | None, records: Records | None) -> list[str]:
    if isinstance(own, str):
        return [own]
    if records is None:
        return []
    if own is None:
        return ["data/ledger：发布记录不见了"]
    return ["data/ledger：和给出的发布记录不是同一份，或者不一样新"] if own.head != records.ledger.head else []


def _note(given: ForeignFolder, ledger: Ledger) -> BuildNote | str:
    """Return the moment and the program of a site, or what is wrong with what it says of them."""
    data = given.read(BUILD_NOTE)
    if data is None:
        return f"{BUILD_NOTE}：不见了，不知道网站是哪个版本的程序、为哪个时刻生成的"
    try:
        note = read_build_note(data)
    except ValueError:
        return f"{BUILD_NOTE}：不是程序写的"
    last = ledger.last
    assert last is not None
    if note.at.draft:
        return f"{BUILD_NOTE}：这是预览，不是公开的网站"
    if note.at.now < last.instant and not last.clock_set_back:
        now, end = format_instant(note.at.now), format_instant(last.instant)
        return f"{BUILD_NOTE}：写的时刻是 {now}，比发布记录最后一行（{end}）还早"
    return note


def _is_made_of_what_is_at_hand(path: str, absent: Collection[str]) -> bool:
    """Whether a file could be made again: what lists notices needs all of them, a notice's page only its own."""
    top, _, rest = path.partition("/")
    if top == "notices":
        return "/".join(rest.split("/")[:2]) not in absent
    of_many = path == "index.html" or is_list(path) or (path.startswith("sitemap") and path.endswith(".xml"))
    return not absent or not (of_many or path.startswith(_LISTING))


def _is_listing(path: str, given: ForeignFolder) -> bool:
    """Whether a file was compared already: a list of files with them, a compressed copy with its file."""
    return is_list(path) or is_packed(path, given)
