"""correct, extend and withdraw: what a clerk sees, what stands in the file then, and what is refused."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.check import check_content
from generator.model import Notice
from tests.support.content import NOTICE, SmallContent
from tests.support.program import command, environment, gongkai, tree
from tests.support.readiness import PATIENCE

YI = "notices/2025/yi.yml"
PERIOD = "公开期限:\n  开始: 2025-11-21\n  结束: 2025-12-03\n"
OPEN = NOTICE.replace("正文:\n", f"{PERIOD}正文:\n")
WITHDRAWN = f"{OPEN}撤回:\n  日期: 2025-11-28\n  说明: 数字有误。\n"
PDF = b"%PDF-1.4\n"
SECRET = "附件里也有不该公开的字".encode()


def day(text: str) -> dict[str, str]:
    """Return the environment in which it is noon of a day in Shanghai."""
    at = datetime.fromisoformat(f"{text}T04:00:00").replace(tzinfo=UTC)
    return {"SOURCE_DATE_EPOCH": str(int(at.timestamp()))}


DECEMBER = day("2025-12-01")


def answered(*arguments: str, cwd: Path, answers: str) -> subprocess.CompletedProcess[str]:
    """Run a verb and answer what it asks."""
    return gongkai(*arguments, cwd=cwd, env=DECEMBER, answers=answers)


def done(*arguments: str, cwd: Path) -> str:
    """Run a verb on 1 December 2025, see it end well, and return what it said."""
    run = gongkai(*arguments, cwd=cwd, env=DECEMBER)
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stderr == ""
    return run.stdout


def yi(root: Path) -> Notice:
    """Return the notice as it stands in its file, which must have no errors."""
    content = check_content(root / "content", [YI]).content
    assert content is not None
    (entry,) = content.entries
    return entry.notice


def test_a_correction_is_shown_and_written(small_content: SmallContent) -> None:
    """The note over two lines stands under 更正 with today's date, and nothing else of the file changes."""
    root = small_content({YI: OPEN})
    said = done("correct", "2025/yi", "--reason", "  第一行。\n\n第二行。 ", "--yes", cwd=root)
    assert "网页上会写：\n  2025年12月1日 更正\n  第一行。\n  第二行。\n" in said
    assert f"已写入 content/{YI}。\n接下来：gongkai check content/{YI}，再提交、推送。\n" in said
    entry = "更正:\n  - 日期: 2025-12-01\n    说明: |-\n      第一行。\n      第二行。\n"
    assert (root / "content" / YI).read_text("utf-8") == OPEN + entry
    assert gongkai("check", cwd=root, env=DECEMBER).returncode == 0


def test_a_second_correction_follows_the_first(small_content: SmallContent) -> None:
    """In a file of Windows, by the file's name, with a backslash, and with the list's own place."""
    text = f"\ufeff{OPEN}更正:\n- 日期: 2025-11-30\n  说明: 甲。\n# 完".replace("\n", "\r\n")
    root = small_content({YI: text})
    done("correct", f"content/{YI}", "--reason", "乙。", "--yes", cwd=root)
    # What --reason was called here before; no help names it.
    done("correct", "2025\\yi", "--note", "丙。", "--yes", cwd=root)
    assert "--note" not in gongkai("correct", "--help").stdout
    added = "- 日期: 2025-12-01\n  说明: 乙。\n- 日期: 2025-12-01\n  说明: 丙。\n".replace("\n", "\r\n")
    assert (root / "content" / YI).read_bytes().decode() == text.replace("# 完", added + "# 完")


def test_what_changed_against_the_records_is_shown(small_content: SmallContent) -> None:
    """Word by word and by the heading above it; where nothing did, it says so and writes all the same."""
    root = small_content({YI: OPEN})
    assert gongkai("build", "--live", "--records", "records", cwd=root, env=day("2025-11-28")).returncode == 0
    said = done("correct", "2025/yi", "--reason", "更换了附件。", "--yes", cwd=root)
    assert "都和公开的第 1 版一样" in said
    assert "请先改好文件" in said
    changed = OPEN.replace("按月检查", "每两个月检查").replace("三次", "三次、培训一次").replace("2025年11月21日", "")
    (root / "content" / YI).write_text(changed.replace("  - \n", ""), "utf-8")
    (root / "records").rename(root / "old")
    said = done("correct", "2025/yi", "--reason", "改了三处。", "--records", "old", "--yes", cwd=root)
    assert "和公开的第 1 版比，改了 3 处：" in said
    assert "\n  正文，在“一、总体情况”下：已经召开会议三次〔加上“、培训一次”〕。\n" in said
    assert "\n  正文，在“1.学习不够方面。”下：二是〔“按”改成“每两个”〕月检查。\n" in said
    assert "〔删去“2025年11月21日”〕\n" in said
    unknown = done("correct", "2025/yi", "--reason", "又一条。", "--records", "nirgends", "--yes", cwd=root)
    assert "没有可以比较的" in unknown


