"""Search engines find every public page once, in a list of its year or in the one of all other pages."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date

from generator.pages import by_year, figures_of, list_pages, public_notices, sitemaps
from tests.support.pages import at, content, notice

_NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = "https://www.example.com/xcgk/"


def _lists(site: str = SITE, day: str = "2025-12-01") -> dict[str, dict[str, str]]:
    """Return what each list names, with the days of change."""
    made, moment = (
        content(notice("2024/old", "2024-05-06", "2024-05-31"), notice("2025/one"), notice("2025/two")),
        at(day),
    )
    notices = by_year(entry.summary for entry in public_notices(made, moment))
    years = figures_of(notices, moment.now)
    found = {}
    pages = [(page.address, page.updated) for page in list_pages(made, moment) if page.updated]
    for file in sitemaps(notices, years, pages, site):
        root = ET.fromstring(file.data)  # noqa: S314  (our own)
        index = file.path == "sitemap.xml"
        assert root.tag == _NAMESPACE + ("sitemapindex" if index else "urlset")
        assert {entry.tag for entry in root} == {_NAMESPACE + ("sitemap" if index else "url")}
        entries = [[(child.tag, child.text or "") for child in entry] for entry in root]
        assert all([tag for tag, _ in entry] == [f"{_NAMESPACE}loc", f"{_NAMESPACE}lastmod"] for entry in entries)
        found[file.path] = {loc.removeprefix(site): lastmod for (_, loc), (_, lastmod) in entries}
        assert len(found[file.path]) == len(entries)
    return found


def test_a_list_of_lists_names_one_for_each_year_and_one_for_all_other_pages() -> None:
    lists = _lists()
    assert lists == {
        "sitemap.xml": {
            "sitemap-pages.xml": "2025-11-21",
            "sitemap-2024.xml": "2024-05-06",
            "sitemap-2025.xml": "2025-11-21",
        },
        "sitemap-pages.xml": dict.fromkeys(("", "archive/", "organs/", "organs/tsg/"), "2025-11-21"),
        "sitemap-2024.xml": {"archive/2024/": "2024-05-06", "notices/2024/old/": "2024-05-06"},
        "sitemap-2025.xml": dict.fromkeys(("archive/2025/", "notices/2025/one/", "notices/2025/two/"), "2025-11-21"),
    }


def test_a_year_without_changes_has_the_list_that_it_had() -> None:
    before, after = _lists(day="2025-01-01"), _lists()
    assert before["sitemap-2024.xml"] == after["sitemap-2024.xml"]
    assert date.fromisoformat(before["sitemap.xml"]["sitemap-pages.xml"]) == date(2024, 5, 6)


def test_a_site_without_an_address_or_without_notices_has_none() -> None:
    assert _lists("") == _lists(day="2024-01-01") == {}
