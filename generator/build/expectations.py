"""Expectations of a site's pages, by which the audit judges them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.build.audit import PageExpectation, text_digest
from generator.build.plan import PageFiles, SitePlan
from generator.files import DataFile
from generator.html.fragment import fragment_links
from generator.pages import Frame, Page
from generator.pages.view import NoticeView


def expected_of(page: Page, frame: Frame) -> PageExpectation:
    """Return what the audit expects of a page in a frame."""
    outside = frozenset(href for _, _, href in frame.facts if href)
    return PageExpectation(text_digest(page.verbatim), page.outside | outside)


def fragment_expected_of(page: Page, files: Iterable[DataFile], frame: Frame) -> PageExpectation | None:
    """Return what the audit expects of the fragment beside a page and its files; None where there is none.

    There is one where the text of a notice is public.
    """
    if not isinstance(page.view, NoticeView) or all(file.path != f"{page.address}notice.json" for file in files):
        return None
    links = page.outside.union(fragment_links(page, page.view, frame.address).values())
    return PageExpectation(text_digest(page.verbatim), links, alone=True)


def planned_pages(plan: SitePlan) -> dict[str, PageExpectation]:
    """Return by path what the audit expects of all pages of a plan, each of which is made for that."""
    contents = (made for output in plan.outputs for made in output.contents())
    return {path: one for made in contents for path, one in _expected(made, plan.frame)}


def _expected(made: PageFiles, frame: Frame) -> Iterator[tuple[str, PageExpectation]]:
    page, files = made
    if page is not None:
        yield page.path, expected_of(page, frame)
        fragment = fragment_expected_of(page, files, frame)
        if fragment is not None:
            yield f"{page.address}fragment.html", fragment
