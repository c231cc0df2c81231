"""The list of features that style sheet, script and templates may use, and what a use says against it."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

CHROME, SAFARI = 80, 13
_LIST = Path(__file__).with_name("features.toml")


@dataclass(frozen=True, slots=True)
class Feature:
    """The first versions of two browsers that have a feature whole, infinite if none has."""

    chrome: float
    safari: float
    reason: str = ""

    @classmethod
    def from_list(cls, row: list[float | str]) -> Self:
        chrome, safari, *reason = row
        return cls(float(chrome), float(safari), *map(str, reason))

    @property
    def newer(self) -> bool:
        """Whether one of the browsers that core reading must work in lacks it."""
        return self.chrome > CHROME or self.safari > SAFARI


@dataclass(frozen=True, slots=True, order=True)
class Use:
    line: int
    kind: str
    name: str


def features() -> dict[str, dict[str, Feature]]:
    """Return the list by kind and name; what stands there as old came no later than Chrome 23 and Safari 6."""
    tables: dict[str, dict[str, Feature]] = {}
    for kind, table in tomllib.loads(_LIST.read_text("utf-8")).items():
        old = {name: Feature(23, 6) for name in (*table.pop("old", []), *table.pop("ours", []))}
        tables[kind] = old | {name: Feature.from_list(row) for name, row in table.items()}
    return tables


FEATURES = features()


def newer(kind: str, name: str) -> bool:
    return name in FEATURES[kind] and FEATURES[kind][name].newer


def problems(uses: Iterable[Use]) -> list[tuple[int, str]]:
    """Return line and words for each use that is not on the list, or newer there without a reason."""
    found = []
    for use in sorted(set(uses)):
        feature = FEATURES[use.kind].get(use.name)
        if feature is None:
            found.append((use.line, f"{use.kind} {use.name} is not on the list"))
        elif feature.newer and not feature.reason:
            found.append((use.line, f"{use.kind} {use.name} needs {_versions(feature)}"))
    return found


def _versions(feature: Feature) -> str:
    pairs = (("Chrome", feature.chrome), ("Safari", feature.safari))
    return " and ".join(f"no {name}" if math.isinf(first) else f"{name} {first:g}" for name, first in pairs)
