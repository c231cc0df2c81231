"""Search that never misses: the index over all public text, and the page that asks it."""

from generator.search.index import index_files, segments
from generator.search.page import search_page

__all__ = ["index_files", "search_page", "segments"]
