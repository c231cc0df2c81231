"""Several people who push at once, each doing what the refusal tells him, and what they were told."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from generator.publish.host import Host
from generator.publish.push import LOST
from tests.support.content import NOTICE
from tests.support.publish.hosts import ADDRESS, Office, Pushed, clone

_TRIES = 200
# What git says where no host's words reach the one who pushed.
_BARE = ("failed to update ref", "cannot lock ref", "unable to lock", "unable to create")


@dataclass(slots=True)
class Told:
    """What those who pushed were told: refusals by kind, how long each push took until it was accepted, in seconds."""

    refusals: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    attempts: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def table(self) -> str:
        """Show the figures."""
        waits, attempts = sorted(self.waits), sorted(self.attempts)
        kinds = "\n".join(f"  {name:<40}{number:>5}" for name, number in sorted(self.refusals.items()))
        return (
            f"{len(waits)} pushes accepted, {self.refusals.total()} refusals\n{kinds}\n"
            f"  from the first try to live: median {waits[len(waits) // 2]:.1f} s, longest {waits[-1]:.1f} s\n"
            f"  the try that was accepted: median {attempts[len(attempts) // 2]:.1f} s, longest {attempts[-1]:.1f} s"
        )


def contend(host: Host, folder: Path, people: int, pushes: int) -> tuple[Told, set[str]]:
    """Have people push so many notices in all, at once; return what they were told, and the ids of the notices."""
    told = Told()
    offices = [clone(host, folder / f"clone-{person}") for person in range(people)]
    shares = [range(person, pushes, people) for person in range(people)]
    with ThreadPoolExecutor(people) as pool:
        list(pool.map(lambda office, share: _publish_all(office, share, told), offices, shares))
    return told, {f"2025/tong-{number}" for number in range(pushes)}


def _publish_all(office: Office, numbers: range, told: Told) -> None:
    for number in numbers:
        id_ = f"2025/tong-{number}"
        office.commit({f"content/notices/{id_}.yml": NOTICE.replace("三次", f"{number}次")})
        start = time.monotonic()
        for _ in range(_TRIES):
            began = time.monotonic()
            pushed = office.push()
            if pushed.code == 0:
                break
            told.refusals[_kind(pushed, told)] += 1
            office.git("pull", "--rebase", "--quiet")
        else:
            told.wrong.append(f"{id_} was never accepted")
            return
        told.waits.append(time.monotonic() - start)
        told.attempts.append(time.monotonic() - began)
        if pushed.lines[0] != f"{ADDRESS}notices/{id_}/":
            told.wrong.append(f"the first line is not the address of {id_}:\n{pushed.words}")


def _kind(pushed: Pushed, told: Told) -> str:
    if LOST in pushed.words:
        return "他人刚发布 (the host)"
    if "fetch first" in pushed.words:
        return "fetch first (the client)"
    told.wrong.append(f"a refusal that does not say what to do:\n{pushed.words}")
    return next((bare for bare in _BARE if bare in pushed.words), "other")
