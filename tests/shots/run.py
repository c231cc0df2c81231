"""Take pictures of every state of the site, to be looked at by a person before a release."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from tests.shots.camera import SIZES, Camera, camera, can_print, choose
from tests.shots.sheets import lay_sheets
from tests.shots.states import STATES
from tests.support.browser.chromium import chromium
from tests.support.program import ROOT

README = ROOT / "tests" / "shots" / "readme"
# A picture of the readme is small: flat colours, of which a palette holds enough.
_COLOURS = 64


def take_all(browser: Browser, out: Path, names: Sequence[str], widths: Sequence[int]) -> None:
    """Take the pictures of states at widths into `out`, print those that have paper, and lay sheets of all."""
    out.mkdir(parents=True, exist_ok=True)
    printing = can_print()
    if not printing:
        print("paper: left out, for pdftoppm (Debian: poppler-utils) is not there", flush=True)
    with camera(browser, out, names) as taking:
        for name in names:
            start = time.monotonic()
            for width in widths:
                taking.take(name, width)
            if printing and STATES[name].paper:
                taking.print_out(name)
            lay_sheets(out, name)
            print(f"{name}: {time.monotonic() - start:.1f} s", flush=True)


def take_for_readme(taking: Camera) -> None:
    """Take the three pictures of the readme: a notice on a phone, the home page, the notice in large type at night."""
    taking.out.mkdir(parents=True, exist_ok=True)
    for file, name, width, large in (
        ("phone-open", "open", 360, False),
        ("desktop-home", "home", 1280, False),
        ("phone-dark-large", "open", 360, True),
    ):
        path = taking.out / f"{file}.png"
        with taking.before(name, width, scale=2 if width == 360 else 1) as page:
            if large:
                page.emulate_media(color_scheme="dark")
                choose(page, "large")
            page.screenshot(path=path)
        with Image.open(path) as picture:
            small = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
        small.save(path, optimize=True)
        print(f"{path}: {path.stat().st_size / 1000:.0f} kB", flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Take the pictures that a command line asks for."""
    parser = argparse.ArgumentParser(prog="shots", description=__doc__)
    parser.add_argument("--only", action="append", choices=STATES, metavar="STATE", help=", ".join(STATES))
    parser.add_argument("--width", action="append", type=int, choices=SIZES)
    parser.add_argument("--readme", action="store_true", help="take the three pictures of the readme, and no others")
    parser.add_argument("--out", type=Path, help="the folder for the pictures")
    asked = parser.parse_args(arguments)
    if asked.readme:
        with chromium() as browser, camera(browser, asked.out or README, ("open", "home")) as taking:
            take_for_readme(taking)
        return
    names = asked.only or list(STATES)
    start = time.monotonic()
    out = asked.out or ROOT / "shots"
    with chromium() as browser:
        take_all(browser, out, names, asked.width or tuple(SIZES))
    print(f"{len(list(out.glob('*.png')))} pictures in {out}, {time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    main()
