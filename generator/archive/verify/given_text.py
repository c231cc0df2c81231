"""The text of a file that somebody hands over, in whatever encoding, as lines without blanks at their edges."""

from __future__ import annotations

import html
import re

from generator.read import decode_leniently

_HEADING = re.compile(r"#{1,6} ")
_PLACE = re.compile(r" \{: #[a-z0-9-]{1,80} \}$")
_RULE = re.compile(r"\|(?: --- \|){1,500}")


def decoded(data: bytes) -> str | None:
    """Return the text of a file in UTF-8, UTF-16 or GBK; None where it is no text."""
    text, exact = decode_leniently(data, "replace")
    return text if exact or b"\0" not in data else None


def text_lines(text: str) -> list[str]:
    """Return the lines of a bare text, none of them empty."""
    return [line for one in text.split("\n") if (line := one.strip())]


def markdown_lines(text: str) -> list[str]:
    """Return the lines of a notice's Markdown as this program writes it, without its marks."""
    found = []
    for line in text_lines(text):
        if _RULE.fullmatch(line):
            continue
        cells = line.removeprefix("| ").removesuffix(" |").split(" | ") if line.startswith("| ") else [line]
        plain = [_PLACE.sub("", _HEADING.sub("", cell, count=1)) for cell in cells]
        found.append(html.unescape("\t".join(plain)))
    return found
