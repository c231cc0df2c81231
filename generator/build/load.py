"""What a site is made from: the content, checked, with the records beside it, and the instant it is made for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from generator.build.request import Order
from generator.check import Checked, Content, check_content
from generator.errors import GongkaiError
from generator.html.resources import relative
from generator.pages import Moment, draft, moment
from generator.problems import Severity, count, show
from generator.records import Records, RecordsError, compare, load, records_folder, told


class ReadingError(GongkaiError):
    """What was read makes no site; its text says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The content, the instant to make its site for, the records (None where nothing is on record), the reminders.

    `believed` says that the clock may lie before the last line of the records; `late` writes out how late those notices
    are that the public is to see for the first time.
    """

    content: Content
    at: Moment
    records: Records | None = None
    warnings: int = 0
    believed: bool = False
    late: str = ""


def read_site(order: Order, today: str | None, clock: datetime, cores: int, *, lenient: bool) -> Reading:
    """Read what an order asks for; ReadingError where no site can be made of it.

    `lenient` lets through what is wrong with single notices, for a preview.
    """
    checked = check_content(relative(order.content), cores=cores, live=order.live)
    content = checked.content
    if content is None:
        raise ReadingError(_report(checked))
    try:
        at = moment(today, content.site, clock)
    except ValueError:
        raise ReadingError(f"日期“{today}”不对，应当像 2025-12-01 或 2025-12-01T10:30。") from None
    folder = order.records or records_folder(order.root)
    try:
        records = load(folder, order.fetch) if folder else None
        if records:
            checked = compare(checked, records, at.now, refuse_late=order.live and not order.accepted)
    except RecordsError as error:
        raise ReadingError(str(error)) from error
    if checked.failed and not lenient:
        raise ReadingError(_report(checked))
    at = draft(content, at) if order.draft else at
    warnings = count(checked.problems, Severity.WARNING)
    late = told(checked, records.ledger) if records else ""
    return Reading(content, at, records, warnings, order.believed, late)


def _report(checked: Checked) -> str:
    errors = [problem for problem in checked.problems if problem.severity is Severity.ERROR]
    # Reminders stop nothing, and would hide what does.
    reminded = count(checked.problems, Severity.WARNING)
    more = f"另有 {reminded} 条提醒，用 gongkai check 查看。" if reminded else ""
    return f"内容有 {len(errors)} 个错误，没有生成网站。{more}\n\n{show(errors, checked.sources)}"
