"""Jobs in the owner's words: how they stand, how fast they are, how long they will take."""

from __future__ import annotations

from shop.lib.jobs.kinds import KINDS
from shop.lib.jobs.models import Job
from shop.lib.jobs.states import JobState

_STATES = {
    JobState.QUEUED: ("Waiting", "neutral"),
    JobState.RUNNING: ("Running", "warn"),
    JobState.DONE: ("Done", "good"),
    JobState.FAILED: ("Failed", "bad"),
    JobState.CANCELLED: ("Cancelled", "neutral"),
}
MINUTE = 60


def states() -> list[tuple[str, str]]:
    """Every state's code and label."""
    return [(code.value, label) for code, (label, _tone) in _STATES.items()]


def state(code: str) -> tuple[str, str]:
    """A state's label and tone."""
    return _STATES[JobState(code)]


def title(job: Job) -> str:
    """What kind of work it is."""
    return KINDS[job.kind].title if job.kind in KINDS else job.kind.replace("_", " ").capitalize()


def count(job: Job) -> str:
    """How far it is: "1,200 of 10,000 rows"."""
    counts = KINDS[job.kind].counts if job.kind in KINDS else ""
    return f"{job.done:,}{f' of {job.total:,}' if job.total else ''} {counts}".strip()


def pace(job: Job) -> str:
    """How fast it is and how long it will take, while it runs; empty where nobody can tell."""
    if not job.is_open or not job.rate:
        return ""
    rate = f"{job.rate:,.0f} a second" if job.rate >= 1 else f"{job.rate * MINUTE:,.0f} a minute"
    return rate if job.seconds_left is None else f"{rate}, {_left(job.seconds_left)}"


def _left(seconds: int) -> str:
    if seconds < MINUTE:
        return "less than a minute left"
    minutes = -(-seconds // MINUTE)
    return "about a minute left" if minutes == 1 else f"about {minutes} minutes left"
