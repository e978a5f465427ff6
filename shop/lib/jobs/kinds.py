"""The kinds of jobs there are. A kind registers its step in its area's `jobs.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from shop.lib.jobs.models import Job


@dataclass(frozen=True)
class Onward:
    """A step was done and another follows. `checkpoint` is where it begins; `done` counts from the job's beginning."""

    checkpoint: dict[str, Any]
    done: int
    total: int | None = None
    said: str = ""


@dataclass(frozen=True)
class Finished:
    """The last step was done. `outcome` is a sentence, `done` what was counted.

    `result` is what the kind's own pages show; files of the job hold what is larger.
    """

    outcome: str
    result: dict[str, Any] = field(default_factory=dict)
    done: int | None = None


Step = Callable[[Job], Onward | Finished]


@dataclass(frozen=True)
class Kind:
    """A kind of long work. `permission` is what it takes to start it, and to see what others started."""

    name: str
    title: str
    permission: str
    step: Step
    counts: str


KINDS: dict[str, Kind] = {}


def kind(name: str, *, title: str, permission: str, counts: str) -> Callable[[Step], Step]:
    """Register a step as a kind of job; `counts` names what it counts, as "rows".

    A step is short: about a second. It runs in a unit of its own, which commits what it did together with where the
    job then stands; it is called again with that until it says Finished. So it may be broken off at any moment and
    must not do outside of the database what cannot be done twice. A ShopError ends the job with its sentence.
    """

    def register(step: Step) -> Step:
        KINDS[name] = Kind(name, title, permission, step, counts)
        return step

    return register
