"""The whole of content/: nothing from outside it, nothing unnoticed in it, and all that is wrong at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.check import Checked, check_content
from generator.problems import Problem, Severity, Span, in_order, show
from tests.support.content import NOTICE, SmallContent
from tests.support.goldens import check_golden

CASES = Path(__file__).parent / "cases"
ATTACHED = NOTICE + "附件:\n  - 文件: {}\n"


def codes(checked: Checked, severity: Severity = Severity.ERROR) -> dict[str, str]:
    """Return the file, below content/, of each problem by code."""
    found = (problem for problem in checked.problems if problem.severity is severity)
    return {problem.code: problem.file.partition("content/")[2] for problem in found}


def test_the_small_content_has_no_error(small_content: SmallContent) -> None:
    checked = check_content(small_content() / "content")
    assert not checked.failed
    assert checked.notices == 1


@pytest.mark.parametrize("path", ["notices/2025/er.yml", "notices/2025/yi", "notices/2024", "about.md", "site.yml"])
def test_a_link_is_never_followed(path: str, small_content: SmallContent, tmp_path: Path) -> None:
    """Neither a file nor a folder that is a symbolic link is read, whatever it would hold."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.yml").write_text(NOTICE, "utf-8")
    root = small_content()
    place = root / "content" / path
    place.unlink(missing_ok=True)
    place.symlink_to(outside / "secret.yml" if "." in place.name else outside)
    checked = check_content(root / "content")
    assert codes(checked)["symlink"] == path
    files = checked.content.folder.files if checked.content else ()
    assert not any(file.path == path or file.path.startswith(f"{path}/") for file in files)


@pytest.mark.parametrize(
    "name",
    ["../../../site.yml", "/etc/passwd", "..", "a/b.pdf", "C:\\x.pdf", "..\\site.pdf", "CON.pdf", "yi\u00a0.pdf "],
)
def test_an_attachment_that_leads_elsewhere_is_refused(name: str, small_content: SmallContent) -> None:
    checked = check_content(small_content({"notices/2025/yi.yml": ATTACHED.format(f"'{name}'")}) / "content")
    assert checked.content is not None
    assert [broken.id for broken in checked.content.broken] == ["2025/yi"]


def test_an_attachment_comes_from_the_notices_own_folder_only(small_content: SmallContent) -> None:
    """A folder of the same name elsewhere in content/ is no folder of attachments."""
    files = {"notices/2025/yi.yml": ATTACHED.format("a.pdf"), "2025/yi/a.pdf": b"%PDF-1.7\n"}
    checked = check_content(small_content(files) / "content")
    assert codes(checked) == {"attachment-absent": "notices/2025/yi.yml"}
    assert codes(checked, Severity.WARNING)["stray-file"] == "2025/yi/a.pdf"


STRAY = {
    "picture": ("notices/2025/a.png", "stray-file", Severity.WARNING),
    "notice beside": ("yi.yml", "stray-file", Severity.WARNING),
    "page in capitals": ("README.md", "stray-file", Severity.WARNING),
    "page in a folder": ("pages/a.md", "stray-file", Severity.WARNING),
    "attachment of no notice": ("notices/2025/nobody/a.pdf", "stray-file", Severity.WARNING),
    "deeper attachment": ("notices/2025/yi/b/a.pdf", "stray-file", Severity.WARNING),
    "capitals": ("notices/2025/Er.yml", "notice-name", Severity.ERROR),
    "capitals at the end": ("notices/2025/er.YML", "notice-name", Severity.ERROR),
    "other ending": ("notices/2025/er.yaml", "notice-name", Severity.ERROR),
    "no year": ("notices/er.yml", "notice-name", Severity.ERROR),
    "Chinese name": ("notices/2025/通报.yml", "notice-name", Severity.ERROR),
    "long name": (f"notices/2025/{'a' * 65}.yml", "notice-name", Severity.ERROR),
    "device": ("notices/2025/con.yml", "name-windows", Severity.ERROR),
    "address of the site itself": ("archive.md", "name-taken", Severity.ERROR),
    "address of the home page": ("index.md", "name-taken", Severity.ERROR),
    "address of missing pages": ("404.md", "name-taken", Severity.ERROR),
}


@pytest.mark.parametrize("name", STRAY)
def test_nothing_is_passed_over_in_silence(name: str, small_content: SmallContent) -> None:
    path, code, severity = STRAY[name]
    checked = check_content(small_content({path: NOTICE}) / "content")
    assert codes(checked, severity)[code] == path
    assert checked.notices == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows 不分大小写")
def test_two_names_that_differ_by_case_only(small_content: SmallContent) -> None:
    files = {"notices/2025/yi/a.pdf": b"%PDF-", "notices/2025/yi/A.pdf": b"%PDF-"}
    assert "same-name" in codes(check_content(small_content(files) / "content"))
    assert "same-name" in codes(check_content(small_content({"notices/2025/YI.yml": NOTICE}) / "content"))


