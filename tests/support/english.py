"""English in what the program says."""

from __future__ import annotations

import re

from generator.cli.program import VERBS

SERVER_VERBS = ("init", "status", "reconcile", "rollback", "purge")
_TYPED = (
    r"“[^”]*”|--?[A-Za-z-]+|gongkai|\bgit\b|README|YAML|Markdown|JSON|Schema|Ctrl\+C"
    r"|content/[a-z/0-9.-]*|[a-z]+\.yml|shili-media|danwei|site|github|gitlab|gitea|SSH|\.zip|pre-receive|post-receive"
    r"|GONGKAI_[A-Z_]+|FORCE|rsync:|xcgk|/srv|ssh-keyscan|GitHub|GitLab|Gitea|Pages|public|records|\bno\b"
)


def english(words: str) -> list[str]:
    """Return the lines with a word that is neither Chinese nor something that a person types."""
    names = "|".join(rf"\b{name}\b" for name in {*VERBS, *SERVER_VERBS})
    return [line for line in words.split("\n") if re.search(r"[A-Za-z]{2}", re.sub(rf"{_TYPED}|{names}", "", line))]
