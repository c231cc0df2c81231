"""What readers may ask for: queries of thirteen kinds, drawn from texts."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

_HAN = re.compile("[\u4e00-\u9fff]+")
_SOUND = re.compile("[\u4e00-\u9fff0-9A-Za-z]")


def queries(texts: Sequence[str], number: int, dice: random.Random) -> Iterator[tuple[str, str]]:
    """Yield about so many queries, each with its kind; `texts` are whole notices, the title in the first line."""
    lines = [line for text in texts for line in text.splitlines()]
    pairs = Counter(
        run[at : at + 2] for line in lines[:4000] for run in _HAN.findall(line) for at in range(len(run) - 1)
    )
    usual = [pair for pair, _ in pairs.most_common(120)]

    def piece(length: int, fits: Callable[[str], object] = _SOUND.search) -> str:
        while True:
            line = dice.choice(lines)
            at = dice.randrange(len(line))
            found = line[at : at + length]
            if len(found) == length and not re.search(r"\s", found) and fits(found):
                return found

    han = _HAN.fullmatch
    kinds: dict[str, Callable[[], str]] = {
        "one character": lambda: piece(1, han),
        "two": lambda: piece(2, han),
        "three": lambda: piece(3, han),
        "four": lambda: piece(4, han),
        "any two to four": lambda: piece(dice.randrange(2, 5)),
        "long": lambda: piece(dice.randrange(8, 20)),
        "over a mark": lambda: piece(5, lambda found: re.search("[，。、：“”]", found[1:-1])),
        "digits": lambda: piece(dice.randrange(2, 6), lambda found: re.search("[0-9]", found)),
        "telephone": lambda: dice.choice(re.findall(r"0000-[0-9]{7}", dice.choice(texts)) or ["0000-0000000"]),
        "two words": lambda: f"{piece(2, han)} {piece(3, han)}",
        "organ": lambda: dice.choice(texts).splitlines()[0][2:9],
        "common words run together": lambda: dice.choice(usual) + dice.choice(usual),
        "not there": lambda: piece(2, han) + piece(2, han),
    }
    for index in range(number):
        kind = list(kinds)[index % len(kinds)]
        yield kind, kinds[kind]()
