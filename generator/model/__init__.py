"""The notice and what belongs to it: frozen, typed, without input or output."""

from generator.model.body import Body, Finding, Labelled, Paragraph, Part, Progress, Section, Table
from generator.model.notice import Contact, ContactKind, Dated, Extension, Notice, OfficialNumbers
from generator.model.site import AfterClosing, Organ, OrganKind, Organs, Site, publishing
from generator.model.summary import NoticeSummary
from generator.model.text_units import (
    Counts,
    Kind,
    Unit,
    canonical_json,
    counts_of,
    fingerprint,
    notice_of,
    notice_text,
    text_of,
    units,
)
from generator.model.web_address import web_address_flaw

__all__ = [
    "AfterClosing",
    "Body",
    "Contact",
    "ContactKind",
    "Counts",
    "Dated",
    "Extension",
    "Finding",
    "Kind",
    "Labelled",
    "Notice",
    "NoticeSummary",
    "OfficialNumbers",
    "Organ",
    "OrganKind",
    "Organs",
    "Paragraph",
    "Part",
    "Progress",
    "Section",
    "Site",
    "Table",
    "Unit",
    "canonical_json",
    "counts_of",
    "fingerprint",
    "notice_of",
    "notice_text",
    "publishing",
    "text_of",
    "units",
    "web_address_flaw",
]
