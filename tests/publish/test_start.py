"""What a hook and the timer load and ask of git, and what spares them more: notes, refs and settings read directly."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from generator.period import SHANGHAI
from generator.publish.host import Host, RefusedError
from generator.publish.note_values import from_json, to_json
from generator.publish.notes import DailyWork, Failure, read_note, write_note
from generator.publish.repository import NO_COMMIT, Repository
from generator.publish.settings import load_settings
from tests.support.publish.hosts import FILES, Office, clone, git, new_host, own

_HEAVY = {"chinese_calendar", "jinja2", "markdown", "mkdocs", "numpy", "pydantic", "pypdf", "yaml"}
_INSTANT = datetime(2025, 12, 1, 9, 30, tzinfo=SHANGHAI)


@dataclass(frozen=True, slots=True)
class _Inner:
    key: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Outer:
    name: str
    number: int
    seconds: float
    at: datetime | None
    inner: dict[str, _Inner]
    waiting: dict[str, datetime]


_VALUE = _Outer("名称", 3, 1.0, _INSTANT, {"a": _Inner("k", ("x", "y"))}, {"2025/yi": _INSTANT})


def _loaded(code: str) -> set[str]:
    """Return the modules that a fresh interpreter has loaded after some code."""
    script = f"{code}\nimport sys\nprint('loaded', *sys.modules)"
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.rpartition("loaded")[2].split())


def test_a_hook_starts_without_the_verbs_and_what_only_a_build_needs() -> None:
    loaded = _loaded("import generator.cli.hook")
    assert "generator.publish.hooks" in loaded
    assert not loaded & (_HEAVY | {"click"})


def test_a_reconcile_with_nothing_to_do_loads_nothing_that_only_a_build_needs(host: Host) -> None:
    write_note(host, DailyWork("", _INSTANT))
    verb = f"main(['server', 'reconcile', {str(host.root)!r}])"
    twice = f"from generator.cli import main\ntry:\n    {verb}\nexcept SystemExit as ended:\n    assert not ended.code"
    _loaded(twice)  # the work of the day
    assert not _loaded(twice) & _HEAVY


def test_the_very_first_push_tells_of_the_publication_and_of_nothing_else(tmp_path: Path) -> None:
    """Material is imported then, which likes to warn."""
    host = own(new_host(tmp_path / "host"))
    folder = tmp_path / "office"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "remote", "add", "origin", str(host.repository))
    office = Office(folder)
    office.commit(FILES)
    pushed = office.push()
    assert pushed.code == 0, pushed.words
    assert all(line.startswith(("https://", "有 ", "校验 ")) for line in pushed.lines if line), pushed.words


def test_what_is_written_of_a_note_is_read_again() -> None:
    assert from_json(_Outer, json.loads(json.dumps(to_json(_VALUE))), {}) == _VALUE
    without = to_json(_VALUE, frozenset({"name"}))
    assert "name" not in without
    assert from_json(_Outer, without, {"name": "名称"}) == _VALUE
    assert from_json(_Outer, {**to_json(_VALUE), "at": ""}, {}).at is None
    assert from_json(_Outer, {**to_json(_VALUE), "later": 1}, {}) == _VALUE


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": 1},
        {"name": None},
        {"number": True},
        {"number": "3"},
        {"seconds": "1"},
        {"at": "gestern"},
        {"inner": []},
        {"inner": {"a": {"files": []}}},
        {"inner": {"a": {"key": "k", "files": [1]}}},
        {"waiting": {"a": 3}},
    ],
)
def test_a_note_of_another_shape_is_none(wrong: dict[str, object]) -> None:
    with pytest.raises((ValueError, TypeError)):
        from_json(_Outer, {**to_json(_VALUE), **wrong}, {})


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"at": "x"}', "[" * 100_000, "\x00"])
def test_an_unreadable_note_counts_as_absent(host: Host, text: str) -> None:
    (host.state / Failure.FILE).write_text(text)
    assert read_note(host, Failure) is None
    (host.state / Failure.FILE).unlink()


def test_settings_count_from_the_moment_that_they_are_written(host: Host) -> None:
    assert load_settings(host).kept == 10
    before = host.settings.read_text(encoding="utf-8")
    host.settings.write_text(before.replace("保留: 10", "保留: 3"), encoding="utf-8")
    assert load_settings(host).kept == 3
    host.settings.write_text(before.replace("保留: 10", "保留: 1"), encoding="utf-8")
    with pytest.raises(RefusedError, match="至少 2"):
        load_settings(host)
    host.settings.write_text(before, encoding="utf-8")
    (host.state / "settings.json").write_text("{}")
    assert load_settings(host).kept == 10


def test_a_tip_is_found_wherever_git_keeps_it(host: Host, office: Office, tmp_path: Path) -> None:
    repository, main = Repository(host.repository), "refs/heads/main"
    tip = git(host.repository, "rev-parse", main).strip()
    assert repository.tip(main) == tip
    git(host.repository, "pack-refs", "--all")
    assert not (host.repository / main).exists()
    assert repository.tip(main) == tip
    (host.repository / main).write_text("")
    assert repository.tip(main) == git(host.repository, "for-each-ref", "--format=%(objectname)", main).strip()
    (host.repository / main).unlink()
    assert repository.tip("refs/heads/preview/no") == ""
    assert repository.has(tip)
    assert not repository.has(NO_COMMIT)
    assert office.git("rev-parse", "HEAD").strip() == tip
    other = clone(host, tmp_path / "other").commit({"README.md": "x"})
    assert repository.unreachable({tip, other}, tip) == {other}
    assert repository.unreachable({tip}, tip) == set()
