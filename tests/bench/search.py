"""Measure the search at ten thousand notices: making its index, beside Pagefind's, and asking it in a browser."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pagefind_bin import get_executable  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from generator.check import check_content
from generator.files import DataFile, write_files
from generator.model import Notice, notice_text
from generator.pages import BuildTime
from generator.period import parse_now
from tests.bench.measure import measure
from tests.support.browser.chromium import chromium
from tests.support.browser.nginx import serving
from tests.support.browser.watch import settle, watching
from tests.support.building import make_site
from tests.support.search.corpus import FIRST_YEAR, ORGANS, Scanned, notice, scan_all, scanned, write_notices
from tests.support.search.index import index_files
from tests.support.search.queries import queries

_NOTICES = 10_000
_YEARS = 10
_QUERIES = 305
_CORES = 2
# Asking every 10 ms whether a search is over slows it by a fifth.
_UNWATCHED = 0.25
# When the page had found what it shows, in ms since the visit began.
_CLOCK = """\
document.addEventListener("DOMContentLoaded", () => {
  const found = document.getElementById("gk-found"), told = () => { window.said = performance.now(); };
  if (found) { new MutationObserver(told).observe(found, { childList: true }); }
});
"""
_TIMES = """\
() => {
  const first = performance.getEntriesByType("resource").find(entry => entry.name.endsWith("/search/index.json"));
  return [window.said - first.startTime, window.said];
}
"""


@dataclass(slots=True)
class Asked:
    """What one query cost: files and bytes of the index without and with headers, ms to search, ms with the page."""

    kind: str
    requests: int = 0
    body: float = 0
    wire: float = 0
    search: float = 0
    whole: float = 0


def corpus(number: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield so many notices of ten years, by id."""
    share = -(-number // _YEARS)
    for index in range(number):
        year = FIRST_YEAR + index // share
        yield f"{year}/notice-{index}", notice(index, year)


def make_index(content_folder: Path, out: Path) -> None:
    """Index a content folder and print what it took: run in a process of its own, for the memory."""
    start = time.monotonic()
    content = check_content(content_folder, cores=_CORES).content
    assert content is not None
    loaded = time.monotonic()
    before = _peak()
    at = BuildTime(parse_now("2025-12-01"), pinned=True)
    making: list[float] = []
    sizes = [written.size for written in write_files(out, _timed(index_files(content, at, _CORES), making))]
    files, size, made, took = len(sizes), sum(sizes), sum(making), time.monotonic() - loaded
    count = len(content.entries)
    print(
        f"{count} notices: index {1000 * made / count:.2f} ms each, writing it {1000 * (took - made) / count:.2f} ms",
        f"{files} files, {files / count:.2f} each; {size / count / 1024:.1f} KB each",
        f"peak memory {_peak():.0f} MB; {before:.0f} with the content alone (checked in {loaded - start:.0f} s)",
        sep="\n",
        flush=True,
    )


def _timed(files: Iterator[DataFile], spent: list[float]) -> Iterator[DataFile]:
    """Pass files on, and note the seconds that each took to come."""
    while True:
        start = time.monotonic()
        file = next(files, None)
        spent.append(time.monotonic() - start)
        if file is None:
            return
        yield file


def _peak() -> float:
    """Return the most memory that this process has held, in MB; what getrusage says counts its parent's too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def make_pagefind(notices: Sequence[Notice], folder: Path) -> None:
    """Index the same texts with Pagefind, as bare pages, and print what it took."""
    for one in notices:
        page = folder / "site" / one.id / "index.html"
        page.parent.mkdir(parents=True)
        lines = "".join(f"<p>{escape(line)}</p>" for line in notice_text(one).splitlines()[1:])
        title = escape(one.title)
        head = f'<!doctype html><html lang="zh"><title>{title}</title><body data-pagefind-body><h1>{title}</h1>'
        page.write_text(head + lines, encoding="utf-8")
    cost = measure((get_executable(), "--site", "site", "--output-path", "out", "--silent"), folder)
    print(
        f"Pagefind: {1000 * cost.seconds / len(notices):.2f} ms each; {cost.files} files; "
        f"{1000 * cost.megabytes / len(notices):.1f} KB each; peak memory {cost.memory:.0f} MB",
        flush=True,
    )


def ask(page: Page, address: str, kind: str, folder: Path) -> Asked:
    """Ask one query by its address twice, with nothing in the browser's cache: to count, and unwatched to time it."""
    asked, named = Asked(kind), {}
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    devtools.on("Network.requestWillBeSent", lambda event: named.update({event["requestId"]: event["request"]["url"]}))

    def finished(event: dict[str, Any]) -> None:
        path = named[event["requestId"]].partition("?")[0].partition("/search/")[2]
        if path.endswith((".bin", ".json")):
            asked.requests += 1
            asked.wire += event["encodedDataLength"] / 1024
            asked.body += (folder / "search" / path).stat().st_size / 1024

    devtools.on("Network.loadingFinished", finished)
    page.goto(address)
    settle(page)
    devtools.send("Network.clearBrowserCache")
    devtools.detach()
    page.goto(address)
    settle(page, pause=_UNWATCHED)
    asked.search, asked.whole = page.evaluate(_TIMES)
    return asked


def ask_all(browser: Browser, site: Path, notices: Sequence[Scanned], home: Path) -> None:
    """Ask queries of all kinds, hold the first ten answers against a plain scan, and print what they cost."""
    dice = random.Random(20251201)  # noqa: S311  (reproducible, not secret)
    chosen = list(queries(["\n".join(one.lines) for one in dice.sample(list(notices), 400)], _QUERIES, dice))
    answers, right, short = [], 0, 0
    with serving({"/": site}, home) as origin, watching(browser, origin) as watch:
        watch.page.add_init_script(_CLOCK)
        ask(watch.page, f"{origin}/search/?q={quote('整改')}", "warming", site)
        for kind, query in chosen:
            answers.append(ask(watch.page, f"{origin}/search/?q={quote(query)}", kind, site))
            shown = [link.get_attribute("href") for link in watch.page.locator(".gk-item__title").all()]
            expected = [f"../notices/{id_}/" for id_ in scan_all(notices, query)[:10]]
            right += shown == expected[: len(shown)]
            short += len(shown) < len(expected)
        if watch.complaints:
            sys.exit("\n".join(watch.complaints))
    print(f"{right} of {len(chosen)} answered as a plain scan does; {short} stopped early, with a button to go on")
    for kind in dict.fromkeys(one.kind for one in answers):
        _print(kind, [one for one in answers if one.kind == kind])
    _print("all", answers)


def _print(kind: str, answers: Sequence[Asked]) -> None:
    columns = {"KB": "body", "KB with headers": "wire", "requests": "requests", "ms": "search", "ms with page": "whole"}
    told = []
    for words, name in columns.items():
        values = sorted(getattr(one, name) for one in answers)
        middle, most = values[len(values) // 2], values[min(len(values) - 1, len(values) * 95 // 100)]
        told.append(f"{words} {middle:.0f}/{most:.0f}/{values[-1]:.0f}")
    print(f"{kind:>26}  {'  '.join(told)}", flush=True)


def main(number: int) -> None:
    """Print all figures; where three stand together they are median, 95 in 100, and worst."""
    with tempfile.TemporaryDirectory() as temporary, chromium() as browser:
        root = Path(temporary)
        write_notices(root / "content", corpus(number))
        # The page that asks is that of a site with a notice of each organ.
        write_notices(root / "frame" / "content", ((f"2025/notice-{key}", notice(key, 2025)) for key in range(ORGANS)))
        make_site(root / "frame", root / "site", "2025-12-01")
        index = [sys.executable, "-m", "tests.bench.search", "index", str(root / "content"), str(root / "site")]
        subprocess.run(index, check=True)
        notices = [Notice.model_validate({"编号": id_, **data}) for id_, data in corpus(number)]
        make_pagefind(notices, root / "pagefind")
        (root / "nginx").mkdir()
        ask_all(browser, root / "site", scanned(notices), root / "nginx")


if __name__ == "__main__":
    if sys.argv[1:2] == ["index"]:
        make_index(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else _NOTICES)
