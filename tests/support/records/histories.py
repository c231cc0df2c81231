"""Histories of a site by chance: edits with and without entries, extensions, withdrawals, removals, publications."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from tests.support.archive.story import FIRST
from tests.support.program import files_below

_BODY = "正文:\n  段落:\n{paragraphs}落款:\n  - 中共示例县办公室党组\n"
_REMOVED = ["（已移除）"]
FACTS = {name: FIRST[name] for name in ("site.yml", "logo.png", "organs.yml", "about.md")}


class Publisher(Protocol):
    """Where a history is published: it takes all files of the content, or refuses them."""

    def publish(self, files: dict[str, str | bytes], today: date) -> bool:
        """Publish the content as of a day; False where it is refused."""

    def outputs(self) -> Iterator[Path]:
        """Yield the folders of all that the public gets."""

    def bag(self, out: Path) -> Path:
        """Make a bag of what was published."""


@dataclass(slots=True)
class Draft:
    """A notice as its office has it: paragraphs, and the entries that tell of changes."""

    opens: date
    closes: date
    paragraphs: list[str]
    corrections: list[str] = field(default_factory=list)
    extensions: list[str] = field(default_factory=list)
    withdrawal: str = ""
    outcome: str = ""
    comment: str = ""
    turned: bool = False

    def text(self) -> str:
        """Write it as YAML."""
        head = f"格式: 1\n标题: 中共示例县办公室党组关于整改情况的通报\n单位: bangongshi\n发布: {self.opens} 00:00\n"
        period = f"公开期限:\n  开始: {self.opens}\n  结束: {self.closes}\n"
        body = _BODY.format(paragraphs="".join(f"    - {one}\n" for one in self.paragraphs))
        entries = "".join(
            f"{key}:\n{''.join(held)}" for key, held in (("更正", self.corrections), ("延期", self.extensions)) if held
        )
        parts = [head, period, body, entries, self.withdrawal, self.outcome]
        return self.comment + "".join(reversed(parts) if self.turned else parts)

    @property
    def in_error(self) -> bool:
        """Whether its text is to be nowhere."""
        return "误发" in self.withdrawal


@dataclass(slots=True)
class History:
    """One history: what the office has, what was public, and what must be so after each publication."""

    dice: random.Random
    publisher: Publisher
    today: date = date(2025, 3, 3)
    still: bool = False
    drafts: dict[str, Draft] = field(default_factory=dict)
    accepted: dict[str, Draft] = field(default_factory=dict)
    public: dict[str, set[str]] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    told: list[str] = field(default_factory=list)
    count: int = 0

    def step(self) -> None:
        """Do something by chance, publish, and hold the site to what must be so."""
        known = list(self.drafts)
        acts: list[Callable[[str], bool]] = [
            *(self._silent, self._corrected, self._corrected, self._extended, self._reported, self._turned),
            *(self._withdrawn, self._in_error, self._deleted, self._forgotten),
        ]
        if not known or self.dice.random() < 0.2:
            lawful = self._added()
        else:
            lawful = self.dice.choice(acts)(self.dice.choice(known))
        if not self.still:
            self.today += timedelta(days=self.dice.randrange(3))
        files = {f"notices/{id_}.yml": draft.text() for id_, draft in self.drafts.items()}
        done = self.publisher.publish({**FACTS, **files}, self.today)
        assert done == lawful, self.told
        if not done:
            self.drafts = _copied(self.accepted)
            return
        self.accepted = _copied(self.drafts)
        for id_, draft in self.drafts.items():
            self.public.setdefault(id_, set()).update(draft.paragraphs)
            if draft.in_error:
                self.removed.add(id_)
        self.hold(self.publisher.outputs())

    def hold(self, outputs: Iterator[Path]) -> None:
        """Nothing that was public is missing, and nothing that was published in error is anywhere."""
        for folder in outputs:
            found = _words(folder)
            for id_, sentences in self.public.items():
                for sentence in sentences - set(_REMOVED):
                    there = sentence.encode() in found
                    assert there == (id_ not in self.removed), (folder.name, id_, sentence, self.told)

    def _sentence(self) -> str:
        self.count += 1
        return f"这是第{self.count:04}句不会重复的话。"

    def _say(self, what: str, id_: str) -> None:
        self.told.append(f"{self.today} {what} {id_}")

    def _added(self) -> bool:
        id_ = f"{self.today.year}/n{len(self.drafts) + len(self.told)}"
        self._say("added", id_)
        self.drafts[id_] = Draft(self.today, self.today + timedelta(days=21), [self._sentence(), self._sentence()])
        return True

    def _silent(self, id_: str) -> bool:
        self._say("changed without a word", id_)
        draft = self.drafts[id_]
        draft.paragraphs[self.dice.randrange(len(draft.paragraphs))] = self._sentence()
        return draft.in_error

    def _corrected(self, id_: str) -> bool:
        self._say("corrected", id_)
        draft = self.drafts[id_]
        draft.paragraphs[self.dice.randrange(len(draft.paragraphs))] = self._sentence()
        draft.corrections.append(f"  - 日期: {self.today}\n    说明: 改正第{len(draft.corrections) + 1}处。\n")
        return True

    def _extended(self, id_: str) -> bool:
        self._say("extended", id_)
        draft = self.drafts[id_]
        until = draft.closes + timedelta(days=7 + len(draft.extensions))
        draft.extensions.append(f"  - 日期: {self.today}\n    至: {until}\n    说明: 来信较多。\n")
        return True

    def _reported(self, id_: str) -> bool:
        self._say("reported", id_)
        self.drafts[id_].outcome = f"反馈结果:\n  日期: {self.today}\n  段落:\n    - 收到意见{self.count}条。\n"
        return True

    def _turned(self, id_: str) -> bool:
        self._say("keys in another order, a comment", id_)
        draft = self.drafts[id_]
        draft.turned, draft.comment = not draft.turned, f"# 经办人记：{self.count}\n"
        return True

    def _withdrawn(self, id_: str) -> bool:
        self._say("withdrawn", id_)
        draft = self.drafts[id_]
        if not draft.withdrawal:
            draft.withdrawal = f"撤回:\n  日期: {self.today}\n  说明: 有误。\n"
        return True

    def _in_error(self, id_: str) -> bool:
        self._say("withdrawn as published in error", id_)
        draft = self.drafts[id_]
        if not draft.in_error:
            draft.withdrawal = f"撤回:\n  日期: {self.today}\n  说明: 误发。\n  类型: 误发\n"
            if self.dice.random() < 0.5:
                draft.paragraphs = list(_REMOVED)
        return True

    def _deleted(self, id_: str) -> bool:
        self._say("deleted", id_)
        del self.drafts[id_]
        return False

    def _forgotten(self, id_: str) -> bool:
        """Drop an entry that was public; without one there is nothing to drop."""
        self._say("an entry dropped", id_)
        draft = self.drafts[id_]
        if draft.corrections:
            draft.corrections.pop()
        elif draft.extensions:
            draft.extensions.pop()
        elif draft.withdrawal:
            draft.withdrawal = ""
            return False
        else:
            return True
        return draft.in_error


def _copied(drafts: dict[str, Draft]) -> dict[str, Draft]:
    return {
        id_: Draft(
            one.opens,
            one.closes,
            list(one.paragraphs),
            list(one.corrections),
            list(one.extensions),
            one.withdrawal,
            one.outcome,
            one.comment,
            one.turned,
        )
        for id_, one in drafts.items()
    }


def _words(folder: Path) -> bytes:
    """Return all that stands in the files below a folder, packed ones unpacked; the index of the search apart."""
    found = []
    for place in files_below(folder):
        data = place.read_bytes()
        found.append(gzip.decompress(data) if place.suffix == ".gz" else data)
    return b"\n".join(found)
