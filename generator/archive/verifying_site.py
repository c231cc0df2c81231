"""A built site held to its own list of files and to the ledger."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path

from generator.archive.verdict import Verdict
from generator.archive.verifying_pages import own_ledger, pages_flaws, reader
from generator.records import LEDGER, Ledger, RecordsError
from generator.site.manifest import MANIFEST, SEAL, listed, listing
from generator.site.output import entries

_PACKED = ".gz"


def verify_site(folder: Path, ledger: Ledger | None) -> Verdict:
    """Return what was looked at in a site, and what is not as it was published."""
    if not (folder / MANIFEST).is_file():
        raise RecordsError(f"{folder} 不是本程序生成的网站，也不是归档包：里面没有 {MANIFEST}。")
    flaws = list(_list_flaws(folder))
    looked = [f"网站 {folder.name}：按 {MANIFEST} 核对"]
    own = own_ledger(folder)
    if isinstance(own, str):
        flaws.append(own)
    held = ledger or (own if isinstance(own, Ledger) else None)
    if held is None or not held.lines:
        looked.append("没有发布记录可以对照，只核对了文件有没有变")
        return Verdict(tuple(looked), tuple(flaws))
    if isinstance(own, Ledger) and ledger is not None and own.head != ledger.head:
        flaws.append(f"data/{LEDGER}：和给出的发布记录不是同一份，或者不一样新")
    looked.append(f"按发布记录核对 {len(held.by_id)} 份通报，记录 {len(held.lines)} 行")
    paths = [path for path, _ in entries(folder)]
    flaws += pages_flaws(paths, reader(folder), held)
    return Verdict(tuple(looked), tuple(dict.fromkeys(flaws)))


def _list_flaws(folder: Path) -> Iterator[str]:
    data, seal = (folder / MANIFEST).read_bytes(), reader(folder)(SEAL)
    try:
        promised = listed(data)
    except ValueError:
        promised = {}
    plain = bool(promised) and listing(promised) == data
    sealed = seal == listing({MANIFEST: hashlib.sha256(data).hexdigest()})
    wrong = list(_differences(folder, promised)) if plain else []
    if not plain or (not sealed and wrong):
        yield f"{MANIFEST}：被改动过"
    elif not sealed:
        yield f"{SEAL}：被改动过"
    yield from wrong


def _differences(folder: Path, promised: dict[str, str]) -> Iterator[str]:
    found = {path for path, entry in entries(folder) if not entry.is_dir(follow_symlinks=False)}
    for path in sorted((found | promised.keys()) - {MANIFEST, SEAL}):
        place = folder / path
        if path not in found:
            yield f"{path}：不见了"
        elif path not in promised:
            yield from _packed(place, path, promised)
        elif hashlib.sha256(place.read_bytes()).hexdigest() != promised[path]:
            yield f"{path}：内容变了"


def _packed(place: Path, path: str, promised: dict[str, str]) -> Iterator[str]:
    """Hold the compressed copy that a host lays beside a file to that file."""
    base = path.removesuffix(_PACKED)
    if base == path or base not in {*promised, MANIFEST, SEAL}:
        yield f"{path}：多出来的"
        return
    data = place.read_bytes()
    try:
        same = gzip.decompress(data) == place.with_name(place.name.removesuffix(_PACKED)).read_bytes()
    except (OSError, EOFError, ValueError):
        same = False
    if not same or gzip.compress(gzip.decompress(data), 6, mtime=0) != data:
        yield f"{path}：内容变了"
