"""Any notice in the table's schemes, written as text and imported, has the same text and the same outline."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from generator.intake import import_text
from generator.intake.outline import outline
from generator.model import counts_of, notice_text
from generator.prose import chinese

WORDS = st.text("党学习台账药房库存清查补齐回访窗口值班采购验收", min_size=2, max_size=12)
SENTENCES = st.lists(st.builds("{}，{}。".format, WORDS, WORDS), min_size=1, max_size=3).map("".join)
TITLES = st.builds("{}{}{}".format, WORDS, st.sampled_from(["", "“甲。乙”", "（丙。）"]), WORDS)


@dataclass(frozen=True)
class Made:
    """A notice's lines, and how many headings of each level and measures it has."""

    lines: tuple[str, ...]
    parts: int = 0
    sections: int = 0
    findings: int = 0
    measures: int = 0


def join(made: list[Made]) -> Made:
    return Made(
        tuple(line for one in made for line in one.lines),
        sum(one.parts for one in made),
        sum(one.sections for one in made),
        sum(one.findings for one in made),
        sum(one.measures for one in made),
    )


@st.composite
def findings(draw: st.DrawFn) -> Made:
    form = draw(st.sampled_from(["{}.", "({})", "（{}）", "{}）"]))
    made = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        title = form.format(number) + draw(TITLES) + "。"
        prose = draw(st.just("") | SENTENCES)
        measures = [f"{chinese(n)}是{draw(SENTENCES)}" for n in range(1, draw(st.integers(0, 4)) + 1)]
        one_line = draw(st.booleans())
        rest = ([prose] if prose else []) + measures
        lines = [title + "".join(rest)] if one_line else [title, *rest]
        made.append(Made(tuple(lines), findings=1, measures=len(measures)))
    return join(made)


@st.composite
def sections(draw: st.DrawFn) -> Made:
    made = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        title = f"（{chinese(number)}）{draw(TITLES)}"
        if draw(st.booleans()):
            made.append(Made((f"{title}。{draw(SENTENCES)}",), sections=1))
        else:
            made += [Made((title,), sections=1), draw(findings())]
    return join(made)


@st.composite
def parts(draw: st.DrawFn) -> Made:
    bare = draw(st.booleans())
    made = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        title = draw(WORDS)
        below = draw(sections() if bare else sections() | findings() | st.builds(lambda line: Made((line,)), SENTENCES))
        made += [Made((title if bare else f"{chinese(number)}、{title}",), parts=1), below]
    return join(made)


@given(parts() | sections() | findings(), st.lists(SENTENCES, max_size=2), st.sampled_from(["\n", "\n\n", "\r\n　　"]))
def test_what_is_written_is_what_is_imported(body: Made, opening: list[str], between: str) -> None:
    lines = (
        "中共示例县人民医院委员会关于巡察整改情况的通报",
        *opening,
        *body.lines,
        "欢迎监督。公开期限：2025年10月9日至10月29日。联系电话：0000-7654321。",
        "中共示例县人民医院委员会",
        "2025年10月9日",
    )
    source = between.join(lines)
    draft = import_text(source.encode(), slug_id="2025/a", organs={}, organs_text="", organ=None, file="a.txt")
    assert draft.problems == ()
    assert draft.notice is not None
    assert "".join(notice_text(draft.notice).split()) == "".join(source.split())
    blocks = [*outline(source.replace("\r", "")).body.walk()]
    levels = [sum(block.level == level for block in blocks) for level in (1, 2, 3)]
    assert levels == [body.parts, body.sections, body.findings]
    assert counts_of(draft.notice).measures == body.measures
    assert len(draft.notice.body.closing) == 1
    assert len(draft.notice.signature) == 2


@given(
    st.lists(
        st.text("一二三、（）1.①是。；：“”整改情况下一步打算通报公开期限2025年月日 \t", max_size=30),
        min_size=1,
        max_size=12,
    )
)
def test_whatever_the_lines_are_none_is_lost(lines: list[str]) -> None:
    """Nonsense is refused for want of a date or comes out whole; it never raises and never differs."""
    source = "整改情况的通报\n" + "\n".join(lines)
    draft = import_text(source.encode(), slug_id="2025/a", organs={}, organs_text="", organ=None, file="a.txt")
    assert {problem.code for problem in draft.problems} <= {"import-undated", "import-organ"}
