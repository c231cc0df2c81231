"""The kind of inspection that a text speaks of, and whom it says was inspected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_KINDS = ("巡视", "巡察")
_READ = 4000
_INSPECTION = "巡[察视]"
# Names of laws, offices and bodies hold the word without saying what this inspection is.
_IN_NAMES = re.compile(
    r"《[^》\n]{0,80}》"
    r"|巡[察视](?:巡[察视])?(?:工作)?(?:领导小组(?:办公室)?|办公室|办(?!理)|机构|工作规划|条例)"
)
_NOT_THE_ACT = "(?!组|办|整改|机构|工作领导|条例|意见|反馈|情况)"
_ACT = re.compile(
    rf"(?<![未拟将])(?:对|进驻|入驻)(?P<whom>[^对。！？；;，,：:\n]{{2,160}}?)(?:进行|开展|实施)了?"
    rf"[^。！？；;，,、：:\n]{{0,30}}?(?P<kind>{_INSPECTION}){_NOT_THE_ACT}"
)
_DONE = re.compile(rf"(?<!未)(?P<kind>{_INSPECTION})了(?P<whom>[^对。！？；;，,：:\n]{{2,160}})")
_UNDERGONE = re.compile(rf"(?<![未拟将])接受了?[^。！？；;，,：:\n]{{0,60}}?(?P<kind>{_INSPECTION}){_NOT_THE_ACT}")
_CLAUSE_END = re.compile(r"[。！？；;，,：:\n]")
_LONGEST = 160
_LEAD = "(?:^|(?<=[、和及与日月旬起]))(?:中共|中国共产党)?"
_PARTY = (
    "(?:领导班子|班子|党组织|党(?:工委|总支|支部|组|委)(?:班子|领导班子)?|(?:支部|总支部?)?委员会|支部|总支|机关党委)?"
)
_END = "(?=$|[、和及与等（(])"
_PLACES = "省市县区旗州盟镇乡"
_SELF = re.compile(rf"^[我本](?P<noun>[\u4e00-\u9fff]{{1,6}}?){_PARTY}$")
_ANYONES = frozenset({"单位", "党组", "党委", "党支部", "党总支", "党工委", "党组织"})
_COMMITTEE = re.compile("^(?:中共|中国共产党)|(?:党组|党委|党工委|党总支|党支部|(?:支部|总支部?)?委员会)$")
_SHORTEST = 3
_SEPARATORS = frozenset("、和及与等")

_NOBODYS = re.compile(r"(?:第?[一二三四五六七八九十0-9]{1,3}轮)?(?:专项|提级|机动|联动|交叉|常规|政治){0,2}巡[察视]组")
_WHOLE = re.compile("(?:中央|(?:自治区|省|市|县|区|旗|州|盟)委)")
# What may stand before a name without being part of it.
_BEFORE = re.compile(r"^$|[^\u4e00-\u9fff]|[日月旬起由经受被据向和及与是为派]")


@dataclass(frozen=True, slots=True)
class Inspected:
    """Who was inspected, in the text's own words or "" where those are 我局 or the like, and by 巡察 or 巡视.

    `alone` is False where the text names others beside it, so that a team need not be the one that came here.
    """

    words: str
    kind: str
    alone: bool


def inspection_kind(*texts: str) -> str:
    """Return 巡察 or 巡视 by the first text that speaks of one, 巡视巡察 where that speaks of both; "" where none does.

    The two are different in law: 巡视 is done by central and provincial committees, 巡察 by those below
    (《中国共产党巡视工作条例》). Names of laws and offices say nothing of the inspection at hand.
    """
    for text in texts:
        bare = _IN_NAMES.sub("", text[:_READ])
        found = [kind for kind in _KINDS if kind in bare]
        if found:
            return "".join(found)
    return ""


def inspected(text: str, names: Iterable[str], author: str) -> Inspected | None:
    """Return that an organ was inspected where a text says so of one of its `names`; None where it isn't certain.

    Who publishes is not who was inspected: the name must be the one that the text says was inspected, alone or in a
    list. 我局 is the organ where `author`, the text's title and signature, names it.
    """
    forms = sorted({form for name in names for form in _forms(name)}, key=len, reverse=True)
    if not forms or "巡" not in text:
        return None
    named = re.compile(f"{_LEAD}(?:{'|'.join(map(re.escape, forms))}){_PARTY}{_END}")
    speaks = any(form in author for form in forms)
    for whom, kind in _acts(text[:_READ]):
        itself = _SELF.match(whom) if speaks else None
        if itself and _is_own(itself["noun"], forms):
            return Inspected("", kind, alone=True)
        if match := named.search(whom):
            listed = whom[match.end() :][:1] in _SEPARATORS or whom[: match.start()][-1:] in _SEPARATORS
            return Inspected(match[0], kind, alone=not listed)
    return None


def whole_team(text: str, team: str) -> bool:
    """Return whether a team's name is a whole one and occurs in the text as such.

    县委第二巡察组 is; 巡察组 alone is nobody's name, and 第一巡察组 is cut where the text says 镇党委第一巡察组.
    """
    place = text.find(team)
    if place < 0 or _NOBODYS.fullmatch(team):
        return False
    return bool(_WHOLE.match(team)) or _BEFORE.search(text[max(0, place - 1) : place]) is not None


def _acts(text: str) -> Iterator[tuple[str, str]]:
    """Yield who was inspected and by which kind, for each sentence that says so."""
    for pattern in (_ACT, _DONE):
        for act in pattern.finditer(text):
            yield act["whom"].strip(), act["kind"]
    for act in _UNDERGONE.finditer(text):
        yield _CLAUSE_END.split(text[max(0, act.start() - _LONGEST) : act.start()])[-1].strip(), act["kind"]


def _forms(name: str) -> Iterator[str]:
    """Yield a name whole, without its party committee, and from each place in it on: 示例县水务局, 县水务局, 水务局."""
    for one in {name, _COMMITTEE.sub("", name)}:
        if len(one) >= _SHORTEST:
            yield one
        for index, char in enumerate(one[: -_SHORTEST + 1]):
            if index and char in _PLACES:
                yield one[index:]
                if len(one) - index - 1 >= _SHORTEST:
                    yield one[index + 1 :]


def _is_own(noun: str, forms: Iterable[str]) -> bool:
    """Return whether 我局 can be the organ: 我县 is the county itself, never one of its offices."""
    if noun in _ANYONES:
        return True
    if noun[-1] in _PLACES:
        return any(form.endswith(noun) for form in forms)
    return any(noun in form or (noun == "校" and "学" in form) for form in forms)
