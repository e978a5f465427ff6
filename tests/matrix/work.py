"""Long work: everybody on the team follows their own jobs, and may start what their permissions allow."""

from __future__ import annotations

from typing import Any

from shop.accounts.permissions import Permission as P
from shop.extensions import db
from shop.lib.actor import Actor
from shop.lib.jobs import files, services
from shop.lib.jobs.states import JobState
from shop.merchandising.csv import importing
from shop.merchandising.csv.exporting import EXPORT
from tests.matrix.entries import entry, own, the

FILE = "products.csv"
TABLE = b"sku,price\r\nNOBODYS,999\r\n"


def jobs_of(user_id: int | None, permissions: frozenset[P]) -> dict[str, Any]:
    """Somebody's jobs: one that waits, one that failed; and what they need to start and retry some."""
    by = Actor("staff", "Somebody", user_id)
    waiting, failed = (services.start(EXPORT, by, text="", view="") for _ in range(2))
    failed.state, failed.outcome = JobState.FAILED, "Not now."
    files.add_whole(failed, FILE, b"slug\r\n")
    found: dict[str, Any] = {"job": waiting.id, "failed job": failed.id, "checked file": _checked(by)}
    # Who may only one of two has nothing to send; a customer may neither, and is asked as a stranger.
    both = {"exports": P.PRODUCT_READ, "imports": P.PRODUCT_UPDATE}
    return found | {name: "y" for name, other in both.items() if len({P.JOB_READ, other} & permissions) != 1}


def _checked(by: Actor) -> int:
    """A file that was looked at."""
    job = importing.start_check(TABLE, "shelf.csv", by)
    job.state, job.result = JobState.DONE, {"counts": {"problems": 0}, "changes": [], "troubles": []}
    job.outcome = "Nothing to do."
    db.session.flush()
    return job.id


WORK = [
    entry("GET /staff/jobs", P.JOB_READ),
    entry("GET /staff/jobs/<int:job_id>", P.JOB_READ, job_id=the("job")),
    entry("GET /staff/jobs/<int:job_id>/files/<name>", P.JOB_READ, job_id=the("failed job"), name=FILE),
    entry("POST /staff/jobs/<int:job_id>/cancellation", P.JOB_READ, "job", job_id=the("job")),
    entry("POST /staff/jobs/<int:job_id>/attempts", P.JOB_READ, "job", job_id=the("failed job"),
          body={"may": own("exports")}),
    entry("GET /staff/exports/new", P.PRODUCT_READ),
    entry("GET /staff/imports/new", P.PRODUCT_UPDATE),
    entry("POST /staff/imports", P.PRODUCT_UPDATE, "job", body={"file": TABLE, "may": own("imports")}),
    entry("GET /staff/imports/pictures/new", P.PRODUCT_UPDATE),
    entry("POST /staff/imports/pictures", P.PRODUCT_UPDATE, "job", body={"files": b"a picture", "may": own("imports")}),
    entry("GET /staff/imports/<int:job_id>", P.JOB_READ, job_id=the("checked file")),
    entry("POST /staff/imports/<int:job_id>/run", P.PRODUCT_UPDATE, "job", job_id=the("checked file"),
          body={"may": own("imports")}),
    entry("POST /staff/exports", P.PRODUCT_READ, "job", body={"may": own("exports")}),
]  # fmt: skip
