"""Calls to the system that fail in a hook, by strace: the push is refused in Chinese, or goes live all the same."""

from __future__ import annotations

from collections.abc import Iterable

from tests.support.publish.faults import Case, converged, own_script, reconcile, whole, works
from tests.support.publish.hosts import own, quick, set_hook

Call = tuple[str, str, tuple[int, ...]]
REFUSED = "没有发布，网站和以前一样。"
# A call, its error, and the numbers of those that fail in each process of the hook.
CALLS: dict[str, tuple[Call, ...]] = {
    "pre-receive": (
        ("fsync", "EIO", (1, 3)),
        # Not the first: where git has failed before, that one is the refusal itself.
        ("write", "ENOSPC", (2, 12)),
        ("rename", "EIO", (1, 3)),
        ("mkdir", "ENOSPC", (2, 6)),
        ("openat", "EMFILE", (700,)),
    ),
    "post-receive": (("fsync", "EIO", (1,)), ("symlink", "ENOSPC", (1,)), ("write", "ENOSPC", (2,))),
}
# Calls that fail at the public's expense, unless the hook notices.
MUST_HIT = {"pre-receive": {"fsync", "write", "rename", "mkdir"}, "post-receive": {"symlink"}}


def fail_calls(case: Case, hook: str, calls: Iterable[Call]) -> set[str]:
    """Have each of the calls fail in a push of its own; return those after which the site was still the old one."""
    own(case.host)
    hit, number = set(), 0
    for call, error, times in calls:
        for when in times:
            number += 1
            if _failed(case, hook, number, f"trace={call}", f"inject={call}:error={error}:when={when}"):
                hit.add(call)
    works(case, number + 1)
    return hit


def _failed(case: Case, hook: str, number: int, *how: str) -> bool:
    """Push while a call fails, and mend the host; return whether the push left the site as it was."""
    old, new = case.tip(), case.commit(number)
    inject = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", *(part for one in how for part in ("-e", one))]
    if hook == "post-receive":
        quick(case.host)  # the host's own first hook would leave nothing to the second
    set_hook(case.host, hook, *inject, "sh", "-c", own_script(case.host, hook))
    pushed = case.office.push()
    own(case.host)
    shown = whole(case, old, new)
    if pushed.code:
        assert shown == old
        assert REFUSED in pushed.words, (how, pushed.words)
        assert "Traceback" not in pushed.words, (how, pushed.words)
    reconcile(case.host)
    converged(case)
    whole(case, case.tip())
    if pushed.code == 0:
        whole(case, new)
    return shown == old
