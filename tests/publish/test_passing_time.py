"""A clock that goes back, and time that passes without a push."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from generator.period import SHANGHAI
from generator.publish import reconcile as timer
from generator.publish.host import Host, RefusedError
from generator.publish.progress import ignore_step
from generator.publish.release import integrity_error
from tests.support.content import NOTICE
from tests.support.program import files_below
from tests.support.publish.faults import Case, converged, reconcile
from tests.support.publish.hosts import Office, gongkai, page, shown


@pytest.fixture
def case(host: Host, office: Office) -> Case:
    """Return a host that is live, and the clone that pushed to it."""
    return Case(host, office)


def _at(host: Host, now: datetime, *, rebuild: bool = False) -> bool:
    return timer.reconcile(host, now=lambda: now, on_step=ignore_step, rebuild=rebuild).changed


def test_a_clock_that_goes_back(case: Case) -> None:
    """A little: the last instant holds. A lot: nothing changes, with words; IT may say that the clock is right."""
    was = shown(case.host)
    assert not _at(case.host, was.now - timedelta(minutes=5))
    with pytest.raises(RefusedError, match=r"比上一次发布.*请管理主机的人校准时钟.*reconcile --rebuild"):
        _at(case.host, was.now - timedelta(days=400))
    assert shown(case.host).name == was.name
    ahead = was.now + timedelta(days=30)
    assert _at(case.host, ahead, rebuild=True), "as if it had been published while the clock was ahead"
    case.commit(1)
    pushed = case.office.push()
    assert pushed.code == 1
    assert "主机的时钟是" in pushed.words
    assert "请管理主机的人校准时钟" in pushed.words
    assert "已经换上" in reconcile(case.host, "--rebuild")
    assert case.office.push().code == 0
    converged(case)
    assert gongkai("server", "status", str(case.host.root)).returncode == 0


_DUE = datetime(2099, 3, 1, 9, tzinfo=SHANGHAI)
_TIMED = NOTICE.replace("2025-11-21 09:00", "2099-03-01 09:00").replace("三次", "九次") + (
    "公开期限:\n  开始: 2099-03-02\n  结束: 2099-03-22\n联系方式:\n  - 电话: 0000-2195262\n"
)


def test_time_passes_without_a_push(case: Case) -> None:
    """A notice becomes public, opens and closes, at its very instant and not before; each time the site is whole."""
    case.office.commit({"content/notices/2099/qi.yml": _TIMED})
    pushed = case.office.push()
    assert pushed.code == 0
    assert "2099/qi 已经收下，到 2099年3月1日 09:00 自动公开。" in pushed.words
    address, minute = "notices/2099/qi", timedelta(minutes=1)
    site = case.host.current / "site"
    _at(case.host, _DUE - minute)
    assert not (site / address).exists()
    assert all("九次" not in place.read_text(errors="ignore") for place in files_below(site))
    said = []
    for now in (
        _DUE,
        datetime(2099, 3, 2, tzinfo=SHANGHAI),
        datetime(2099, 3, 10, tzinfo=SHANGHAI),
        datetime(2099, 3, 23, tzinfo=SHANGHAI),
    ):
        assert _at(case.host, now), "midnight changes it, though nobody pushed"
        assert integrity_error(shown(case.host), full=True) == ""
        said.append(re.findall('data-gk="tag">(.{2,4})</strong>', page(case.host, address)))
    assert said == [["即将公开"], ["公开中"], ["公开中"], ["已结束"]]
    assert not _at(case.host, datetime(2099, 3, 23, tzinfo=SHANGHAI) + minute), "nothing changes between the instants"
