"""Pickles of plain data and of this program's own types, which run no code when they are read."""

from __future__ import annotations

import copyreg
import io
import pickle
from typing import Any
from zoneinfo import ZoneInfo

# All that values are made of beside this program's own types.
_SAFE = frozenset(
    {
        ("builtins", "frozenset"),
        ("builtins", "set"),
        ("collections", "Counter"),
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("datetime", "time"),
        ("datetime", "timedelta"),
        ("zoneinfo", "ZoneInfo"),
    }
)


def dump_pickle(value: object) -> bytes:
    """Pickle a value, so that `load_pickle` reads it."""
    written = io.BytesIO()
    pickler = pickle.Pickler(written, protocol=5)
    # By itself a zone is written as a call of getattr, which is no type.
    pickler.dispatch_table = {**copyreg.dispatch_table, ZoneInfo: lambda zone: (ZoneInfo, (zone.key,))}
    pickler.dump(value)
    return written.getvalue()


def load_pickle(data: bytes) -> Any:
    """Return the value of a pickle; pickle.UnpicklingError where it is damaged, or made of anything else.

    Whoever slips in a file of his own must not have code run by it.
    """
    try:
        return _PlainUnpickler(io.BytesIO(data)).load()
    except pickle.UnpicklingError:
        raise
    except Exception as error:  # damaged bytes may raise nearly anything
        raise pickle.UnpicklingError(repr(error)) from error


class _PlainUnpickler(pickle.Unpickler):
    """An unpickler that knows few types."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a type that a pickle names; UnpicklingError for any other."""
        if (module, name) in _SAFE:
            return super().find_class(module, name)
        if module.startswith("generator.") and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")
