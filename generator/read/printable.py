"""What others wrote or named, as a terminal may show it."""

from __future__ import annotations

from generator.read.characters import forbidden

_LONGEST = 200


def printable(text: str, longest: int = _LONGEST) -> str:
    r"""Return a text on one line, with `\x1b` or `\u202e` in place of each character that a terminal would obey.

    Escape sequences rewrite what stands above, line feeds forge lines, and bidi characters turn words round. After
    `longest` characters the text is cut.
    """
    kept = text[:longest]
    shown, start = [], 0
    for index, _ in forbidden(kept.replace("\n", "\x85").replace("\t", "\x85")):
        shown += [kept[start:index], _escaped(kept[index])]
        start = index + 1
    return "".join([*shown, kept[start:], "…" * (len(text) > longest)])


def listed(names: list[str], most: int) -> str:
    """Write names one below the other, at most so many and then how many are left."""
    lines = [f"  {printable(name)}" for name in names[:most]]
    if len(names) > most:
        lines.append(f"  还有 {len(names) - most} 个")
    return "\n".join(lines)


def _escaped(char: str) -> str:
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:  # a byte that is no UTF-8, as os.fsdecode keeps it
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
