"""The organ that signed a notice, found in organs.yml or added there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.intake.outline import Outline
from generator.model import Organ, OrganKind, Organs
from generator.prose import days
from generator.read.yaml_writer import entry, schema_line

_COMMITTEE = re.compile(
    r"(?:中共|中国共产党)(?P<whole>.{1,60}?)(?:直属机关|机关|总支部|支部|工作)?(?<!纪律检查)(?<!政法)委员会"
    r"|(?:中共|中国共产党)?(?P<group>.{1,60}?)(?:机关)?(?:党组|党委|党总支|党支部|党工委)"
)
_IN_TITLE = re.compile(r"(?P<organ>.{2,60}?)关于")
_KINDS = (
    (re.compile(r"(?:法院|检察院|政府|局|厅|办公室|委员会|委|街道|办事处|[省市县区旗乡镇])\Z"), OrganKind.GOVERNMENT),
    (re.compile("医院|卫生院|卫生服务中心|保健院"), OrganKind.HOSPITAL),
    (re.compile(r"(?:学校|中学|小学|大学|学院|幼儿园|党校)\Z"), OrganKind.SCHOOL),
    (re.compile("公司|集团"), OrganKind.COMPANY),
    (re.compile(r"(?:中心|所|站|馆|院|台|社|处|队)\Z"), OrganKind.INSTITUTION),
)


@dataclass(frozen=True, slots=True)
class Signer:
    """The name under a notice as written, and the organ's name in it: 中共示例县医院委员会, 示例县医院."""

    written: str
    name: str


@dataclass(frozen=True, slots=True)
class Listed:
    """An organ with its key; `added` is what organs.yml must become where it was not there, else None."""

    key: str
    organ: Organ
    added: str | None


def signers(outline: Outline) -> tuple[Signer, ...]:
    """Return who signed, or where nobody did, whoever the title names; none where it names nobody."""
    written = [name for line in outline.signature if (name := _without_date(line))]
    if not written and (match := _IN_TITLE.match(outline.title)):
        written = [match["organ"]]
    return tuple(Signer(name, organ_name(name)) for name in written)


def organ_name(written: str) -> str:
    """Take the Party body off a name: 中共X委员会, 中共X党组 and X党委 are X; any other name is kept."""
    match = _COMMITTEE.fullmatch(written)
    return (match["whole"] or match["group"]) if match else written


def find(signer: Signer, organs: Organs) -> str | None:
    """Return the key of the organ that bears the name, its short name or a former name of it; None where none does."""
    names = {signer.name, signer.written}
    for key, organ in organs.items():
        if names & {organ.name, organ.short, *(former.name for former in organ.former)}:
            return key
    return None


def add(key: str, name: str, organs_text: str) -> Listed:
    """Put a new organ at the end of organs.yml, its kind guessed from its name; the rest of the file is kept."""
    organ = Organ.model_validate({"名称": name, "类型": guess_kind(name)})
    before = organs_text if organs_text.strip() else schema_line("organs.yml", "organs")
    return Listed(key, organ, before.rstrip("\n") + "\n" + entry(key, {"名称": name, "类型": organ.kind.value}))


def guess_kind(name: str) -> OrganKind:
    """Guess what an organ is by the words of its name."""
    return next((kind for pattern, kind in _KINDS if pattern.search(name)), OrganKind.OTHER)


def _without_date(line: str) -> str:
    squeezed = "".join(line.split())
    found = days(squeezed)
    name = squeezed[: found[-1].start] if found and found[-1].end == len(squeezed) else squeezed
    return "" if name.startswith(("（", "(")) else name
