"""Turn notices and the instant of a build into pages and data files, without touching files or the clock."""

from generator.pages.blocks import ID_SLOT, Block, escape, fill, markdown
from generator.pages.build_time import (
    BuildTime,
    choose_build_time,
    next_instant,
    notice_changes,
    preview_time,
    public_notices,
    unchanged_since,
)
from generator.pages.export import configuration, exported
from generator.pages.figures import YearFigures, by_year, figures_of, year_figures
from generator.pages.frame import Frame, face_files, frame, site_meta
from generator.pages.notice import notice_page, public_units
from generator.pages.page import Page
from generator.pages.public_notice import PublicNotice
from generator.pages.site import (
    broken_page,
    head_pages,
    ledger_file,
    list_pages,
    notice_pages,
    pages_of_years,
    records_files,
    render,
)
from generator.pages.sitemap import sitemaps, year_sitemap_path
from generator.pages.year_pages import organ_pages, year_page

__all__ = [
    "ID_SLOT",
    "Block",
    "BuildTime",
    "Frame",
    "Page",
    "PublicNotice",
    "YearFigures",
    "broken_page",
    "by_year",
    "choose_build_time",
    "configuration",
    "escape",
    "exported",
    "face_files",
    "figures_of",
    "fill",
    "frame",
    "head_pages",
    "ledger_file",
    "list_pages",
    "markdown",
    "next_instant",
    "notice_changes",
    "notice_page",
    "notice_pages",
    "organ_pages",
    "pages_of_years",
    "preview_time",
    "public_notices",
    "public_units",
    "records_files",
    "render",
    "site_meta",
    "sitemaps",
    "unchanged_since",
    "year_figures",
    "year_page",
    "year_sitemap_path",
]
