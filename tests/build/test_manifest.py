"""A copy of a site is checked with sha256sum alone: the head of its lists, then the list of each year."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.build.manifest import MANIFEST, SEAL, is_list, list_of, read_lists
from tests.support.archive.lists import listings
from tests.support.program import tree


def _checked(site: Path) -> set[str]:
    """Check a site as its guide says; return what was checked."""
    lists = [SEAL, MANIFEST, *sorted(path for path in tree(site) if re.fullmatch("data/manifest/[0-9]{4}.txt", path))]
    seen: list[str] = []
    for name in lists:
        run = subprocess.run(["sha256sum", "-c", name], cwd=site, capture_output=True, text=True, check=True)
        seen += [line.removesuffix(": OK") for line in run.stdout.splitlines()]
    assert len(seen) == len({*seen}), "a file is in one list"
    return {*seen}


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum")
def test_every_file_of_a_site_is_in_one_list_that_sha256sum_reads(demo: Path) -> None:
    assert _checked(demo) == {*tree(demo)} - {SEAL}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("notices/2025/one/index.html", "data/manifest/2025.txt"),
        ("notices/2025/one/2024-plan.pdf", "data/manifest/2025.txt"),
        ("search/2024.bin", "data/manifest/2024.txt"),
        ("search/2024/256/17.bin", "data/manifest/2024.txt"),
        ("search/2026-11/3/0.bin", "data/manifest/2026.txt"),
        ("search/titles/4/1.bin", MANIFEST),
        ("search/index.json", MANIFEST),
        ("archive/2025/index.html", MANIFEST),
        ("organs/tsg/2025/index.html", MANIFEST),
        ("data/notices/2025/one.json", MANIFEST),
        ("index.html", MANIFEST),
        ("data/manifest/2025.txt", MANIFEST),
    ],
)
def test_the_list_of_a_file_follows_from_its_path(path: str, expected: str) -> None:
    assert list_of(path) == expected


def test_a_change_in_a_year_changes_its_list_and_the_head(demo: Path) -> None:
    digests = {
        path: of for path, of in read_lists(lambda path: (demo / path).read_bytes()).items() if not is_list(path)
    }
    before = {file.path: file.data for file in listings(digests)}
    assert before == {path: (demo / path).read_bytes() for path in tree(demo) if is_list(path)}
    digests["notices/2024/shili-housing/index.html"] = hashlib.sha256(b"").hexdigest()
    after = {file.path: file.data for file in listings(digests)}
    assert {path for path in before if before[path] != after[path]} == {"data/manifest/2024.txt", MANIFEST, SEAL}


def test_a_site_of_before_with_one_list_of_all_files_is_read(demo: Path) -> None:
    digests = read_lists(lambda path: (demo / path).read_bytes())
    whole = "".join(f"{of}  {path}\n" for path, of in sorted(digests.items()) if not is_list(path)).encode()
    assert read_lists({MANIFEST: whole}.get) == {path: of for path, of in digests.items() if not is_list(path)}
