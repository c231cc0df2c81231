"""What lists need of a notice, without its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from generator.model.notice import REMOVED_TITLE, Dated, Notice, Withdrawal, WithdrawalKind
from generator.model.reading import Counts, count
from generator.period import Period, local


@dataclass(frozen=True, slots=True)
class Headline:
    """A notice without its text; `events` are the days on which something was published about it afterwards.

    `collected` says that it was public elsewhere, and is here to be read. `first_public` is the instant of its first
    line on record, None where nothing is on record.
    """

    id: str
    title: str
    organ: str
    publishes_at: datetime
    announced: Period | None
    period: Period | None
    extension_reason: str
    withdrawal: Withdrawal | None
    corrected: int
    has_outcome: bool
    counts: Counts
    events: tuple[date, ...]
    collected: bool
    first_public: datetime | None = None

    @property
    def changed_on(self) -> date:
        """The last day on which something was published about it."""
        return max((local(self.first_public or self.publishes_at), *self.events))

    @property
    def public_since(self) -> datetime | None:
        """When the public saw it first, as far as the records can know: None for what was public elsewhere before."""
        return None if self.collected else self.first_public

    @property
    def day(self) -> date:
        """The day that it is listed under: its first public one on record, or else the one that it announces."""
        return local(self.public_since or self.publishes_at)

    @property
    def year(self) -> str:
        """The year in the notice's address, which never changes."""
        return self.id.partition("/")[0]

    @property
    def text_removed(self) -> bool:
        """Whether the notice was published in error, so that nothing of its text is shown."""
        return self.withdrawal is not None and self.withdrawal.kind is WithdrawalKind.IN_ERROR

    @property
    def address(self) -> str:
        """Where the notice stands, relative to the root of the site."""
        return f"notices/{self.id}/"


def headline(notice: Notice) -> Headline:
    """Take from a notice what lists need of it."""
    events: list[Dated | None] = [*notice.extensions, *notice.corrections, notice.withdrawal, notice.outcome]
    last = max(notice.extensions, key=lambda extension: extension.until, default=None)
    return Headline(
        id=notice.id,
        title=REMOVED_TITLE if notice.text_removed else notice.title,
        organ=notice.organ,
        publishes_at=notice.publishes_at,
        announced=notice.period if notice.text_removed else notice.announced_period,
        period=notice.period,
        extension_reason=last.reason if last else "",
        withdrawal=notice.withdrawal,
        corrected=0 if notice.text_removed else len(notice.corrections),
        has_outcome=notice.outcome is not None and not notice.text_removed,
        counts=Counts(0, 0, 0, 0, 0) if notice.text_removed else count(notice),
        events=tuple(event.on for event in events if event is not None),
        collected=notice.provenance is not None,
    )
