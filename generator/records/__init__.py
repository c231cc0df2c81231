"""What was published when: the ledger, every version, and what may change only with a word."""

from generator.records.advance import advance, show_again, spoken
from generator.records.compare import compare
from generator.records.digest import Digest, RecordsError, digest
from generator.records.history import NO_HISTORY, History, Version, history
from generator.records.ledger import LEDGER, Happening, Ledger, Line, read_ledger
from generator.records.store import Fetch, Records, attachment_path, files_of, load, records_folder, save, version_path

__all__ = [
    "LEDGER",
    "NO_HISTORY",
    "Digest",
    "Fetch",
    "Happening",
    "History",
    "Ledger",
    "Line",
    "Records",
    "RecordsError",
    "Version",
    "advance",
    "attachment_path",
    "compare",
    "digest",
    "files_of",
    "history",
    "load",
    "read_ledger",
    "records_folder",
    "save",
    "show_again",
    "spoken",
    "version_path",
]
