"""The records of a commit, read through one process of git that starts when it is first needed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from generator.addresses import LEDGER, LEDGER_FOLDER, ledger_paths
from generator.publish.objects import Objects
from generator.publish.repository import GitError, Repository
from generator.records import PartSource, RecordsError


@dataclass(slots=True)
class RecordsReader:
    """The records of a commit, "" for none; a process that was forked, or got a copy, reads through a git of its own.

    That git ends with `close`, or with the process that started it.
    """

    repository: Repository
    commit: str
    _objects: Objects | None = field(default=None, repr=False)
    _process: int = 0

    def __call__(self, path: str) -> bytes:
        """Return a file by its path; RecordsError where there is none."""
        try:
            return self._open().read(f"{self.commit}:{path}")[1]
        except GitError as error:
            raise RecordsError(f"发布记录里没有 {path}。") from error

    def ledger_parts(self) -> Sequence[PartSource]:
        """Return the parts of the ledger, in order; their tokens are the ids of their files."""
        if not self.commit:
            return ()
        top = self._listed("")
        ids = {LEDGER: top[LEDGER]} if LEDGER in top else {}
        if LEDGER_FOLDER in top:
            ids |= {f"{LEDGER_FOLDER}/{name}": id_ for name, id_ in self._listed(LEDGER_FOLDER).items()}
        return [PartSource(path, partial(self, path), token=ids[path]) for path in ledger_paths(ids)]

    def close(self) -> None:
        """End the process of git."""
        if self._objects and self._process == os.getpid():
            self._objects.__exit__()
        self._objects = None

    def _open(self) -> Objects:
        if self._objects is None or self._process != os.getpid():
            self._objects, self._process = Objects(self.repository).__enter__(), os.getpid()
        return self._objects

    def _listed(self, folder: str) -> dict[str, str]:
        objects = self._open()
        return {name.decode(): id_ for _, name, id_ in objects.entries(objects.read(f"{self.commit}:{folder}")[1])}
