"""axe-core in every look of a page: each width, colour scheme and choice of the header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, Literal

from playwright.sync_api import Page

from tests.shots.camera import SIZES, choose
from tests.support.browser.measurements import UNFOLD

# Width, scheme, and what the reader chose in the header.
Look = tuple[int, Literal["light", "dark"], str]
LOOKS: tuple[Look, ...] = (
    *((width, "light", "") for width in SIZES),
    *((width, "dark", "") for width in SIZES),
    (320, "light", "large"),
    (360, "dark", "large"),
    (1280, "light", "large"),
    (320, "light", "contrast"),
    (1280, "dark", "contrast"),
)
# Of these every width, scheme and choice: for pages of a template that is looked at in all of them elsewhere.
FEW_LOOKS: tuple[Look, ...] = (
    (320, "light", ""),
    (768, "dark", ""),
    (1280, "light", ""),
    (360, "dark", "large"),
    (1280, "dark", "contrast"),
)
# One rule in place of two: what has the contrast that AAA asks for has that of AA too. As axe brings it, the rule
# for AAA passes what fails AA, since the other reports it.
_CONTRAST = "color-contrast-enhanced"
_CONFIGURE = f"""\
{{
  const ratios = {{ normal: {{ expected: 7 }}, large: {{ expected: 4.5 }} }};
  const {{ options }} = axe._audit.checks["{_CONTRAST}"];
  axe.configure({{ checks: [{{ id: "{_CONTRAST}", options: {{ ...options, contrastRatio: ratios }} }}] }});
}}
"""
# All rules but those about contrast, or of these only the ones about colours.
_RUN = """\
all => axe.run({
  rules: Object.fromEntries(axe.getRules().map(({ ruleId, tags }) => [
    ruleId, { enabled: !ruleId.startsWith("color-contrast") && (all || tags.includes("cat.color")) },
  ])),
  resultTypes: ["violations"],
}).then(({ violations, passes }) => ({ violations, passed: passes.length }))
"""
_RUN_CONTRAST = f"""\
() => axe.run({{ include: window.fresh }}, {{ runOnly: ["{_CONTRAST}"], resultTypes: ["violations"] }})
  .then(({{ violations, passes }}) => ({{ violations, passed: passes.length }}))
"""
# All that a rule can see of a page but colours: elements, attributes, states, and where each element stands.
_SHAPE = """\
() => document.documentElement.outerHTML + JSON.stringify([...document.querySelectorAll("*")].map(element => {
  const { x, y, width, height } = element.getBoundingClientRect(), css = getComputedStyle(element);
  return [x, y, width, height, css.visibility, css.position, css.overflow, css.fontSize, element.checked];
}))
"""
# All that the contrast of a text follows from: its colour and size, and what is painted beneath and above it at both
# ends and in the middle of each of its lines. Leaves the elements with what is not known yet in `window.fresh`.
_FRESH = """\
known => {
  const seen = new Set(known), found = new Set(), paints = new Map();
  // Its ground, "" where it has none, and what it does to all that is in it.
  const paint = element => {
    const { backgroundColor, backgroundImage, opacity, filter, mixBlendMode } = getComputedStyle(element);
    const colour = backgroundColor === "rgba(0, 0, 0, 0)" ? "" : backgroundColor;
    const effects = [opacity, filter, mixBlendMode].join().replace("1,none,normal", "");
    return [colour + backgroundImage.replace("none", ""), effects];
  };
  const painted = element => paints.get(element) ?? paints.set(element, paint(element)).get(element);
  const ancestors = element => element ? [element, ...ancestors(element.parentElement)] : [];
  // What lies above the element, itself, and what lies beneath down to the first solid colour.
  const at = (element, x, y) => {
    const stack = document.elementsFromPoint(x, y), all = stack.length ? stack : ancestors(element);
    const place = all.findIndex(one => element.contains(one));
    const solid = all.findIndex((one, number) => number >= place && painted(one)[0].startsWith("rgb("));
    return all.slice(0, solid < 0 ? all.length : solid + 1).map((one, number) => {
      const ground = painted(one)[0];
      return ground && (number < place ? `above ${ground}` : ground);
    }).filter(Boolean).join();
  };
  const range = document.createRange();
  window.fresh = [...document.body.querySelectorAll("*")].filter(element => {
    const texts = [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const written = element.matches("input, select, textarea, button");
    if (!texts.length && !written || !element.checkVisibility({ visibilityProperty: true })) { return false; }
    const css = getComputedStyle(element), beneath = new Set();
    for (const node of written ? [element] : texts) {
      range.selectNode(node);
      const boxes = range.getClientRects().length;
      for (let number = 0; number < boxes; number += 1) {
        let box = range.getClientRects()[number];
        if (box.top < 0 || box.bottom > innerHeight) {
          scrollBy(0, box.top - 40);
          box = range.getClientRects()[number];
        }
        const middle = (box.top + box.bottom) / 2;
        for (const x of [box.left + 1, (box.left + box.right) / 2, box.right - 1]) {
          beneath.add(at(element, x, middle));
        }
      }
    }
    const text = [css.color, css.webkitTextFillColor, css.fontSize, css.fontWeight, css.textShadow];
    const effects = ancestors(element).map(one => painted(one)[1]).join("");
    const key = [...text, css.webkitTextStroke, effects, ...[...beneath].sort()].join("|");
    found.add(key);
    return !seen.has(key);
  });
  scrollTo(0, 0);
  return [...found];
}
"""


@dataclass(slots=True)
class Axe:
    """axe-core, and the paintings of text that it has found nothing against, on whichever page."""

    source: str
    passed: set[str] = field(default_factory=set)

    @classmethod
    def shipped(cls) -> Axe:
        """Return axe-core as its package carries it."""
        return cls(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))

    def violations(self, page: Page, looks: Sequence[Look] = LOOKS) -> list[str]:
        """Run every rule, best practices, experimental and AAA ones among them, in each look; none is left out.

        Where two looks differ in colours alone, only rules about colours run in the second, since the others see the
        same; and contrast is computed once for the same text colours, size and ground.
        """
        page.evaluate(UNFOLD)
        page.evaluate(self.source + _CONFIGURE)
        found: list[str] = []
        shapes: set[str] = set()
        for width, scheme, choice in looks:
            page.set_viewport_size({"width": width, "height": SIZES[width]})
            page.emulate_media(color_scheme=scheme)
            if choice:
                assert choose(page, choice)
            shape = page.evaluate(_SHAPE)
            result = page.evaluate(_RUN, shape not in shapes)
            assert shape in shapes or result["passed"] > 20
            shapes.add(shape)
            found += [f"{width} {scheme} {choice} {each}" for each in (*_told(result), *self._contrast(page))]
            if choice:
                choose(page, choice)
        assert len(shapes) >= len({width for width, _, _ in looks})
        return found

    def _contrast(self, page: Page) -> list[str]:
        """Return what is wrong with the contrast of text that was not painted so before."""
        keys = page.evaluate(_FRESH, [*self.passed])
        if not page.evaluate("window.fresh.length"):
            return []
        result = page.evaluate(_RUN_CONTRAST)
        if not result["violations"]:
            self.passed.update(keys)
        return _told(result)


def _told(result: dict[str, Any]) -> list[str]:
    return [
        f"{violation['id']} {node['target']}: {node['failureSummary']}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]
