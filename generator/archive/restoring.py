"""What comes back from bags: the content, written anew, and the records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from generator.archive.bag import DATA, DECLARATION
from generator.archive.making import ArchiveError
from generator.archive.verifying import follows, unpacked
from generator.archive.verifying_bag import bag_flaws
from generator.intake.yaml_writer import write
from generator.model import notice_of
from generator.model.written import as_written
from generator.pages import DataFile
from generator.records import LEDGER, Ledger, Line, attachment_path, read_ledger, version_path
from generator.site.output import write_files
from generator.site.swap import replacement


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: how many notices and versions, and the ids that the ledger knows and no bag holds."""

    notices: int
    versions: int
    absent: tuple[str, ...]


def restore(bags: Iterable[Path], out: Path) -> Restored:
    """Write content/ and records/ of bags, folders or zip files, into a new folder; nothing is overwritten.

    ArchiveError where a bag is not whole, or two of them tell of different pasts; then nothing is written.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ArchiveError(f"{out} 里已经有东西，没有动它。请换一个空文件夹。")
    with ExitStack() as opened:
        folders = [opened.enter_context(unpacked(bag)) if bag.suffix == ".zip" else bag for bag in bags]
        for folder in folders:
            _refuse_broken(folder)
        ledger = _longest(folders)
        with replacement(out) as made:
            held = {line.id: folder for folder in folders for line in _versions(ledger, folder)}
            versions = sum(1 for folder in folders for _ in _versions(ledger, folder))
            for _ in write_files(made, _files(ledger, folders, held)):
                pass
    return Restored(len(held), versions, tuple(sorted(ledger.by_id.keys() - held.keys())))


def _refuse_broken(folder: Path) -> None:
    if not (folder / DECLARATION).is_file():
        raise ArchiveError(f"{folder} 不是归档包：里面没有 {DECLARATION}。")
    _, flaws = bag_flaws(folder, None, None)
    if flaws:
        shown = "\n".join(f"  {flaw}" for flaw in flaws[:10])
        raise ArchiveError(f"{folder.name} 和归档时不一样，没有恢复：\n{shown}\n请另找一份完好的。")


def _longest(folders: list[Path]) -> Ledger:
    """Return the ledger that goes on from all others."""
    ledgers = [(folder.name, read_ledger((folder / DATA / LEDGER).read_bytes())) for folder in folders]
    name, longest = max(ledgers, key=lambda one: len(one[1].lines))
    for other, ledger in ledgers:
        if not follows(ledger, longest):
            raise ArchiveError(f"{other} 和 {name} 的发布记录不是同一份，不能恢复到一起。请分开恢复。")
    return longest


def _versions(ledger: Ledger, folder: Path) -> Iterator[Line]:
    """Yield the first line of each version that a bag holds."""
    seen = set()
    for line in ledger.lines:
        if (line.id, line.version) not in seen and _canonical(folder, line).is_file():
            seen.add((line.id, line.version))
            yield line


def _canonical(folder: Path, line: Line) -> Path:
    return folder / DATA / "notices" / line.id / f"v{line.version}" / "notice.json"


def _files(ledger: Ledger, folders: list[Path], held: dict[str, Path]) -> Iterator[DataFile]:
    yield DataFile(f"records/{LEDGER}", ledger.written())
    for folder in folders:
        for line in _versions(ledger, folder):
            place = _canonical(folder, line)
            yield DataFile(f"records/{version_path(line.id, line.version)}", place.read_bytes())
            for name, of in line.shown.files.items():
                yield DataFile(f"records/{attachment_path(line.id, of)}", (place.parent / name).read_bytes())
    # The newest bag has the facts as they were last.
    newest = max(folders, key=lambda folder: len(read_ledger((folder / DATA / LEDGER).read_bytes()).lines))
    for name in ("site", "organs"):
        data = json.loads((newest / DATA / "content" / f"{name}.json").read_bytes())
        yield DataFile(f"content/{name}.yml", write(data, f"{name}.yml", name).encode())
    for place in sorted((newest / DATA / "content").glob("*.md")):
        yield DataFile(f"content/{place.name}", place.read_bytes())
    for id_, folder in held.items():
        last = ledger.latest(id_)
        assert last is not None
        place = _canonical(folder, last)
        data = as_written(notice_of(place.read_bytes()))
        del data["编号"]
        yield DataFile(f"content/notices/{id_}.yml", write(data, f"notices/{id_}.yml", "notice").encode())
        for name in last.shown.files:
            yield DataFile(f"content/notices/{id_}/{name}", (place.parent / name).read_bytes())
