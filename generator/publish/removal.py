"""The removal that a purge is to do: the versions of a notice, the phrases of their text, and where else it lies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.addresses import NOTICES, attachment_of_path, content_path, id_of_path
from generator.characters import list_names, printable
from generator.model.notice import REMOVED_TEXT
from generator.publish.history import Removal, notice_path_pattern
from generator.publish.host import Host, RefusedError
from generator.publish.host_search import blob_paths, read_blobs, search_objects
from generator.publish.notes import PurgeNote, purged_ids
from generator.publish.phrases import Phrases, is_number, phrases_of
from generator.publish.pushed_content import find_content_folder
from generator.publish.records_ref import records_tip
from generator.publish.repository import Blob, GitError, Repository, within
from generator.publish.settings import Settings
from generator.publish.source_files import is_source_file, list_added_paths, listed_attachments
from generator.read import Map, Plain, decode, parse, plain

_WITHDRAWAL = re.compile(r"^撤回:.*?(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
_SCHEMA = re.compile(r"# yaml-language-server: \$schema=[!-~]{1,200}")
_KEYS = frozenset({"格式", "标题", "单位", "发布", "公开期限", "正文", "撤回"})
_DATES = frozenset({"开始", "结束", "工作日", "首日计入"})
_FACTS = re.compile(r"(?:site|organs|review)\.yml|schema/[^/]{1,60}|[^/]{1,80}\.md")
# Bytes that git may take to list the paths of a history.
_MEMORY = 1_000_000_000
_PROGRAM = re.compile(r"(?:generator|theme|tests)/.{1,4000}", re.DOTALL)


def find_removal(host: Host, settings: Settings, tip: str, id_: str) -> Removal:
    """Search every object for the text of a notice; RefusedError where the newest version still holds any.

    The text is known by the phrases of all earlier versions and attachments, except those that another public notice
    or page says too. Files that hold one go, wherever they lie, unless they are such a notice or page themselves.
    """
    repository, own = Repository(host.repository), notice_path_pattern(id_)
    below = find_content_folder(repository, tip, settings.below)
    content = list(repository.blobs(tip, below))
    records = list(repository.blobs(records_tip(host), most=0)) if records_tip(host) else []
    published = [*_published(repository, tip, below, content), *records]
    public = {blob.id: blob.path for blob in published if not own.fullmatch(blob.path)}
    kept = {blob.id for blob in content + records if own.fullmatch(blob.path)}
    versions = _versions(repository, id_)
    known = {blob for blob, _ in read_blobs(repository, set(purged_ids(host).get(id_, ())))}
    gone = ({*versions} | known) - kept - public.keys()
    said = Phrases(phrase for _, texts in read_blobs(repository, gone) for text in texts for phrase in _phrases(text))
    also_said = {blob: _found(said, texts) for blob, texts in read_blobs(repository, public.keys())} if said.all else {}
    left = said.without(phrase for found in also_said.values() for phrase in found)
    _refuse_left(repository, id_, {blob.path: blob.id for blob in content if own.fullmatch(blob.path)})
    # The reason stays public for good; where it repeats the text, people must hear of it.
    reasons = {blob: found for blob, texts in read_blobs(repository, kept) if (found := _found(left, texts))}
    phrases = left.without(phrase for found in reasons.values() for phrase in found)
    apart = kept | public.keys() | gone
    others = [one for one in search_objects(repository, phrases, apart=apart) if one.kind == "blob"]
    copies = {blob.place for blob in others if blob.found}
    copies -= _programs(repository, tip, below, copies)
    closed = {blob.place for blob in others if not blob.whole} - copies
    note = PurgeNote(
        id=id_,
        phrases=tuple(sorted(phrases.all)),
        blobs=tuple(sorted(gone | copies)),
        cleared=tuple(_located(repository, gone | copies, own)),
        closed=tuple(_located(repository, closed, _PROGRAM)),
        shared=(
            *(f"{id_} 的撤回说明：{len(found)} 处相同" for found in reasons.values()),
            *_shared(public, also_said, len(said.all)),
        ),
    )
    return Removal(note, frozenset(kept))


def _published(repository: Repository, tip: str, below: str, content: list[Blob]) -> Iterator[Blob]:
    """Yield the files that a site is made of: no copies, and only the attachments that a notice lists."""
    attached: dict[str, frozenset[str]] = {}
    for blob in content:
        path = within(blob.path, below)
        id_, name = attachment_of_path(path) or ("", "")
        if id_ and id_ not in attached:
            attached[id_] = listed_attachments(repository, tip, below, id_)
        if _FACTS.fullmatch(path) or id_of_path(path) or name in attached.get(id_, ()):
            yield blob


def _versions(repository: Repository, id_: str) -> dict[str, str]:
    """Return the ids of all files that a notice ever had, with a path of each, unreachable commits included."""
    globs = [f":(glob)**/{NOTICES}{id_}{end}" for end in (".yml", ".v*.json", "/**")]
    listed_ = repository.run("cat-file", "--batch-all-objects", "--unordered", "--batch-check").decode()
    commits = [line.split(" ")[0] for line in listed_.splitlines() if line.split(" ")[1] == "commit"]
    own = notice_path_pattern(id_)
    try:
        found = list(list_added_paths(repository, "--no-walk=unsorted", "--stdin", paths=globs, given=commits))
    except GitError:
        # A parent of a commit that nothing leads to may be gone already.
        found = list(list_added_paths(repository, "--all", paths=globs))
    return {blob: path for _, blob, path in found if own.fullmatch(path)}


def _phrases(text: str) -> set[str]:
    """Return the phrases that identify a version; why it was withdrawn is public."""
    return phrases_of(_WITHDRAWAL.sub("", text))


def _found(phrases: Phrases, texts: Iterable[str]) -> set[str]:
    return {phrase for text in texts for phrase in phrases.found_in(text)}


def _programs(repository: Repository, tip: str, below: str, blobs: set[str]) -> set[str]:
    """Return those blobs that the newest commit holds as a file of a program or a forge: people must mend them."""
    found = set()
    for blob, path in blob_paths(repository, blobs).items():
        there = repository.run("ls-tree", "-z", "--full-tree", tip, "--", path)
        if blob.encode() in there and not is_source_file(path, below):
            found.add(blob)
    return found


def _located(repository: Repository, blobs: set[str], apart: re.Pattern[str]) -> list[str]:
    """Return at which paths, but for those `apart`, the history has blobs, each with the oldest commit that has one."""
    if not blobs:
        return []
    try:
        listed_ = list_added_paths(repository, "--all", memory=_MEMORY)
        found = {path: commit for commit, blob, path in listed_ if blob in blobs}
    except GitError:
        # One commit of more paths than git can hold; then one path of each file must do.
        found = dict.fromkeys(blob_paths(repository, blobs).values(), "")
    return [
        f"{printable(path)}{f'（提交 {found[path][:12]}）' if found[path] else ''}"
        for path in sorted(found)
        if not apart.fullmatch(path)
    ]


def _shared(public: dict[str, str], others: dict[str, set[str]], of: int) -> list[str]:
    """Name notices and pages of the newest commit that say much of the text too, or a person's number."""
    # A third of it is more than what notices say that have nothing to do with each other.
    much = {public[blob]: found for blob, found in others.items() if 3 * len(found) > of or any(map(is_number, found))}
    return [f"{printable(path)}：{len(found)} 处相同" for path, found in sorted(much.items())]


