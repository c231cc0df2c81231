"""Search that never misses: the index over all public text, and the page that asks it."""

from generator.search.index import IndexPart, index_files, index_parts
from generator.search.indexed_notice import IndexedNotice, index_notice
from generator.search.page import search_page
from generator.search.segments import (
    Segment,
    SegmentFacts,
    TitleIndex,
    divide,
    index_head,
    make_segment,
    make_titles,
    title_groups,
)

__all__ = [
    "IndexPart",
    "IndexedNotice",
    "Segment",
    "SegmentFacts",
    "TitleIndex",
    "divide",
    "index_files",
    "index_head",
    "index_notice",
    "index_parts",
    "make_segment",
    "make_titles",
    "search_page",
    "title_groups",
]
