"""Restoring from bags: the content, written anew, and the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from generator.addresses import content_path, notice_address
from generator.archive.bag import DATA, DECLARATION
from generator.archive.bag_build import ArchiveError
from generator.archive.foreign import read_file
from generator.archive.verify.bag import verify_bag
from generator.archive.zip_file import unpacked_zip
from generator.build.request import OnStage, ignore_stage
from generator.build.swap import replacement
from generator.files import DataFile, write_files
from generator.model import Organs, Site, notice_of
from generator.model.body import as_written
from generator.read import Plain
from generator.read.yaml_writer import write
from generator.records import (
    Ledger,
    LedgerLine,
    Records,
    RecordsError,
    attachment_path,
    files_of,
    load,
    names_of,
    version_path,
)
from generator.strict_json import read_object

_SITE: TypeAdapter[Site] = TypeAdapter(Site)
_ORGANS: TypeAdapter[Organs] = TypeAdapter(Organs)
_Key = tuple[str, int]
_HeldVersions = Mapping[_Key, tuple[LedgerLine, Path]]


@dataclass(frozen=True, slots=True)
class Restored:
    """The number of notices and versions restored, and the ids whose newest version is in none of the bags."""

    notices: int
    versions: int
    absent: tuple[str, ...]


def restore_bags(bags: Iterable[Path], out: Path, progress: OnStage = ignore_stage) -> Restored:
    """Write content/ and records/ of bags, folders or zip files, into a new folder; nothing is overwritten.

    ArchiveError where a bag is not whole, or two of them tell of different pasts; then nothing is written.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ArchiveError(f"{out} 里已经有东西，没有动它。请换一个空文件夹。")
    with ExitStack() as opened:
        folders = [opened.enter_context(unpacked_zip(bag)) if bag.suffix == ".zip" else bag for bag in bags]
        for folder in folders:
            _refuse_broken(folder, progress)
        bag, ledger = _newest(folders)
        held = dict(_versions(ledger, folders))
        newest = {id_: held[key][0] for id_ in ledger.by_id if (key := _latest(ledger, id_)) in held}
        with replacement(out) as made:
            _write(made, _records(ledger, held, bag))
            _write(made, content_files(load(made / "records"), newest.values()))
            _write(made, () if ledger.site else _first_facts(bag))
    return Restored(len(newest), len(held), tuple(sorted(ledger.by_id.keys() - newest)))


def _write(folder: Path, files: Iterable[DataFile]) -> None:
    for _ in write_files(folder, files):
        pass


def _refuse_broken(folder: Path, progress: OnStage) -> None:
    if not (folder / DECLARATION).is_file():
        raise ArchiveError(f"{folder} 不是归档包：里面没有 {DECLARATION}。")
    flaws = verify_bag(folder, None, None, progress).flaws
    if flaws:
        shown = "\n".join(f"  {flaw}" for flaw in flaws[:10])
        raise ArchiveError(f"{folder.name} 和归档时不一样，没有恢复：\n{shown}\n请另找一份完好的。")


def _newest(folders: list[Path]) -> tuple[Path, Ledger]:
    """Return the bag whose ledger goes on from all others, and that ledger."""
    ledgers = [(folder, load(folder / DATA).ledger) for folder in folders]
    newest, longest = max(ledgers, key=lambda one: len(one[1].lines))
    for other, ledger in ledgers:
        if ledger.first_divergence(longest):
            names = f"{other.name} 和 {newest.name}"
            raise ArchiveError(f"{names} 的发布记录不是同一份，不能恢复到一起。请分开恢复。")
    return newest, longest


def _versions(ledger: Ledger, folders: Iterable[Path]) -> Iterator[tuple[_Key, tuple[LedgerLine, Path]]]:
    """Yield each version that a bag holds by its key: its first line, and its folder there."""
    for folder in folders:
        for id_ in ledger.by_id:
            for line in ledger.versions(id_).values():
                place = folder / DATA / "notices" / id_ / f"v{line.version}"
                if (place / "notice.json").is_file():
                    yield (id_, line.version), (line, place)


def _latest(ledger: Ledger, id_: str) -> _Key:
    last = ledger.latest(id_)
    assert last is not None
    return id_, last.version


def _records(ledger: Ledger, held: _HeldVersions, bag: Path) -> Iterator[DataFile]:
    yield from (DataFile(f"records/{part.path}", part.written()) for part in ledger.parts)
    for path in {path for line in ledger.site for path in files_of(line)}:
        yield DataFile(f"records/{path}", (bag / DATA / path).read_bytes())
    for line, place in held.values():
        canonical = (place / "notice.json").read_bytes()
        yield DataFile(f"records/{version_path(line.id, line.version)}", canonical)
        for name, of in line.attached(names_of(notice_of(canonical))).items():
            yield DataFile(f"records/{attachment_path(line.id, of)}", (place / name).read_bytes())


def content_files(records: Records, lines: Iterable[LedgerLine]) -> Iterator[DataFile]:
    """Yield the files of a content that makes the site again as the records have it, each below content/.

    `lines` choose a version of each notice. What no page says (comments, organs of waiting notices, 最短公开工作日)
    is not on record. RecordsError where the records lack a version or an attachment; where they lack the facts of the
    site, because they were begun by a program of the first schema, those are left out.
    """
    if records.ledger.site:
        facts = records.site_facts(records.ledger.site[-1])
        organs: dict[str, Plain] = {key: as_written(organ) for key, organ in facts.organs.items()}
        yield DataFile("content/site.yml", write(as_written(facts.site), "site.yml", "site").encode())
        yield DataFile("content/organs.yml", write(organs, "organs.yml", "organs").encode())
        for stem, text in facts.pages.items():
            yield DataFile(f"content/{stem}.md", text.encode())
        if facts.site.mark:
            yield DataFile(f"content/{facts.site.mark}", records.mark(records.ledger.site[-1]))
    for line in lines:
        notice = records.notice(line)
        data = as_written(notice)
        del data["编号"]
        yield DataFile(f"content/{content_path(line.id)}", write(data, content_path(line.id), "notice").encode())
        for name, of in records.attached(line, notice).items():
            yield DataFile(f"content/{notice_address(line.id)}{name}", records.attachment(line, of))


def _first_facts(bag: Path) -> Iterator[DataFile]:
    """Yield the facts of the site from a bag that was made before they were on record."""
    content = bag / DATA / "content"
    for name, adapter in (("site", _SITE), ("organs", _ORGANS)):
        file = content / f"{name}.json"
        try:
            made = adapter.validate_python(read_object(read_file(file)))
        except (OSError, ValueError, RecordsError) as error:
            raise ArchiveError(f"{bag.name} 里的 {DATA}/content/{name}.json 不是程序写的，没有恢复。") from error
        organs: dict[str, Plain] = {} if isinstance(made, Site) else {key: as_written(one) for key, one in made.items()}
        data = as_written(made) if isinstance(made, Site) else organs
        yield DataFile(f"content/{name}.yml", write(data, f"{name}.yml", name).encode())
    for place in sorted(content.glob("*.md")):
        yield DataFile(f"content/{place.name}", read_file(place))
