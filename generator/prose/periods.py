"""How long a notice says that it is open to comment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.prose.dates import BLANK, StatedRange, days, ranges
from generator.prose.numerals import SMALL, numeral


@dataclass(frozen=True, slots=True)
class StatedPeriod:
    """A period as the text states it, in `words`, from index `start` on; what it leaves out or garbles is None."""

    opens: date | None
    closes: date | None
    workdays: int | None
    words: str
    start: int

    @property
    def end(self) -> int:
        """Return the index after its last character."""
        return self.start + len(self.words)


_LABEL = re.compile(
    r"(?:公示|公开|公布|征求意见|意见反馈|反馈意见|意见征集)的?(?:起止)?(?:期限|期间|时限|时间|日期|期)"
    r"|反馈(?:时限|期限|截止时间|截止日期)|意见建议(?:期限|截止时间)"
)
_WINDOW = re.compile(r"[^。；;\n]{0,90}")
_WORKDAYS = re.compile(rf"(?P<number>{SMALL}){BLANK}个?{BLANK}工作日")
_AT_LEAST = ("不少于", "不低于", "至少")
_UNTIL = re.compile(rf"(?:至|截至|截止到?|截止至|止于){BLANK}[：:]?{BLANK}$")
_STOP = re.compile(rf"{BLANK}止|(?:[之以])?前")
_BARE = re.compile(r"(?:自|从)[^。；;\n至到]{4,24}起?[^。；;\n]{0,4}[至到][^。；;\n止]{2,24}止")
_ABOUT = re.compile("公示|公开|意见|反映|监督")
_AROUND = 60


def periods(text: str, year: int | None = None) -> list[StatedPeriod]:
    """List the periods that a text states after 公开期限 and the like, or as 自…起至…止 near words about comments.

    The end of a range takes year and month from its start. `year` is the year of dates that state none; without
    it such dates are None. `不少于15个工作日` states no number of days.
    """
    found = list(_labelled(text, year))
    if any(period.opens or period.closes for period in found) or "止" not in text:
        return found
    for match in _BARE.finditer(text):
        near = text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
        span = next(iter(ranges(match[0], year)), None)
        if span is not None and _ABOUT.search(near):
            found.append(StatedPeriod(*_resolved(span, year), None, match[0], match.start()))
    return sorted(found, key=lambda period: period.start)


def _labelled(text: str, year: int | None) -> Iterator[StatedPeriod]:
    labels = list(_LABEL.finditer(text))
    done = 0
    for index, label in enumerate(labels):
        if label.start() < done:
            continue
        window_match = _WINDOW.match(text, label.end())
        window = window_match[0] if window_match else ""
        if index + 1 < len(labels):
            window = window[: max(0, labels[index + 1].start() - label.end())]
        period = _in_window(window, year)
        if period is not None:
            opens, closes, workdays, used = period
            done = label.end() + used
            yield StatedPeriod(opens, closes, workdays, text[label.start() : done], label.start())


def _in_window(window: str, year: int | None) -> tuple[date | None, date | None, int | None, int] | None:
    """Read what follows a label: opens, closes, working days, and how many characters were used."""
    opens = closes = None
    used = 0
    span = next(iter(ranges(window, year)), None)
    single = next(iter(days(window)), None) if span is None else None
    if span is not None:
        opens, closes = _resolved(span, year)
        used = span.last.end
    elif single is not None:
        used = single.end
        if _UNTIL.search(window[max(0, single.start - 8) : single.start]) or _STOP.match(window, single.end):
            closes = single.on(year)
        else:
            opens = single.on(year)
    if used and (stop := _STOP.match(window, used)):
        used = stop.end()
    workdays = None
    if (match := _WORKDAYS.search(window)) and not window[: match.start()].endswith(_AT_LEAST):
        workdays = numeral(match["number"])
        used = max(used, match.end())
    return (opens, closes, workdays, used) if used else None


def _resolved(span: StatedRange, year: int | None) -> tuple[date | None, date | None]:
    return span.first.on(year), span.last.on(year)
