"""Archives of a year: making bags, restoring from them, and verifying them."""

from generator.archive.bag_build import Archived, ArchiveError, make_archive
from generator.archive.restoration import restore_bags
from generator.archive.verify import Verdict, verify

__all__ = ["ArchiveError", "Archived", "Verdict", "make_archive", "restore_bags", "verify"]
