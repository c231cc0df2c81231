"""A notice for lists, without its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from generator.addresses import notice_address
from generator.model.notice import Withdrawal, WithdrawalKind
from generator.model.text_units import Counts
from generator.period import Period, local


@dataclass(frozen=True, slots=True)
class NoticeSummary:
    """A notice without its text; `events` are the days on which something was published about it afterwards.

    `inspection_kind` is 巡察, 巡视, both, or "" where the notice doesn't say; `counts` holds 0 for what isn't certain;
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
    inspection_kind: str
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
        """The address of its page, relative to the root of the site."""
        return notice_address(self.id)
