"""The elements that typography adds to a text."""

from __future__ import annotations

import re

# The end of every span goes with them: nothing else in a notice's text is one.
ADDED = '<wbr>|<span class="gk-(?:bound|(?:long|longish|longest)(?: gk-whole)?)">|</span>'
ADDED_ELEMENTS = re.compile(ADDED)
