"""Whatever is edited, and whatever day it gets: a build that takes over gives the bytes of one that does not."""

from __future__ import annotations

import random
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

from tests.support.content import NOTICE, SmallContent
from tests.support.incremental import Builds

_EDITS = 12
_SEED = 20251121
_FILES = {f"notices/2025/n{number}.yml": NOTICE for number in range(1, 13)}


class _Office:
    """Edits a site's content by chance."""

    def __init__(self, content: Path, seed: int) -> None:
        self._content, self._chance = content, random.Random(seed)  # noqa: S311  (chance, not secrecy)
        self._ids = [f"2025/n{number}" for number in range(1, 13)]
        self._entries: dict[str, str] = {}

    def edit(self) -> str:
        """Do one edit and say which."""
        edits = [self._text, self._text, self._entry, self._attachment, self._new, self._gone, self._page, self.facts]
        return self._chance.choice(edits)()

    def _write(self, id_: str) -> str:
        chance, year = self._chance, id_[:4]
        text = NOTICE.replace("三次", f"{chance.randrange(100)}次").replace("2025", year)
        if chance.random() < 0.5:
            first = date(int(year), chance.randrange(1, 13), 5)
            period = f"公开期限:\n  开始: {first}\n  结束: {first + timedelta(chance.randrange(30, 60))}\n"
            text = text.replace(f"发布: {year}-11-21 09:00\n", "").replace("正文:", f"{period}正文:", 1)
        if chance.random() < 0.3:
            text = text.replace("单位: bangongshi", "单位: er")
        folder = self._content / "notices" / id_
        if folder.is_dir():
            text += "附件:\n" + "".join(f"  - 文件: {a.name}\n    标题: 台账\n" for a in sorted(folder.iterdir()))
        self._content.joinpath("notices", f"{id_}.yml").write_text(text + self._entries.get(id_, ""), encoding="utf-8")
        return f"write {id_}"

    def _text(self) -> str:
        return self._write(self._chance.choice(self._ids))

    def _entry(self) -> str:
        id_ = self._chance.choice(self._ids)
        day = f"{id_[:4]}-12-{self._chance.randrange(10, 28)}"
        self._entries[id_] = self._chance.choice(
            [
                f"更正:\n  - 日期: {day}\n    说明: 改了次数。\n",
                f"撤回:\n  日期: {day}\n  说明: 补充以后重新公开。\n  类型: 撤回\n",
                f"反馈结果:\n  日期: {int(id_[:4]) + 1}-03-01\n  段落:\n    - 收到意见3条。\n",
                "",
            ]
        )
        return f"entry, {self._write(id_)}"

    def _attachment(self) -> str:
        id_ = self._chance.choice(self._ids)
        folder = self._content / "notices" / id_
        if folder.is_dir() and self._chance.random() < 0.4:
            shutil.rmtree(folder)
        else:
            folder.mkdir(exist_ok=True)
            (folder / self._chance.choice(("a.pdf", "b.pdf"))).write_text(f"%PDF-{self._chance.randrange(10)}")
        return f"attachment, {self._write(id_)}"

    def _new(self) -> str:
        id_ = f"{self._chance.randrange(2023, 2027)}/x{self._chance.randrange(1000)}"
        self._content.joinpath("notices", id_).parent.mkdir(exist_ok=True)
        self._ids.append(id_)
        return f"new, {self._write(id_)}"

    def _gone(self) -> str:
        id_ = self._chance.choice(self._ids[1:])
        self._ids.remove(id_)
        (self._content / "notices" / f"{id_}.yml").unlink()
        shutil.rmtree(self._content / "notices" / id_, ignore_errors=True)
        return f"gone {id_}"

    def _page(self) -> str:
        place = self._content / f"{self._chance.choice(('help', 'about'))}.md"
        if place.exists() and place.stem == "help" and self._chance.random() < 0.3:
            place.unlink()
        else:
            place.write_text(f"# 说明\n\n第{self._chance.randrange(100)}版。\n", encoding="utf-8")
        return f"page {place.stem}"

    def facts(self) -> str:
        name, kept = self._chance.choice(("甲", "乙")), self._chance.choice(("保留", "撤下正文"))
        site = f"网站名称: 示例县{name}公开\n网址: https://www.example.com/gk/\n期满: {kept}\n"
        (self._content / "site.yml").write_text(site, encoding="utf-8")
        organs = f"bangongshi:\n  名称: 示例县办公室\n  类型: 机关\ner:\n  名称: 示例县{name}医院\n  类型: 医院\n"
        (self._content / "organs.yml").write_text(organs, encoding="utf-8")
        return "facts"


def test_any_history_gives_the_bytes_of_a_build_without(small_content: SmallContent) -> None:
    """Each build takes over from the one before, which did so itself; days pass in between."""
    builds = Builds(small_content(_FILES))
    office, chance = _Office(builds.root / "content", _SEED), random.Random(_SEED)  # noqa: S311  (the same)
    now, done = datetime.fromisoformat("2025-11-01T12:00:00+08:00"), [office.facts()]
    for _ in range(_EDITS):
        done.append(f"{now}: {office.edit()}")
        assert builds.warm(now) == builds.cold(now), done
        now += timedelta(chance.choice((0, 0, 1, 10)))
