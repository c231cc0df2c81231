"""What both READMEs show of a push that is refused and of one that is published is what the host says."""

from __future__ import annotations

import re

import pytest

from tests.support.program import ROOT, gongkai
from tests.support.publish.hosts import new_host, new_office

# The demo's own.
_ADDRESS = "https://www.example.com/xcgk/"
_PATH = "content/notices/2025/shili-media.yml"
_NOTICE = """\
格式: 1
标题: 中共示例市融媒体中心委员会关于市委巡察整改情况的通报
单位: shili-media
发布: 2025-11-11 09:00
联系方式:
  - 电话: 0000-2000101
正文:
  部分:
    - 标题: 一、反馈问题整改情况
      问题:
        - 标题: 1.稿件审核把关不严方面。
          措施:
            - |-
              一是抽查稿件120篇，改正差错36处。
  尾段:
    - |-
      联系电话：0000-2000101。
落款:
  - 中共示例市融媒体中心委员会
  - 2025年11月11日
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Alter a published figure and push; do what the refusal says, and push once more; return both answers."""
    folder = tmp_path_factory.mktemp("readme")
    site = (ROOT / "content/site.yml").read_text("utf-8")
    site = re.sub(
        "^示例日期:.*\n", "", re.sub("^网址:.*", f"网址: {_ADDRESS}", site, flags=re.MULTILINE), flags=re.MULTILINE
    )
    files = {
        "content/site.yml": site,
        "content/organs.yml": "shili-media:\n  名称: 示例市融媒体中心\n  类型: 事业单位\n",
        "content/about.md": "# 关于本站\n\n这里公开通报。\n",
        _PATH: _NOTICE,
    }
    office = new_office(new_host(folder / "host", _ADDRESS), folder / "office", files)
    office.commit({_PATH: _NOTICE.replace("120篇", "1200篇")})
    refused = office.push()
    assert refused.code == 1
    (advice,) = re.findall(r"运行 gongkai (correct [a-z0-9/-]+)", refused.words)
    done = gongkai(*advice.split(), cwd=office.folder, answers="抽查稿件的篇数，原写120篇，改为1200篇。\ny\n")
    assert done.returncode == 0, done.stdout + done.stderr
    office.commit({})
    published = office.push()
    assert published.code == 0, published.words
    return ["\n".join(pushed.lines).strip("\n") for pushed in (refused, published)]


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_a_readme_shows_a_refusal_and_a_publication_as_the_host_words_them(readme: str, said: list[str]) -> None:
    shown = re.findall(r"^```text\n(.*?)\n```$", (ROOT / readme).read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert [_timeless(block) for block in shown] == [_timeless(answer) for answer in said]


def _timeless(answer: str) -> str:
    """How long each step takes differs from one machine to the next."""
    return re.sub(r"[0-9.]+ 秒", "0 秒", answer)
