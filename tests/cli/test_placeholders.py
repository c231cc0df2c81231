"""What a new site leaves to be filled in is named, and never public."""

from __future__ import annotations

import re
from pathlib import Path

from generator.check import ORGAN_PLACEHOLDER, SITE_PLACEHOLDERS
from tests.support.content import NOTICE
from tests.support.program import gongkai, tree

FILES = ("site.yml", "organs.yml", "notices/2025/yi.yml")


def new_site(folder: Path) -> Path:
    """Make a site with nothing filled in, all facts of the site taken in as they stand, and a notice of its organ."""
    assert gongkai("init", "site", cwd=folder).returncode == 0
    content = folder / "site" / "content"
    facts = (content / "site.yml").read_text("utf-8")
    for key in SITE_PLACEHOLDERS:
        assert facts.count(f"# {key}: ") == 1
        facts = facts.replace(f"# {key}: ", f"{key}: ")
    (content / "site.yml").write_text(facts, "utf-8")
    notice = content / "notices" / "2025" / "yi.yml"
    notice.parent.mkdir(parents=True)
    notice.write_text(NOTICE.replace("bangongshi", "danwei").replace("中共示例县办公室", "中共某某单位"), "utf-8")
    return folder / "site"


def left(root: Path, file: str) -> list[tuple[str, str]]:
    """Return the file, line and column of each value that holds a placeholder."""
    words = (*SITE_PLACEHOLDERS.values(), ORGAN_PLACEHOLDER)
    lines = (root / "content" / file).read_text("utf-8").split("\n")
    starts = {n: re.match(r"[^#]*?(?:: |- )", line) for n, line in enumerate(lines, 1) if any(w in line for w in words)}
    return [(file, f"第{number}行第{start.end() + 1}列") for number, start in starts.items() if start]


def places(words: str, severity: str) -> list[tuple[str, str]]:
    """Return file and line of each placeholder that the program names."""
    return re.findall(rf"^{severity} content/(\S+) (第[0-9]+行第[0-9]+列) \[placeholder\]", words, re.MULTILINE)


def test_placeholders_are_warnings_and_errors_where_the_public_is_to_see_them(tmp_path: Path) -> None:
    """`check` and `build` name each with its place; with --live both end with 1, and nothing is written."""
    root = new_site(tmp_path)
    expected = {place for file in FILES for place in left(root, file)}
    assert len(expected) == len(SITE_PLACEHOLDERS) + 3

    run = gongkai("check", cwd=root)
    assert (run.returncode, set(places(run.stdout, "提醒"))) == (0, expected), run.stdout
    assert gongkai("build", "--out", "draft", cwd=root).returncode == 0

    before = tree(root)
    for verb in (("check", "--live"), ("build", "--live", "--records", "records")):
        run = gongkai(*verb, cwd=root)
        assert (run.returncode, set(places(run.stdout + run.stderr, "错误"))) == (1, expected)
        assert run.stdout.count("改法：") + run.stderr.count("改法：") >= len(expected)
    after = tree(root)
    after.pop(".site.lock", None)
    assert after == before


def test_what_is_filled_in_is_published(tmp_path: Path) -> None:
    """The mend of each message is enough: facts not known yet are deleted, names made true."""
    root = new_site(tmp_path)
    for file in FILES:
        place = root / "content" / file
        kept = [
            line for line in place.read_text("utf-8").split("\n") if line.partition(": ")[0] not in SITE_PLACEHOLDERS
        ]
        place.write_text("\n".join(kept).replace("某某单位", "示例县办公室"), "utf-8")
    run = gongkai("build", "--live", "--records", "records", cwd=root)
    assert run.returncode == 0, run.stdout + run.stderr
    assert (root / "records" / "ledger/000001.jsonl").is_file()
