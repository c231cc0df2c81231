"""The kinds of file that a site serves: by its ending the media type of each, and what else depends on the kind."""

from __future__ import annotations

from collections.abc import Mapping

# IANA's names. JSON lines have none there; this is the one that jsonlines.org proposes.
MEDIA_TYPES: Mapping[str, str] = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "txt": "text/plain",
    "conf": "text/plain",
    "md": "text/markdown",
    "csv": "text/csv",
    "ics": "text/calendar",
    "xml": "application/xml",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "ico": "image/x-icon",
    "pdf": "application/pdf",
    "ofd": "application/ofd",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "bin": "application/octet-stream",
    "gz": "application/gzip",
}
UNKNOWN = "application/octet-stream"
# In bytes; no larger file is taken into a site.
LARGEST_FILE = 50_000_000
# Those that are text in UTF-8, and say so.
TEXTS = frozenset(
    type_ for type_ in MEDIA_TYPES.values() if type_.startswith("text/") or type_.endswith(("/json", "/jsonl", "/xml"))
)
# Those of which a host lays compressed copies beside the files.
COMPRESSED = frozenset(kind for kind, type_ in MEDIA_TYPES.items() if type_ in TEXTS) | {"svg"}
# No site is made with such copies.
SITE_KINDS = frozenset(MEDIA_TYPES) - {"gz"}
ATTACHMENT_KINDS = frozenset({"pdf", "png", "jpg", "jpeg", "docx", "xlsx", "ofd"})

_TEXT = "txt rtf csv mht mhtml eml msg"
_OFFICE = "doc docx docm dot dotx wps wpt et ett dps xls xlsx xlsm ppt pptx pdf odt ods odp ofd"
_PACKED = "zip rar 7z tar gz tgz"
# What notices are drafted in. Such a file belongs in an office's repository only as an attachment.
SOURCE_KINDS = tuple(f"{_TEXT} {_OFFICE} {_PACKED}".split())
# What editors and people add to the name of a copy.
COPY_ENDINGS = ("~", ".orig", ".bak", ".old", ".rej", ".tmp", ".swp")


def kind_of(path: str) -> str:
    """Return the ending of a file's name, in small letters and without its dot; "" where it has none."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""


def content_type(path: str) -> str:
    """Return what a server says of a file, by its name: its media type, with the encoding where it is text."""
    type_ = MEDIA_TYPES.get(kind_of(path), UNKNOWN)
    return f"{type_}; charset=utf-8" if type_ in TEXTS else type_