def test_damaged_records_stop_a_correction(small_content: SmallContent) -> None:
    """What cannot be compared is said, and nothing is written."""
    root = small_content()
    assert gongkai("build", "--live", "--records", "records", cwd=root, env=day("2025-11-28")).returncode == 0
    (root / "records/notices/2025/yi.v1.json").write_text("{}", "utf-8")
    run = gongkai("correct", "2025/yi", "--reason", "改了。", "--yes", cwd=root, env=DECEMBER)
    assert (run.returncode, "被改动过" in run.stderr) == (1, True)
    assert (root / "content" / YI).read_text("utf-8") == NOTICE


def test_what_is_not_given_is_asked_for(small_content: SmallContent) -> None:
    """The note and the permission; any other answer than yes writes nothing."""
    root = small_content({YI: OPEN})
    before = tree(root)
    for answers in ("改了电话。\nn\n", "改了电话。\n\n", "改了电话。\n也许\n", "改了电话。\n", ""):
        run = answered("correct", "2025/yi", cwd=root, answers=answers)
        assert run.returncode == 1, run.stdout + run.stderr
        assert "改了什么（会写在网页上）：" in run.stdout
        assert ("没有写入" in run.stdout) or ("已中断" in run.stderr)
        assert tree(root) == before
    run = answered("correct", "2025/yi", cwd=root, answers="改了电话。\n是\n")
    assert (run.returncode, run.stderr) == (0, "")
    assert [correction.note for correction in yi(root).corrections] == ["改了电话。"]
    run = answered("withdraw", "2025/yi", cwd=root, answers="数字有误。\ny\n")
    assert "撤回的原因（会写在网页上）：" in run.stdout
    assert "写入吗？" in run.stdout
    assert yi(root).withdrawal is not None


def test_a_file_changed_while_the_question_stands_is_not_overwritten(small_content: SmallContent) -> None:
    """Whoever saves the file in an editor meanwhile loses nothing; the verb says to run again."""
    root = small_content()
    arguments = command("correct", "2025/yi", "--reason", "改了。")
    env = environment(PYTHONPATH=str(Path(__file__).parents[2]), PYTHONIOENCODING="utf-8", **DECEMBER)
    pipe = subprocess.PIPE
    with subprocess.Popen(
        arguments, cwd=root, env=env, stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8"
    ) as waiting:
        assert waiting.stdout is not None
        said = ""
        while "[y/N]" not in said:
            said += waiting.stdout.read(1)
        (root / "content" / YI).write_text(OPEN, "utf-8")
        _, complaint = waiting.communicate("y\n", timeout=PATIENCE)
    assert (waiting.returncode, "刚刚被改动" in complaint) == (1, True)
    assert (root / "content" / YI).read_text("utf-8") == OPEN


def test_an_extension_is_shown_and_written(small_content: SmallContent) -> None:
    """From which day to which, by how many working days, then a second one after the first; both are the page's."""
    root = small_content({YI: OPEN})
    said = done("extend", "2025/yi", "--until", "2025-12-10", "--reason", "电话故障。", "--yes", cwd=root)
    assert "网页上会写：\n  2025年12月1日 延期\n  公开期限延长到2025年12月10日。原因：电话故障。\n" in said
    assert "公开期限从原来的12月3日延长到12月10日（星期三），多 5 个工作日，一共 14 个（含第一天）。" in said
    entry = "延期:\n  - 日期: 2025-12-01\n    至: 2025-12-10\n    说明: 电话故障。\n"
    assert (root / "content" / YI).read_text("utf-8") == OPEN + entry
    said = done("extend", "2025/yi", "--until", "2025-12-12", "--reason", "还有来信。", "--yes", cwd=root)
    assert "  公开期限延长到2025年12月12日。原因：还有来信。\n公开期限从原来的12月10日延长到12月12日" in said
    again = "  - 日期: 2025-12-01\n    至: 2025-12-12\n    说明: 还有来信。\n"
    assert (root / "content" / YI).read_text("utf-8") == OPEN + entry + again
    assert gongkai("check", cwd=root, env=DECEMBER).returncode == 0


