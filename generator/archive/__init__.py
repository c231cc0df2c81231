"""The year as an archive keeps it: bags that prove themselves, what comes back from them, and what they are held to."""

from generator.archive.making import Archived, ArchiveError, make_archive
from generator.archive.restoration import restore
from generator.archive.verify import Verdict, verify

__all__ = ["ArchiveError", "Archived", "Verdict", "make_archive", "restore", "verify"]
