"""What a reader sees of a page at one width, measured in the browser: words, targets, motion."""

from __future__ import annotations

from typing import NamedTuple

from playwright.sync_api import Page

# To be run before the page; `sum(page.evaluate("shifts"))` is then how far things moved by themselves.
SHIFTS = """\
window.shifts = [];
new PerformanceObserver(list => { window.shifts.push(...list.getEntries().map(entry => entry.value)); })
  .observe({ type: "layout-shift", buffered: true });
"""
UNFOLD = "document.querySelectorAll('details').forEach(details => { details.open = true; })"
# https://www.w3.org/TR/WCAG22/#text-spacing; set by a way that the policy of the site does not stop.
SPACE = """\
() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
    p { margin-bottom: 2em !important; }
  `);
  document.adoptedStyleSheets = [sheet];
}
"""
# Each text node of the page, in order: its words, where its link leads, whether it stands in the rail.
_PLACES = """\
() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), places = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement, link = parent.closest("a"), words = (link ?? node).textContent.trim();
    const leads = link?.href ?? (parent.closest("button[type=submit]") ? parent.closest("form").action : "");
    places.push([words, leads, parent.closest(".gk-rail") !== null]);
  }
  return places;
}
"""
# Words that stand outside of the window or their box, are cut off by a box, or lie on other words.
_WORDS = """\
() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  const seen = [], faults = [], lines = [], styles = new Map(), holders = new Map();
  const style = element => styles.get(element) ?? styles.set(element, getComputedStyle(element)).get(element);
  const part = (one, other) => ({
    left: Math.max(one.left, other.left), right: Math.min(one.right, other.right),
    top: Math.max(one.top, other.top), bottom: Math.min(one.bottom, other.bottom),
  });
  const within = (inner, outer) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1
    && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
  const blockOf = element => style(element).display === "inline" ? blockOf(element.parentElement) : element;
  const page = { left: 0, right: innerWidth, top: -scrollY, bottom: Infinity };
  // The boxes around an element that cut off what is too large for them; a key or a finger scrolls some of them.
  const holdersOf = element => {
    if (element === document.body) { return []; }
    if (!holders.has(element)) {
      const { overflowX, overflowY } = style(element), box = element.getBoundingClientRect();
      const reached = element.tabIndex === 0 || element.querySelector("a");
      const scrolls = /auto|scroll/.test(overflowX + overflowY) && reached;
      const own = overflowX === "visible" && overflowY === "visible" ? [] : [{ box, scrolls }];
      holders.set(element, [...own, ...holdersOf(element.parentElement)]);
    }
    return holders.get(element);
  };
  for (let index = -1, node = walker.nextNode(); node; node = walker.nextNode()) {
    index += 1;
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest("script, noscript, .gk-hidden, .gk-skip")) { continue; }
    if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) { continue; }
    range.selectNodeContents(node);
    const size = parseFloat(style(parent).fontSize), words = node.data.trim().slice(0, 20), own = [];
    for (const box of range.getClientRects()) {
      const middle = (box.top + box.bottom) / 2;
      // A font's box is higher than its Chinese characters, which are as high as they are wide.
      const glyphs = { left: box.left, right: box.right, top: middle - size / 2, bottom: middle + size / 2 };
      if (box.width > 0.5) { own.push(glyphs); }
    }
    if (!own.length) { continue; }
    seen.push(index);
    const block = blockOf(parent).getBoundingClientRect();
    for (const glyphs of own) {
      let shown = glyphs, free = true;
      if (!within(glyphs, block)) { faults.push(`out of its box: ${words}`); }
      for (const { box, scrolls } of holdersOf(parent)) {
        if (scrolls) {
          shown = part(shown, box);
          free = false;
        } else if (free && !within(glyphs, box)) {
          faults.push(`cut off: ${words}`);
        }
      }
      if (free && !within(glyphs, page)) { faults.push(`outside of the window: ${words}`); }
      if (shown.right - shown.left > 1 && shown.bottom - shown.top > 1) { lines.push({ ...shown, node, words }); }
    }
  }
  lines.sort((one, other) => one.top - other.top);
  lines.forEach((line, at) => {
    for (let next = at + 1; next < lines.length && lines[next].top < line.bottom - 1; next += 1) {
      const both = part(line, lines[next]);
      if (both.right - both.left > 1 && both.bottom - both.top > 1) {
        faults.push(`${line.words} lies on ${lines[next].words}`);
      }
    }
  });
  for (const element of document.body.querySelectorAll("*")) {
    const css = style(element);
    // Each piece of a heading would stand in a column of its own.
    if (/flex|grid/.test(css.display) && element.querySelector(":scope > .gk-bound, :scope > wbr")) {
      faults.push(`in pieces: ${element.textContent.slice(0, 20)}`);
    }
    if (!/hidden|clip/.test(css.overflowX + css.overflowY) || element.matches(".gk-hidden, input")) { continue; }
    if (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1) {
      faults.push(`cuts off: ${element.localName}.${element.className.baseVal ?? element.className}`);
    }
  }
  const beyond = document.documentElement.scrollWidth - innerWidth;
  return [seen, beyond > 0 ? [...faults, `${beyond} px wider than the window`] : faults];
}
"""
# A target holds a square of 44 px in which every touch reaches it; links amid the words of a sentence are left out, as
# in https://www.w3.org/TR/WCAG22/#target-size-enhanced
_TARGETS = """\
() => {
  const least = 43.5, faults = [];
  let measured = 0;
  const displayed = element => getComputedStyle(element).display;
  const blockOf = element => displayed(element) === "inline" ? blockOf(element.parentElement) : element;
  const amidWords = link => {
    if (link.localName !== "a" || displayed(link) !== "inline") { return false; }
    const copy = blockOf(link).cloneNode(true);
    copy.querySelectorAll("a").forEach(element => element.remove());
    return copy.textContent.trim() !== "";
  };
  // Points half a pixel inside of the square: a box that starts between two pixels is rounded to one of them.
  const steps = [-least / 2 + 0.75, 0, least / 2 - 0.75];
  const holds = (target, box) => steps.every(down => steps.every(across => {
    const hit = document.elementFromPoint((box.left + box.right) / 2 + across, (box.top + box.bottom) / 2 + down);
    return hit !== null && target.contains(hit);
  }));
  for (const target of document.querySelectorAll("a[href], button, summary, label, select, textarea, [type=search]")) {
    // Of what is written into, not its label is aimed at.
    const written = target.control && target.control.type !== "checkbox";
    const shown = target.checkVisibility({ visibilityProperty: true }) && !target.matches(".gk-skip") && !written;
    if (!shown || amidWords(target)) { continue; }
    measured += 1;
    // The link of a card covers the card.
    const { width, height } = (target.closest(".gk-card") ?? target).getBoundingClientRect();
    const fits = width >= least && height >= (target.matches(".gk-call") ? 59.5 : least);
    if (!fits || ![...target.getClientRects()].some(box => holds(target, box))) {
      const size = `${width.toFixed(1)} by ${height.toFixed(1)}`, place = target.closest("[class]").className;
      faults.push(`${size} px in ${place}: ${target.textContent.trim().slice(0, 20)}`);
    }
  }
  return [measured, faults];
}
"""
_MOTION = """\
() => [...document.querySelectorAll("*")].flatMap(element => [null, "::before", "::after"].flatMap(pseudo => {
  const css = getComputedStyle(element, pseudo), faults = [];
  if (pseudo && css.content === "none") { return []; }
  if (css.transitionDuration.split(", ").some(time => time !== "0s")) { faults.push("transition"); }
  if (css.animationName !== "none") { faults.push("animation"); }
  if (css.scrollBehavior !== "auto") { faults.push("smooth scrolling"); }
  if (css.position === "fixed") { faults.push("fixed"); }
  if (css.position === "sticky" && !element.matches(".gk-rail")) { faults.push("sticky"); }
  return faults.map(fault => `${fault}: ${element.localName}.${element.getAttribute("class")}`);
}))
"""


class Words(NamedTuple):
    """The text nodes that are seen, by number, and what is wrong with them."""

    seen: set[int]
    faults: list[str]


class Place(NamedTuple):
    """Where a text node stands."""

    words: str
    href: str
    in_rail: bool


def places(page: Page) -> list[Place]:
    """Return all text nodes of a page in order, seen or not."""
    return [Place(*place) for place in page.evaluate(_PLACES)]


def words(page: Page, width: int, height: int) -> Words:
    """Look at all text in a window of this size."""
    page.set_viewport_size({"width": width, "height": height})
    seen, faults = page.evaluate(_WORDS)
    return Words(set(seen), faults)


def targets(page: Page, width: int) -> tuple[int, list[str]]:
    """Return how many targets were measured at a width, and those that are too small or that something covers."""
    page.set_viewport_size({"width": width, "height": 740})
    # As high as the page, since only what is in the window can be hit.
    page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
    number, faults = page.evaluate(_TARGETS)
    return number, faults


def motion(page: Page) -> list[str]:
    """Return what moves by itself or stays in the window while the page scrolls, but for the rail."""
    found: list[str] = page.evaluate(_MOTION)
    return found
