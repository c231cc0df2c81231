"""Making a bag: the year's notices with all their versions, the pages as they were published, the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.addresses import NOTICES, ledger_paths
from generator.archive.bag import TAGS, seal_bag, write_zip
from generator.archive.foreign import read_file
from generator.archive.payload import BagSource, bag_info, write_contents
from generator.archive.verify.site import verify_site
from generator.build.build import build
from generator.build.keys import program_key
from generator.build.request import BuildRequest, BuildResult, OnStage
from generator.build.swap import replacement
from generator.errors import GongkaiError
from generator.records import SITE_ID, Records, SiteFacts, both_digests, load, records_folder
from generator.version import version


class ArchiveError(GongkaiError):
    """A bag that could not be made or read; its text says why and what to do, in Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """A finished bag: where, how many notices, versions and archived pages, and the SHA-256 of its tag manifest."""

    place: Path
    notices: int
    versions: int
    pages: int
    sha256: str


def make_archive(
    request: BuildRequest,
    year: str,
    out: Path,
    now: datetime,
    *,
    site: Path | None,
    key: Path | None,
    previous: Path | None,
    progress: OnStage,
) -> Archived:
    """Make the bag of a year, a folder or where `out` ends in .zip a zip file; nothing that is there is overwritten.

    The pages are those of `site`, a finished site that is as the records say, or of one that is built for `now`.
    `key` signs the bag; `previous` is the bag before, whose digest this one carries. ArchiveError, RecordsError,
    SigningError and the errors of a build where it cannot be made, and then nothing of it is there.
    """
    if out.exists():
        raise ArchiveError(f"{out} 已经有了，没有动它。请换一个名称，或者先把它移走。")
    records, facts = _on_record(request)
    with TemporaryDirectory(prefix="gongkai-archive-") as working:
        pages = _pages(request, site, records, Path(working) / "site", progress)
        source = BagSource(
            records=records,
            facts=facts,
            site=pages,
            year=year,
            now=now,
            software=f"gongkai {version()}",
            program=program_key(),
            previous=_digest_of(previous) if previous else None,
            signed=key is not None,
        )
        if out.suffix != ".zip":
            with replacement(out) as bag:
                return _fill(bag, out, source, key)
        bag = Path(working) / out.stem
        bag.mkdir()
        archived = _fill(bag, out, source, key)
        out.parent.mkdir(parents=True, exist_ok=True)
        write_zip(bag, out, now)
        return archived


def _pages(request: BuildRequest, site: Path | None, records: Records, folder: Path, progress: OnStage) -> Path:
    """Return the folder of the pages to archive: a site that is as the records say, or one that is made in `folder`."""
    if site is not None:
        _refuse_altered(site, records, progress)
        return site
    folder.mkdir()
    _refuse_unpublished(build(request, folder, progress))
    return folder


def _on_record(request: BuildRequest) -> tuple[Records, SiteFacts]:
    """Return the records of a site, and its facts as they stand there."""
    folder = request.records or records_folder(request.root)
    if folder is None:
        raise ArchiveError("没有发布记录，不能归档：归档包要证明公开过什么。用 --records 指明记录的文件夹。")
    records = load(folder)
    if not records.ledger.site:
        raise ArchiveError("发布记录是旧格式的，还没有网站和单位的信息。用这个版本的程序发布一次，再来归档。")
    facts = records.site_facts(records.ledger.site[-1])
    if not facts.site.address:
        raise ArchiveError("site.yml 里没有“网址”，不知道这些网页公开在哪里。补上网址，发布，再归档。")
    return records, facts


def _refuse_unpublished(made: BuildResult) -> None:
    if made.recorded:
        ids = sorted({_told(path) for path in made.recorded if not ledger_paths([path])})
        told = f"（{'、'.join(ids[:5])}{' 等' if len(ids) > 5 else ''}）" if ids else ""
        raise ArchiveError(
            f"内容里有还没有发布、没有写进记录的改动{told}。归档的是公开过的，先发布。\n"
            "已经发布了的，先取回最新的记录：git fetch origin records。"
        )


def _told(path: str) -> str:
    """Name what a file of the records is about."""
    return "网站信息" if path.startswith(f"{SITE_ID}/") else path.removeprefix(NOTICES).partition(".")[0]


def _refuse_altered(site: Path, records: Records, progress: OnStage) -> None:
    """Refuse a site that is not, byte for byte, what this program makes of the records."""
    verdict = verify_site(site, records, progress)
    if not verdict.proven:
        shown = "\n".join(f"  {flaw}" for flaw in (*verdict.flaws, *verdict.other_version, *verdict.unproven)[:10])
        mend = "先用这个版本的程序把网站重新生成一次；在主机上，运行 gongkai server reconcile --rebuild。"
        raise ArchiveError(f"{site} 和发布的不一样，不能拿来归档：\n{shown}" + f"\n{mend}" * (not verdict.flaws))


def _digest_of(previous: Path) -> str:
    listed = previous / TAGS
    if not listed.is_file():
        raise ArchiveError(f"{previous} 不是归档包：里面没有 {TAGS}。")
    return both_digests(read_file(listed)).sha256


def _fill(bag: Path, out: Path, source: BagSource, key: Path | None) -> Archived:
    """Write everything into the bag and seal it."""
    made = write_contents(bag, source)
    if not made.notices:
        raise ArchiveError(f"{source.year} 年没有公开过通报，没有可归档的。")
    sealed = seal_bag(bag, bag_info(source), key)
    return Archived(place=out, notices=made.notices, versions=made.versions, pages=made.pages, sha256=sealed)
