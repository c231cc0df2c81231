"""Notices by the thousand whose words differ as those of real ones do, and a plain scan of what they say.

Clauses of the demo are put together anew, and a third of their words replaced by words of a dictionary, the common ones
more often. The same number gives the same notice.
"""

from __future__ import annotations

import json
import random
import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import accumulate, chain
from pathlib import Path
from typing import Any

import yaml

from generator.check import Content, PackedNotice, check_content
from generator.model import Notice, Organ, Site, notice_text
from generator.read import scan
from generator.search.grams import fold
from tests.support.program import ROOT

ORGANS = 400
FIRST_YEAR = 2016
_SITE = {"网站名称": "示例市巡察整改公开", "网址": "https://www.example.com/"}
_NUMERALS = "一二三四五六七八九十"
_CLAUSE = re.compile("[\u4e00-\u9fff“”《》0-9]{5,40}")
_REPLACED = 0.35
# Between the frequencies of a dictionary and all words alike: notices repeat less than novels do.
_POWER = 0.75


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of one length, and how often those up to each are to be taken."""

    words: tuple[str, ...]
    shares: tuple[float, ...]

    def draw(self, dice: random.Random) -> str:
        return self.words[bisect(self.shares, dice.random() * self.shares[-1])]


@cache
def _dictionary() -> dict[int, _Words]:
    listed = files("jieba3").joinpath("model.small.json").read_text(encoding="utf-8")
    frequencies: dict[str, int] = json.loads(listed)["freq"]
    made = {}
    for length in (2, 3, 4):
        words = tuple(word for word in frequencies if re.fullmatch(f"[\u4e00-\u9fff]{{{length}}}", word))
        made[length] = _Words(words, tuple(accumulate(frequencies[word] ** _POWER for word in words)))
    return made


@cache
def _clauses() -> tuple[tuple[str, ...], ...]:
    """Return the clauses of the demo, each cut into words of the dictionary and single characters."""
    content = check_content(ROOT / "content").content
    assert content is not None
    whole = "".join(notice_text(entry.notice) for entry in content.entries)
    return tuple(tuple(_cut(clause)) for clause in _CLAUSE.findall(whole))


@cache
def _known() -> frozenset[str]:
    return frozenset(word for words in _dictionary().values() for word in words.words)


def _cut(clause: str) -> Iterator[str]:
    while clause:
        length = next((length for length in (4, 3, 2) if len(clause) >= length and clause[:length] in _known()), 1)
        yield clause[:length]
        clause = clause[length:]


def _clause(dice: random.Random) -> str:
    words = dice.choice(_clauses())
    return "".join(
        _dictionary()[len(word)].draw(dice) if len(word) > 1 and dice.random() < _REPLACED else word for word in words
    )


def _sentence(dice: random.Random, clauses: int) -> str:
    return "，".join(_clause(dice) for _ in range(clauses)) + "。"


@cache
def organ_name(number: int) -> str:
    """Name an organ as no other is named."""
    return f"示例市{_clause(random.Random(f'organ {number}'))[:6]}局"  # noqa: S311  (reproducible, not secret)


def notice(number: int, year: int, organs: int = ORGANS) -> dict[str, Any]:
    """Return a notice of one of so many organs, as its file says it: 7 sections, 32 findings, some 4,800 characters."""
    dice = random.Random(number)  # noqa: S311
    name = organ_name(number % organs)
    opens = date(year, 1, 4) + timedelta(days=number * 7 % 330)
    closes = opens + timedelta(days=30)
    phone = f"0000-{number:07d}"
    sections = [
        {
            "标题": f"（{_NUMERALS[place]}）{_clause(dice)}，{_clause(dice)}",
            "问题": [
                {
                    "标题": f"{finding + 1}.{_clause(dice)}方面。",
                    "措施": [
                        f"{_NUMERALS[measure]}是{_sentence(dice, dice.choice((2, 3, 4)))}"
                        for measure in range(dice.choice((2, 3, 3, 4)))
                    ],
                }
                for finding in range(findings)
            ],
        }
        for place, findings in enumerate((3, 5, 5, 5, 7, 4, 3))
    ]
    return {
        "格式": "1",
        "标题": f"中共{name}委员会关于市委巡察整改进展情况的通报",
        "单位": f"organ-{number % organs}",
        "公开期限": {"开始": opens.isoformat(), "结束": closes.isoformat()},
        "联系方式": [{"电话": phone, "时间": "工作日9:00--17:00"}],
        "正文": {
            "段落": [_sentence(dice, 3)],
            "部分": [{"标题": "一、巡察整改落实情况", "小节": sections}],
            "尾段": [f"公开期限：{_long(opens)}至{_long(closes)}。联系电话：{phone}（工作日9:00--17:00）。"],
        },
        "落款": [f"中共{name}委员会", _long(opens)],
    }


def content_of(root: Path, notices: Iterable[tuple[str, dict[str, Any]]]) -> Content:
    """Return content with these notices, by id, as if it had been read from `root`, which is a folder of no files."""
    entries = [PackedNotice.of(Notice.model_validate({"编号": id_, **data})) for id_, data in notices]
    organs = {key: Organ.model_validate(organ) for key, organ in _organs().items()}
    site = Site.model_validate(_SITE)
    return Content(folder=scan(root), site=site, organs=organs, entries=tuple(entries), prose=(), broken=())


def write_notices(root: Path, notices: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """Write a content folder with these notices, by id."""
    named = ((f"notices/{id_}", data) for id_, data in notices)
    for name, data in chain([("site", _SITE), ("organs", _organs())], named):
        path = root / f"{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        dumped = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=10**6)
        path.write_text(dumped, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Scanned:
    """A notice as a plain scan sees it: its id, its title and its lines, folded, the title among them."""

    id: str
    title: str
    lines: tuple[str, ...]
    whole: str

    @classmethod
    def of(cls, notice: Notice) -> Scanned:
        """Take the lines from the bare text that is published beside the page."""
        lines = tuple(fold(notice_text(notice)).splitlines())
        return cls(notice.id, fold(notice.title), lines, "\n".join(lines))

    def holds(self, terms: Sequence[str]) -> bool:
        """Say whether each term stands within one line."""
        return all(term in self.whole for term in terms)  # a term holds no line break


def scanned(notices: Iterable[Notice]) -> tuple[Scanned, ...]:
    """See notices as a plain scan does, oldest first, whatever their order."""
    ordered = sorted(notices, key=lambda one: (one.id[:4], one.publishes_at, one.id))
    return tuple(map(Scanned.of, ordered))


def scan_all(notices: Sequence[Scanned], query: str) -> list[str]:
    """Return the ids of the notices that hold a query, in the order of results; `notices` are oldest first."""
    terms = fold(query).split()
    held = [one for one in reversed(notices) if one.holds(terms)]
    held.sort(key=lambda one: not all(term in one.title for term in terms))
    return [one.id for one in held]


def _organs() -> dict[str, dict[str, str]]:
    return {f"organ-{key}": {"名称": organ_name(key), "类型": "事业单位"} for key in range(ORGANS)}


def _long(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
