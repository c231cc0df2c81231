"""The demo as whoever runs `make site` sees it: nothing to warn of, and with what its publications left on record."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.demo.play import RECORDS, STEPS, play
from tests.support.program import ROOT, gongkai

_LEDGER = "ledger.jsonl"


def words(site: Path, address: str) -> str:
    """Return what a page says, without blanks."""
    parsed = LexborHTMLParser((site / address / "index.html").read_text(encoding="utf-8"))
    body = parsed.css_first("main")
    assert body is not None
    return "".join(body.text().split())


def test_make_site_has_nothing_to_warn_of(tmp_path: Path) -> None:
    """Its very commands: no error, no reminder, and both take the demo's records."""
    recipe = subprocess.run(
        ["make", "--dry-run", "--always-make", "site"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    verbs = [line.partition("gongkai ")[2].split() for line in recipe.stdout.splitlines() if "bin/gongkai " in line]
    assert [verb[0] for verb in verbs] == ["check", "build"]
    run = gongkai(*verbs[0])
    assert (run.returncode, run.stdout) == (0, "检查了 12 份通报：没有错误。\n"), run.stdout + run.stderr
    run = gongkai(*verbs[1], "--out", tmp_path / "site")
    assert run.returncode == 0, run.stdout + run.stderr
    assert "提醒" not in run.stdout
    assert (tmp_path / "site" / "data" / _LEDGER).is_file()


def test_the_records_are_those_of_the_content(recorded_demo: Path) -> None:
    """The site adds no line. After a change of the demo's content `make demo` writes its records anew."""
    assert (recorded_demo / "data" / _LEDGER).read_bytes() == (RECORDS / _LEDGER).read_bytes()


def test_the_records_verify_and_so_does_the_site(recorded_demo: Path) -> None:
    for target, verdict in ((RECORDS, "没有发现改动"), (recorded_demo, "一样，没有发现改动。")):
        run = gongkai("verify", target, "--records", RECORDS)
        assert (run.returncode, verdict in run.stdout) == (0, True), run.stdout + run.stderr


def test_the_records_come_from_the_program(tmp_path: Path) -> None:
    """Played again, the first publications, a new version among them, leave the very same lines and files."""
    play(tmp_path / "records", STEPS[:4])
    lines = (tmp_path / "records" / "ledger/000001.jsonl").read_bytes()
    assert lines.count(b"\n") == 6
    assert (RECORDS / _LEDGER).read_bytes().startswith(lines)
    made = [path for path in (tmp_path / "records").rglob("*.json") if path.is_file()]
    assert len(made) == 6
    for path in made:
        assert path.read_bytes() == (RECORDS / path.relative_to(tmp_path / "records")).read_bytes()


SEEN = {
    "an earlier version": ("notices/2025/shili-library/v1/", ("缩短到10天", "看现在的第3版")),
    "what became of it": ("notices/2025/shili-library/", ("缩短到12天", "更正过2次")),
    "a proof": ("notices/2025/shili-library/proof/", ("第3版", "2025年10月29日14:40")),
    "an outcome": ("notices/2025/shili-housing/", ("公开期间共收到意见建议19条",)),
    "a collected notice": ("notices/2023/shili-library/", ("old/2023/0510.html", "2025年11月12日")),
    "an extension": ("notices/2025/shili-bus/", ("电话线路故障",)),
    "a withdrawal": ("notices/2025/shili-water/", ("这份通报已经撤回",)),
    "a text published in error": ("notices/2025/shili-school-draft/proof/", ("误发",)),
    "the ledger's own digest": ("archive/", ("26行",)),
}


@pytest.mark.parametrize("kind", SEEN)
def test_the_demo_shows(kind: str, recorded_demo: Path) -> None:
    address, expected = SEEN[kind]
    said = words(recorded_demo, address)
    assert [one for one in expected if one not in said] == []


def test_a_text_published_in_error_is_nowhere(recorded_demo: Path) -> None:
    """It was public for minutes: neither the site nor the records have it, but the ledger says that it was."""
    for folder in (recorded_demo, RECORDS):
        files = [path for path in folder.rglob("*") if path.is_file()]
        assert files
        assert not [path for path in files if "用来演示误发的通报怎样处理".encode() in path.read_bytes()]
    assert not (RECORDS / "notices/2025/shili-school-draft.v1.json").exists()
