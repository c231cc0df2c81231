"""The templates of the theme, compiled: what they print is escaped, what they lack is an error."""

from __future__ import annotations

import hashlib
import sys
from contextlib import suppress
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from generator.files import replacing
from generator.html.contents import contents_list, places_list, squares
from generator.html.typography import heading_of, title_of

_OPTIONS = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "auto_reload": False}
_FILTERS = {
    "heading": heading_of,
    "title_breaks": title_of,
    "contents": contents_list,
    "places": places_list,
    "squares": squares,
}
# All but its source that a compiled template follows from.
_COMPILER = repr((jinja2.__version__, sys.version, sorted(_OPTIONS.items()), sorted(_FILTERS))).encode()
_DIGEST_SIZE = hashlib.sha256().digest_size


def environment(theme: Path, compiled: Path | None = None) -> jinja2.Environment:
    """Return the environment of the theme's templates.

    `compiled` is a folder that keeps them compiled for the next process, as far as it can be written; whoever may
    write there can change what the program does.
    """
    made = jinja2.Environment(  # noqa: S701  (it is among the options)
        loader=jinja2.FileSystemLoader(theme / "pages"),
        undefined=jinja2.StrictUndefined,
        bytecode_cache=_Compiled(compiled) if compiled else None,
        **_OPTIONS,  # type: ignore[arg-type]  # one dictionary of options of one type
    )
    made.filters |= _FILTERS
    return made


class _Compiled(jinja2.BytecodeCache):
    """Keeps compiled templates in files that begin with a digest: what is damaged or foreign is compiled anew."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a template from its file."""
        with suppress(OSError):
            held = (self._folder / bucket.key).read_bytes()
            digest, data = held[:_DIGEST_SIZE], held[_DIGEST_SIZE:]
            # Before anything of it is read: a damaged one can do more than fail.
            if digest == _digest(data):
                bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write a template into its file."""
        data = bucket.bytecode_to_string()
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            with replacing(self._folder / bucket.key) as temporary:
                Path(temporary).write_bytes(_digest(data) + data)


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(_COMPILER + data).digest()
