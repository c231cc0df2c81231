"""Notices and a moment become pages and data files; nothing here touches a file or a clock."""

from generator.pages.blocks import ID_SLOT, Block, fill, markdown
from generator.pages.escape import escape
from generator.pages.export import configuration, exported
from generator.pages.face import face_files
from generator.pages.notice import notice_page, shown
from generator.pages.page import Frame, Page
from generator.pages.site import (
    Moment,
    broken_page,
    draft,
    frame,
    ledger_file,
    light_pages,
    moment,
    next_instant,
    notice_pages,
    pages_of,
    public,
    records_files,
    render,
    site_meta,
    sitemap,
    standing_since,
)

__all__ = [
    "ID_SLOT",
    "Block",
    "Frame",
    "Moment",
    "Page",
    "broken_page",
    "configuration",
    "draft",
    "escape",
    "exported",
    "face_files",
    "fill",
    "frame",
    "ledger_file",
    "light_pages",
    "markdown",
    "moment",
    "next_instant",
    "notice_page",
    "notice_pages",
    "pages_of",
    "public",
    "records_files",
    "render",
    "shown",
    "site_meta",
    "sitemap",
    "standing_since",
]