def _refuse_left(repository: Repository, id_: str, kept: dict[str, str]) -> None:
    """Refuse to purge where more stays of the notice than `withdraw --in-error` leaves."""
    beside = sorted(path for path in kept if not path.endswith(content_path(id_)))
    for path in sorted(kept.keys() - set(beside)):
        text = repository.run("cat-file", "blob", kept[path]).decode(errors="replace")
        wrong = remaining_text(text)
        if wrong:
            shown = "\n".join(f"  {printable(line)[:40]}" for line in wrong[:5])
            raise RefusedError(
                f"仓库里最新的 {printable(path)} 还留着原来的文字：\n{shown}\n"
                "请办公室运行 gongkai withdraw --in-error，或者自己改：标题和正文换成“（已移除）”，"
                "只留单位、日期和撤回的说明，别的整行删掉，推送，再来清除。"
            )
    if beside:
        raise RefusedError(
            f"仓库里最新的 {id_} 还有附件或者别的文件：\n{list_names(beside, 10)}\n"
            "请办公室删掉它们，提交，推送，再来清除。"
        )


def remaining_text(text: str) -> list[str]:
    """Return the lines for a person that a notice's file has beyond the removed form; none where it is exactly that."""
    lines = text.splitlines()
    left = [line.strip() for line in lines if line.lstrip().startswith("#") and not _SCHEMA.fullmatch(line)]
    decoded, _ = decode(text.encode(), "")
    tree = parse(decoded, "")[0] if decoded is not None else None
    if not isinstance(tree, Map):
        return left or ["（不是 YAML 的列表）"]
    data = plain(tree)
    assert isinstance(data, dict)
    left += [f"{key}: …" for key in data if key not in _KEYS]
    left += [f"{key}: {data[key] if isinstance(data[key], str) else '…'}" for key in _REMOVED if _differs(data, key)]
    left += [f"撤回 {key}: …" for key in _keys(data.get("撤回")) - {"日期", "说明", "类型"}]
    left += [f"公开期限 {key}: …" for key in _keys(data.get("公开期限")) - _DATES]
    return left


def _differs(data: dict[str, Plain], key: str) -> bool:
    return data.get(key, _REMOVED[key]) != _REMOVED[key]


_REMOVED: dict[str, Plain] = {"标题": REMOVED_TEXT, "正文": {"段落": [REMOVED_TEXT]}}


def _keys(value: Plain | None) -> set[str]:
    return set(value) if isinstance(value, dict) else set()
