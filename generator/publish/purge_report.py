"""The report of a purge for the person who keeps the host: what went, what was searched, and what was not."""

from __future__ import annotations

from collections.abc import Iterator

from generator.publish.host import Host
from generator.publish.purge import PurgeResult
from generator.publish.records_branch import attachment_names_left

_SHOWN = 30
_UNREACHED = (
    "这台主机够不到、还要另外处理的地方：",
    "  各人电脑上的仓库拷贝：删掉，重新 git clone；旧拷贝再推送会被拒绝。",
    "  别处的镜像仓库、代码平台上的副本。",
    "  已经交出去的归档包、打印件和转发出去的文件。",
    "  主机的备份和磁盘快照。",
    "  搜索引擎和别的网站的缓存。",
)


def purge_report(host: Host, result: PurgeResult) -> Iterator[str]:
    """Yield the lines of the report: first whether anything is left."""
    note = result.note
    if note.left:
        yield f"{note.id} 的旧内容还没有清除干净，下面这些地方要人处理；处理好了，再运行一次清除："
        yield from _listed(note.left)
    elif note.blobs:
        yield f"已经清除 {note.id} 的旧内容：仓库历史里的 {len(note.blobs)} 个文件，以及含有它的旧版本和预览。"
    else:
        yield f"仓库里没有 {note.id} 的旧内容，没有什么要清除的。"
    if note.cleared:
        yield "其中这些是放在别处的原稿或者拷贝，从全部历史里一起去掉了："
        yield from _listed(note.cleared)
    yield from _coverage(host, result)
    if note.shared:
        yield "仓库里最新的这些文件里也有其中的文字，没有动；不该公开的，请照误发另外处理："
        yield from _listed(note.shared)
    if note.closed:
        yield "这些文件里的文字看不进去（图片、扫描件、加密的或者旧格式的），请自己打开看，不该留的找维护程序的人："
        yield from _listed(note.closed)
    named = attachment_names_left(host, note.id)
    if named:
        yield named
    yield from _UNREACHED


def _coverage(host: Host, result: PurgeResult) -> Iterator[str]:
    looked = f"查过：仓库里的全部 {result.objects} 个对象，{host.root} 里其余的 {result.files} 个文件（压缩的解开看）"
    if result.note.phrases:
        yield f"{looked}；找的是原文的 {len(result.note.phrases)} 句话、编号和“名称: 值”的行，12 个字以下的句子不算。"
    else:
        yield f"{looked}；原文已经不在主机上，没有可以比对的，只按文件的编号查了一遍。"


def _listed(lines: tuple[str, ...]) -> Iterator[str]:
    yield from (f"  {line}" for line in lines[:_SHOWN])
    if len(lines) > _SHOWN:
        yield f"  还有 {len(lines) - _SHOWN} 处"
