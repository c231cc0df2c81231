"""Where a key or one of a few words is wanted and a name stands, the message says which was meant."""

from __future__ import annotations

import pytest

from tests.support.content import NOTICE, SmallContent
from tests.support.program import gongkai

_ORGANS = """\
bangongshi:
  名称: 示例县办公室
  简称: 县办
  类型: 机关
meiti:
  名称: 示例县融媒体中心
  类型: 事业单位
  曾用名:
    - 名称: 示例县广播电视台
      止: 2020-01-01
"""
_ALL = "或者改用已有的代号。现在有：bangongshi（示例县办公室）、meiti（示例县融媒体中心）。"
_MEANT = {
    "the whole name": ("示例县融媒体中心", "写代号，不写名称：是不是“meiti”（示例县融媒体中心）？"),
    "the short name": ("县办", "写代号，不写名称：是不是“bangongshi”（示例县办公室）？"),
    "a former name": ("示例县广播电视台", "写代号，不写名称：是不是“meiti”（示例县融媒体中心）？"),
    "a part of the name": ("融媒体中心", "写代号，不写名称：是不是“meiti”（示例县融媒体中心）？"),
    "more than the name": ("中共示例县融媒体中心委员会", "写代号，不写名称：是不是“meiti”（示例县融媒体中心）？"),
    "a misspelt name": ("示例县融媒体中欣", "写代号，不写名称：是不是“meiti”（示例县融媒体中心）？"),
    "a misspelt key": ("meitii", "是不是“meiti”（示例县融媒体中心）？"),
    "a part of two names": (
        "示例县",
        "或者改用已有的代号。现在有：bangongshi（示例县办公室）、meiti（示例县融媒体中心）。",
    ),
    "nothing like it": ("xyz", "或者改用已有的代号。现在有：bangongshi（示例县办公室）、meiti（示例县融媒体中心）。"),
}


@pytest.mark.parametrize("name", _MEANT)
def test_an_organs_name_in_the_place_of_its_key(name: str, small_content: SmallContent) -> None:
    written, mend = _MEANT[name]
    notice = NOTICE.replace("单位: bangongshi", f"单位: {written}")
    run = gongkai("check", cwd=small_content({"organs.yml": _ORGANS, "notices/2025/yi.yml": notice}))
    assert run.returncode == 1
    assert f"  现在：{written}\n" in run.stdout
    assert mend in run.stdout


def test_an_import_for_an_organ_by_its_name(small_content: SmallContent) -> None:
    root = small_content({"organs.yml": _ORGANS})
    (root / "in.txt").write_text("整改情况的通报\n\n一、整改情况\n\n已经整改。\n\n2025年10月9日\n", "utf-8")
    run = gongkai("import", "in.txt", "-o", "content/notices/2025/er.yml", "--organ", "示例县融媒体中心", cwd=root)
    assert run.returncode == 1
    assert "改成 --organ meiti（示例县融媒体中心），重新导入。" in run.stdout


@pytest.mark.parametrize(
    ("written", "meant"), [("公立医院", "医院"), ("事业", "事业单位"), ("国有企业集团", "国有企业")]
)
def test_a_word_that_is_nearly_one_of_those_allowed(written: str, meant: str, small_content: SmallContent) -> None:
    run = gongkai("check", cwd=small_content({"organs.yml": _ORGANS.replace("类型: 机关", f"类型: {written}")}))
    assert f"  改法：是不是“{meant}”？照写。" in run.stdout


@pytest.mark.parametrize("written", ["yi", "2025/yii", "关于巡察整改情况的通报"])
def test_a_notice_by_its_name_or_title_in_the_place_of_its_address(written: str, small_content: SmallContent) -> None:
    run = gongkai("text", written, cwd=small_content())
    assert run.returncode == 2
    assert "写成“年份/名称”：是不是 2025/yi？" in run.stderr
