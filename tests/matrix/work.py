"""Long work: everybody on the team follows their own jobs, and may start what their permissions allow."""

from __future__ import annotations

from typing import Any

from shop.accounts.permissions import Permission as P
from shop.lib.actor import Actor
from shop.lib.jobs import files, services
from shop.lib.jobs.states import JobState
from shop.merchandising.csv.exporting import PRODUCT_EXPORT
from tests.matrix.entries import entry, own, the

FILE = "products.csv"


def jobs_of(user_id: int | None, permissions: frozenset[P]) -> dict[str, Any]:
    """Somebody's jobs: one that waits, one that failed; and what they need to start and retry some."""
    by = Actor("staff", "Somebody", user_id)
    waiting, failed = (services.start(PRODUCT_EXPORT, by, text="", view="") for _ in range(2))
    failed.state, failed.outcome = JobState.FAILED, "Not now."
    files.add_whole(failed, FILE, b"slug\r\n")
    found: dict[str, Any] = {"job": waiting.id, "failed job": failed.id}
    return found | ({"exports": "y"} if {P.JOB_READ, P.PRODUCT_READ} <= permissions else {})


WORK = [
    entry("GET /staff/jobs", P.JOB_READ),
    entry("GET /staff/jobs/<int:job_id>", P.JOB_READ, job_id=the("job")),
    entry("GET /staff/jobs/<int:job_id>/files/<name>", P.JOB_READ, job_id=the("failed job"), name=FILE),
    entry("POST /staff/jobs/<int:job_id>/cancellation", P.JOB_READ, "job", job_id=the("job")),
    entry("POST /staff/jobs/<int:job_id>/attempts", P.JOB_READ, "job", job_id=the("failed job"),
          body={"may": own("exports")}),
    entry("GET /staff/exports/new", P.PRODUCT_READ),
    entry("POST /staff/exports", P.PRODUCT_READ, "job", body={"sheet": "products", "may": own("exports")}),
]  # fmt: skip
