"""The site's pages for search engines (https://www.sitemaps.org/protocol.html): a list for each year, one of these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape as escape_xml

from generator.addresses import archive_address
from generator.files import DataFile
from generator.model import NoticeSummary
from generator.pages.figures import YearFigures, changed_in

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_PAGES = "sitemap-pages.xml"


def sitemaps(
    notices: Mapping[str, Sequence[NoticeSummary]],
    years: Sequence[YearFigures],
    pages: Iterable[tuple[str, date]],
    site: str,
) -> Iterator[DataFile]:
    """Yield the list of lists, that of `pages`, and those of the years whose `notices` are given.

    `pages` are all but the notices' own, by address and day of their last change. None where the site has no address,
    or nothing is public: a list has entries, and each begins with the address.
    """
    if site and years:
        of_years = {archive_address(figures.year) for figures in years}
        yield sitemap_index(years, site)
        yield pages_sitemap((page for page in pages if page[0] not in of_years), site)
        yield from (year_sitemap(year, held, site) for year, held in notices.items())


def sitemap_index(years: Sequence[YearFigures], site: str) -> DataFile:
    """List the lists, each with the last day on which anything in it changed; `site` is the site's address."""
    changed = changed_in(years)
    named = [(_PAGES, changed), *((year_sitemap_path(one.year), one.changed_on) for one in years)]
    return _file("sitemap.xml", "sitemapindex", "sitemap", ((site + path, day) for path, day in named))


def pages_sitemap(pages: Iterable[tuple[str, date]], site: str) -> DataFile:
    """List the pages that are of no single year, given by address and day of their last change."""
    return _file(_PAGES, "urlset", "url", ((site + address, day) for address, day in sorted(pages)))


def year_sitemap(year: str, notices: Sequence[NoticeSummary], site: str) -> DataFile:
    """List a year's page of the archive, and its notices."""
    changed = max(notice.changed_on for notice in notices)
    dated = [(archive_address(year), changed), *((notice.address, notice.changed_on) for notice in notices)]
    return _file(year_sitemap_path(year), "urlset", "url", ((site + address, day) for address, day in dated))


def year_sitemap_path(year: str) -> str:
    """Return the path of the list of a year."""
    return f"sitemap-{year}.xml"


def _file(path: str, root: str, element: str, entries: Iterable[tuple[str, date | None]]) -> DataFile:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{_NAMESPACE}">']
    for address, day in entries:
        changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
        lines.append(f"<{element}><loc>{escape_xml(address)}</loc>{changed}</{element}>")
    return DataFile(path, "\n".join([*lines, f"</{root}>", ""]).encode())
