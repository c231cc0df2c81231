"""What was published when: the ledger, every version, and what may change only with a word."""

from generator.records.advance import advance, format_instant, record_rollback
from generator.records.compare import compare
from generator.records.digest import Digest, RecordsError, digest
from generator.records.history import NO_HISTORY, History, Version, history, withdrawn
from generator.records.lateness import told
from generator.records.ledger import LEDGER, Ledger, read_ledger
from generator.records.line import SITE_ID, Happening, Line, Showing
from generator.records.site_facts import SiteChange, SiteFacts, facts_of
from generator.records.store import (
    Fetch,
    Records,
    attachment_path,
    files_of,
    load,
    names_of,
    records_folder,
    save,
    version_path,
)
from generator.records.visibility import Disclosure, VisibilityInterval, disclosure, first_public

__all__ = [
    "LEDGER",
    "NO_HISTORY",
    "SITE_ID",
    "Digest",
    "Disclosure",
    "Fetch",
    "Happening",
    "History",
    "Ledger",
    "Line",
    "Records",
    "RecordsError",
    "Showing",
    "SiteChange",
    "SiteFacts",
    "Version",
    "VisibilityInterval",
    "advance",
    "attachment_path",
    "compare",
    "digest",
    "disclosure",
    "facts_of",
    "files_of",
    "first_public",
    "format_instant",
    "history",
    "load",
    "names_of",
    "read_ledger",
    "record_rollback",
    "records_folder",
    "save",
    "told",
    "version_path",
    "withdrawn",
]
