"""The one door through which staff text reaches Markdown."""

from __future__ import annotations

import string

# Every ASCII mark becomes a numeric reference, so that no engine finds syntax in text; a letter or digit alone is none.
_REFERENCES = {ord(mark): f"&#{ord(mark)};" for mark in string.punctuation} | {ord("\t"): "&#9;", 0xA0: "&#160;"}


def escape(text: str) -> str:
    """Return text that every Markdown engine shows character for character, and that is safe in HTML as well.

    `text` is one line without blanks at its edges. Runs of blanks are kept by references.
    """
    escaped = text.translate(_REFERENCES)
    return escaped.replace("  ", " &#32;") if "  " in escaped else escaped
