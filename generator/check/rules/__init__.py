"""The rules of a notice, one small function each; none of them stops another."""

from generator.check.rules.agreement import stated_inspection, stated_period
from generator.check.rules.attachments import attachment_files, unlisted_files
from generator.check.rules.contacts import contact_form, contact_text, no_contact
from generator.check.rules.dates import (
    date_order,
    early_outcome,
    id_year,
    later_events,
    signature_date,
)
from generator.check.rules.numbering import heading_numbers, inline_measures
from generator.check.rules.numbers import findings_total, statistics, sums
from generator.check.rules.organ import known_organ
from generator.check.rules.period import extensions, late_publication, long_period, provisional_period, short_period
from generator.check.rules.placeholders import notice_placeholders
from generator.check.rules.places import TextRule, places
from generator.check.violation import CheckContext, Rule, Violation
from generator.model import Notice

RULES: tuple[Rule, ...] = (
    known_organ,
    notice_placeholders,
    id_year,
    date_order,
    late_publication,
    signature_date,
    later_events,
    early_outcome,
    short_period,
    long_period,
    provisional_period,
    extensions,
    no_contact,
    contact_form,
    attachment_files,
    unlisted_files,
)
TEXT_RULES: tuple[TextRule, ...] = (
    stated_period,
    stated_inspection,
    contact_text,
    heading_numbers,
    inline_measures,
    sums,
    findings_total,
    statistics,
)


def apply_rules(notice: Notice, context: CheckContext) -> list[Violation]:
    """Return what all rules say of a notice, whose text is walked once for them."""
    words = places(notice)
    found = [violation for rule in RULES for violation in rule(notice, context)]
    return [*found, *(violation for rule in TEXT_RULES for violation in rule(notice, words))]
