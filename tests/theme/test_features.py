"""Core reading uses nothing newer than Chrome 80 and Safari 13, and what is newer says why it may."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.html.resources import theme_folder
from tests.support.theme.features import FEATURES
from tests.support.theme.scripts import script_problems
from tests.support.theme.styles import style_problems
from tests.support.theme.templates import template_problems

CHECKS = {".css": style_problems, ".html": template_problems, ".js": script_problems}
FILES = sorted(path for path in theme_folder().rglob("*") if path.suffix in CHECKS)

BAD = {
    "an unknown property": ("a { colour: 0 }", "property colour is not on the list"),
    "a new property": ("a { inset: 0 }", "property inset is not on the list"),
    "an unknown value": ("a { overflow: clip }", "value overflow: clip is not on the list"),
    "a new unit": ("a { height: 100dvh }", "unit dvh is not on the list"),
    "a new unit in a token": (":root { --gap: 1cqw }", "unit cqw is not on the list"),
    "a function": ("a { width: fit-content(1em) }", "function fit-content() is not on the list"),
    "a newer function": (
        "a { width: clamp(1px, 2px, 3px) }",
        "function clamp() needs Chrome 79 and Safari 13.1",
    ),
    "a function in a function": ("a { width: calc(1px + round(1px)) }", "function round() is not on the list"),
    "an at-rule": ("@layer base { a { left: 0 } }", "at-rule @layer is not on the list"),
    "a rule inside of a rule": ("a { b { left: 0 } }", "at-rule a rule inside of a rule is not on the list"),
    "a media feature": ("@media (update: slow) { a { left: 0 } }", "media update is not on the list"),
    "a media range": ("@media (width >= 40em) { a { left: 0 } }", "media (width >= 40em) is not on the list"),
    "media not": ("@media not (hover) { a { left: 0 } }", "media not is not on the list"),
    "a new sign": ("a || b { left: 0 }", "selector || is not on the list"),
    "a pseudo-class": ("a:is(b) { left: 0 }", "selector :is() is not on the list"),
    "a pseudo-element": ("a::marker { left: 0 }", "selector ::marker is not on the list"),
    "a pseudo-class in another": ("a:not(:where(b)) { left: 0 }", "selector :where() is not on the list"),
    "a list in :not()": ("a:not(b, c) { left: 0 }", "selector :not(more than one) is not on the list"),
    "a list in :nth-child()": ("a:nth-child(1 of b) { left: 0 }", "selector :nth-child(… of …) is not on the list"),
    ":has() in a list": ("a, b:has(c) { left: 0 }", "a browser without :has() drops this whole list of selectors"),
    ":focus-visible in a list": (
        "@media print { :focus:not(:focus-visible), a:focus { left: 0 } }",
        "a browser without :focus-visible drops this whole list of selectors",
    ),
    "a gap in flex": ("a { display: flex; gap: 1px }", "property gap in flex is not on the list"),
    "a gap in flex set elsewhere": (
        "a, b { display: inline-flex } b { column-gap: 1px }",
        "property column-gap in flex is not on the list",
    ),
    "a gap in who knows what": ("a { gap: 1px }", "property gap in nothing is not on the list"),
    "a slip": ("a { color red }", "EOF reached before {} block for a qualified rule."),
}
GOOD = (
    "a { display: grid; gap: 1px } a:has(b), c:has(d) { left: 0 } :focus:not(:focus-visible) { left: 0 }"
    "@media print and (min-width: 40em) { a:not(.b) > c + d ~ e[f]:nth-child(2n)::after { font: 1px/2 Foo, serif } }"
)

BAD_SCRIPT = {
    "?.": ("document?.body;", "syntax optional_chain is not on the list"),
    "??": ("var a = 1 ?? 2;", "syntax ?? is not on the list"),
    "??=": ("var a; a ??= 2;", "syntax ??= is not on the list"),
    "a class field": ("class A { b = 1 }", "syntax field_definition is not on the list"),
    "a private name": ("class A { #b() {} }", "syntax private_property_identifier is not on the list"),
    "a big integer": ("var a = 1n;", "syntax big integer is not on the list"),
    "looking behind": ("/(?<=a)b/;", "syntax look-behind or inline flags in a regular expression is not on the list"),
    "flag v": ("/a/v;", "syntax regular expression flag v is not on the list"),
    "a slip": ("var a = ;", "not understood: ="),
    "replaceAll": ("'a'.replaceAll('b', 'c');", "member replaceAll is not on the list"),
    "replaceAll in brackets": ("'a'['replaceAll']('b', 'c');", "member replaceAll is not on the list"),
    "a member taken apart": ("const { at } = [];", "member at is not on the list"),
    "a member taken apart and renamed": ("const { at: b } = [];", "member at is not on the list"),
    "a global": ("structuredClone([]);", "global structuredClone is not on the list"),
    "a global of a name used elsewhere": (
        "function a(queueMicrotask) {} queueMicrotask();",
        "global queueMicrotask is not on the list",
    ),
    "a new member that nothing asks for": (
        "if (navigator.name) { navigator.clipboard.writeText('a'); }",
        "no condition asks whether there is clipboard or writeText",
    ),
    "an event": ("addEventListener('scrollend', function () {});", "event scrollend is not on the list"),
    "a selector": ("document.querySelector('a:has(b)');", "syntax :has() in a string is not on the list"),
}
GOOD_SCRIPT = """\
const later = (one, { own: three }, [four] = [1], ...five) => ({ own: `${one}${three}${four}`, five });
try { later({}).own; } catch (reason) { reason.own = null; }
for (var item of []) { item.own(); }
if (navigator.clipboard) { navigator.clipboard.writeText("10:00").then(later); }
"""

BAD_TEMPLATE = {
    "an element": ("<dialog open>", "element dialog is not on the list"),
    "an attribute": ("<p\n{% if a > b %} inert{% endif %}>", "attribute inert is not on the list"),
    "an attribute after a value": ('<a href="{{ url("a") }}" popover>', "attribute popover is not on the list"),
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(theme_folder()).as_posix())
def test_core_reading_needs_nothing_new(path: Path) -> None:
    """Chrome 80 and Safari 13 know all that a file uses; the list gives a reason for every exception."""
    found = CHECKS[path.suffix](path)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix == ".js"], ids=lambda path: path.name)
def test_a_script_has_no_words_of_its_own(path: Path) -> None:
    """The page carries them; the common characters of the search are no words."""
    code = re.sub(r"/\*.*?\*/|const COMMON = .*", "", path.read_text("utf-8"))
    assert re.findall("[\u4e00-\u9fff]", code) == []


def test_every_kind_of_file_is_checked() -> None:
    assert {path.suffix for path in FILES} == set(CHECKS)


def test_only_what_is_new_gives_a_reason() -> None:
    """A reason beside something old would excuse nothing and mislead."""
    assert [name for table in FEATURES.values() for name, one in table.items() if one.reason and not one.newer] == []


def _problems(tmp_path: Path, suffix: str, text: str) -> list[str]:
    path = tmp_path / f"it{suffix}"
    path.write_text(text, "utf-8")
    return CHECKS[suffix](path)


@pytest.mark.parametrize(("text", "problem"), BAD.values(), ids=BAD)
def test_a_style_sheet_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    """The check names file, line and what is too new, and nothing besides."""
    assert _problems(tmp_path, ".css", f"p {{ color: inherit }}\n{text}") == [f"it.css:2: {problem}"]


@pytest.mark.parametrize(("text", "problem"), BAD_SCRIPT.values(), ids=BAD_SCRIPT)
def test_a_script_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    assert f"it.js:2: {problem}" in _problems(tmp_path, ".js", f"var p = 1;\n{text}")


@pytest.mark.parametrize(("text", "problem"), BAD_TEMPLATE.values(), ids=BAD_TEMPLATE)
def test_a_template_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    assert _problems(tmp_path, ".html", f"<h{{{{ level }}}}>\n{text}") == [f"it.html:2: {problem}"]


@pytest.mark.parametrize(("suffix", "text"), [(".css", GOOD), (".js", GOOD_SCRIPT)])
def test_what_is_old_enough_passes(tmp_path: Path, suffix: str, text: str) -> None:
    assert _problems(tmp_path, suffix, text) == []
