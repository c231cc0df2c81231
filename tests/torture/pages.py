"""Ask the search before a thousand notices, and have axe read every state in every look; print what was found.

python tests/torture/pages.py [queries of the script] [queries of the page] [seed]
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser

from tests.shots.camera import camera
from tests.shots.states import STATES
from tests.support.browser.axe import LOOKS, Axe
from tests.support.browser.chromium import chromium
from tests.support.search.many import THOUSAND, ask_page, ask_script, many
from tests.support.search.session import build_frame, opened

_SEED = 20251201


def main(of_script: int = 300, of_page: int = 40, seed: int = _SEED) -> None:
    """Do both, and exit 1 where anything was not as it must be."""
    dice = random.Random(seed)  # noqa: S311  (reproducible, not secret)
    with tempfile.TemporaryDirectory() as temporary, chromium() as browser:
        _search(browser, Path(temporary), of_script, of_page, dice)
        found = _looks(browser, Path(temporary))
    print("\n".join(found))
    sys.exit(1 if found else 0)


def _search(browser: Browser, home: Path, of_script: int, of_page: int, dice: random.Random) -> None:
    start = time.monotonic()
    (home / "nothing").mkdir()
    (home / "searched").mkdir()
    content = many(home / "nothing", THOUSAND)
    with opened(browser, build_frame(home / "frame"), home / "searched", content) as search:
        hits, marks = ask_script(search, of_script, dice), ask_page(search, of_page, dice)
    assert hits > 20 * of_script
    assert marks > 12 * of_page
    print(f"{len(content.entries)} notices: {hits} hits, {marks} marks, {time.monotonic() - start:.0f} s", flush=True)


def _looks(browser: Browser, home: Path) -> list[str]:
    start, axe, found = time.monotonic(), Axe.shipped(), []
    with camera(browser, home, STATES) as taking:
        for state in STATES:
            with taking.before(state, 1280) as page:
                found += [f"{state}: {violation}" for violation in axe.violations(page)]
    print(f"{len(STATES)} states in {len(LOOKS)} looks: {len(found)} violations, {time.monotonic() - start:.0f} s")
    return found


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