def test_hidden_files_are_no_content(small_content: SmallContent) -> None:
    """What editors, Windows and Word leave behind is neither content nor a problem."""
    names = (".yi.yml.swp", "notices/2025/~$yi.docx", "Thumbs.db", ".DS_Store")
    checked = check_content(small_content(dict.fromkeys(names, b"x")) / "content")
    assert not checked.failed
    assert "stray-file" not in codes(checked, Severity.WARNING)


def test_what_a_forge_publishes_with_may_lie_beside(small_content: SmallContent) -> None:
    names = ("publish.sh", "requirements.txt", "gongkai-0.1.0-py3-none-any.whl")
    checked = check_content(small_content(dict.fromkeys(names, b"x")) / "content")
    assert "stray-file" not in codes(checked, Severity.WARNING)
    below = check_content(small_content({"notices/2025/publish.sh": b"x"}) / "content")
    assert codes(below, Severity.WARNING)["stray-file"] == "notices/2025/publish.sh"


def test_only_the_chosen_notices_are_checked(small_content: SmallContent) -> None:
    root = small_content({"notices/2025/er.yml": "格式: 2\n"})
    chosen = (path for path in ["notices/2025/yi.yml"])
    checked = check_content(root / "content", chosen)
    assert checked.notices == 1
    assert not checked.failed


BAD_FILES: dict[str, str | bytes] = {
    "site.yml": "网站名称: 示例\n网址: www.example.com\n电活: 0000-2000000\n",
    "organs.yml": "bangongshi:\n  名称: 示例县办公室\n  类型: 机构\nBan:\n  名称: 甲\n",
    "about.md": "关于本站\n\n<b>甲</b>\n",
    "notices/2025/yi.yml": NOTICE.replace("标题: 中共", "题目: 中共").replace("措施:", "措 施:"),
    "notices/2025/er.yml": NOTICE.replace("发布: 2025-11-21 09:00", "发布：2025-11-21"),
    "notices/2025/san.yml": NOTICE.replace("2025-11-21 09:00", "2025-11-31").replace("格式: 1", "格式: 一"),
    "notices/2025/qi.yml": NOTICE,
    "notices/2025/Qi.yml": NOTICE,
    "notices/2025/si.yml": NOTICE.encode("gbk"),
    "notices/2025/si/a.svg": b"<svg/>",
}


def shown(checked: Checked, root: Path) -> str:
    return show(checked.problems, checked.sources).replace(root.as_posix(), "") + "\n"


def test_everything_that_is_wrong_is_told_at_once(small_content: SmallContent) -> None:
    """Unusable facts hide no problem within the notices; problems are sorted; the text is the one on record."""
    root = small_content(BAD_FILES)
    checked = check_content(root / "content")
    assert checked.content is None
    assert checked.problems == in_order(checked.problems)
    assert len({problem.file for problem in checked.problems}) >= 7
    check_golden(shown(checked, root), CASES / "content-all.txt")


def test_everything_that_is_wrong_with_good_facts(small_content: SmallContent) -> None:
    """With usable facts the rules speak too, and the good notice among the bad is made."""
    bad = {path: text for path, text in BAD_FILES.items() if path not in {"site.yml", "organs.yml"}}
    unknown = NOTICE.replace("单位: bangongshi", "单位: bangongsi")
    root = small_content({**bad, "notices/2025/wu.yml": unknown, "notices/2025/liu.yml": NOTICE})
    checked = check_content(root / "content")
    assert checked.content is not None
    assert [entry.summary.id for entry in checked.content.entries] == ["2025/liu"]
    assert [broken.id for broken in checked.content.broken] == [
        f"2025/{slug}" for slug in ("er", "san", "si", "wu", "yi")
    ]
    check_golden(shown(checked, root), CASES / "content-notices.txt")


@pytest.mark.parametrize("path", ["site.yml", "organs.yml"])
def test_missing_facts(path: str, small_content: SmallContent) -> None:
    root = small_content()
    (root / "content" / path).unlink()
    checked = check_content(root / "content")
    assert checked.content is None
    assert codes(checked) == {"file-missing": path}


def test_a_missing_folder_is_a_problem(tmp_path: Path) -> None:
    checked = check_content(tmp_path / "nirgends")
    assert checked.content is None
    assert checked.failed


def test_thousands_of_problems_are_counted_after_the_first_thousand() -> None:
    """Nobody reads more, and a terminal would take minutes to show them."""
    many = [
        Problem(code="x", file="a.yml", span=Span(line, 1), found="甲", expected="乙", mend="丙。")
        for line in range(1, 1502)
    ]
    assert show(many, {}).endswith("还有 501 处没有列出。先改好上面的，再检查一遍。")
