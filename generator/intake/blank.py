"""An empty notice for a clerk to fill in."""

from __future__ import annotations

from datetime import date

from generator.addresses import content_path
from generator.read.yaml_writer import schema_line

# Written out, because its comments are the instruction; what is empty is what `check` asks for.
_TEMPLATE = """\
# 一份新通报。把空着的地方填上，用 gongkai check 检查；以 # 开头的行是说明，发布前可以删掉。
# 冒号用英文的，后面空一格；缩进用空格；长段文字写在 |- 的下一行，多缩进两格。
格式: 1
# 全称，与批准的原文一字不差，分几行的接成一行
标题: ''
# organs.yml 里的代号，如 shili-media
单位: ''
# 什么时候发布，可以带时刻，如 {today} 09:00；到这个时刻以前谁也看不到
发布: {today}
# 原文写了才填，没有就整项删掉；需要时去掉行首的“# ”。例如：市委，市委第二巡察组，{today}，2025年3月上旬
# 巡察:
#   机关: ''
#   巡察组:
#     - ''
#   开始: ''
#   结束: ''
#   反馈: ''
# 原文没有公开期限的，把这三行删掉
公开期限:
  开始: {today}
  结束: ''
# 电话、传真、通信地址、电子邮箱、网址（网上留言）、其他，一种写一条；时间、邮编、收件人可以不写
联系方式:
  - 电话: ''
    时间: ''
正文:
  # 第一个标题以前的文字，一段一条
  段落:
    - ''
  # 标题连同序号照抄；部分下面写小节，小节下面写问题，没有的层次就不写
  部分:
    - 标题: ''
      小节:
        - 标题: ''
          问题:
            - 标题: ''
              措施:
                - ''
  # 最后一部分以后的文字，如公开期限、联系电话那一段
  尾段:
    - ''
落款:
  - ''
  - {today:%Y}年{today.month}月{today.day}日
"""


def blank(id_: str, today: date) -> str:
    """Return an empty notice `<year>/<slug>` dated `today`, as YAML; what `check` refuses of it is what to fill in."""
    return schema_line(content_path(id_), "notice") + "\n" + _TEMPLATE.format(today=today)
