"""Every colour of text stands out from what it stands on: both schemes, high contrast, on paper (WCAG 2.2)."""

from __future__ import annotations

from functools import cache
from itertools import pairwise, product

import pytest
from tinycss2.color3 import RGBA, parse_color

from generator.color import Color, distance
from generator.html.resources import theme_folder
from generator.palette import DARK, LIGHT, NEEDED, legibility, legible, palette_of, style_sheet
from tests.support.theme.tokens import Context, Rule, Scheme, Wish, colors_of, contrast, read_rules, text, values

RULES = read_rules((theme_folder() / "assets/gongkai.css").read_text("utf-8"))

SURFACES = ("--paper", "--surface", "--tint", "--alert-tint")
# What may stand on what, as text of any size.
TEXT = {
    "--ink": (*SURFACES, "--mark"),
    "--muted": SURFACES,
    "--lead": SURFACES,
    "--lead-ink": SURFACES,
    "--alert": ("--paper", "--surface", "--alert-tint"),
    "--on-lead": ("--lead",),
    "--on-band": ("--band",),
    "--on-alert": ("--alert",),
}
BLACK = ("--ink", "--muted", "--lead", "--lead-ink", "--alert")
# Borders of controls, marks, bars, rings of focus.
GRAPHICS = {
    "--edge": ("--paper", "--surface"),
    "--lead": SURFACES,
    "--alert": ("--paper", "--surface", "--alert-tint"),
    "--band": ("--on-band",),
    "--focus": SURFACES,
    "#fff": ("--band",),
}
NO_PAIR = {
    "--line": "rules between what margins part already, never a control's sole edge",
    "--plain": "stands in for others in high contrast",
    "--strong": "stands in for others in high contrast",
    "--strong-lead": "stands in for others in high contrast",
    "--strong-alert": "stands in for others in high contrast",
}
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
WISHES: tuple[Wish, ...] = ("usual", "class", "switch", "system")
SCREENS = [Context(scheme, wish) for scheme, wish in product(SCHEMES, WISHES)]
PRINTS = [Context(scheme, wish, "print") for scheme, wish in product(SCHEMES, WISHES)]
_DRAWING = ("border", "outline", "stroke", "fill")


def _name(context: Context) -> str:
    return f"{context.scheme}-{context.contrast}-{context.medium}"


def _pairs(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(front, back) for front, backs in table.items() for back in backs]


def _figures(rules: list[Rule], context: Context, pairs: list[tuple[str, str]]) -> dict[tuple[str, str], float]:
    tokens = values(rules, context)
    return {(front, back): contrast(_color(tokens, front), _color(tokens, back)) for front, back in pairs}


def _color(tokens: dict[str, RGBA], name: str) -> RGBA:
    color = parse_color(name) if name.startswith("#") else tokens.get(name)
    assert isinstance(color, RGBA), f"{name} is no colour of the style sheet"
    return color


def _low(figures: dict[tuple[str, str], float], least: float) -> list[str]:
    for (front, back), figure in sorted(figures.items(), key=lambda item: item[1]):
        print(f"{figure:5.1f}  {front} on {back}")
    return [f"{front} on {back}: {figure:.2f} < {least}" for (front, back), figure in figures.items() if figure < least]


@pytest.mark.parametrize("context", SCREENS, ids=_name)
def test_text_stands_out(context: Context) -> None:
    """4.5 for text of any size (1.4.3), 7 for who asks for more (1.4.6)."""
    least = 4.5 if context.contrast == "usual" else 7
    low = _low(_figures(RULES, context, _pairs(TEXT)), least)
    assert not low, "\n".join(low)


@pytest.mark.parametrize("context", SCREENS, ids=_name)
def test_controls_and_marks_stand_out(context: Context) -> None:
    """3 for what must be seen and is no text (1.4.11)."""
    low = _low(_figures(RULES, context, _pairs(GRAPHICS)), 3)
    assert not low, "\n".join(low)


