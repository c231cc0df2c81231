"""What git leaves out of an office's repository: what the program writes, and the sources of notices."""

from __future__ import annotations

from collections.abc import Iterable

from generator.addresses import NOTICES
from generator.media_types import ATTACHMENT_KINDS, COPY_ENDINGS, SOURCE_KINDS

SOURCES_STAY_OUT = "原稿不要放进仓库"
_MADE = "/records/\n/.records.lock\n/site/\n/.site.lock\n/.site-*\n/public/\n/.public.lock\n/.public-*\n"
_OPEN = "~$*\n.~*\n"


def gitignore(content: str) -> bytes:
    """Return a .gitignore for a repository with its content in the folder `content` ("" for the repository itself).

    Text and office files are left out, but for attachments in the folder of their notice and what a forge needs.
    """
    below = f"/{content}/" if content else "/"
    texts = (
        "# 程序生成的，不提交。\n",
        _MADE,
        f"\n# {SOURCES_STAY_OUT}：进过仓库的东西，以后删掉了也还在历史里。所以下面这些文件都不提交。\n",
        "原稿/\n",
        _lines("", SOURCE_KINDS),
        "\n# 附件要提交，放在与通报同名的文件夹里。\n",
        _lines(f"!{below}{NOTICES}[0-9][0-9][0-9][0-9]/*/", sorted(ATTACHMENT_KINDS.intersection(SOURCE_KINDS))),
        "\n# 用代码平台发布的，这个文件要提交。\n",
        "!/requirements.txt\n",
        "\n# 正在打开的文件和备份。\n",
        _OPEN,
        "".join(f"*{ending}\n" for ending in COPY_ENDINGS),
    )
    return "".join(texts).encode()


def _lines(folder: str, kinds: Iterable[str]) -> str:
    """Match names by their ending, in small letters or capitals: git tells the two apart."""
    return "".join(f"{folder}*.{''.join(map(_either, kind))}\n" for kind in kinds)


def _either(letter: str) -> str:
    return f"[{letter}{letter.upper()}]" if letter.isalpha() else letter
