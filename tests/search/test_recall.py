"""Search finds what a plain scan of the published text finds: all of it, nothing else, in the same order."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from generator.check import Content, check_content
from generator.model import notice_text, units
from generator.pages import BuildTime
from generator.period import parse_now
from generator.search.grams import fold
from generator.search.records import lines
from tests.support.content import SmallContent
from tests.support.program import gongkai
from tests.support.samples import REAL, TWIN, Imported
from tests.support.search.corpus import Scanned, content_of, notice, organ_name, scan_all
from tests.support.search.session import MOST, ORGANS, Open, Search, compare, data_of

# Chosen by reading each sample: short and long, over the edges of words, numbers, marks, and two words at once.
_TWIN = """\
高温津贴 整改 台账 销号 改选 花市 支部 0000-2000901 党支部 公园 广告 票务 首问负责 安全 落实 责任 党费 考核
采购 水池 消防水池 电线 消防 经营 增收 人才 技工 盆景 温室 清单 廉政 2025 12月15日 9:00 9:00--17:00 ９：００ 一是
整改责任 制度缺口 志愿者 押金 合同 裸露 招考 培训 组织生活会 积分管理 财务 甲级 信箱 号党群 市委巡察整改任务
改落 预警 研学 滨河 18.6万 TOP20 C站
"""
_REAL = """\
社保欠费 整改台账 销号 换届 文创 支部 0415-2195262 党支部 融媒体 广告 播出 三审三校 安全播出 落实 责任 党费 考核
采购 防火 防火门 电线 消防 经营 创收 人才 职称 新闻 台账 清单 廉政 2025 12月12日 9:00 9:00--17:00 ９：００ 一是
主体责任 制度建设 广播电视 资产 合同 老化 招聘 培训 民主生活会 发展党员 财务 甲级 信箱 号党群 市委巡察整改落实
改落 意识形态 选人用人 滨河
"""
PHRASES = {TWIN: _TWIN, REAL: _REAL}


@pytest.fixture(scope="module")
def among_others(imported: Imported, open_search: Open, tmp_path_factory: pytest.TempPathFactory) -> Search:
    """Put a sample among thirty generated notices of its year."""
    checked = check_content(imported.root / "content").content
    assert checked is not None
    (entry,) = checked.entries
    others = [(f"2025/notice-{number}", notice(number, 2025, ORGANS)) for number in range(30)]
    content = content_of(tmp_path_factory.mktemp("nothing"), others)
    mixed = Content(
        folder=content.folder,
        site=content.site,
        organs={**content.organs, **checked.organs},
        entries=(entry, *content.entries),
        prose=(),
        broken=(),
    )
    return open_search(mixed)


def test_the_sample_is_found_by_its_phrases(imported: Imported, among_others: Search) -> None:
    phrases = [*PHRASES[imported.sample].split(), "整改 台账", "支部 换届"]
    held = [phrase for phrase in phrases if imported.id in scan_all(among_others.notices, phrase)]
    assert len(held) >= 44
    print(compare(among_others, phrases), len(held))


def test_the_sample_is_found_by_any_piece_of_it(imported: Imported, among_others: Search, dice: random.Random) -> None:
    """Two hundred pieces of two to four characters, and two hundred of its characters that stand nowhere so."""
    source = [line for line in fold(imported.sample.text()).split() if len(line) > 4]
    pieces: list[str] = []
    while len(pieces) < 200:
        line = dice.choice(source)
        length = dice.randrange(2, 5)
        at = dice.randrange(len(line) - length)
        if any(char.isalnum() for char in line[at : at + length]):
            pieces.append(line[at : at + length])
    chars = [char for line in source for char in line if char.isalnum()]
    strange = ["".join(dice.choices(chars, k=dice.randrange(2, 4))) for _ in range(200)]
    told = compare(among_others, pieces)
    assert told["hits"] >= 200
    print(told, compare(among_others, strange))


def test_a_line_begins_where_its_place_is(tmp_path: Path) -> None:
    """Each line's place is that of the unit with which it begins."""
    content = content_of(tmp_path, [("2017/notice-5", notice(5, 2017, ORGANS))])
    (entry,) = content.entries
    reading = units(entry.notice)
    ids = {unit.id: unit for unit in reading}
    for line in lines(reading)[1:]:
        assert line.text.startswith(ids[line.anchor].text)


