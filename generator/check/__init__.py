"""From trees to notices: whatever passes here needs no further check."""

from generator.check.content import Broken, Checked, Content, check_content
from generator.check.files import LARGEST
from generator.check.headline import headline
from generator.check.inspection import CertainInspection, certain_inspection
from generator.check.mark import SiteMark, check_mark
from generator.check.markdown import StaffPage, check_markdown
from generator.check.notice import check_notice, place, validate
from generator.check.notices import Entry
from generator.check.organ_key import meant_organ
from generator.check.rules.placeholders import ORGAN_PLACEHOLDER, SITE_PLACEHOLDERS
from generator.check.violation import Complaint, Surroundings

__all__ = [
    "LARGEST",
    "ORGAN_PLACEHOLDER",
    "SITE_PLACEHOLDERS",
    "Broken",
    "CertainInspection",
    "Checked",
    "Complaint",
    "Content",
    "Entry",
    "SiteMark",
    "StaffPage",
    "Surroundings",
    "certain_inspection",
    "check_content",
    "check_mark",
    "check_markdown",
    "check_notice",
    "headline",
    "meant_organ",
    "place",
    "validate",
]