def test_an_extension_after_the_end_is_warned_of(small_content: SmallContent) -> None:
    """It is written all the same: the office decides, and the warning is the one that `check` gives."""
    root = small_content({YI: OPEN})
    run = gongkai(
        *("extend", "2025/yi", "--until", "2026-01-09", "--reason", "电话故障。", "--yes"),
        cwd=root,
        env=day("2025-12-08"),
    )
    assert (run.returncode, "[extension-outside]" in run.stdout) == (0, True)
    assert "从原来的2025年12月3日延长到2026年1月9日（星期五）" in run.stdout


def test_a_withdrawal_is_shown_and_written(small_content: SmallContent) -> None:
    """With the banner's words; the text stays in the file."""
    root = small_content({YI: OPEN})
    said = done("withdraw", "2025/yi", "--reason", "数字有误。", "--yes", cwd=root)
    assert "网页上会写：\n  这份通报已经撤回\n  2025年12月1日撤回。\n  原因：数字有误。\n" in said
    entry = "撤回:\n  日期: 2025-12-01\n  说明: 数字有误。\n"
    assert (root / "content" / YI).read_text("utf-8") == OPEN + entry
    assert gongkai("check", cwd=root, env=DECEMBER).returncode == 0


@pytest.mark.parametrize("before", [OPEN, WITHDRAWN], ids=["public", "withdrawn"])
def test_of_a_text_published_in_error_no_word_is_left(before: str, small_content: SmallContent) -> None:
    """Not in the file, not in an attachment; whose it was, when and why stays, and the site can be built."""
    listed = f"# yaml-language-server: $schema=../../schema/notice.json\n# 经办：张三\n{before}"
    listed += "附件:\n  - 文件: 台账.pdf\n    标题: 整改台账\n  - 文件: b.pdf\n"
    files = {YI: listed, "notices/2025/yi/台账.pdf": PDF + SECRET, "notices/2025/yi/b.pdf": PDF}
    root = small_content(files)
    published = yi(root).publishes_at
    said = done("withdraw", "2025/yi", "--in-error", "--reason", "误发送审稿。", "--yes", cwd=root)
    assert "正文、标题和附件都不再显示，只留下日期和原因。" in said
    assert "要删除的附件：\n  content/notices/2025/yi/台账.pdf\n  content/notices/2025/yi/b.pdf\n" in said
    assert "server purge" in said
    assert (root / "content" / YI).read_text("utf-8") == (
        "# yaml-language-server: $schema=../../schema/notice.json\n"
        "格式: 1\n标题: （已移除）\n单位: bangongshi\n发布: 2025-11-21 09:00\n正文:\n  段落:\n    - （已移除）\n"
        "撤回:\n  日期: 2025-12-01\n  说明: 误发送审稿。\n  类型: 误发\n"
    )
    assert yi(root).publishes_at == published
    assert not (root / "content/notices/2025/yi").exists()
    left = b"".join(path.read_bytes() for path in (root / "content/notices").rglob("*") if path.is_file())
    assert not any(word.encode() in left for word in ("张三", "党组", "会议", "学习", "台账", "不该公开", "数字有误"))
    assert gongkai("build", cwd=root, env=DECEMBER).returncode == 0


def test_a_file_that_is_no_attachment_is_left_and_named(small_content: SmallContent) -> None:
    """Nobody said what it is; the clerk looks at it."""
    root = small_content({YI: OPEN, "notices/2025/yi/草稿.pdf": PDF})
    said = done("withdraw", "2025/yi", "--in-error", "--reason", "误发。", "--yes", cwd=root)
    assert "不会删除的文件，请自己看看要不要留：\n  content/notices/2025/yi/草稿.pdf\n" in said
    assert (root / "content/notices/2025/yi/草稿.pdf").is_file()


