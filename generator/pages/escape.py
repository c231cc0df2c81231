"""The one door through which staff text reaches Markdown."""

from __future__ import annotations

import re
import string

# Every ASCII mark becomes a numeric reference, so that no engine finds syntax in text; a letter or digit alone is none.
_MARKS = re.compile(f"[{re.escape(string.punctuation)}\t\xa0]")


def escape(text: str) -> str:
    """Return text that every Markdown engine shows character for character, and that is safe in HTML as well.

    `text` is one line without blanks at its edges. Runs of blanks are kept by references.
    """
    escaped = _MARKS.sub(_reference, text)
    return escaped.replace("  ", " &#32;") if "  " in escaped else escaped


def _reference(mark: re.Match[str]) -> str:
    return f"&#{ord(mark[0])};"
