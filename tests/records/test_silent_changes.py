"""What may change of a notice once it is public: the rest is refused, with its line and the mend."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.check import Checked, check_content
from generator.period import local, parse_now
from generator.problems import show
from generator.records import Records, SiteFacts, append_changes, compare_with_records, save
from tests.support.content import NOTICE, SmallContent
from tests.support.goldens import check_golden

GOLDEN = Path(__file__).parent / "cases/changes.txt"
FILE = "notices/2025/yi.yml"
PERIOD = "公开期限:\n  开始: 2025-11-21\n  结束: 2025-12-12\n联系方式:\n  - 电话: 0000-2195262\n"
TEXT = NOTICE.replace("正文:", f"{PERIOD}正文:", 1) + "附件:\n  - 文件: 台账.pdf\n"
CORRECTED = "更正:\n  - 日期: 2025-12-01\n    说明: 会议应为四次。\n"
EXTENDED = "延期:\n  - 日期: 2025-12-01\n    至: 2025-12-19\n    说明: 来信较多。\n"
WITHDRAWN = "撤回:\n  日期: 2025-12-01\n  说明: 有误。\n"
ERROR = f"{WITHDRAWN}  类型: 误发\n"
FOUR = TEXT.replace("会议三次", "会议四次")
PDF = {"notices/2025/yi/台账.pdf": b"%PDF-1.7 one"}

Change = Callable[[str], str]


class Case:
    """A site that was published on a day, and what a later check says of its content."""

    def __init__(self, small_content: SmallContent) -> None:
        self._write = small_content
        self.root = small_content({FILE: TEXT, **PDF})
        self.records = Records(self.root / "records")
        self.publish("2025-11-21 09:00")

    def publish(self, at: str) -> None:
        """Enter the content as it is into the records."""
        content = check_content(self.root / "content").content
        assert content is not None
        now = parse_now(at)
        entries = [entry.as_of(local(now)) for entry in content.entries]
        facts, folder = (
            SiteFacts.of(content.site, content.organs, content.prose, {entry.summary.organ for entry in entries}),
            self.root / "content",
        )
        self.records = save(
            append_changes(self.records, entries, facts, now, lambda path: (folder / path).read_bytes())
        )

    def change(self, text: str | None) -> None:
        """Write the notice anew, or remove it."""
        place = self.root / "content" / FILE
        if text is None:
            place.unlink()
        else:
            place.write_text(text, encoding="utf-8")

    def checked(self, today: str = "2025-12-01") -> Checked:
        """Check the content against the records."""
        return compare_with_records(check_content(self.root / "content"), self.records, parse_now(today))

    def found(self, today: str = "2025-12-01") -> list[tuple[str, int]]:
        """Return the code and the line of each error."""
        problems = self.checked(today).problems
        errors = [one for one in problems if one.severity.name == "ERROR"]
        return [(one.code, one.span.line if one.span else 0) for one in errors]


@pytest.fixture
def case(small_content: SmallContent) -> Case:
    return Case(small_content)


ALLOWED = {
    "nothing": TEXT,
    "the order of keys": "正文:" + TEXT.partition("正文:")[2].rstrip() + "\n" + TEXT.partition("正文:")[0],
    "comments": f"# 经办人：某某\n{TEXT}",
    "the outcome of the comments": TEXT + "反馈结果:\n  日期: 2025-12-20\n  段落:\n    - 收到意见三条。\n",
    "official numbers": TEXT + "公文:\n  索引号: 000014349/2025-00021\n",
    "progress with its own day": TEXT.replace(
        "1.学习不够方面。", "1.学习不够方面。\n          进展: 已完成\n          进展日期: 2025-11-30"
    ),
    "a correction": FOUR + CORRECTED,
    "an extension": TEXT + EXTENDED,
    "a withdrawal": TEXT + WITHDRAWN,
    "a removal, whatever else": "格式: 1\n标题: （已移除）\n单位: bangongshi\n发布: 2025-11-21 09:00\n正文:\n  段落:\n"
    f"    - （已移除）\n{ERROR}",
}


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_no_silent_change(name: str, case: Case) -> None:
    case.change(ALLOWED[name])
    assert case.found() == []


REFUSED: dict[str, tuple[str | None, str]] = {
    "正文改了一个字": (FOUR, "会议四次"),
    "正文只有延期": (FOUR + EXTENDED, "会议四次"),
    "正文只有撤回": (FOUR + WITHDRAWN, "会议四次"),
    "标题": (TEXT.replace("情况的通报", "工作情况的通报"), "标题:"),
    "期限延长了，没有写延期": (TEXT.replace("2025-12-12", "2025-12-19"), "结束:"),
    "期限缩短了": (TEXT.replace("2025-12-12", "2025-12-05"), "结束:"),
    "联系电话": (TEXT.replace("0000-2195262", "0000-2195263"), "电话:"),
    "多了一条联系方式": (TEXT.replace("2195262\n", "2195262\n  - 传真: 0000-2195263\n"), "传真"),
    "落款": (TEXT.replace("2025年11月21日", "2025年11月20日"), "2025年11月20日"),
    "发布时间": (TEXT.replace("2025-11-21 09:00", "2025-11-21 10:00"), "发布:"),
    "少了一段": (TEXT.replace("            - 二是按月检查。\n", ""), "一是制定计划"),
    "进展没有日期": (TEXT.replace("1.学习不够方面。", "1.学习不够方面。\n          进展: 已完成"), "进展:"),
    "进展的日期没有到": (
        TEXT.replace("1.学习不够方面。", "1.学习不够方面。\n          进展: 已完成\n          进展日期: 2025-12-02"),
        "进展日期",
    ),
    "更正还没有到日子": (FOUR + CORRECTED.replace("12-01", "12-02"), "会议四次"),
    "不再有附件": (TEXT.replace("附件:\n  - 文件: 台账.pdf\n", ""), ""),
    "文件没有了": (None, ""),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_silent_change_is_refused_at_its_line(name: str, case: Case) -> None:
    text, needle = REFUSED[name]
    case.change(text)
    found = [one for one in case.found() if one[0] in {"silent-change", "notice-gone"}]
    assert found, case.checked().problems
    if text is not None and needle:
        lines = text.splitlines()
        assert any(needle in lines[line - 1] for _, line in found), found


def test_the_words_of_every_refusal(case: Case) -> None:
    shown = []
    for name, (text, _) in REFUSED.items():
        case.change(TEXT)
        case.change(text)
        checked = case.checked()
        errors = [one for one in checked.problems if one.code in {"silent-change", "notice-gone"}]
        prefix = f"{(case.root / 'content').as_posix()}/"
        shown.append(f"=== {name}\n{show(errors, checked.sources)}".replace(prefix, ""))
    check_golden("\n\n".join(shown) + "\n", GOLDEN)


def test_a_replaced_attachment_needs_a_correction(case: Case) -> None:
    (case.root / "content/notices/2025/yi/台账.pdf").write_bytes(b"%PDF-1.7 two")
    assert case.found() == [("silent-change", TEXT.count("\n"))]
    case.change(TEXT + CORRECTED)
    assert case.found() == []


@pytest.mark.parametrize(
    "later",
    [
        TEXT,
        TEXT + CORRECTED.replace("四次", "五次"),
        TEXT + CORRECTED.replace("2025-12-01", "2025-11-30"),
        FOUR,
    ],
)
def test_a_correction_stays_as_it_was(later: str, case: Case) -> None:
    case.change(FOUR + CORRECTED)
    case.publish("2025-12-01 10:00")
    case.change(later)
    assert "silent-change" in dict(case.found("2025-12-02"))


def test_a_second_correction_needs_a_second_entry(case: Case) -> None:
    case.change(FOUR + CORRECTED)
    case.publish("2025-12-01 10:00")
    five = TEXT.replace("会议三次", "会议五次")
    case.change(five + CORRECTED)
    assert case.found("2025-12-02") == [("silent-change", 14)]
    case.change(five + CORRECTED + "  - 日期: 2025-12-02\n    说明: 会议应为五次。\n")
    assert case.found("2025-12-02") == []


def test_a_new_entry_is_not_dated_before_what_it_changes(case: Case) -> None:
    case.change(FOUR + CORRECTED)
    case.publish("2025-12-01 10:00")
    later = TEXT.replace("会议三次", "会议五次") + CORRECTED + "  - 日期: 2025-11-30\n    说明: 会议应为五次。\n"
    case.change(later)
    assert case.found("2025-12-02") == [("silent-change", later.count("\n") - 1)]


def test_a_withdrawal_is_taken_back_only_with_a_correction(case: Case) -> None:
    case.change(TEXT + WITHDRAWN)
    case.publish("2025-12-01 10:00")
    case.change(TEXT)
    assert dict(case.found("2025-12-02")) == {"silent-change": 1}
    case.change(TEXT + CORRECTED.replace("12-01", "12-02"))
    assert case.found("2025-12-02") == []


def test_a_text_published_in_error_does_not_come_back(case: Case) -> None:
    case.change(TEXT + ERROR)
    case.publish("2025-12-01 10:00")
    case.change(TEXT + CORRECTED.replace("12-01", "12-02"))
    assert dict(case.found("2025-12-02")) == {"silent-change": 1}


def test_a_withdrawal_may_become_a_removal_at_once(case: Case) -> None:
    case.change(TEXT + WITHDRAWN)
    case.publish("2025-12-01 10:00")
    case.change(TEXT + ERROR)
    assert case.found("2025-12-02") == []


def test_without_records_nothing_is_compared(case: Case) -> None:
    case.change(FOUR)
    checked = compare_with_records(check_content(case.root / "content"), Records(), parse_now("2025-12-01"))
    assert not checked.failed


def test_a_check_of_one_file_says_nothing_of_the_others(case: Case) -> None:
    case.change(None)
    only = check_content(case.root / "content", ["notices/2025/er.yml"])
    assert not compare_with_records(only, case.records, parse_now("2025-12-01")).failed
