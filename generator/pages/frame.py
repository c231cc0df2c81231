"""The frame of every page: the name and the look of a site, its navigation, its sponsor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.check import Content
from generator.color import Color
from generator.contact_grammar import tel_href
from generator.files import DataFile
from generator.model import Site
from generator.pages.build_time import BuildTime
from generator.pages.lists import ARCHIVE, HOME, ORGANS
from generator.pages.navigation import Link
from generator.pages.page import Page
from generator.pages.states import script_words
from generator.palette import DARK, LIGHT, Palette, palette_of, style_sheet
from generator.period import full_date, local

ICP_REGISTER = "https://beian.miit.gov.cn/"
_MARK, _STYLES = "assets/own-mark.png", "assets/own.css"


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """How a site looks: its lead colour, and that of its header on light and on dark screens, as `#rrggbb`.

    `styles` and `mark` are the addresses of an office's own style sheet and picture, "" where it has none; `mark_side`
    is how many pixels wide and high that is.
    """

    lead: str
    bands: tuple[str, str]
    styles: str
    mark: str
    mark_side: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The part of every page around its own content.

    `address` is the site's public address or "" where none is known; `pinned` is the day to which the site is fixed,
    or "" where it goes by the reader's clock; `words` are those of the states, for the scripts.
    """

    name: str
    address: str
    navigation: tuple[Link, ...]
    facts: tuple[tuple[str, str, str], ...]
    banner: str
    pinned: str
    words: str
    face: Face

    @property
    def sections(self) -> tuple[Link, ...]:
        """The navigation without the home page, to which the site's name leads."""
        return self.navigation[1:]

    def title_of(self, page: Page) -> str:
        """Return the title of a page as a browser's window shows it."""
        return f"{page.title}_{self.name}" if page.address else page.title


def frame(content: Content, at: BuildTime) -> Frame:
    """Make the frame of all pages."""
    site = content.site
    day = local(at.now)
    banner = f"这是{full_date(day)}的样子，不是今天的。" if at.pinned else ""
    if site.demo_day is not None:
        banner = f"演示：内容虚构，停在{full_date(day)}。"
    if at.draft:
        banner = f"预览：内容还没有公开，请不要转发。{banner}"
    return Frame(
        name=site.name,
        address=site.address or "",
        navigation=(HOME, ARCHIVE, ORGANS, *(Link(text=page.title, address=page.address) for page in content.prose)),
        facts=_facts(site),
        banner=banner,
        pinned=day.isoformat() if at.pinned else "",
        words=script_words(),
        face=face(content),
    )


def site_meta(site: Site) -> tuple[tuple[str, str], ...]:
    """Return the meta tags of every page (国办发〔2017〕47号): those that the site's facts give."""
    domain = (site.address or "").partition("://")[2].partition("/")[0]
    pairs = (("SiteName", site.name), ("SiteDomain", domain), ("SiteIDCode", site.identity or ""))
    return tuple((name, value) for name, value in pairs if value)


def face(content: Content) -> Face:
    """Return the face of a site."""
    own = _own_palette(content)
    light, dark = (own.light, own.dark) if own else (LIGHT, DARK)
    return Face(
        lead=str(light["lead"]),
        bands=(str(light["band"]), str(dark["band"])),
        styles=_STYLES if own else "",
        mark=_MARK if content.mark else "",
        mark_side=content.mark.side if content.mark else 0,
    )


def face_files(content: Content, mark: bytes | None) -> Iterator[DataFile]:
    """Yield the files of a face that is an office's own; `mark` is the picture of its mark, where it has one."""
    if own := _own_palette(content):
        yield DataFile(_STYLES, style_sheet(own).encode())
    if mark is not None:
        yield DataFile(_MARK, mark)


def _facts(site: Site) -> tuple[tuple[str, str, str], ...]:
    facts = (
        ("主办单位", site.sponsor, ""),
        ("联系电话", site.phone, tel_href(site.phone or "")),
        ("地址", site.postal_address, ""),
        ("ICP备案号", site.icp, ICP_REGISTER),
        ("公安备案号", site.police, ""),
        ("网站标识码", site.identity, ""),
    )
    return tuple((label, value, href) for label, value, href in facts if value)


def _own_palette(content: Content) -> Palette | None:
    return palette_of(Color.of(content.site.color)) if content.site.color else None
