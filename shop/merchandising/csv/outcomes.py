"""What an import finds, or did: counted, with the first of each kind written out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

MOST_SHOWN = 100


@dataclass(frozen=True)
class Trouble:
    """Something wrong in a cell; its column is empty where it is about the row."""

    row: int
    column: str
    cell: str
    problem: str


@dataclass(frozen=True)
class Change:
    """A value that becomes another; `before` is None for something new."""

    row: int
    what: str
    column: str
    before: str | None
    after: str


@dataclass
class Outcome:
    """What came of some lines that belong together. With troubles nothing of them is changed."""

    rows: list[int]
    counts: Counter[str] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)

    def blame(self, row: int, column: str, cell: str, problem: object) -> None:
        """Note what is wrong."""
        self.troubles.append(Trouble(row, column, cell[:200], str(problem)))


def added(so_far: dict[str, Any], outcomes: Iterable[Outcome]) -> dict[str, Any]:
    """A report, as plain values, with some more outcomes in it."""
    counts = Counter(so_far.get("counts", {}))
    changes, troubles = list(so_far.get("changes", [])), list(so_far.get("troubles", []))
    for one in outcomes:
        counts += Counter({"left_out": len(one.rows)}) if one.troubles else one.counts
        counts["problems"] += len(one.troubles)
        changes += [] if one.troubles else [asdict(change) for change in one.changes]
        troubles += [asdict(trouble) for trouble in one.troubles]
    return {"counts": dict(counts), "changes": changes[:MOST_SHOWN], "troubles": troubles[:MOST_SHOWN]}
