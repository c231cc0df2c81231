"""Whom to call or write to, as the closing prose says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.contact_grammar import BLANKS, DIGIT, EMAIL
from generator.model import ContactKind, web_address_flaw
from generator.prose.phones import hours_at, hours_in, numbers_at


@dataclass(frozen=True, slots=True)
class StatedContact:
    """A contact as it is written, in `words` from index `start` on; a label with nothing after it has the value ""."""

    kind: ContactKind
    value: str
    hours: str
    postcode: str
    addressee: str
    words: str
    start: int

    @property
    def end(self) -> int:
        """Return the index after its last character."""
        return self.start + len(self.words)


_EMAIL_AT = re.compile(EMAIL)
_COLON = rf"{BLANKS}(?:[（(](?P<note_#>[^（）()\n]{{0,60}})[）)]{BLANKS})?[：:为]{BLANKS}"
_BEFORE_DIGIT = rf"{BLANKS}(?={DIGIT}|[（(+＋][0-9０-９])"
_WEB_OF = "(?:网上|网络|在线|互联网)(?:留言|举报|信访|反映|投诉|监督|受理|意见)|(?:留言|举报)"
_PHONE_OF = "(?:专门|专用)?(?:联系|监督|举报|值班|咨询|投诉|反映|受理|服务|办公|办公室|固定|热线|意见)?"
# A label's name, its words, and what must follow; the kinds of contact, and four that only end or complete one.
_LABELS: tuple[tuple[str, str, str], ...] = (
    (
        "email",
        rf"(?:互联网)?电{BLANKS}子{BLANKS}(?:邮{BLANKS}[箱件]|信{BLANKS}箱)(?:地址)?|[Ee]-?[Mm]ail|E-?MAIL",
        rf"(?:{_COLON}|{BLANKS}(?={EMAIL}))",
    ),
    (
        "post",
        rf"邮政(?:专用)?信箱|(?<!网站)(?<!网络)(?:通[信讯]|联系|邮寄|来信|信函|办公|单位|寄信|收件|来访)?地{BLANKS}址",
        _COLON,
    ),
    ("sent", "(?:来信|来函|信件|信函)请?(?:邮寄|寄送|寄)[至到往]?|邮寄[至到]", rf"{BLANKS}[：:]?{BLANKS}"),
    ("box", rf"(?:专用)?(?:邮|信){BLANKS}箱(?:地址)?", rf"(?:{_COLON}|{BLANKS}(?={EMAIL}))"),
    ("fax", rf"传{BLANKS}真(?:电话|号码)?", rf"(?:{_COLON}|{_BEFORE_DIGIT})"),
    (
        "phone",
        rf"{_PHONE_OF}电{BLANKS}话(?:号码)?(?:[/、（(]?传真[）)]?)?|手{BLANKS}机(?:号码|号)?|座机|热线",
        rf"(?:{_COLON}|{_BEFORE_DIGIT})",
    ),
    ("number", "联系方式", rf"{BLANKS}[：:]?{_BEFORE_DIGIT}"),
    ("postcode", rf"邮{BLANKS}(?:政{BLANKS})?编{BLANKS}码?", rf"{BLANKS}[：:]?{BLANKS}"),
    ("addressee", "收件人|收信人|收件单位", _COLON),
    ("hours", "(?:接听|受理|值班|办公|工作|来电|联系|接待)时间", _COLON),
    (
        "web",
        rf"(?:{_WEB_OF}(?:网{BLANKS}址|网站|平台|邮箱|信箱)?|网{BLANKS}址)(?:地址)?",
        rf"{BLANKS}[：:]{BLANKS}(?=https?://)",
    ),
    ("stop", "联系人|网址|网站|微信|公众号|公[示开]期限?|公开时间|意见箱", _COLON),
)
_ANY_LABEL = "|".join(
    f"(?P<{name}>(?:{words}){follow.replace('note_#', f'note_{name}')})" for name, words, follow in _LABELS
)
_LABEL = re.compile(_ANY_LABEL)
# A label, or a contact that needs none; where both begin at one place the label wins.
_NEXT = re.compile(
    rf"{_ANY_LABEL}|(?P<free_email>(?<![A-Za-z0-9._%+-]){EMAIL})"
    rf"|(?P<free_box>(?<![A-Za-z0-9０-９])(?:[A-Z]?{DIGIT}{{2,6}}{BLANKS}(?:号)?(?:邮政专用信箱|邮政信箱|专用信箱|邮箱|信箱)"
    rf"|(?:邮政专用信箱|邮政信箱|信箱)第?{DIGIT}{{1,6}}号?)(?:转[^，,；;。、（(\n]{{1,40}})?)"
)
_NAMES = (*(name for name, _, _ in _LABELS), "free_email", "free_box")
_WEB_AT = re.compile(r"https?://[!-~]{1,500}")
_CHUNK = re.compile(r"[^；;。\n]{0,120}")
_WORD = re.compile(r"[^，,、；;。（(\n]{0,40}")
_ASIDE = re.compile(r"[，,](?:或|也可|同时|并|请|欢迎)")
_TO = re.compile(r"转(?P<whom>[^，,；;。、]{1,40}?)[（(]?收[）)]?$")
_POSTCODE = re.compile(rf"{DIGIT}{{3,8}}")
_EDGES = " \t\u3000，,、：:（("
_LOOK_BACK = 8
_KINDS = {"phone": ContactKind.PHONE, "number": ContactKind.PHONE, "fax": ContactKind.FAX}


def contacts(text: str) -> list[StatedContact]:
    """List the contacts in a notice's closing prose, in order.

    A post box is post, not email, whatever its label. 转…收 stays part of an address and is its addressee too. Hours in
    brackets or after a comma go with the numbers before them, a postcode with the address before or after it.
    """
    found: list[StatedContact] = []
    postcode = ""
    place = 0
    while (match := _NEXT.search(text, place)) is not None:
        name = next(name for name in _NAMES if match[name] is not None)
        place = match.end()
        if name.startswith("free_"):
            kind = ContactKind.EMAIL if name == "free_email" else ContactKind.POST
            found.append(_contact(text, kind, match[0], match.start(), place))
        elif name == "postcode" and (code := _POSTCODE.match(text, place)):
            place = code.end()
            postcode = _complete(found, text, place, postcode=code[0])
        elif name == "addressee" and (whom := _WORD.match(text, place)):
            place = whom.end()
            _complete(found, text, place, addressee=whom[0].strip())
        elif name == "hours":
            _give_hours(found, hours_at(text, place)[0])
        elif name not in {"stop", "postcode"}:
            made = list(_labelled(text, name, match))
            if made and postcode and made[0].kind is ContactKind.POST and not made[0].postcode:
                made[0], postcode = replace(made[0], postcode=postcode), ""
            found += made
            place = max([place, *(contact.end for contact in made)])
    return found


def _labelled(text: str, name: str, match: re.Match[str]) -> Iterator[StatedContact]:
    start, place = match.start(), match.end()
    note = hours_in(match.groupdict().get(f"note_{name}") or "")
    if name in _KINDS:
        numbers = numbers_at(text, place)
        for index, number in enumerate(numbers):
            begin = number.start if index else start
            yield _contact(text, _KINDS[name], number.value, begin, number.end, hours=number.hours or note)
        if not numbers:
            yield _contact(text, _KINDS[name], *_word(text, start, place))
        return
    if name == "web":
        yield from _web(text, start, place)
        return
    chunk = _cut(_CHUNK.match(text, place))
    if name == "email" or (name == "box" and re.search("[@＠]", chunk)):
        email = _EMAIL_AT.match(text, place)
        value, _, end = (email[0], start, email.end()) if email else _word(text, start, place)
        yield _contact(text, ContactKind.EMAIL, value, start, end)
        return
    value = chunk.rstrip(_EDGES)
    yield _contact(text, ContactKind.POST, value, start, place + len(value))


def _web(text: str, start: int, place: int) -> Iterator[StatedContact]:
    """Yield a web address that begins at `place`, unless a page could not lead to it."""
    address = _WEB_AT.match(text, place)
    value = address[0].rstrip(".,;:!?)") if address else ""
    if value and web_address_flaw(value) is None:
        yield _contact(text, ContactKind.WEB, value, start, place + len(value))


def _cut(chunk_match: re.Match[str] | None) -> str:
    """Return a chunk up to the next label or the next turn of phrase."""
    chunk = chunk_match[0] if chunk_match else ""
    ends = [match.start() for pattern in (_LABEL, _ASIDE) if (match := pattern.search(chunk))]
    return chunk[: min(ends, default=len(chunk))]


def _word(text: str, start: int, place: int) -> tuple[str, int, int]:
    value = _cut(_WORD.match(text, place)).rstrip(_EDGES)
    return value, start, place + len(value)


def _contact(text: str, kind: ContactKind, value: str, start: int, end: int, hours: str = "") -> StatedContact:
    to = _TO.search(value) if kind is ContactKind.POST else None
    return StatedContact(kind, value, hours, "", to["whom"] if to else "", text[start:end].rstrip(" \t\u3000"), start)


def _complete(found: list[StatedContact], text: str, end: int, **given: str) -> str:
    """Give the last contact, if it is an address without it, a postcode or an addressee; return what found no place."""
    key, value = next(iter(given.items()))
    if found and found[-1].kind is ContactKind.POST and (key == "addressee" or not found[-1].postcode):
        last = found[-1]
        words = text[last.start : end]
        found[-1] = replace(last, words=words, **given)  # type: ignore[arg-type]
        return ""
    return value


def _give_hours(found: list[StatedContact], hours: str) -> None:
    for index in range(max(0, len(found) - _LOOK_BACK), len(found)):
        if found[index].kind is ContactKind.PHONE and not found[index].hours:
            found[index] = replace(found[index], hours=hours)
