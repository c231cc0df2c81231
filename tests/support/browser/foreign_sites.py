"""Sites into which a fragment is pasted: style sheets as such sites have them, and what may go wrong there."""

from __future__ import annotations

# Resets, a narrow column, justified and indented small print, floats, tables without borders, headings as bars.
OLD = """\
html, body, div, p, h1, h2, h3, h4, h5, table, th, td, strong, a {
  margin: 0; padding: 0; border: 0; font-size: 100%; font-weight: normal; vertical-align: baseline;
}
body { font: 12px/1.2 SimSun, serif; color: #999; background: #e9f1f8; text-align: center; }
.main { width: 960px; max-width: 100%; margin: 0 auto; text-align: left; background: #fff; }
.content { padding: 10px; font-size: 14px; line-height: 20px; letter-spacing: 2px; text-align: justify; }
.content div { float: left; width: 48%; max-width: 300px; line-height: 1.2; font-size: 10.5pt; margin: 5px 0; }
.content p { float: left; width: 100%; margin: 20px 0; text-indent: 2em; line-height: 1.2; font-size: 10.5pt; }
.content p { white-space: nowrap; overflow: hidden; }
.content h2, .content h3, .content h4, .content h5 {
  float: left; height: 30px; padding-left: 30px; line-height: 30px; overflow: hidden; font-size: 14px;
  color: #fff; background: #1e5fa8; text-transform: uppercase;
}
.content table { width: 1200px; border: none; }
.content td, .content th { padding: 0; border: none; font-size: 9pt; text-align: center; white-space: nowrap; }
.content strong { font-weight: normal; font-size: 12px; color: #c00; }
.content a { float: right; color: #999; text-decoration: none; }
"""
# Whatever is shown is forced into one mould.
FORCED = """\
* { font-size: 12px !important; line-height: 16px !important; color: #aaa !important; letter-spacing: 1px !important; }
.content div, .content p, .content h2, .content h3, .content h4, .content h5 {
  display: inline-block !important; float: right !important; max-width: 120px !important; margin: 10px 40px !important;
  padding: 3px !important; border: 3px solid red !important; background: #f0f !important;
  text-align: center !important; text-indent: 2em !important; text-transform: uppercase !important;
  white-space: nowrap !important;
}
table { display: block !important; width: 2000px !important; border: 5px solid blue !important; }
td, th { display: inline-block !important; width: 700px !important; background: #222 !important; }
td, th { color: #333 !important; }
thead, tbody, tr { display: block !important; background: #0f0 !important; }
"""
DARK = """\
html, body { background: #0b0f14; color: #cbd5e1; font: 15px/1.4 sans-serif; }
.content { padding: 12px; }
.content * { color: #cbd5e1; background: #0b0f14; border-color: #334155; }
.content p, .content a { color: #94a3b8 !important; line-height: 1.3; }
.content h2, .content h3, .content h4, .content h5 { color: #fff !important; background: #111827 !important; }
td, th { background: #1e293b !important; color: #e2e8f0 !important; }
"""
SHEETS = {"old": OLD, "forced": FORCED, "dark": DARK}

# Each element with words of its own: is it large, airy, in contrast, in place, whole and within the window?
FAULTS = """\
() => {
  const rgb = colour => (colour.match(/[0-9.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(part => part / 255)
    .map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const ground = element => {
    for (; element; element = element.parentElement) {
      const colour = rgb(getComputedStyle(element).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) { return colour; }
    }
    return [255, 255, 255];
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const words = element => [...element.childNodes]
    .some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const told = [...document.querySelectorAll(".content *")].filter(words);
  const lines = told.filter(element => getComputedStyle(element).display !== "inline");
  const faults = [];
  for (const element of told) {
    const style = getComputedStyle(element), box = element.getBoundingClientRect(), size = parseFloat(style.fontSize);
    const start = element.textContent.slice(0, 20);
    const check = (fine, fault) => fine || faults.push(`${element.localName} ${fault}: ${start}`);
    check(size >= 16, `of ${size}px`);
    check(parseFloat(style.lineHeight) / size >= 1.499, `with lines of ${style.lineHeight}`);
    check(contrast(rgb(style.color), ground(element)) >= 4.5, `${style.color} on ${ground(element)}`);
    check(style.float === "none", `floats ${style.float}`);
    check(style.textTransform === "none" && ["0px", "normal"].includes(style.letterSpacing), "respaced");
    check(box.left >= 0 && box.right <= innerWidth + 0.5, `from ${box.left} to ${box.right}`);
    check(element.scrollWidth <= element.clientWidth + 1 || style.display === "inline", "cut off");
    check(element.scrollHeight <= element.clientHeight + 3 || style.display === "inline", "cut off below");
    check(!["strong", "h2", "h3", "h4", "h5", "th"].includes(element.localName) || style.fontWeight === "700", "thin");
  }
  const boxes = lines.map(element => element.getBoundingClientRect());
  for (const [index, box] of boxes.entries()) {
    const over = boxes.slice(index + 1, index + 12).find(other =>
      Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 1
      && Math.min(box.right, other.right) - Math.max(box.left, other.left) > 1);
    if (over) { faults.push(`overlapping: ${lines[index].textContent.slice(0, 20)}`); }
  }
  if (document.documentElement.scrollWidth > innerWidth) { faults.push("sideways scroll"); }
  return told.length > 10 ? faults : ["hardly any words"];
}
"""


def foreign_page(sheet: str, html: str) -> str:
    """Return a page of another site with something pasted into its content."""
    return (
        '<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<title>别处</title><style>{sheet}</style><div class="main"><div class="content">{html}</div></div></html>'
    )
