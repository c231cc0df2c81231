"""Text and office files that are no part of the content: sources, drafts and copies do not belong in a repository.

Nothing that a repository once took in leaves it by a later commit, so every file of every new commit is looked at, not
only those of the last.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from pathlib import PurePosixPath

from generator.addresses import attachment_of_path, content_path, notice_address
from generator.characters import list_names, printable
from generator.media_types import ATTACHMENT_KINDS, COPY_ENDINGS, SOURCE_KINDS, kind_of
from generator.publish.host import RefusedError
from generator.publish.objects import Objects, count_paths
from generator.publish.repository import MOST_PATHS, GitError, Repository, is_below, within

_SHOWN = 10
_KINDS = frozenset(SOURCE_KINDS)
_COPY = re.compile(rf"(?:{'|'.join(map(re.escape, COPY_ENDINGS))})$", re.IGNORECASE)
# Files of a forge, of git and of the program, which may all lie in a site's repository.
_USUAL = re.compile(
    r"(?:README|LICENSE|COPYING|NOTICE|CHANGELOG|AUTHORS|CONTRIBUTING)[A-Za-z.-]{0,20}|requirements[a-z-]{0,20}\.txt"
    r"|constraints\.txt|robots\.txt|humans\.txt|security\.txt"
)
_OWN = frozenset({"generator", "theme", "tests"})


def new_objects(repository: Repository, commit: str) -> dict[str, str]:
    """Return the new objects of a push: the ids of all that no ref of the host leads to, each with one path."""
    given = repository.run("rev-list", "--objects", commit, "--not", "--all")
    lines = (line.partition(b" ") for line in given.split(b"\n") if line)
    return {id_.decode(): os.fsdecode(path) for id_, _, path in lines}


def refuse_source_files(repository: Repository, commit: str, tip: str, below: str, new: AbstractSet[str]) -> None:
    """Refuse a push whose new commits hold text or office files that are no attachments of a notice.

    `tip` is the commit that is published ("" for none), `below` the content's folder and `new` the new objects.
    """
    paths = sorted(set(_stray_paths(repository, commit, below, new)))
    if paths:
        raise RefusedError(
            f"这次推送里有 {len(paths)} 个文字或者办公文件，不是通报的附件：\n{list_names(paths, _SHOWN)}\n"
            "原稿不要放进仓库：仓库收下的东西，以后删掉了也还在历史里。\n"
            f"请把它们移到仓库以外的文件夹；要公开的附件，放进与通报同名的文件夹，写进“附件”。再运行：\n"
            f"{_mend(repository, commit, tip, paths)}"
        )


def is_source_file(path: str, below: str) -> bool:
    """Whether a path of a repository is that of a text or office file, or of a copy, which is no content."""
    place = PurePosixPath(path)
    if _USUAL.fullmatch(place.name) or (place.parts[0] in _OWN and kind_of(path) == "txt"):
        return False
    name = _COPY.sub("", place.name)
    kind = kind_of(name)
    if name == place.name and is_below(path, below) and kind in ATTACHMENT_KINDS & _KINDS:
        return attachment_of_path(within(path, below)) is None
    return name != place.name or kind in _KINDS


def list_added_paths(
    repository: Repository, *commits: str, paths: Sequence[str] = (), given: Sequence[str] = (), memory: int = 0
) -> Iterator[tuple[str, str, str]]:
    """Yield (commit, blob, path) for each file that commits add or change, beside each of their parents.

    `commits` are arguments of git log, `paths` its pathspecs, `given` what it reads where they say so; `memory` as in
    `Repository.fields`.
    """
    form = ("-m", "--raw", "-z", "--no-renames", "--no-abbrev", "--diff-filter=d", "--format=%x00%H")
    asked = "".join(f"{one}\n" for one in given).encode()
    commit = head = ""
    for field in repository.fields("log", *form, *commits, "--", *paths, given=asked, memory=memory):
        text = os.fsdecode(field)
        if head:
            yield commit, head.split(" ")[3], text
            head = ""
        elif text.lstrip("\n").startswith(":"):
            head = text.lstrip("\n")
        elif text.strip("\n"):
            commit = text.strip("\n")


def listed_attachments(repository: Repository, commit: str, below: str, id_: str) -> frozenset[str]:
    """Return the names that a notice of a commit lists under 附件; none where its file is not to be read."""
    from generator.read import List, Map, TextNode, decode, parse  # noqa: PLC0415  (few pushes need it)

    try:
        text, _ = decode(repository.run("cat-file", "blob", f"{commit}:{PurePosixPath(below, content_path(id_))}"), "")
    except GitError:
        return frozenset()
    tree = parse(text, "")[0] if text else None
    items = tree.get("附件") if isinstance(tree, Map) else None
    files = [item.get("文件") for item in items.items if isinstance(item, Map)] if isinstance(items, List) else []
    return frozenset(file.value for file in files if isinstance(file, TextNode))


def _stray_paths(repository: Repository, commit: str, below: str, new: AbstractSet[str]) -> Iterator[str]:
    merges = _refuse_many(repository, commit)
    attached: dict[str, set[str]] = {}
    of_new = (commit, "--not", "--all")
    # Beside one of its parents a merge brings all that came with the other, which may be on the host for long.
    merged = (one for one in list_added_paths(repository, "--merges", *of_new) if one[1] in new)
    for _, _, path in chain(list_added_paths(repository, "--no-merges", *of_new), merged if merges else ()):
        if is_source_file(path, below):
            yield path
        elif found := attachment_of_path(within(path, below) if is_below(path, below) else ""):
            attached.setdefault(found[0], set()).add(found[1])
    for id_, names in attached.items():
        folder = str(PurePosixPath(below, notice_address(id_)))
        there = {PurePosixPath(blob.path).name for blob in repository.blobs(commit, folder)}
        unlisted = names & there - listed_attachments(repository, commit, below, id_)
        yield from (f"{folder}/{name}" for name in unlisted if _is_office(name))


def _refuse_many(repository: Repository, commit: str) -> bool:
    """Refuse a push with a commit of too many files before git is asked to list them: it holds a whole commit's.

    Return whether a new commit is a merge.
    """
    known: dict[str, int] = {}
    listed = repository.run("log", "--format=%T %P", commit, "--not", "--all").decode().splitlines()
    commits = [line.split() for line in listed]
    with Objects(repository) as objects:
        for tree in dict.fromkeys(found[0] for found in commits):
            if count_paths(objects, tree, known) > MOST_PATHS:
                raise RefusedError(f"这次推送里的文件超过 {MOST_PATHS} 个。请只留通报、附件和说明页，再推送。")
    return any(len(found) > 2 for found in commits)


def _is_office(name: str) -> bool:
    return kind_of(name) in _KINDS


def _mend(repository: Repository, commit: str, tip: str, paths: list[str]) -> str:
    """Return git's commands that take files out of every new commit and leave them in their folder."""
    remove = f"  git rm --cached --ignore-unmatch -- {' '.join(map(_pattern, paths[:_SHOWN]))}"
    if len(paths) > _SHOWN:
        remove += " …"
    if repository.run("rev-list", "--count", commit, "--not", "--all").strip() == b"1":
        return f"{remove}\n  git commit --amend --no-edit --allow-empty\n  git push"
    base = _base(repository, commit, tip)
    undo = f"git reset --soft {base[:12]}" if base else "git update-ref -d HEAD"
    return f'  {undo}\n{remove}\n  git commit -m "做了什么"\n  git push'


def _base(repository: Repository, commit: str, tip: str) -> str:
    if not tip:
        return ""
    try:
        return repository.run("merge-base", commit, tip).decode().strip()
    except GitError:
        return ""


def _pattern(path: str) -> str:
    """Return a path for a shell and for git: `*` stands for each character that cannot be typed."""
    # git takes these for patterns.
    typed = (re.sub(r"[*?\[\\]", r"\\\g<0>", char) if printable(char) == char else "*" for char in path)
    return shlex.quote("".join(typed))