@pytest.mark.parametrize("context", PRINTS, ids=_name)
def test_paper_is_white_and_text_black(context: Context) -> None:
    """Whatever the screen looked like when the reader printed."""
    tokens = values(RULES, context)
    wanted = dict.fromkeys(SURFACES, "#fff") | dict.fromkeys(BLACK, "#000")
    wrong = [f"{name} is not {color}" for name, color in wanted.items() if tokens[name] != parse_color(color)]
    wrong += _low(_figures(RULES, context, _pairs(TEXT)), 7)
    assert not wrong, "\n".join(wrong)


def test_dark_and_high_contrast_are_not_the_light_scheme() -> None:
    """The proofs above look at different colours."""
    seen = [values(RULES, context) for context in SCREENS if context.contrast in {"usual", "class"}]
    assert all(one["--ink"] != other["--ink"] for one, other in pairwise(seen))


def test_high_contrast_is_the_same_however_asked_for() -> None:
    """A block for the class, one for the switch without script, one for the system's wish: no list may hold :has()."""
    blocks: dict[str, list[dict[str, str]]] = {}
    for rule in RULES:
        if rule.tokens and (rule.selector != ":root" or "(prefers-contrast: more)" in rule.media):
            blocks.setdefault(rule.selector, []).append({name: text(value) for name, value in rule.declarations})
    assert blocks.keys() == {"html.gk-contrast", "html:has(#gk-contrast:checked)", ":root"}
    first, *others = blocks.values()
    assert all(other == first for other in others)


@cache
def _colors() -> set[str]:
    return {name for context in SCREENS for name in values(RULES, context)}


def test_every_colour_has_a_pair_or_a_reason() -> None:
    """A token that no pair holds is proved by nothing."""
    paired = {name for table in (TEXT, GRAPHICS) for pair in _pairs(table) for name in pair if name.startswith("--")}
    assert _colors() == paired | NO_PAIR.keys()
    assert not paired & NO_PAIR.keys()


def _uses(rule: Rule, *properties: str) -> set[str]:
    """Return the colours that a rule gives to properties of these names, `border` for `border-top` too."""
    named = {
        color
        for name, value in rule.declarations
        if name in properties or name.startswith(tuple(f"{one}-" for one in properties))
        for color in colors_of(value)
    }
    return {name for name in named if name.startswith("#") or name in _colors()}


def _strays(rules: list[Rule]) -> list[str]:
    """Return each use of colours that the pairs above don't cover; on paper, another test looks at the tokens."""
    found = []
    for rule in rules:
        if "print" in rule.media:
            continue
        fronts, backs = _uses(rule, "color"), _uses(rule, "background")
        drawn = _uses(rule, *_DRAWING)
        wrong = {f"text {front} on {back}" for front in fronts for back in backs if back not in TEXT.get(front, ())}
        wrong |= {f"text {front}" for front in fronts - TEXT.keys()}
        if not fronts:
            wrong |= {f"text on {back}" for back in backs - {*SURFACES} - GRAPHICS.keys()}
        wrong |= {f"drawing in {one}" for one in drawn - GRAPHICS.keys() - TEXT.keys() - NO_PAIR.keys()}
        found += [f"line {rule.line}, {rule.selector}: {use}" for use in sorted(wrong)]
    return found


def test_rules_use_only_proved_pairs() -> None:
    """Where a rule sets both colours, they are a pair of the table; one alone is at least some pair's."""
    found = _strays(RULES)
    assert not found, "\n".join(found)


# Lead colours as offices have them: reds like the alert, browns, greens, blues, violets, greys, one far too pale.
LEADS = ("#7A1E1E", "#C00000", "#5C3A21", "#8A4B00", "#0B5D3B", "#003399", "#6B2D5C", "#1D1E1C", "#000000", "#FFD700")


def _own(lead: str) -> list[Rule]:
    return [*RULES, *read_rules(style_sheet(palette_of(legible(Color.of(lead)))))]


@pytest.mark.parametrize("lead", LEADS)
def test_an_offices_own_colours_stand_out(lead: str) -> None:
    """As the theme's own do, in every look; on paper nothing of them is left."""
    rules = _own(lead)
    for context in SCREENS:
        assert _low(_figures(rules, context, _pairs(TEXT)), 4.5 if context.contrast == "usual" else 7) == [], context
        assert _low(_figures(rules, context, _pairs(GRAPHICS)), 3) == [], context
    for context in PRINTS:
        own, usual = values(rules, context), values(RULES, context)
        assert [own[name] for name in (*SURFACES, *BLACK)] == [usual[name] for name in (*SURFACES, *BLACK)]


