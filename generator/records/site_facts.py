"""The facts of a site beside its notices: those of site.yml, its organs, the pages of staff; one file a version."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import TypeAdapter

from generator.addresses import is_slug
from generator.check import StaffPage
from generator.model import Organs, Site
from generator.records.line import LedgerLine
from generator.strict_json import read_object

_SCHEMA = "gongkai-site-1"
_ORGANS: TypeAdapter[Organs] = TypeAdapter(Organs)
# What staff tell the program and no page says.
_NOT_PUBLIC = ("minimum_workdays", "demo_day")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """The facts of a site; by their keys the organs of which notices are public; by its stem each page of staff.

    Organs are in the order in which lists show them; a page is Markdown, its title included.
    """

    site: Site
    organs: Organs
    pages: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, site: Site, organs: Organs, pages: Iterable[StaffPage], used: Collection[str]) -> SiteFacts:
        """Take from the content what is public; `used` are the organs of public notices, what others need stays out."""
        return cls(
            site=site.model_copy(update={name: Site.model_fields[name].default for name in _NOT_PUBLIC}),
            organs={key: organ for key, organ in organs.items() if key in used},
            pages={page.address.strip("/"): f"# {page.title}\n\n{page.text}\n" for page in pages},
        )

    def canonical(self) -> bytes:
        """Return the facts as the records keep them: English names, sorted keys, UTF-8, empty keys left out."""
        organs = [
            {"key": key, **organ.model_dump(mode="json", exclude_defaults=True)} for key, organ in self.organs.items()
        ]
        site = self.site.model_dump(mode="json", exclude_defaults=True)
        data = {"schema": _SCHEMA, "site": site, "organs": organs, "pages": dict(self.pages)}
        return (json.dumps(data, ensure_ascii=False, sort_keys=True) + "\n").encode()


@dataclass(frozen=True, slots=True)
class SiteChange:
    """A change of a site's facts: the line that entered it, what was public before, and what from then on.

    `redrawn` says that the picture of the mark is another one.
    """

    line: LedgerLine
    was: SiteFacts
    now: SiteFacts
    redrawn: bool = False

    def renamed(self) -> Iterator[str]:
        """Yield the keys of the organs that bear another name."""
        for key, was in self.was.organs.items():
            if key in self.now.organs and self.now.organs[key].name != was.name:
                yield key


def facts_of(canonical: bytes) -> SiteFacts:
    """Make the facts of a canonical form; ValueError where it is none, or not written as we write it."""
    data = read_object(canonical)
    try:
        pages = {stem: text for stem, text in data["pages"].items() if is_slug(stem) and text.startswith("# ")}
        organs = {organ.pop("key"): organ for organ in data["organs"]}
        facts = SiteFacts(site=Site.model_validate(data["site"]), organs=_ORGANS.validate_python(organs), pages=pages)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"no {_SCHEMA}") from error
    if facts.canonical() != canonical:
        raise ValueError(f"not {_SCHEMA} as it is written")
    return facts