def test_what_is_hard_is_found(open_search: Open, tmp_path: Path) -> None:
    """Rare characters, either width, phrases over the edge of a line, titles, marks, blanks: as a plain scan has it."""
    body = {
        "段落": [
            "由𠮷田同志负责，㐂字不改。",
            "第一句到此为止。",
            "第二句从头开始。",
            "电话０４１５－１２３４５６７，ＡＢＣ公司。",
        ],
        "部分": [
            {"标题": "一、接在后面。", "段落": ["标题后面的话", {"表格": [["项", "数"], ["台账", "十二本"]]}]},
            {"标题": "二、单独成行", "段落": ["艾力·买买提说：“好”。", "\ufe10异体︐\ue000自造", "A"]},
        ],
    }
    notices = [(f"2025/notice-{number}", notice(number, 2025, ORGANS)) for number in range(20)]
    notices.append(("2025/hard", data_of(标题="中共示例市　Ａ局委员会关于巡察整改情况的通报", 正文=body)))
    search = open_search(content_of(tmp_path, notices))
    hard = {
        "𠮷": True,
        "𠮷田": True,
        "由𠮷": True,
        "㐂字": True,
        "为止。第二句": False,
        "止第": False,
        "后面。标题后面": True,
        "话项": False,
        "项": True,
        "十二本": True,
        "0415-1234567": True,
        "０４１５": True,
        "abc公司": True,
        "abc": True,
        "ABC": True,
        "艾力•买买提": True,
        '说:"好"。': True,
        "\ue000自造": True,
        "异体": True,
        "行艾力": False,
        "示例市a局": False,
        "示例市 a局": True,
        "a": True,
        "𠮷 十二本": True,
        "𠮷 没有的话": False,
    }
    compare(search, list(hard))
    for (query, expected), found in zip(hard.items(), search.ask(list(hard), MOST), strict=True):
        assert ("2025/hard" in [one.id for one in found]) == expected, query


@pytest.mark.parametrize("day", ["2025-12-01", "2025-12-31", "2026-01-01"])
def test_a_year_is_found_before_and_after_it_ends(open_search: Open, tmp_path: Path, day: str) -> None:
    """In months of a year that is running, in a year that is over, and where a notice belongs to another year."""
    notices = [(f"2024/notice-{number}", notice(number, 2024, ORGANS)) for number in range(12)]
    notices += [(f"2025/notice-{number}", notice(number, 2025, ORGANS)) for number in range(20, 150)]
    notices += [("2025/early", notice(150, 2024, ORGANS)), ("2026/early", notice(151, 2025, ORGANS))]
    search = open_search(content_of(tmp_path, notices), BuildTime(parse_now(day), pinned=True))
    asked = ["的", "台账 整改", organ_name(3)[:7], organ_name(6)[:7], "没有的话"]
    print(compare(search, asked, most=len(notices)))
    for year in ("2024", "2025", "2026"):
        own = [one for one in search.notices if one.id.startswith(year)]
        found = search.ask(asked[1:], 20, year=year)
        assert [[one.id for one in answer] for answer in found] == [scan_all(own, query)[:20] for query in asked[1:]]
    (running,) = search.ask(["整改"], len(notices), state="open")
    open_ = {id_ for id_, data in notices if data["公开期限"]["结束"] >= max(day, "2025-12-01")}
    assert {one.id for one in running} == open_


def test_texts_of_few_lines_are_found(open_search: Open, tmp_path: Path) -> None:
    """A title alone, three short lines, one line longer than all else: with marks for words, and within an organ."""
    notices = [(f"2025/notice-{number}", notice(number, 2025, 2)) for number in range(12)]
    notices.append(("2025/short", data_of(单位="organ-2")))
    long = "长" * 20_000
    notices.append(("2025/long", data_of(单位="organ-3", 正文={"段落": [long, "一", "二"]})))
    over = data_of(单位="organ-4", 公开期限={"开始": "2025-10-01", "结束": "2025-10-20"})
    content = content_of(tmp_path, [*notices, ("2025/title", over)])
    search = open_search(content)
    compare(search, ["整改 ，", "整改 - 通报", "关于 长", "一", "长长", "予以公布"])
    for organ, query, expected in (
        ("organ-3", "一", 1),
        ("organ-3", "关于 长", 1),
        ("organ-2", "一 二", 0),
        ("organ-4", "通报 ，", 0),
    ):
        (found,) = search.ask([query], MOST, organ=organ)
        assert len(found) == expected, query


def test_a_title_over_two_lines_is_one(small_content: SmallContent, open_search: Open) -> None:
    """As the import of a text joins them, they are searched."""
    root = small_content()
    given = (
        "中共示例县办公室党组关于\n县委巡察整改情况的通报\n\n现将情况公布。\n一、整改情况\n已经改好。\n2025年11月20日\n"
    )
    (root / "given.txt").write_text(given, encoding="utf-8")
    run = gongkai("-C", root, "import", root / "given.txt", "-o", root / "content/notices/2025/er.yml")
    assert run.returncode == 0, run.stdout + run.stderr
    content = check_content(root / "content").content
    assert content is not None
    (found,) = open_search(content).ask(["党组关于县委"], MOST)
    assert [one.id for one in found] == ["2025/er"]


def test_a_scan_reads_what_is_published(tmp_path: Path) -> None:
    """The other side of the comparison: it goes by the lines of notice.txt."""
    content = content_of(tmp_path, [("2025/a", data_of())])
    (entry,) = content.entries
    assert Scanned.of(entry.notice).lines == tuple(notice_text(entry.notice).splitlines())
