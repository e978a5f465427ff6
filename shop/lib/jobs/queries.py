"""Reads of jobs, through the eyes of whoever asks: their own, and those of the kinds they may start."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, or_, select

from shop.lib.jobs.kinds import KINDS
from shop.lib.jobs.models import Job
from shop.lib.jobs.states import OPEN


@dataclass(frozen=True)
class Seer:
    """Who looks at jobs, and what they may do."""

    user_id: int | None
    permissions: Collection[str]

    def sees(self) -> ColumnElement[bool]:
        """Which rows are theirs to see."""
        kinds = [kind.name for kind in KINDS.values() if kind.permission in self.permissions]
        return or_(Job.user_id == self.user_id, Job.kind.in_(kinds))


def jobs_of(seer: Seer, kind: str = "", state: str = "") -> Select[Job]:
    """Jobs one may see, newest first; only those of a kind or in a state."""
    found = select(Job).where(seer.sees()).order_by(Job.id.desc())
    found = found.where(Job.kind == kind) if kind else found
    return found.where(Job.state == state) if state else found


def job_of(seer: Seer, job_id: int) -> Select[Job]:
    """One of them."""
    return select(Job).where(Job.id == job_id, seer.sees())


def open_number(seer: Seer) -> ScalarSelect[int]:
    """How many of them wait or are being done, as a part of a statement."""
    return select(func.count()).where(Job.state.in_(OPEN), seer.sees()).scalar_subquery()
