"""The differences between two versions of a notice, by Chinese characters and Latin words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from generator.model import Kind, Notice, units
from generator.model.text_units import HEADINGS
from generator.pages.contacts import contact_view
from generator.pages.record_view import Change, Piece
from generator.pages.wording import period_in_words

# A run of letters and digits is one word; a Chinese character is one by itself.
_WORDS = re.compile(r"[0-9A-Za-z.%@_-]{1,200}|.", re.DOTALL)
_CONTEXT = 14
# Two characters that two sentences share by chance tell a reader nothing.
_CHANCE = 2
# Beyond this, comparing takes seconds and its result is a patchwork: the paragraph is shown whole, before and after.
_COMPARED = 4000
_LIKE = 0.35
_PAIRED = 2500
# Whoever wrote the paragraphs: more characters than these are not looked through for likeness, nor cut into words.
_LOOKED_THROUGH = 4_000_000
_CUT = 10 * _COMPARED


def changes(was: Notice, now: Notice) -> tuple[Change, ...]:
    """Return the differences in title, period, contacts, attachments and text, in this order."""
    return (*_fields(was, now), *_text(was, now))


def pieces(old: str, new: str, *, whole: bool = False) -> tuple[Piece, ...]:
    """Compare two texts piece by piece; long equal pieces are cut unless `whole`."""
    merged = _merged(_compared(old, new))
    return tuple(merged if whole else _cut(merged))


def paired(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str, int]]:
    """Pair old texts with new ones that resemble them, and with their index in `new`; "" for no counterpart."""
    for verb, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if verb != "equal":
            for one, other, index in _aligned(old[start:end], new[first:last]):
                yield one, other, first + index


def _fields(was: Notice, now: Notice) -> Iterator[Change]:
    pairs = [
        ("标题", was.title, now.title),
        ("公开期限", _period(was), _period(now)),
        *(("联系方式", old, new) for old, new, _ in paired(_contacts(was), _contacts(now))),
        *(("附件", old, new) for old, new, _ in paired(_attachments(was), _attachments(now))),
    ]
    for label, old, new in pairs:
        if old != new:
            yield Change(label=label, anchor="", pieces=pieces(old, new, whole=True))


def _period(notice: Notice) -> str:
    return period_in_words(notice.period) if notice.period else ""


def _contacts(notice: Notice) -> list[str]:
    shown = map(contact_view, notice.contacts)
    return ["，".join(filter(None, (f"{one.label} {one.value}", one.hours, *one.details))) for one in shown]


def _attachments(notice: Notice) -> list[str]:
    return [attachment.title or attachment.file for attachment in notice.attachments]


def _text(was: Notice, now: Notice) -> Iterator[Change]:
    """Compare the text below the title unit by unit; a change is placed by the heading above it."""
    places, place = [], ("正文", "")
    after = [unit for unit in units(now) if unit.kind is not Kind.TITLE]
    for unit in after:
        place = (unit.text, unit.id) if unit.kind in HEADINGS else place
        places.append(place)
    old = [unit.text for unit in units(was) if unit.kind is not Kind.TITLE]
    for one, other, index in paired(old, [unit.text for unit in after]):
        label, anchor = places[min(index, len(places) - 1)] if places else place
        yield Change(label=label, anchor=anchor, pieces=pieces(one, other))


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str, int]]:
    """Pair texts in order so that they are as like each other as can be."""
    work = len(new) * sum(map(len, old)) + len(old) * sum(map(len, new))
    if not old or not new or len(old) * len(new) > _PAIRED or work > _LOOKED_THROUGH:
        for index, (one, other) in enumerate(zip_longest(old, new, fillvalue="")):
            yield one, other, min(index, max(0, len(new) - 1))
        return
    like = [[SequenceMatcher(None, one, other, autojunk=False).quick_ratio() for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, j in ((i, j) for i in reversed(range(len(old))) for j in reversed(range(len(new)))):
        best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + _worth(like[i][j]))
    i = j = 0
    while i < len(old) or j < len(new):
        worth = _worth(like[i][j]) if i < len(old) and j < len(new) else 0.0
        if worth and best[i][j] == best[i + 1][j + 1] + worth:
            yield old[i], new[j], j
            i, j = i + 1, j + 1
        elif i < len(old) and (j == len(new) or best[i][j] == best[i + 1][j]):
            yield old[i], "", min(j, len(new) - 1)
            i += 1
        else:
            yield "", new[j], j
            j += 1


def _worth(like: float) -> float:
    return like if like >= _LIKE else 0.0


def _compared(old: str, new: str) -> list[Piece]:
    start = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    longest = min(len(old), len(new)) - start
    pairs = zip(reversed(old), reversed(new), strict=False)
    end = min(next((at for at, (a, b) in enumerate(pairs) if a != b), longest), longest)
    # The ends are equal, and a word must not be cut in two.
    while start and _is_word(old[start - 1 : start]):
        start -= 1
    while end and _is_word(old[len(old) - end : len(old) - end + 1]):
        end -= 1
    middle = [*_middle(old[start : len(old) - end], new[start : len(new) - end])]
    same = [Piece(kind="same", text=text) for text in (old[:start], old[len(old) - end :])]
    return [piece for piece in (same[0], *middle, same[1]) if piece.text]


def _middle(old: str, new: str) -> Iterator[Piece]:
    a, b = _WORDS.findall(old[:_CUT]), _WORDS.findall(new[:_CUT])
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    too_long = max(len(old), len(new)) > _CUT or max(len(a), len(b)) > _COMPARED
    if too_long or (min(len(a), len(b)) > _CONTEXT and matcher.ratio() < _LIKE):
        yield from (Piece(kind="gone", text=old), Piece(kind="new", text=new))
        return
    for verb, start, end, first, last in matcher.get_opcodes():
        if verb == "equal":
            yield Piece(kind="same", text="".join(a[start:end]))
        else:
            yield Piece(kind="gone", text="".join(a[start:end]))
            yield Piece(kind="new", text="".join(b[first:last]))


def _merged(found: Iterable[Piece]) -> list[Piece]:
    """Merge changes with only one or two equal characters between them, deletions before insertions."""
    listed = [piece for piece in found if piece.text]
    kept: list[Piece] = []
    gone = new = ""
    for index, piece in enumerate(listed):
        between = 0 < index < len(listed) - 1 and (gone or new)
        if piece.kind == "same" and not (between and len(piece.text) <= _CHANCE):
            kept += _pair(gone, new)
            gone = new = ""
            kept.append(piece)
        else:
            gone += piece.text if piece.kind != "new" else ""
            new += piece.text if piece.kind != "gone" else ""
    return [*kept, *_pair(gone, new)]


def _pair(gone: str, new: str) -> list[Piece]:
    return [piece for piece in (Piece(kind="gone", text=gone), Piece(kind="new", text=new)) if piece.text]


def _cut(found: Sequence[Piece]) -> Iterator[Piece]:
    """Cut equal pieces down to the words next to a change."""
    for index, piece in enumerate(found):
        text = piece.text
        before, after = index > 0, index < len(found) - 1
        if piece.kind == "same" and len(text) > _CONTEXT * (before + after) + 2:
            lead = text[:_CONTEXT] if before else ""
            tail = text[-_CONTEXT:] if after else ""
            text = f"{lead}…{tail}"
        yield Piece(kind=piece.kind, text=text)


def _is_word(char: str) -> bool:
    return bool(re.fullmatch(r"[0-9A-Za-z.%@_-]", char))
