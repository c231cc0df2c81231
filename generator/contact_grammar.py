"""Telephone numbers, email addresses and postcodes: how they are written, and how a number is dialled."""

from __future__ import annotations

import re

DIGIT = "[0-9０-９]"
BLANKS = r"[ \t\u3000]{0,4}"
EMAIL = r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}"
MOBILE = "1[3-9][0-9]{9}"
# On a page the hyphen is a reference, as `escape` left it.
ESCAPED_LANDLINE = "[0-9]{3,4}&#45;[0-9]{7,8}"
_DASH = "[-－‐‑–—―─]{1,2}"
# A number in running prose, with what shows that it is none, and an extension.
PHONE_IN_PROSE = (
    rf"(?:[+＋]?86[- ]?)?(?:"
    rf"[（(]0{DIGIT}{{2,3}}[）)]{BLANKS}(?:{_DASH})?{BLANKS}{DIGIT}{{7,8}}"
    rf"|[0０]{DIGIT}{{2,3}}{BLANKS}(?:{_DASH})?{BLANKS}{DIGIT}{{7,8}}"
    rf"|[1１]{DIGIT}{{2}}[- ]?{DIGIT}{{4}}[- ]?{DIGIT}{{4}}"
    rf"|[48]00[- ]?{DIGIT}{{3,4}}[- ]?{DIGIT}{{3,4}}"
    rf"|{DIGIT}{{3,12}}"
    rf")(?![0-9０-９]|{BLANKS}[年月日时点个项名]|[.．%％:：]|{_DASH}?[XxＸ×*＊])"
    rf"(?:{BLANKS}(?:转分机|分机号?|转|[Ee]xt\.?|{_DASH}){BLANKS}{DIGIT}{{1,6}}(?![0-9０-９:：年月日]))?"
)
# One number that a telephone can dial: area code, mobile, service number or hotline, and an extension after it.
_DIALLABLE = re.compile(
    r"(?P<number>(?:\+?86[ -]?)?(?:[（(]0[0-9]{2,3}[）)] ?|0[0-9]{2,3}[ -]?)?[0-9]{7,8}|(?:\+?86[ -]?)?1[0-9]{10}"
    r"|[48]00-?[0-9]{3,4}-?[0-9]{3,4}|[0-9]{5})(?: ?(?:转|-|－|转分机|分机) ?(?P<extension>[0-9]{1,6}))?"
)
_NOT_DIALLED = re.compile(r"[^0-9+]{1,20}")
# Within China a number is dialled without the country's code, and with its area's 0.
_HOME_CODE = re.compile(r"^\+?86(?=0[0-9]{9,11}$|1[0-9]{10}$)")
_EXTENSION = re.compile(
    rf"[ （(]{{0,4}}(?:转|分机|[Ee]xt)[^0-9０-９]{{0,4}}{DIGIT}{{1,6}}[）)]?$|[-－—–]{{1,2}}{DIGIT}{{1,6}}$"
)
_WHOLE = re.compile(
    rf"(?:\+?86)?(?:0(?:10|2[0-9])[0-9]{{8}}|0(?:[3-9][0-9]{{2}}|000)[0-9]{{7,8}}|{MOBILE}|[48]00[0-9]{{7}}"
    r"|1[0-9]{2}|1[02][0-9]{3}|9[56][0-9]{3,6})"
)
_LOCAL = re.compile(r"[1-9][0-9]{6,7}")
_MARKS = re.compile(r"[ \t\u3000()（）+＋\-－‐‑–—―─]")
_EMAIL = re.compile(EMAIL)
_POSTCODE = re.compile("[0-9]{6}")
_TO_ASCII = str.maketrans("０１２３４５６７８９", "0123456789")


def is_email(text: str) -> bool:
    """Whether a text is one email address."""
    return _EMAIL.fullmatch(text) is not None


def is_postcode(text: str) -> bool:
    """Whether a text is a postcode of six digits."""
    return _POSTCODE.fullmatch(text.translate(_TO_ASCII)) is not None


def phone_digits(number: str) -> str:
    """Return a telephone number's digits alone, without marks and extension."""
    plain = number.translate(_TO_ASCII)
    whole = _MARKS.sub("", plain)
    # 0000-2195262 ends like an extension; only what is a number without its tail has one.
    return whole if is_whole_phone(whole) else _MARKS.sub("", _EXTENSION.sub("", plain))


def is_whole_phone(digits: str) -> bool:
    """Whether digits can be dialled from anywhere in China."""
    return _WHOLE.fullmatch(digits) is not None


def is_local_phone(digits: str) -> bool:
    """Whether digits are a number without its area code."""
    return _LOCAL.fullmatch(digits) is not None


def tel_href(value: str) -> str:
    """Return the `tel:` address that dials a number, or "" where the value is not one number."""
    telephone = _DIALLABLE.fullmatch(value)
    if telephone is None:
        return ""
    number = _HOME_CODE.sub("", _NOT_DIALLED.sub("", telephone["number"]))
    # A comma makes a telephone wait before it dials on.
    extension = f",{telephone['extension']}" if telephone["extension"] else ""
    return f"tel:{number}{extension}"
