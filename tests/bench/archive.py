"""The notices that all engines publish, and the edits whose publication is measured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from generator.period import SHANGHAI
from tests.support.corpus import SPREAD, STEP, notice_yaml, open_notice_yaml, write_content
from tests.support.publish.hosts import corrected

FLIPS = 20
_DAY = timedelta(days=1)
_PROGRESS = ("正在整改", "基本完成", "已完成", "持续推进", "未完成")
_FIRST_FINDING = "\n            - 标题: 1."


@dataclass(frozen=True, slots=True)
class Edit:
    """One file of an office's content with its new text, the notice's address, and words that its page then shows."""

    path: str
    text: str
    address: str
    words: str


@dataclass(frozen=True, slots=True)
class Archive:
    """So many notices of the ten years until `today`, all of them over."""

    number: int
    today: date

    @property
    def _last(self) -> date:
        # Collected 60 days later: yesterday.
        return self.today - 61 * _DAY

    def write(self, content: Path) -> None:
        """Write the content folder."""
        write_content(content, self.number, self._last)

    def midnight(self, number: int) -> datetime:
        """Return the midnight at which a number of `closing` is over: the first is more than a day away."""
        day = self.today + (2 + 2 * number) * _DAY
        return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)

    def closing(self, midnight: int) -> dict[str, str]:
        """Return FLIPS more notices, by id, that are public for one day, the one before a midnight.

        An open notice changes each day, so no others are open at a midnight that is measured.
        """
        first, day = self.number * 2 + midnight * FLIPS, self.midnight(midnight).date() - _DAY
        return dict(open_notice_yaml(number, day, day) for number in range(first, first + FLIPS))

    def edits(self, turn: int) -> dict[str, Edit]:
        """Return an edit of each kind; those of the next turn come on top of them."""
        newest, second, *_, oldest = sorted(range(self.number), key=lambda number: number * STEP % SPREAD)
        return {
            "changed": self._with_progress(newest, turn),
            "new": self._added(turn),
            "old": self._with_progress(oldest, turn),
            "correction": self._corrected(second, turn),
        }

    def _added(self, turn: int) -> Edit:
        """Add a notice that is public for today."""
        number, today = self.number + turn, datetime.now(SHANGHAI).date()
        id_, text = open_notice_yaml(number, today, today)
        return Edit(f"content/notices/{id_}.yml", text, f"notices/{id_}", f"第{number}服务中心")

    def _with_progress(self, number: int, turn: int) -> Edit:
        """Bring the progress of a finding up to date, which needs no correction."""
        id_, text = notice_yaml(number, self._last)
        words = _PROGRESS[turn % len(_PROGRESS)]
        start = text.index("\n", text.index(_FIRST_FINDING) + 1)
        entry = f"\n              进展: {words}\n              进展日期: {self.today}"
        return Edit(f"content/notices/{id_}.yml", text[:start] + entry + text[start:], f"notices/{id_}", words)

    def _corrected(self, number: int, turn: int) -> Edit:
        """Change a paragraph, and say so in a correction."""
        id_, text = notice_yaml(number, self._last)
        words = f"，第{turn + 1}次修订。"
        changed = corrected(text.replace("。\n", f"{words}\n", 1), turn + 1)
        return Edit(f"content/notices/{id_}.yml", changed, f"notices/{id_}", words)
