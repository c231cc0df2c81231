"""The note of a build in the site itself, by which whoever checks a copy can build it again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from generator.files import DataFile
from generator.pages import BuildTime
from generator.strict_json import read_object
from generator.version import RELEASE

BUILD_NOTE = "data/build.json"
_SCHEMA = "gongkai-build-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildNote:
    """The key of the program that made a site, its release, the moment it was made for, and a demo's day.

    The full version names a commit, and two checkouts of the same program would make different sites.
    """

    program: str
    version: str
    at: BuildTime
    demo_day: date | None = None

    @classmethod
    def of(cls, program: str, at: BuildTime, demo_day: date | None) -> BuildNote:
        """Make the note of this very program."""
        return cls(program=program, version=RELEASE, at=at, demo_day=demo_day)

    def file(self) -> DataFile:
        """Return the note as the site holds it."""
        data = {
            "schema": _SCHEMA,
            "program": self.program,
            "version": self.version,
            "instant": self.at.now.isoformat(),
            "pinned": self.at.pinned,
            "draft": self.at.draft,
            "demo_day": self.demo_day.isoformat() if self.demo_day else None,
        }
        return DataFile(BUILD_NOTE, (json.dumps(data, ensure_ascii=False, sort_keys=True) + "\n").encode())


def read_build_note(data: bytes) -> BuildNote:
    """Read a note; ValueError where it is none, or not written as we write it."""
    held = read_object(data)
    try:
        instant, demo = datetime.fromisoformat(held["instant"]), held["demo_day"]
        note = BuildNote(
            program=held["program"],
            version=held["version"],
            at=BuildTime(instant, pinned=held["pinned"] is True, draft=held["draft"] is True),
            demo_day=None if demo is None else date.fromisoformat(demo),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"no {_SCHEMA}") from error
    if instant.utcoffset() is None or note.file().data != data:
        raise ValueError(f"not {_SCHEMA} as it is written")
    return note
