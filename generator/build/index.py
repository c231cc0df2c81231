"""The index of a build's cache: small values by name and key in one SQLite file, which nothing depends on."""

from __future__ import annotations

import hashlib
import pickle
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from generator.plain_pickle import dump_pickle, load_pickle

_SCHEMA = 1
# How long another build may hold the file; after that this one goes without.
_PATIENCE = 2.0
_TABLE = "CREATE TABLE IF NOT EXISTS entry (name TEXT PRIMARY KEY, key TEXT, digest BLOB, data BLOB) WITHOUT ROWID"


class Index:
    """Values by name, each with the key of all that it follows from; a value with another key counts as absent.

    What is put is seen at once, and on disk after `commit`. A file that is damaged, of another version or locked by
    another build is as good as none: everything is made anew. Where nothing can be written, nothing is kept.
    """

    def __init__(self, file: Path | None) -> None:
        """Open the index in a file; None for one that is kept in memory alone."""
        self._connection = _opened(file)

    def __enter__(self) -> Self:
        """Return the index itself, which is closed on leaving."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the file; what was not committed is forgotten."""
        self._connection.close()

    def get(self, name: str, key: str) -> Any:
        """Return the value of a name that was put with this key, None where there is none, or it is damaged."""
        rows = self._rows("SELECT name, key, digest, data FROM entry WHERE name = ?", name)
        return next((value for _, own, value in rows if own == key), None)

    def below(self, prefix: str) -> Iterator[tuple[str, str, Any]]:
        """Yield name, key and value of all names that begin with a prefix, in order."""
        return self._rows(
            "SELECT name, key, digest, data FROM entry WHERE name >= ? AND name < ? ORDER BY name",
            prefix,
            prefix + "\U0010ffff",
        )

    def put(self, name: str, key: str, value: object) -> None:
        """Put a value in the place of whatever has the name."""
        data = dump_pickle(value)
        self._run("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?)", name, key, _digest(name, key, data), data)

    def delete(self, name: str) -> None:
        """Forget a name."""
        self._run("DELETE FROM entry WHERE name = ?", name)

    def clear(self) -> None:
        """Forget everything."""
        self._run("DELETE FROM entry")

    def commit(self) -> None:
        """Write what was put to the disk, or nothing of it where that cannot be."""
        with suppress(sqlite3.Error):
            self._connection.commit()

    def _rows(self, query: str, *values: str) -> Iterator[tuple[str, str, Any]]:
        try:
            for name, key, digest, data in self._connection.execute(query, values):
                if digest == _digest(name, key, data):
                    yield name, key, load_pickle(data)
        except (sqlite3.Error, pickle.UnpicklingError, TypeError):
            return

    def _run(self, query: str, *values: str | bytes) -> None:
        with suppress(sqlite3.Error):
            self._connection.execute(query, values)


def _digest(name: str, key: str, data: bytes) -> bytes:
    return hashlib.sha256(b"\0".join((name.encode(), key.encode(), data))).digest()[:16]


def _opened(file: Path | None) -> sqlite3.Connection:
    """Open a file as an index, a new one in its place where it is none, one in memory where that cannot be."""
    for attempt in range(2 if file else 0):
        assert file is not None
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(file, timeout=_PATIENCE)
            if _is_usable(connection):
                return connection
            connection.close()
        except (sqlite3.DatabaseError, OSError) as error:
            if isinstance(error, sqlite3.OperationalError):
                break  # Locked, read-only, or no room.
        if attempt == 0:
            with suppress(OSError):
                file.unlink(missing_ok=True)
    connection = sqlite3.connect(":memory:")
    connection.execute(_TABLE)
    return connection


def _is_usable(connection: sqlite3.Connection) -> bool:
    """Prepare a file for use; False where a program of another version wrote it."""
    with closing(connection.execute("PRAGMA user_version")) as found:
        version = found.fetchone()[0]
    if version not in {0, _SCHEMA}:
        return False
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(_TABLE)
    connection.execute(f"PRAGMA user_version = {_SCHEMA}")
    connection.execute("BEGIN IMMEDIATE")
    return True
