"""The finished values for templates: nothing is left to compute or to check.

Addresses are relative to the root of the site ("" is the home page); dates are ISO where a machine reads
them and Chinese where a person does.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.pages.navigation import ContentsEntry, Link, Mark
from generator.pages.record_view import Change


class State(StrEnum):
    """The state of a notice at an instant."""

    BEFORE = "before"
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"
    UNTIMED = "untimed"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusView:
    """The state of a notice in words, and the values from which a script updates it.

    `figure` is the number that stands out in the sentence, between the words `before` and `after`; `brief` is the day
    that counts now, for rows, `deadline` the last day of the period and its hour; `workdays` are the working days of
    the period as ISO days parted by blanks; `since` is the first public ISO day where that is later than `opens`,
    `late` says so, `begins` names the day that begins the bar; `postponed` names the day on which it was first to
    close, `extended` tells the whole of it.
    """

    state: State
    tag: str
    before: str
    figure: str = ""
    after: str = ""
    brief: str = ""
    deadline: tuple[str, ...] = ()
    as_of: str = ""
    urgent: bool = False
    opens: str = ""
    closes: str = ""
    workdays: str = ""
    provisional: bool = False
    since: str = ""
    begins: str = ""
    late: str = ""
    postponed: str = ""
    extended: str = ""
    elapsed: int = 0

    @property
    def sentence(self) -> str:
        """The whole sentence."""
        return f"{self.before}{self.figure}{self.after}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweringView:
    """When a telephone is answered, for the script: one mark of `Attendance` for each day from the ISO day `since` on.

    `spans` are hours of such a day, as minutes from first to before last: `540-720 870-1050`.
    """

    since: str
    days: str
    spans: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactView:
    """One way to comment; `icon` is phone, fax, post, email, web or other, `href` may be "".

    `host` is where a web address leads; `first` marks the one that stands out, for calling or for writing in the
    browser. `answering` is None where it is not known for certain when a telephone is answered.
    """

    icon: str
    label: str
    value: str
    href: str = ""
    host: str = ""
    first: bool = False
    hours: str = ""
    answering: AnsweringView | None = None
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that the source gives, what it counts and its unit."""

    number: str
    label: str
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The findings of one progress: how many, and their part of a bar, in thousandths."""

    mark: Mark
    label: str
    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Findings counted by group, and by progress where the notice states it of each: the figures as a table."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    total: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The inspection and its findings, before the text of a notice.

    `to_findings` says that `contents` has findings; `shares` is empty unless the notice states the progress of each
    finding; `hint` says how the marks of `contents` are read, `fold` what is below it where it is folded.
    """

    inspection: str
    figures: tuple[Figure, ...]
    contents: tuple[ContentsEntry, ...]
    to_findings: bool
    hint: str
    shares: tuple[Share, ...]
    tally: Tally | None

    @property
    def title(self) -> str:
        """The heading over it."""
        return "目录" if self._lists_only else "查了什么，改了什么"

    @property
    def fold(self) -> str:
        """The words at which contents unfold."""
        return "点开看各部分标题" if self._lists_only else "点开看目录"

    @property
    def repeats(self) -> bool:
        """Whether it has nothing but what the list beside the page has."""
        return self._lists_only and not self.to_findings

    @property
    def places(self) -> tuple[ContentsEntry, ...]:
        """The headings for the list beside the page."""
        return () if self.contents and self.contents[0].kind == "finding" else self.contents

    @property
    def _lists_only(self) -> bool:
        return not (self.inspection or self.figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event in the life of a notice; `first` marks the day on which it was first public.

    `version` is the number of the version that it created, 0 where none is on record; `before` links to the version
    before it, and `changes` are the differences from that.
    """

    day: str
    day_text: str
    kind: str
    paragraphs: tuple[str, ...] = ()
    first: bool = False
    version: int = 0
    before: Link | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """A notice's page around its text; `title_is_verbatim` says whether the title is the notice's own.

    `made` follows its day and `day_label` precedes it; `origin` is the address at which it was public before, and
    `collected` since when it is here. `period` is written out with its years; `over` is for when it is over,
    `ask` names whom to ask then, `no_contact` and `no_outcome` are for where there is none; `changes` is how often the
    notice was corrected and extended;
    `taken_down` says that the text goes when the period is over.
    """

    id: str
    title: str
    title_is_verbatim: bool
    organ: Link
    day: str
    day_text: str
    made: str
    day_label: str
    origin: str
    collected: str
    status: StatusView
    period: str
    over: str
    no_outcome: str
    ask: str
    contacts: tuple[ContactView, ...]
    no_contact: str
    has_text: bool
    summary: Summary | None
    changes: str
    events: tuple[Event, ...]
    events_title: str
    outcome: Event | None
    withdrawal: Event | None
    removed: str
    taken_down: bool
    attachments: tuple[Link, ...]
    forms: tuple[Link, ...]
    permanent: str
    fingerprint: str
    official: tuple[tuple[str, str], ...]
    proof: Link | None = None

    @property
    def data_forms(self) -> tuple[Link, ...]:
        """The forms that an export has too: it is Markdown itself, and has no fragment."""
        return tuple(form for form in self.forms if form.address.endswith((".txt", ".json")))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseView:
    """A page of staff Markdown, or one that only leads elsewhere."""

    lead: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemView:
    """The problems of a broken notice, shown in its place in a preview."""

    file: str
    report: str
