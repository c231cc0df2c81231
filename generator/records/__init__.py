"""The records of publications: the ledger, every version, and the changes that need an entry."""

from generator.records.additions import append_changes, changes_of_site, record_rollback
from generator.records.comparison import compare_with_records
from generator.records.digest import Digest, RecordsError, both_digests, digests_of_pieces
from generator.records.history import NO_HISTORY, History, Version, history, withdrawn
from generator.records.lateness import describe_lateness
from generator.records.ledger import Ledger
from generator.records.ledger_part import LedgerPart
from generator.records.ledger_reader import LedgerCache, LedgerError, PartSource, read_ledger, read_parts
from generator.records.line import SITE_ID, LedgerEvent, LedgerLine, PublicState
from generator.records.site_facts import SiteChange, SiteFacts, facts_of
from generator.records.store import (
    Fetch,
    Records,
    RecordsSource,
    attachment_path,
    files_of,
    ledger_paths_in,
    load,
    names_of,
    records_folder,
    save,
    version_path,
)
from generator.records.visibility import Disclosure, VisibilityInterval, disclosure, first_public

__all__ = [
    "NO_HISTORY",
    "SITE_ID",
    "Digest",
    "Disclosure",
    "Fetch",
    "History",
    "Ledger",
    "LedgerCache",
    "LedgerError",
    "LedgerEvent",
    "LedgerLine",
    "LedgerPart",
    "PartSource",
    "PublicState",
    "Records",
    "RecordsError",
    "RecordsSource",
    "SiteChange",
    "SiteFacts",
    "Version",
    "VisibilityInterval",
    "append_changes",
    "attachment_path",
    "both_digests",
    "changes_of_site",
    "compare_with_records",
    "describe_lateness",
    "digests_of_pieces",
    "disclosure",
    "facts_of",
    "files_of",
    "first_public",
    "history",
    "ledger_paths_in",
    "load",
    "names_of",
    "read_ledger",
    "read_parts",
    "record_rollback",
    "records_folder",
    "save",
    "version_path",
    "withdrawn",
]
