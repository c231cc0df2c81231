"""Kinds of files that notices are written in: sources and drafts, which do not belong in a repository."""

from __future__ import annotations

_TEXT = "txt rtf csv mht mhtml eml msg"
_OFFICE = "doc docx docm dot dotx wps wpt et ett dps xls xlsx xlsm ppt pptx pdf odt ods odp ofd"
_PACKED = "zip rar 7z tar gz tgz"
SOURCE_KINDS = tuple(f"{_TEXT} {_OFFICE} {_PACKED}".split())
# What editors and people add to the name of a copy.
COPY_ENDINGS = ("~", ".orig", ".bak", ".old", ".rej", ".tmp", ".swp")
SOURCES_STAY_OUT = "原稿不要放进仓库"
