"""Beside a telephone stands when it is answered again, outside its hours and never inside them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from generator.model import Contact
from generator.pages.contacts import answering_hours
from generator.period import SHANGHAI, Period, is_workday
from tests.support.browser.nginx import Serve
from tests.support.browser.watch import Watch, watching
from tests.support.program import gongkai

NOTICE = """\
格式: 1
标题: 示例县办公室关于巡察整改情况的通报
单位: bangongshi
公开期限:
  开始: 2026-09-21
  结束: 2026-10-16
联系方式:
  - 电话: 0000-2000000
    时间: {hours}
  - 电话: 0000-2000001
    时间: 上班时间
正文:
  段落:
    - 公开期限：2026年9月21日至10月16日。
落款:
  - 示例县办公室
  - 2026年9月21日
"""
PERIOD = Period(date(2026, 9, 21), date(2026, 10, 16))
BEGINS = PERIOD.first_moment
BUILT = datetime(2026, 9, 24, 10, tzinfo=SHANGHAI)
HOURS = {"calendar": "工作日9:00--17:00", "halves": "周一至周五8:30-12:00，14:30-17:30", "daily": "每天8:00—18:00"}
# The clock of the page stands still for a look; what it then says of each telephone, "" for nothing.
_LOOK = """\
instants => {
  const real = Date.now;
  const said = instants.map(instant => {
    Date.now = () => instant;
    document.dispatchEvent(new Event("visibilitychange"));
    const place = document.querySelector("[data-gk=unanswered]");
    return place.hidden ? "" : place.textContent;
  });
  Date.now = real;
  return said;
}
"""


@pytest.fixture(scope="module")
def origin(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Build a notice for each form of hours, open over National Day, and serve it."""
    root = tmp_path_factory.mktemp("hours")
    files = {"site.yml": "网站名称: 示例县公开\n", "organs.yml": "bangongshi:\n  名称: 示例县办公室\n"}
    files |= {f"notices/2026/{name}.yml": NOTICE.format(hours=hours) for name, hours in HOURS.items()}
    for path, text in files.items():
        place = root / "content" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    run = gongkai("-C", root, "build", env={"SOURCE_DATE_EPOCH": str(int(BUILT.timestamp()))})
    assert run.returncode == 0, run.stdout + run.stderr
    return serve({"/": root / "site"})


@pytest.fixture(scope="module")
def watch(browser: Browser, origin: str) -> Iterator[Watch]:
    """Open a browser far from Shanghai before a phone's screen; a module's pages must not be complained of."""
    with watching(browser, origin, timezone_id="America/New_York", viewport={"width": 360, "height": 740}) as opened:
        opened.page.clock.set_fixed_time(BUILT)
        yield opened
    assert opened.complaints == []


def _said(page: Page, *instants: datetime) -> list[str]:
    said: list[str] = page.evaluate(_LOOK, [int(instant.timestamp() * 1000) for instant in instants])
    return said


@pytest.mark.parametrize(
    ("name", "instant", "words"),
    [
        ("calendar", "2026-09-23T08:59:59", "现在没人接听，今天9:00起"),
        ("calendar", "2026-09-23T09:00", ""),
        ("calendar", "2026-09-23T16:59:59", ""),
        ("calendar", "2026-09-23T17:00", "现在没人接听，明天9:00起"),
        ("calendar", "2026-09-23T23:59:59", "现在没人接听，明天9:00起"),
        ("calendar", "2026-09-24T00:00", "现在没人接听，今天9:00起"),
        ("calendar", "2026-09-26T12:00", "现在没人接听，下周一9:00起"),
        ("calendar", "2026-09-27T12:00", "现在没人接听，明天9:00起"),
        ("calendar", "2026-09-30T18:00", "现在没人接听，10月8日9:00起"),
        ("calendar", "2026-10-05T10:00", "现在没人接听，10月8日9:00起"),
        ("calendar", "2026-10-09T18:00", "现在没人接听，明天9:00起"),
        ("calendar", "2026-10-10T10:00", ""),
        ("calendar", "2026-10-10T18:00", "现在没人接听，下周一9:00起"),
        ("calendar", "2026-10-16T17:00", "现在没人接听"),
        ("halves", "2026-09-23T12:00", "现在没人接听，今天14:30起"),
        ("halves", "2026-09-25T17:30", "现在没人接听，下周一8:30起"),
        ("halves", "2026-09-30T18:00", "现在没人接听，10月8日8:30起"),
        ("halves", "2026-10-01T10:00", ""),
        ("halves", "2026-10-01T13:00", "现在没人接听，10月8日8:30起"),
        ("halves", "2026-10-10T10:00", ""),
        ("halves", "2026-10-10T20:00", "现在没人接听，下周一8:30起"),
        ("daily", "2026-10-03T20:00", "现在没人接听，明天8:00起"),
        ("daily", "2026-10-03T17:59", ""),
    ],
)
def test_it_says_when_the_telephone_is_answered_again(watch: Watch, name: str, instant: str, words: str) -> None:
    """Over a lunch, a night, a weekend, a holiday and a make-up Saturday, for a reader anywhere."""
    page = watch.visit(f"/notices/2026/{name}/")
    assert _said(page, datetime.fromisoformat(f"{instant}+08:00")) == [words]


