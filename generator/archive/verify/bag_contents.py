"""The contents of a bag, its archived pages too, compared with a bag made again from the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from generator.addresses import NOTICES
from generator.archive.bag import DATA, INFO, OXUM, PAYLOAD, SM3, TAGS, write_tags
from generator.archive.foreign import ForeignFolder, list_folder
from generator.archive.payload import (
    INSTANT,
    PREVIOUS,
    PROGRAM,
    SOFTWARE,
    BagSource,
    bag_info,
    is_published,
    write_contents,
)
from generator.archive.reconstruction import FindBytes, Materials, facts_at_hand, gather_materials, held_as_removed
from generator.archive.signing import SIGNATURE
from generator.archive.verify.comparison import Comparison, compare_files
from generator.archive.verify.published_pages import pages_flaws, version_flaws
from generator.archive.verify.site import all_but_texts, compare_site
from generator.archive.warc_reader import read_warc
from generator.build.keys import program_key
from generator.build.request import OnStage
from generator.characters import printable
from generator.model import notice_of
from generator.period import local
from generator.records import Ledger, LedgerLine, RecordsError, both_digests, files_of, names_of

_NOTICES = f"{DATA}/{NOTICES}"
# What a version's folder holds beside its attachments; the last one only where papers were made.
_FORMS = ("page.html", "notice.json", "notice.txt", "notice.pdf")
# FindBytes to the files themselves, or to each other.
_LISTS = frozenset({PAYLOAD, TAGS, SM3, TAGS + SIGNATURE})


def version_files_flaws(given: ForeignFolder, ledger: Ledger, year: str) -> Iterator[str]:
    """Check the versions of a year and of the site's facts against the ledger; none may be missing or added."""
    yield from _site_flaws(given, ledger)
    yield from _version_flaws(given, ledger, year)


def compare_bag(
    given: ForeignFolder, ledger: Ledger, sources: Sequence[FindBytes], warc: str, progress: OnStage
) -> Comparison:
    """Compare a bag, whose archived pages lie at `warc`, with what is made again; `sources` find what that needs."""
    found = Comparison()
    year = PurePosixPath(warc).name.partition(".")[0]
    with TemporaryDirectory(prefix="gongkai-verify-") as working:
        pages = Path(working) / "pages"
        pages.mkdir()
        facts = facts_at_hand(ledger, sources)
        try:
            base = (facts.site.address or "") if facts else _shortest(given.root / warc, warc)
            records, odd = read_warc(given.root / warc, warc, pages, base)
        except RecordsError as error:
            found.flaws.append(f"{warc}：{str(error).removeprefix(warc).strip()}")
            return found
        found.flaws += [f"{warc} 里的 {flaw}" for flaw in odd]
        archived = list_folder(pages)
        found.flaws += [f"{warc} 里的 {flaw}" for flaw in pages_flaws(archived.files, archived.read, ledger, year)]
        materials = gather_materials(ledger, [*sources, held_as_removed(archived)], Path(working) / "gathered")
        if materials is None:
            found.unproven.append(all_but_texts("没有记录里的网站和单位信息"))
            return found
        _add(found, compare_site(archived, materials, progress, lambda path: is_published(path, year)), f"{warc} 里的 ")
        again = Path(working) / "bag"
        again.mkdir()
        _compare_frame(found, given, materials, pages, year, again)
        if (again / warc).is_file():
            made, _ = read_warc(again / warc, warc, None, base)
            if not odd and [one.head for one in made] != [one.head for one in records]:
                known = {one.head for one in made}
                changed = [one.address or "开头的说明" for one in records if one.head not in known]
                told = printable(changed[0]) if changed else "顺序"
                found.flaws.append(f"{warc} 里的 {told}：记录头和程序写的不一样")
    return found


def _compare_frame(
    found: Comparison, given: ForeignFolder, materials: Materials, pages: Path, year: str, again: Path
) -> None:
    """Compare the pages and tables of a bag, made again in `again`."""
    fields = dict(line.split(": ", 1) for line in _info_lines(given) if ": " in line)
    try:
        now = datetime.fromisoformat(fields[INSTANT])
        local(now)
    except (KeyError, ValueError, OverflowError):
        found.flaws.append(f"{INFO}：没有写归档的时刻（{INSTANT}），或者写得不对")
        return
    source = BagSource(
        records=materials.records,
        facts=materials.facts,
        site=pages,
        year=year,
        now=now,
        software=fields.get(SOFTWARE, ""),
        program=fields.get(PROGRAM, ""),
        previous=fields.get(PREVIOUS),
        signed=TAGS + SIGNATURE in given.files,
    )
    try:
        write_contents(again, source)
    except RecordsError as error:
        found.unproven.append(all_but_texts(printable(str(error).partition("\n")[0])))
        return
    payload = [size for path, size in given.files.items() if path.startswith(f"{DATA}/")]
    write_tags(again, {**bag_info(source), OXUM: f"{sum(payload)}.{len(payload)}"})
    warc = f"{DATA}/warc/{year}.warc.gz"

    def chosen(path: str) -> bool:
        return path not in _LISTS and path != warc

    same = source.program == program_key()
    _add(
        found, compare_files(given.only(chosen), list_folder(again).only(chosen), lambda _: True, same_program=same), ""
    )


def _shortest(place: Path, name: str) -> str:
    """Return the shortest address in a WARC: that of the front page, with which all others begin."""
    records, _ = read_warc(place, name, None, "")
    return min((one.address for one in records if one.address), key=len, default="")


def _info_lines(given: ForeignFolder) -> list[str]:
    return (given.read(INFO) or b"").decode(errors="replace").splitlines()


def _add(found: Comparison, more: Comparison, where: str) -> None:
    """Add a comparison of files that lie somewhere; what is named already is not named again."""
    named = {flaw.partition("：")[0] for flaw in found.flaws}
    found.equal += more.equal
    found.flaws += [told for flaw in more.flaws if (told := where + flaw).partition("：")[0] not in named]
    found.other_version += [
        told for flaw in more.other_version if (told := where + flaw).partition("：")[0] not in named
    ]
    found.unproven += [where + line for line in more.unproven]


def _version_flaws(given: ForeignFolder, ledger: Ledger, year: str) -> Iterator[str]:
    known, read = set(), given.read
    there = {path for path in given.files if path.startswith(_NOTICES)}
    for id_ in ledger.by_id:
        for line in ledger.kept(id_) if id_.startswith(f"{year}/") else ():
            base = f"{_NOTICES}{id_}/v{line.version}"
            yield from version_flaws(base, "page.html", line, read)
            known |= {f"{base}/{name}" for name in (*_FORMS, *_attached(read(f"{base}/notice.json"), line))}
    yield from (f"{printable(path)}：发布记录里没有" for path in sorted(there - known))


def _attached(canonical: bytes | None, line: LedgerLine) -> Iterable[str]:
    """Return the names of a version's attachments, none where its data is not what was published."""
    if canonical is None or both_digests(canonical) != line.shown.fingerprint:
        return ()
    try:
        return line.attached(names_of(notice_of(canonical)))
    except ValueError:
        return ()


def _site_flaws(given: ForeignFolder, ledger: Ledger) -> Iterator[str]:
    """Hold what the site is made of beside its notices to the ledger."""
    known = {f"{DATA}/{path}": (of, line) for line in ledger.site for path, of in files_of(line).items()}
    for path, (of, line) in known.items():
        data = given.read(path)
        if data is None or both_digests(data) != of:
            yield f"{path}：不是发布记录第 {line.number} 行的那一版"
