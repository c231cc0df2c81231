"""First publications that come late, and days on which the host did not show a notice."""

from __future__ import annotations

from datetime import datetime, timedelta

from generator.period import SHANGHAI, full_date, local, workdays
from generator.publish.host import Host
from generator.publish.progress import ignore_step
from generator.publish.reconcile import reconcile
from generator.publish.rollback import rollback
from tests.support.content import NOTICE
from tests.support.publish.hosts import Office, page, shown

_DAY = timedelta(days=1)
_COLLECTED = "来源:\n  网址: https://www.example.com/old.html\n  收录: {today}\n"
_EXTENDED = "延期:\n  - 日期: {today}\n    至: {until}\n    说明: 公开得晚了。\n"


def _notice(opens: int, closes: int, more: str = "") -> tuple[str, str]:
    """Return the path and the text of a notice whose period begins and ends so many days from today."""
    today = local(datetime.now(SHANGHAI))
    first, last = today + opens * _DAY, today + closes * _DAY
    text = NOTICE.replace("2025-11-21 09:00", f"{first} 00:00").replace("2025年11月21日", full_date(first))
    text += f"公开期限:\n  开始: {first}\n  结束: {last}\n联系方式:\n  - 电话: 0000-2195262\n"
    text += more.format(today=today, until=today + 9 * _DAY)
    return f"content/notices/{first.year}/wan.yml", text


def test_a_push_within_the_period_is_told_how_many_days_are_left(host: Host, office: Office) -> None:
    path, text = _notice(-2, 11)
    office.commit({path: text})
    pushed = office.push()
    assert pushed.code == 0, pushed.words
    today = local(datetime.now(SHANGHAI))
    assert "公开得晚了：" in pushed.lines
    line = text.split("\n").index(f"  开始: {today - 2 * _DAY}") + 1
    assert f"提醒 {path} 第{line}行第7列 [publication-late]" in pushed.words
    assert f"到截止只剩 12 天，其中工作日 {workdays(today, today + 11 * _DAY).days} 个" in pushed.words
    shown_page = page(host, path.removeprefix("content/").removesuffix(".yml"))
    assert f"<dt>首次公开</dt><dd>{full_date(today)}</dd>" in shown_page
    assert "才首次公开。" in shown_page


def test_a_push_after_the_period_is_refused_unless_it_is_extended_or_collected(host: Host, office: Office) -> None:
    was = shown(host).name
    for more, accepted in (("", False), (_EXTENDED, True)):
        path, text = _notice(-30, -9, more)
        office.commit({path: text})
        pushed = office.push()
        assert (pushed.code == 0) is accepted, pushed.words
        if not accepted:
            line = text.split("\n").index("公开期限:") + 3
            assert f"错误 {path} 第{line}行第7列 [publication-over]" in pushed.words
            assert "一天也没有公开" in pushed.words
            assert "gongkai extend" in pushed.words
            assert "来源" in pushed.words
            assert shown(host).name == was
    path, text = _notice(-30, -9, _COLLECTED)
    office.commit({path.replace("wan", "jiu"): text})
    pushed = office.push()
    assert pushed.code == 0, pushed.words
    assert "公开得晚了" not in pushed.words


_DUE = datetime(2099, 3, 1, tzinfo=SHANGHAI)
_TIMED = NOTICE.replace("2025-11-21 09:00", "2099-03-01 09:00") + (
    "公开期限:\n  开始: 2099-03-01\n  结束: 2099-03-22\n联系方式:\n  - 电话: 0000-2195262\n"
)


def _at(host: Host, now: datetime) -> None:
    reconcile(host, now=lambda: now, on_step=ignore_step)


def test_three_days_without_the_notice_are_not_counted(host: Host, office: Office) -> None:
    """The host goes back to a release from before the notice, and shows it again on the third day after."""
    before = shown(host).name
    office.commit({"content/notices/2099/qi.yml": _TIMED})
    assert office.push().code == 0
    _at(host, _DUE.replace(hour=9))
    rollback(host, before, drop=True, now=lambda: _DUE.replace(day=6, hour=10), on_step=ignore_step)
    assert not (host.current / "site/notices/2099").exists()
    # As the next accepted push does; none can be made in the year 2099.
    (host.state / "pin.json").unlink()
    for back in (_DUE.replace(day=8, hour=16), _DUE.replace(day=23)):
        _at(host, back)
    proof = page(host, "notices/2099/qi/proof")
    assert "实际公开了 19 天，" in proof
    assert "期限里能看到全文：从2099年3月1日 09:00到2099年3月6日 10:00。" in proof
    assert "期限里能看到全文：从2099年3月8日 16:00到2099年3月22日 24:00。" in proof
    own = page(host, "notices/2099/qi")
    assert "公开期限从2099年3月1日到3月22日，中间有 3 天没有公开或者不满一天，公开了 19 天（含第一天）。" in own


def test_what_was_accepted_in_time_is_shown_though_the_host_slept_through_its_period(
    host: Host, office: Office
) -> None:
    """One notice that came too late must not keep all others from changing with their days."""
    office.commit({"content/notices/2099/qi.yml": _TIMED})
    assert office.push().code == 0
    _at(host, _DUE.replace(month=4))
    own = page(host, "notices/2099/qi")
    assert "公开期限从2099年3月1日到3月22日，4月1日才首次公开，期限里没有公开过。" in own
