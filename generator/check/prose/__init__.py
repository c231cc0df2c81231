"""Facts read out of Chinese prose by pure functions: for rules that compare, and for readers of plain text."""

from generator.check.prose.contacts import StatedContact, contacts
from generator.check.prose.dates import StatedDay, StatedRange, days, ranges
from generator.check.prose.inspection import StatedInspection, inspection
from generator.check.prose.numbering import Numbering, Scheme, numbering
from generator.check.prose.numerals import chinese, exact_numbers, numeral
from generator.check.prose.periods import StatedPeriod, periods
from generator.check.prose.totals import StatedPart, StatedPercentage, StatedTotals, percentages, totals

__all__ = [
    "Numbering",
    "Scheme",
    "StatedContact",
    "StatedDay",
    "StatedInspection",
    "StatedPart",
    "StatedPercentage",
    "StatedPeriod",
    "StatedRange",
    "StatedTotals",
    "chinese",
    "contacts",
    "days",
    "exact_numbers",
    "inspection",
    "numbering",
    "numeral",
    "percentages",
    "periods",
    "ranges",
    "totals",
]