EXTEND = ("extend", "2025/yi", "--reason", "故障。", "--until")
CORRECT = ("correct", "2025/yi", "--reason")
WITHDRAW = ("withdraw", "2025/yi", "--reason")
ERROR = OPEN.replace("格式: 1", "格式：1")
TIMELESS = NOTICE
REMOVED = WITHDRAWN + "  类型: 误发\n"
# What stands in the file, what is called, the exit code, and words of what is said.
REFUSED: dict[str, tuple[str, tuple[str, ...], int, str]] = {
    "unknown notice": (OPEN, ("correct", "2025/er", "--reason", "甲"), 2, "没有通报 2025/er"),
    "file that is no notice": (OPEN, ("withdraw", "content/about.md", "--reason", "甲"), 2, "没有通报"),
    "file elsewhere": (OPEN, ("withdraw", "/etc/passwd", "--reason", "甲"), 2, "不在 content 里"),
    "file that is not read": (ERROR, (*CORRECT, "甲"), 1, "[full-width-colon]"),
    "file with an error": (OPEN.replace("bangongshi", "niemand"), (*WITHDRAW, "甲"), 1, "[unknown-organ]"),
    "empty note": (OPEN, (*CORRECT, " \n　"), 2, "改了什么不能空着"),
    "note with what nobody sees": (OPEN, (*CORRECT, "甲\u200b乙"), 2, "零宽空格（U+200B）"),
    "empty reason": (OPEN, (*WITHDRAW, ""), 2, "撤回的原因不能空着"),
    "reason over two lines": (OPEN, (*WITHDRAW, "甲\n乙"), 2, "撤回的原因要写成一行"),
    "reason of an extension over two lines": (
        OPEN,
        ("extend", "2025/yi", "--until", "2025-12-10", "--reason", "甲\n乙"),
        2,
        "延期的原因要写成一行",
    ),
    "no day": (OPEN, (*EXTEND, "下周三"), 2, "“下周三”不是日历上的日子"),
    "no day of the calendar": (OPEN, (*EXTEND, "2025-12-32"), 2, "不是日历上的日子"),
    "day without strokes": (OPEN, (*EXTEND, "20251210"), 2, "不是日历上的日子"),
    "missing day": (OPEN, EXTEND[:-1], 2, "还缺 --until 年-月-日"),
    "day that is not later": (OPEN, (*EXTEND, "2025-12-03"), 2, "现在就公开到2025年12月3日"),
    "day a year too late": (OPEN, (*EXTEND, "2027-12-10"), 1, "[period-long]"),
    "no period": (TIMELESS, (*EXTEND, "2025-12-10"), 1, "没有写明公开期限"),
    "correction of a withdrawn notice": (WITHDRAWN, (*CORRECT, "甲"), 1, "已于2025年11月28日撤回"),
    "extension of a withdrawn notice": (WITHDRAWN, (*EXTEND, "2025-12-10"), 1, "已于2025年11月28日撤回"),
    "withdrawn already": (WITHDRAWN, (*WITHDRAW, "甲"), 1, "已于2025年11月28日撤回"),
    "removed already": (REMOVED, (*WITHDRAW, "甲", "--in-error"), 1, "已于2025年11月28日作为误发移除"),
    "the same correction again": (
        f"{OPEN}更正:\n  - 日期: 2025-12-01\n    说明: 甲\n",
        (*CORRECT, "甲"),
        1,
        "同样的一条更正",
    ),
    "before it is public": (OPEN.replace("2025-11-", "2025-12-"), (*CORRECT, "甲"), 1, "[event-before-publication]"),
    "a file that is closed": (f"{OPEN}...\n", (*CORRECT, "甲"), 1, "请手工加上：\n更正:\n  - 日期: 2025-12-01\n"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_leaves_every_byte(name: str, small_content: SmallContent) -> None:
    """In Chinese, with the exit code of wrong usage or of problems."""
    text, arguments, code, words = REFUSED[name]
    root = small_content({YI: text.replace("结束: 2025-12-03", "结束: 2025-12-31") if "before" in name else text})
    before = tree(root)
    run = gongkai(*arguments, "--yes", cwd=root, env=DECEMBER)
    assert run.returncode == code, run.stdout + run.stderr
    assert words in run.stdout + run.stderr
    assert "Traceback" not in run.stderr
    assert "rror" not in run.stderr
    assert tree(root) == before


def test_an_entry_after_the_day_of_a_demo_is_warned_of(small_content: SmallContent) -> None:
    """A demo stands still on its day; what is written today is not seen there."""
    site = "网站名称: 示例县巡察整改公开\n网址: https://www.example.com/gk/\n示例日期: 2025-11-28\n"
    root = small_content({"site.yml": site})
    assert "注意：网站的“示例日期”定在2025年11月28日" in done(
        "correct", "2025/yi", "--reason", "改了。", "--yes", cwd=root
    )


def test_the_days_of_shanghai(small_content: SmallContent) -> None:
    """At four in the afternoon of Greenwich it is the next day already."""
    root = small_content()
    late = str(int(datetime(2025, 12, 1, 16, 0, tzinfo=UTC).timestamp()))
    run = gongkai("correct", "2025/yi", "--reason", "改了。", "--yes", cwd=root, env={"SOURCE_DATE_EPOCH": late})
    assert "2025年12月2日 更正" in run.stdout


def test_a_console_of_gbk_shows_every_character(small_content: SmallContent) -> None:
    """As Windows has it; a note of GBK arrives in the file as UTF-8."""
    root = small_content({YI: OPEN})
    run = gongkai("correct", "2025/yi", "--reason", "改了。", "--yes", cwd=root, env=DECEMBER, encoding="gbk")
    assert run.returncode == 0, run.stderr
    assert "?" not in run.stdout
    assert yi(root).corrections[0].note == "改了。"
