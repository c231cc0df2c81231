"""A browser before served sites: it takes the pictures of a state."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page

from tests.shots.states import SITES, STATES, broken_body, build
from tests.support.browser.nginx import serving
from tests.support.browser.watch import settle
from tests.support.readiness import PATIENCE

SIZES = {320: 640, 360: 640, 768: 1024, 1280: 900}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# What a reader can choose in the header, by id, and the widths at which it is looked at.
CHOICES = {"large": "gk-large", "contrast": "gk-contrast"}
CHOSEN_AT = (320, 360, 1280)
_CHOOSE = "id => { const box = document.getElementById(id); if (box) { box.click(); } return box !== null; }"
_BREAK = "html => { document.querySelector('.gk-page').parentElement.innerHTML = html; }"


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """A browser before sites served at `origin`, and the folder for its pictures; `broken` is for broken notices."""

    browser: Browser
    origin: str
    out: Path
    broken: str

    @contextmanager
    def before(self, name: str, width: int, *, scale: float = 1) -> Iterator[Page]:
        """Open a state's page in a window of its own whose clock stands at the instant of the site."""
        state, phone = STATES[name], width < 768
        context = self.browser.new_context(
            viewport={"width": width, "height": SIZES[width]},
            device_scale_factor=scale,
            is_mobile=phone,
            has_touch=phone,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        try:
            context.set_default_timeout(PATIENCE * 1000)
            page = context.new_page()
            page.clock.set_fixed_time(SITES[state.site].now)
            page.goto(f"{self.origin}/{state.site}/{state.address}")
            settle(page)
            if state.broken:
                page.evaluate(_BREAK, self.broken)
            yield page
        finally:
            context.close()

    def take(self, name: str, width: int) -> None:
        """Take a state's pictures at one width: both schemes, each choice of the header, a notice's first screen."""
        with self.before(name, width) as page:
            if STATES[name].notice and width == 360:
                page.screenshot(path=self.out / f"{name}-{width}-light-first.png")
            self._both_schemes(page, f"{name}-{width}", "")
            for choice in CHOICES if width in CHOSEN_AT else ():
                if choose(page, choice):
                    self._both_schemes(page, f"{name}-{width}", f"-{choice}")
                    choose(page, choice)

    def print_out(self, name: str) -> None:
        """Print a state's page and take a picture of each sheet of paper."""
        for old in self.out.glob(f"{name}-paper-*.png"):
            old.unlink()
        with self.before(name, 1280) as page, tempfile.TemporaryDirectory() as temporary:
            pdf = Path(temporary) / "paper.pdf"
            page.pdf(path=pdf, prefer_css_page_size=True)
            subprocess.run(["pdftoppm", "-r", "60", "-png", pdf, self.out / f"{name}-paper"], check=True)

    def _both_schemes(self, page: Page, start: str, end: str) -> None:
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            print(f"{start}{end}: {wide} px wider than the window", flush=True)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=self.out / f"{start}-{scheme}{end}.png", full_page=True)


def choose(page: Page, choice: str) -> bool:
    """Turn one of the header's choices on, or off again; False where the header doesn't offer it."""
    return bool(page.evaluate(_CHOOSE, CHOICES[choice]))


def can_print() -> bool:
    """Say whether the system can make pictures of paper."""
    return shutil.which("pdftoppm") is not None


@contextmanager
def camera(browser: Browser, out: Path, names: Iterable[str]) -> Iterator[Camera]:
    """Build and serve the sites of the states, and put a browser before them."""
    states = [STATES[name] for name in names]
    with tempfile.TemporaryDirectory(prefix="shots-") as temporary:
        folder = Path(temporary)
        sites = {f"/{name}/": build(name, folder) for name in sorted({state.site for state in states})}
        broken = broken_body(folder) if any(state.broken for state in states) else ""
        log = folder / "nginx"
        log.mkdir()
        with serving(sites, log) as origin:
            yield Camera(browser=browser, origin=origin, out=out, broken=broken)
