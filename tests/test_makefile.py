"""What make tells those who work on the project: each target in Chinese and in English."""

from __future__ import annotations

import re
import subprocess

from tests.support.program import ROOT

_CHINESE = re.compile("[\u4e00-\u9fff]")
_ENGLISH = re.compile(r"[a-z]{2,20} [a-z]{2,20}")


def test_help_explains_every_target_in_chinese_and_english() -> None:
    """Two lines a target, aligned: the Chinese beside its name, the English below."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split()
    done = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert [line.split()[1] for line in lines[::2]] == targets
    for chinese, english in zip(lines[::2], lines[1::2], strict=True):
        start = len(english) - len(english.lstrip())
        assert _CHINESE.match(chinese, start), chinese
        assert _ENGLISH.search(english), english
        assert not _CHINESE.search(english), english


def test_messages_of_make_and_its_scripts_are_in_both_languages() -> None:
    """A Chinese message holds its English in brackets, or the next message is in English."""
    for name in ("Makefile", "tests/system-packages.sh", "tests/locks.sh"):
        told = re.findall(r"(?:echo |sys\.exit\()['\"]([^'\"]{1,300})['\"]", (ROOT / name).read_text("utf-8"))
        assert told, name
        for one, following in zip(told, [*told[1:], ""], strict=True):
            if _CHINESE.search(one) and not re.search(r"\([a-z][^)]{5,100}\)", one):
                assert _ENGLISH.search(following), one
                assert not _CHINESE.search(following), one
