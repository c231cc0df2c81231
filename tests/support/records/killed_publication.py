"""A publication entered into records, in a process that kills itself before its N-th act on a file there.

python -m tests.support.records.killed_publication FOLDER N: acts are opening a file to write, renaming, removing.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from generator.records import load
from tests.support.records.publications import correction, published, yi

ERROR = {"撤回": {"日期": "2025-11-26", "说明": "误发。", "类型": "误发"}}
FILES = {"notices/2025/yi/tai.pdf": b"%PDF-1.7 two"}


def enter(folder: Path) -> None:
    """Enter a correction of one notice and the removal of another."""
    attached = {"附件": [{"文件": "tai.pdf"}], "更正": [correction("2025-11-25")]}
    other = yi(标题="关于另一件事的通报", **ERROR).model_copy(update={"id": "2025/er"})
    published(load(folder), other, yi(**attached), at="2025-11-26 10:00", files=FILES)


def main(folder: str, acts: str) -> None:
    """Enter it, up to an act."""
    left = int(acts)

    def act(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        writes = event == "open" and isinstance(arguments[1], str) and "w" in arguments[1]
        path = os.fsdecode(arguments[0]) if writes or event in {"os.rename", "os.remove"} else ""  # type: ignore[arg-type]
        if path.startswith(folder):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(act)
    enter(Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
