"""From trees to notices: whatever passes here needs no further check."""

from generator.check.content import (
    Broken,
    Checked,
    CheckedFacts,
    Content,
    check_content,
    check_facts,
    content_folder_files,
    load_facts,
)
from generator.check.mark import SiteMark, check_mark
from generator.check.markdown import StaffPage, check_markdown
from generator.check.notice import check_notice, place, validate
from generator.check.notices import NoticeFiles, NoticeResult, PackedNotice
from generator.check.rules.organ import meant_organ
from generator.check.rules.placeholders import ORGAN_PLACEHOLDER, SITE_PLACEHOLDERS
from generator.check.summary import CertainInspection, certain_inspection, summarize
from generator.check.violation import CheckContext, Violation

__all__ = [
    "ORGAN_PLACEHOLDER",
    "SITE_PLACEHOLDERS",
    "Broken",
    "CertainInspection",
    "CheckContext",
    "Checked",
    "CheckedFacts",
    "Content",
    "NoticeFiles",
    "NoticeResult",
    "PackedNotice",
    "SiteMark",
    "StaffPage",
    "Violation",
    "certain_inspection",
    "check_content",
    "check_facts",
    "check_mark",
    "check_markdown",
    "check_notice",
    "content_folder_files",
    "load_facts",
    "meant_organ",
    "place",
    "summarize",
    "validate",
]
