"""The kinds of pages that the demo has, by what a reader meets there; addresses are relative to the site's root."""

from __future__ import annotations

KINDS = {
    "home": "",
    "open": "notices/2025/shili-media/",
    "open-with-progress": "notices/2025/shili-hospital/",
    "before": "notices/2025/shili-school/",
    "closed-with-outcome": "notices/2025/shili-housing/",
    "closed-with-corrections": "notices/2025/shili-library/",
    "extended": "notices/2025/shili-bus/",
    "withdrawn": "notices/2025/shili-water/",
    "removed": "notices/2025/shili-school-draft/",
    "archive": "archive/",
    "year": "archive/2025/",
    "organs": "organs/",
    "organ": "organs/shili-media/",
    "about": "about/",
    "accessibility": "accessibility/",
    "missing": "notices/2025/nothing/below/here/",
}
# The search page: asked nothing; with many hits, with none, and with its range narrowed.
SEARCHES = {
    "search": "search/",
    "search-hits": "search/?q=整改",
    "search-words": "search/?q=整改 台账&organ=shili-housing",
    "search-none": "search/?q=没有说过的话&state=open",
}
PAGES = KINDS | SEARCHES


def status(kind: str) -> int:
    """Return the HTTP status that a page of a kind answers with."""
    return 404 if kind == "missing" else 200
