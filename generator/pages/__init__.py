"""Notices and a moment become pages and data files; nothing here touches a file or a clock."""

from generator.pages.blocks import ID_SLOT, Block, fill, markdown
from generator.pages.escape import escape
from generator.pages.export import configuration, exported
from generator.pages.face import face_files
from generator.pages.notice import notice_page, public_units
from generator.pages.page import Frame, Page
from generator.pages.site import (
    BuildTime,
    broken_page,
    choose_build_time,
    frame,
    ledger_file,
    list_pages,
    next_instant,
    notice_page_addresses,
    notice_pages,
    preview_time,
    public_notices,
    records_files,
    render,
    site_meta,
    sitemap,
    unchanged_since,
)

__all__ = [
    "ID_SLOT",
    "Block",
    "BuildTime",
    "Frame",
    "Page",
    "broken_page",
    "choose_build_time",
    "configuration",
    "escape",
    "exported",
    "face_files",
    "fill",
    "frame",
    "ledger_file",
    "list_pages",
    "markdown",
    "next_instant",
    "notice_page",
    "notice_page_addresses",
    "notice_pages",
    "preview_time",
    "public_notices",
    "public_units",
    "records_files",
    "render",
    "site_meta",
    "sitemap",
    "unchanged_since",
]
