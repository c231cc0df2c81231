"""Facts read out of Chinese prose by pure functions: for rules that compare, and for readers of plain text."""

from generator.prose.contacts import StatedContact, contacts
from generator.prose.dates import days, ranges
from generator.prose.hours import Attendance, office_hours
from generator.prose.inspected import inspected, inspection_kind, whole_team
from generator.prose.inspection import StatedInspection, inspection
from generator.prose.numbering import Numbering, NumberScheme, numbering
from generator.prose.numerals import chinese, exact_numbers, numeral
from generator.prose.periods import StatedPeriod, periods
from generator.prose.totals import (
    StatedNumber,
    StatedPercentage,
    StatedTotals,
    aspect_totals,
    finding_totals,
    measure_totals,
    percentages,
    totals,
)

__all__ = [
    "Attendance",
    "NumberScheme",
    "Numbering",
    "StatedContact",
    "StatedInspection",
    "StatedNumber",
    "StatedPercentage",
    "StatedPeriod",
    "StatedTotals",
    "aspect_totals",
    "chinese",
    "contacts",
    "days",
    "exact_numbers",
    "finding_totals",
    "inspected",
    "inspection",
    "inspection_kind",
    "measure_totals",
    "numbering",
    "numeral",
    "office_hours",
    "percentages",
    "periods",
    "ranges",
    "totals",
    "whole_team",
]