@pytest.mark.parametrize("lead", LEADS)
def test_words_in_an_offices_own_colour_have_the_contrast_that_is_asked_for(lead: str) -> None:
    """Links and white words on the colour, in the pairs that a page shows, in both schemes."""
    pairs = [(front, back) for front in ("--lead", "--lead-ink") for back in ("--paper", "--surface", "--alert-tint")]
    pairs += [("--on-lead", "--lead"), ("--on-band", "--band"), ("--ink", "--mark"), ("--ink", "--tint")]
    for scheme in SCHEMES:
        assert _low(_figures(_own(lead), Context(scheme), pairs), NEEDED) == []


@pytest.mark.parametrize("lead", LEADS)
def test_an_alert_is_never_taken_for_the_lead_colour(lead: str) -> None:
    """Where the two would be alike, what alerts is in ink."""
    palette = palette_of(legible(Color.of(lead)))
    for own, usual in ((palette.light, LIGHT), (palette.dark, DARK)):
        assert distance(own["lead"], own.get("alert", usual["alert"])) > 0.1
    assert ("alert" in palette.light) == (lead in {"#7A1E1E", "#C00000", "#5C3A21", "#8A4B00", "#6B2D5C"})


def test_the_program_knows_the_style_sheets_own_colours() -> None:
    for scheme, known in zip(SCHEMES, (LIGHT, DARK), strict=True):
        tokens = values(RULES, Context(scheme))
        assert {name: parse_color(str(color)) for name, color in known.items()} == {
            name: tokens[f"--{name}"] for name in known
        }
    assert legibility(LIGHT["lead"]) >= NEEDED


SMALL = """\
:root { --paper: #fff; --ink: #767676; --size: 1rem }
@media (prefers-color-scheme: dark) { :root { --paper: #000; --ink: var(--more); --more: #fff } }
html.gk-contrast { --ink: #000 }
@media print { :root { --ink: #777 } }
"""


@pytest.mark.parametrize(
    ("context", "figure"),
    [
        (Context("light"), 4.54),
        (Context("dark"), 21),
        (Context("light", "class"), 21),
        (Context("dark", "class"), 1),
        (Context("light", "switch"), 4.54),
        (Context("light", "usual", "print"), 4.48),
        (Context("light", "class", "print"), 21),
    ],
    ids=lambda value: _name(value) if isinstance(value, Context) else str(value),
)
def test_figures_follow_the_cascade(context: Context, figure: float) -> None:
    """Media, specificity, order and references decide as in a browser; #767676 on white is WCAG's own example."""
    pair = ("--ink", "--paper")
    assert _figures(read_rules(SMALL), context, [pair])[pair] == pytest.approx(figure, abs=0.005)


@pytest.mark.parametrize(
    ("css", "problem"),
    [
        ("p { --ink: #000 }", "line 1: tokens are set on p, beside the cascade"),
        ("@media (hover) { :root { --ink: #000 } }", "line 1: tokens depend on (hover)"),
        (":root { --ink: #000 }", "--paper is no colour of the style sheet"),
    ],
)
def test_what_cannot_be_proved_is_refused(css: str, problem: str) -> None:
    with pytest.raises(AssertionError, match=problem.replace("(", r"\(").replace(")", r"\)")):
        _figures(read_rules(css), Context("light"), [("--ink", "--paper")])


@pytest.mark.parametrize(
    ("css", "stray"),
    [
        ("p { color: var(--edge) }", "text --edge"),
        ("p { color: var(--muted); background: var(--lead) }", "text --muted on --lead"),
        ("p { background-color: var(--line) }", "text on --line"),
        ("p { border-top: 1px solid #abc }", "drawing in #abc"),
        ("@media (hover) { a, p { color: #abc } a { color: inherit } }", "text #abc"),
    ],
)
def test_a_stray_colour_is_found(css: str, stray: str) -> None:
    assert f"line 1, p: {stray}" in _strays(read_rules(css))
