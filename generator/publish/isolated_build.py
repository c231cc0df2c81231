"""A build in a process of its own, which no failure of the build outlives."""

from __future__ import annotations

import os
import tempfile
import time
import traceback
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from generator.build.build import build
from generator.build.request import BuildRequest, BuildResult, Stage
from generator.errors import GongkaiError, reason
from generator.parallel import die_with
from generator.publish.host import Host, RefusedError, record_defect
from generator.publish.progress import OnStep, Step
from generator.publish.records_branch import damaged_records
from generator.records import LedgerError

_STEPS = {Stage.CHECK: Step.CHECK, Stage.MAKE: Step.MAKE, Stage.AUDIT: Step.AUDIT}


def build_in_process(host: Host, request: BuildRequest, folder: Path, limit: float, on_step: OnStep) -> BuildResult:
    """Make a site in the empty folder, within `limit` seconds.

    BuildError, RecordsError or RefusedError where that fails; a defect of the program is written to the host's log.
    """
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(request, folder.absolute(), theirs, os.getpid()))
    process.start()
    theirs.close()
    try:
        return _made(host, ours, request.now, limit, on_step)
    except EOFError:
        process.join()
        raise RefusedError(_ended(process.exitcode or 0)) from None
    finally:
        process.kill()
        process.join()
        ours.close()


def _made(host: Host, ours: Connection, now: datetime, limit: float, on_step: OnStep) -> BuildResult:
    begun: Step | None = None
    end = time.monotonic() + limit
    while ours.poll(max(0.0, end - time.monotonic())):
        match ours.recv():
            case BuildResult() as made:
                return made
            case Stage() as stage:
                if _STEPS[stage] is not begun:
                    begun = _STEPS[stage]
                    on_step(begun)
            case OSError() as error:
                raise RefusedError(f"读写文件失败：{reason(error)}。请找管理主机的人。") from error
            case LedgerError() as error:
                raise damaged_records(host, error) from error
            case Exception() as error:
                raise error
            case str() as trace:
                raise RefusedError(record_defect(host, now, trace))
    raise RefusedError(f"生成超过 {limit:.0f} 秒，已经停下。机器太忙就过一会儿再推送；总是这样，请调大“时限”。")


def _ended(code: int) -> str:
    if code < 0:
        return f"生成时被系统中断（信号 {-code}），多半是内存不够。请找管理主机的人。"
    return f"生成没有完成（退出码 {code}）。请找管理主机的人。"


def _work(request: BuildRequest, folder: Path, answer: Connection, parent: int) -> None:
    # It holds the host's lock and the pipe too, and would keep both.
    die_with(parent)
    # A process that is forked or killed leaves its temporary folders; here they go with the content.
    tempfile.tempdir = str(request.root.parent)
    # Problems name files as they stand in the repository, from its root.
    os.chdir(request.root)
    try:
        answer.send(build(request, folder, lambda stage, *_: answer.send(stage)))
    except (GongkaiError, OSError) as error:
        answer.send(error)
    except MemoryError:
        answer.send(RefusedError("生成时内存不够。请找管理主机的人。"))
    except Exception:  # noqa: BLE001  (whatever it is, the one who pushed must hear of it)
        answer.send(traceback.format_exc())
