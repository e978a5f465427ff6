"""Jobs, and the files they take in and hand out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.extensions import Model
from shop.lib.actor import Actor
from shop.lib.audit_log.marks import own_history
from shop.lib.columns import CreatedAt, Id, JsonDict, Ref, UtcDateTime
from shop.lib.jobs.states import OPEN, JobState


@own_history("is a history itself; what it changed stands in the log under its name")
class Job(Model):
    """Long work somebody asked for. `checkpoint` is where its next step begins, in the words of its kind.

    `claim` grows with each worker that takes it up: whoever holds an older one has lost it. `done` and `total` count
    what the kind counts, `worked_ms` the time its steps took. `said` holds the last lines of its log, each a moment
    and a sentence. `user_id` is an opaque reference to who asked; None is the shop itself.
    """

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state", "state", "created_at"), Index("ix_job_user", "user_id", "created_at"))

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(10), default=JobState.QUEUED)
    user_id: Mapped[int | None] = mapped_column(Ref)
    actor: Mapped[str] = mapped_column(String(160))
    parameters: Mapped[JsonDict]
    checkpoint: Mapped[JsonDict] = mapped_column(default=dict)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None]
    worked_ms: Mapped[int] = mapped_column(default=0)
    said: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    outcome: Mapped[str | None] = mapped_column(String(500))
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    claim: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[CreatedAt]
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stepped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)

    @property
    def is_open(self) -> bool:
        """Whether it waits or is being done."""
        return self.state in OPEN

    @property
    def rate(self) -> float | None:
        """How many it does a second; None before the first step."""
        return self.done * 1000 / self.worked_ms if self.done and self.worked_ms else None

    @property
    def seconds_left(self) -> int | None:
        """How long it will take from here at the rate so far; None where nobody can tell."""
        if not (self.is_open and self.rate and self.total):
            return None
        return max(0, round((self.total - self.done) / self.rate))

    @property
    def lines(self) -> list[tuple[datetime, str]]:
        """The last lines of its log, each with its moment."""
        return [(datetime.fromisoformat(at), sentence) for at, sentence in self.said]

    @property
    def request_id(self) -> str:
        """Under what the audit log holds together all it changed."""
        return f"job-{self.id}"

    @property
    def by(self) -> Actor:
        """Who does what it does."""
        return Actor("staff" if self.user_id else "system", self.actor, self.user_id)


@own_history("goes with its job")
class JobFile(Model):
    """A part of a file that a job was given or makes; packed. Parts are written one a step and read in order.

    Files lie here and not in a folder: a part is written with the step that made it or not at all, every process can
    hand them out, and they go with their job. `size` is that of the unpacked part in bytes.
    """

    __tablename__ = "job_file"
    __table_args__ = (UniqueConstraint("job_id", "name", "part"),)

    id: Mapped[Id]
    job_id: Mapped[int] = mapped_column(Ref, ForeignKey("job.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(80))
    part: Mapped[int]
    size: Mapped[int]
    packed: Mapped[bytes] = mapped_column(LargeBinary)
