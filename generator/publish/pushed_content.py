"""The content of a push: where in a commit it lies, which of its files are taken, and their export."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from generator.addresses import NOTICES, year_of_path
from generator.characters import list_names, printable
from generator.media_types import ATTACHMENT_KINDS, LARGEST_FILE, kind_of
from generator.publish.host import RefusedError
from generator.publish.repository import Blob, Repository, is_below, within
from generator.publish.settings import Settings

if TYPE_CHECKING:
    from generator.read import File, Folder

# What content is made of; whatever else a push carries is left where it is.
_KINDS = ATTACHMENT_KINDS | {"yml", "yaml", "md", "json"}
_LINK, _SUBMODULE, _TREE = "120000", "160000", "040000"
_SHOWN = 30
# The folder that `git worktree add records` makes, as the office's guide says; its files are the host's own.
_RECORDS = "records"


@lru_cache
def find_content_folder(repository: Repository, commit: str, named: str | None) -> str:
    """Return where in a commit the content lies, "." for the whole of it; RefusedError where there is none."""
    for below in [named.strip("/")] if named else ["content", "."]:
        if repository.run("ls-tree", "-z", "--full-tree", commit, "--", str(PurePosixPath(below, "site.yml"))):
            return below
    wanted = f"{named.strip('/')}/site.yml" if named else "content/site.yml"
    raise RefusedError(f"推送里没有 {printable(wanted)}，不知道内容在哪里。请在网站的文件夹里提交，再推送。")


def content_blobs(blobs: list[Blob], below: str) -> list[Blob]:
    """Return the files that are content.

    RefusedError for links and submodules, which lead to files that nobody pushed, and for files that are too large.
    """
    inside = [blob for blob in blobs if is_below(blob.path, below)]
    _refuse_links(sorted(blob.path for blob in inside if blob.mode in {_LINK, _SUBMODULE}), below)
    taken = [blob for blob in inside if not (_is_hidden(blob.path) or is_left_out(blob.path, below))]
    large = [f"{blob.path}，{blob.size / 1e6:.0f} MB" for blob in taken if blob.size > LARGEST_FILE]
    if large:
        raise RefusedError(
            f"文件太大，每个不能超过 {LARGEST_FILE / 1e6:.0f} MB：\n{list_names(large, _SHOWN)}\n"
            "把文件做小些，如扫描件降低分辨率，或者分成几个附件，再提交、推送。"
        )
    return taken


def is_left_out(path: str, below: str) -> bool:
    """Whether a file in the content's folder, and not a hidden one, is no kind of content."""
    return is_below(path, below) and not _is_hidden(path) and not (kind_of(path) in _KINDS and _is_plain(path))


@dataclass(frozen=True, slots=True)
class PushedContent:
    """The content of a commit, of which a folder on disk gets the files that are read.

    `below` is where in the commit the content lies.
    """

    repository: Repository
    commit: str
    below: str
    place: Path

    def years(self) -> dict[str, str]:
        """Return the years that have notices, each with the id of its tree."""
        return {year: one.id for one in self._notices() if (year := self._year(one))}

    def folder(self, years: Collection[str]) -> Folder:
        """Return the files of these years, and those of no year; RefusedError as `content_blobs`."""
        from generator.read import File, folder_of  # noqa: PLC0415  (what only shows a release need not wait)

        notices = self._path(NOTICES.rstrip("/"))
        found = [one for one in self.repository.entries(self.commit, self.below) if one.path != notices]
        found += self._notices()
        wanted = [one.path for one in found if one.mode == _TREE and self._year(one) in {"", *years}]
        blobs = [one for one in found if one.mode != _TREE]
        blobs += self.repository.blobs(self.commit, *wanted) if wanted else ()
        taken = {within(blob.path, self.below): blob for blob in content_blobs(blobs, self.below)}
        files = (File(path, blob.size, blob.id) for path, blob in taken.items())
        return folder_of(self.place, files, partial(self._fetch, taken))

    def prefetch(self, files: Iterable[File]) -> None:
        """Write files to the disk; RefusedError where it has no room for them."""
        wanted = [Blob("", file.stamp, file.path, file.size) for file in files]
        size, free = sum(blob.size for blob in wanted), shutil.disk_usage(self.place).free
        # The same bytes may stand at many places of a push and cost it nothing.
        if size > free // 2:
            raise RefusedError(
                f"内容一共有 {size / 1e6:.0f} MB，主机的磁盘只剩 {free / 1e6:.0f} MB，放不下。"
                "请把附件做小些，或者请管理主机的人腾地方。"
            )
        self.repository.export(wanted, ".", self.place)

    def _fetch(self, blobs: Mapping[str, Blob], path: str) -> None:
        self.repository.export([replace(blobs[path], path=path)], ".", self.place)

    def _notices(self) -> list[Blob]:
        return list(self.repository.entries(self.commit, self._path(NOTICES.rstrip("/"))))

    def _path(self, path: str) -> str:
        return path if self.below == "." else f"{self.below}/{path}"

    def _year(self, entry: Blob) -> str:
        return year_of_path(f"{within(entry.path, self.below)}/") if entry.mode == _TREE else ""


def pushed_content(repository: Repository, settings: Settings, commit: str, folder: Path) -> PushedContent:
    """Return the content of a commit, to be written below the new folder; RefusedError where it has none."""
    below = find_content_folder(repository, commit, settings.below)
    place = folder / below
    place.mkdir(mode=0o755, parents=True)
    return PushedContent(repository, commit, below, place)


def _refuse_links(links: list[str], below: str) -> None:
    if not links:
        return
    records = str(PurePosixPath(below, _RECORDS))
    if links == [records]:
        raise RefusedError(
            f"{printable(records)} 是用 git worktree 取来的发布记录，不用提交。"
            "请运行下面几行，再推送；文件夹本身不会动：\n"
            f"  git rm --cached -- {records}\n"
            f"  echo /{records}/ >> .gitignore\n"
            "  git add .gitignore\n"
            f'  git commit -m "不提交 {records}"'
        )
    raise RefusedError(
        f"内容里有链接或子模块，指向别处的文件：\n{list_names(links, _SHOWN)}\n删掉它们，把文件本身放进来，再推送。"
    )


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))


def _is_plain(path: str) -> bool:
    return all(part not in {"", ".", ".."} for part in path.split("/"))
