"""Search that never misses: the index over all public text, and the page that asks it."""

from generator.search.indexed_notice import IndexedNotice, index_notice
from generator.search.page import search_page
from generator.search.segments import (
    Segment,
    SegmentFacts,
    TitleIndex,
    divide,
    index_head,
    is_running,
    make_segment,
    make_titles,
    title_groups,
)

__all__ = [
    "IndexedNotice",
    "Segment",
    "SegmentFacts",
    "TitleIndex",
    "divide",
    "index_head",
    "index_notice",
    "is_running",
    "make_segment",
    "make_titles",
    "search_page",
    "title_groups",
]