def test_nothing_stands_there_without_script_or_when_it_is_over(browser: Browser, origin: str) -> None:
    """A page that nobody brings up to date says nothing of now."""
    for options, instant in (({"java_script_enabled": False}, BUILT), ({}, datetime(2026, 10, 17, tzinfo=SHANGHAI))):
        with watching(browser, origin, **options) as opened:
            opened.page.clock.set_fixed_time(instant)
            opened.page.goto(f"{origin}/notices/2026/calendar/")
            assert opened.page.get_by_text("没人接听").filter(visible=True).count() == 0


def test_the_call_is_no_filled_button_while_nobody_answers(watch: Watch) -> None:
    """It still calls; beside it stands why it is pale. Hours that cannot be read change nothing."""
    page = watch.visit("/notices/2026/calendar/")
    call = page.locator(".gk-call").first
    ground = "element => getComputedStyle(element).backgroundColor"
    _said(page, BUILT)
    filled = call.evaluate(ground)
    page.evaluate("() => { Date.now = () => NIGHT; }".replace("NIGHT", str(int(BUILT.timestamp() * 1000) + 36_000_000)))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert call.evaluate(ground) != filled
    assert call.get_attribute("href") == "tel:00002000000"
    assert page.locator("[data-gk=unanswered]").count() == 1
    assert page.locator("[data-gk=unanswered]").is_visible()


def test_an_open_page_says_so_when_the_hours_end(browser: Browser, origin: str) -> None:
    """Without anyone touching it, within a minute."""
    with watching(browser, origin) as opened:
        page = opened.page
        page.clock.install(time=datetime(2026, 9, 23, 16, 58, tzinfo=SHANGHAI))
        opened.visit("/notices/2026/calendar/")
        page.clock.pause_at(datetime(2026, 9, 23, 16, 59, 30, tzinfo=SHANGHAI))
        now = page.locator("[data-gk=unanswered]")
        assert not now.is_visible()
        page.clock.fast_forward(60_000)
        assert now.inner_text() == "现在没人接听，明天9:00起"
    assert opened.complaints == []


def _answered(days: str, day: date) -> bool:
    """Say whether the words for days include a day, a public holiday and a make-up day where they may."""
    if days == "工作日":
        return is_workday(day)[0]
    return {"": True, "每天": True, "周一至周五": day.weekday() < 5, "周二至周日": day.weekday() > 0}[days]


@settings(max_examples=40)
@given(
    days=st.sampled_from(["工作日", "周一至周五", "周二至周日", "每天", ""]),
    hours=st.lists(st.integers(min_value=7, max_value=23), min_size=2, max_size=4, unique=True).map(sorted),
    instants=st.lists(
        st.integers(min_value=0, max_value=26 * 1440 - 1).map(lambda minute: BEGINS + timedelta(minutes=minute)),
        min_size=20,
        max_size=60,
    ),
)
def test_inside_its_hours_nothing_is_said(watch: Watch, days: str, hours: list[int], instants: list[datetime]) -> None:
    """Whatever the hours and the instant; outside them it is said, and the day and hour it names is within them."""
    spans = list(zip(hours[::2], hours[1::2], strict=False))
    written = "、".join(f"{first}:00-{last}:00" for first, last in spans)
    view = answering_hours(Contact.model_validate({"电话": "1", "时间": f"{days}{written}"}), PERIOD, BUILT)
    if view is None:
        assert spans[0][1] <= 10
        return
    page = watch.page
    if "/notices/" not in page.url:
        watch.visit("/notices/2026/daily/")
    data: dict[str, Any] = {"since": view.since, "days": view.days, "spans": view.spans}
    page.evaluate("data => Object.assign(document.querySelector('[data-gk=unanswered]').dataset, data)", data)
    for instant, said in zip(instants, _said(page, *instants), strict=True):
        within = any(first <= instant.hour < last for first, last in spans)
        if within and _answered(days, instant.date()):
            assert said == "", instant
        elif not within:
            assert said.startswith("现在没人接听"), instant
        if "今天" in said or "明天" in said:
            day = instant.date() + timedelta(days="明天" in said)
            hour = int(said.partition("天")[2].partition(":")[0])
            assert _answered(days, day), instant
            assert hour in {first for first, _ in spans}, instant
