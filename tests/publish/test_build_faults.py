"""A build that fails, hangs, is killed, runs out of memory or makes half a site: the push is refused with the reason.

The faults are IT's own: a host's mkdocs.yml may name `hooks:`, which the build imports.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from generator.html.resources import default_configuration
from generator.publish.host import Host
from generator.version import version
from tests.support.publish.faults import Case, build_with, converged, pushing, reconcile, waited, whole, works
from tests.support.publish.hosts import Office, gongkai


@pytest.fixture
def case(host: Host, office: Office) -> Case:
    """Return a host that is live, and the clone that pushed to it."""
    return Case(host, office)


# Runs once all is written, in `folder`.
_ONCE_WRITTEN = """
import generator.build.build as pipeline
make_readable = pipeline.make_readable
def spoil(folder):
    make_readable(folder)
    {}
pipeline.make_readable = spoil
"""
_FAULTS = {
    "a defect": ("raise RuntimeError('boom')\n", "程序出错"),
    "a signal": ("import os\nos.kill(os.getpid(), 9)\n", "被系统中断（信号 9）"),
    "an exit": ("import os\nos._exit(7)\n", "生成没有完成（退出码 7）"),
    "no memory": (
        """
        import resource
        used = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + 2**20, used + 2**20))
        everything = [bytes(100_000) for _ in range(1000)]
        """,
        "内存不够",
    ),
    "a page lost": (
        _ONCE_WRITTEN.format("(folder / 'about' / 'index.html').unlink()"),
        "没有完整地写到磁盘上",
    ),
    "a page cut short": (
        _ONCE_WRITTEN.format(
            "place = folder / 'about' / 'index.html'; text = place.read_text(); "
            "place.unlink(); place.write_text(text.replace('第1版', ''))"
        ),
        "没有完整地写到磁盘上",
    ),
}


@pytest.mark.parametrize("fault", _FAULTS)
def test_a_build_that_fails_refuses_the_push_with_its_reason(case: Case, fault: str) -> None:
    code, words = _FAULTS[fault]
    old, new = case.tip(), case.commit(1)
    build_with(case, code)
    pushed = case.office.push()
    assert pushed.code == 1
    assert "没有发布，网站和以前一样。" in pushed.words
    assert words in pushed.words
    assert "Traceback" not in pushed.words
    whole(case, old)
    (case.host.root / "mkdocs.yml").unlink()
    converged(case)
    if fault == "no memory":
        assert case.office.push().code == 0
        whole(case, new)


def test_each_defect_is_written_down_with_its_instant_and_the_version(case: Case) -> None:
    """A second one is added to the first, for those who maintain the program; the log does not grow without end."""
    build_with(case, _FAULTS["a defect"][0])
    case.commit(1)
    for _ in range(2):
        assert str(case.host.log) in case.office.push().words
    text = case.host.log.read_text("utf-8")
    assert text.count("RuntimeError: boom") == 2
    heads = re.findall(rf"^== (\S+) gongkai {re.escape(version())}$", text, re.MULTILINE)
    assert [datetime.fromisoformat(head).utcoffset() for head in heads] == [timedelta(hours=8)] * 2

    case.host.log.write_text("x" * 1_000_001, "utf-8")
    assert str(case.host.log) in case.office.push().words
    assert case.host.log.read_text("utf-8").count("RuntimeError: boom") == 1
    assert case.host.log.with_name("errors.log.1").stat().st_size == 1_000_001


def test_a_plugin_that_is_not_there_is_named(case: Case) -> None:
    old = case.tip()
    own = default_configuration().read_text(encoding="utf-8")
    (case.host.root / "mkdocs.yml").write_text(own.replace("- gongkai", "- gongkai\n  - no-such-plugin"))
    case.commit(1)
    pushed = case.office.push()
    assert (pushed.code, "mkdocs.yml 不能用" in pushed.words, "no-such-plugin" in pushed.words) == (1, True, True)
    whole(case, old)


def test_a_build_that_hangs_is_ended_and_the_lock_is_free(case: Case) -> None:
    """The limit is for the hanging build alone: how long a build takes that goes on is the machine's affair."""
    old, new = case.tip(), case.commit(1)
    text = case.host.settings.read_text()
    case.host.settings.write_text(text.replace("时限: 900", "时限: 2"))
    build_with(case, "import signal\nwhile True:\n    signal.pause()\n")
    with pushing(case.office) as (push, words):
        pushed = waited(push, words)
    assert pushed.code == 1
    assert "生成超过 2 秒，已经停下。" in pushed.words
    assert "请调大“时限”" in pushed.words
    whole(case, old)
    (case.host.root / "mkdocs.yml").unlink()
    case.host.settings.write_text(text)
    converged(case)
    assert case.office.push().code == 0
    whole(case, new)


def test_a_rebuild_that_fails_leaves_the_site_and_is_told_by_status(case: Case) -> None:
    """Nobody pushes, and nobody reads along: what the timer could not do is told to whoever asks."""
    old = case.tip()
    build_with(case, _FAULTS["a signal"][0])
    done = gongkai("server", "reconcile", "--rebuild", str(case.host.root))
    assert (done.returncode, "被系统中断" in done.stderr) == (1, True)
    whole(case, old)
    asked = gongkai("server", "status", str(case.host.root))
    assert (asked.returncode, "没有生成成功" in asked.stdout) == (1, True)
    (case.host.root / "mkdocs.yml").unlink()
    reconcile(case.host, "--rebuild")
    assert gongkai("server", "status", str(case.host.root)).returncode == 0
    works(case, 1)
