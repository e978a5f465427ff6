"""Long work: how far it is, what came of it; cancelling it and trying it again."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import Any

from flask import Blueprint, Response, abort, flash, request, send_file, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.lib.http.answers import STOP_ASKING, go_to, is_htmx, page
from shop.lib.jobs import files, queries, services
from shop.lib.jobs.kinds import KINDS
from shop.lib.jobs.models import Job
from shop.lib.queries import one_or_404, page_of, rows
from shop.merchandising.bulk import editing
from shop.merchandising.checks import FOLLOWS
from shop.operations.log.queries import ChangeFilter, changes
from shop.staff import job_words
from shop.staff.forms.jobs import JobFilterForm
from shop.staff.forms.paging import page_number

bp = Blueprint("staff_jobs", __name__, url_prefix="/staff/jobs")
bp.before_request(require_permission)
IN_MEMORY = 4 << 20
REPORTS = dict.fromkeys([*FOLLOWS, *FOLLOWS.values()], "staff_imports.show") | {editing.JOB: "staff_bulk_edit.report"}


@bp.context_processor
def _words() -> dict[str, object]:
    return {"job_words": job_words}


@bp.get("")
@needs(Permission.JOB_READ)
def index() -> Response:
    """Jobs one may see, newest first."""
    form = JobFilterForm(request.args)
    found = page_of(queries.jobs_of(_seer(), **form.wanted()), page_number(request.args))
    return page(
        "staff/jobs/index.html",
        form=form,
        jobs_page=found,
        page_url=lambda number: url_for(".index", **{**form.kept(), "page": number}),
    )


@bp.get("/<int:job_id>")
@needs(Permission.JOB_READ)
def show(job_id: int) -> Response:
    """One job; htmx asks again and again how far it is, until the last answer shows what came of it."""
    job = _job(job_id)
    shown: dict[str, Any] = {
        "job": job,
        "sizes": {} if job.is_open else files.sizes_of(job_id),
        "report_url": _report_url(job),
        "may_retry": _may_do(job),
        "is_in_log": visitor().can(Permission.AUDIT_READ) and _is_in_log(job),
    }
    if not is_htmx():
        return page("staff/jobs/show.html", **shown)
    if job.is_open:
        return page("staff/jobs/poll.fragments.html", **shown, is_polled=True)
    last = page("staff/jobs/poll.fragments.html", STOP_ASKING, **shown)
    last.headers["HX-Retarget"] = "#staff-jobs-job"
    return last


@bp.post("/<int:job_id>/cancellation")
@needs(Permission.JOB_READ)
def cancel(job_id: int) -> Response:
    """End it between two of its steps."""
    services.cancel(_job(job_id), visitor().actor)
    flash("Cancelled. What was done before stays.", "good")
    return go_to(url_for(".show", job_id=job_id))


@bp.post("/<int:job_id>/attempts")
@needs(Permission.JOB_READ)
def retry(job_id: int) -> Response:
    """Let a failed one go on from where it stood."""
    job = _job(job_id)
    if not _may_do(job):
        abort(403)
    services.retry(job, visitor().actor)
    flash("It goes on from where it stood.", "good")
    return go_to(url_for(".show", job_id=job_id))


@bp.get("/<int:job_id>/files/<name>")
@needs(Permission.JOB_READ)
def download(job_id: int, name: str) -> Response:
    """One of its files; a large one is put together on disk."""
    _job(job_id)
    size = files.sizes_of(job_id).get(name)
    if size is None:
        abort(404)
    whole = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 — the server closes it once it is sent
    whole.writelines(files.parts_of(job_id, name))
    whole.seek(0)
    response = send_file(whole, mimetype="text/csv", as_attachment=True, download_name=name)
    response.content_length = size
    return response


def _job(job_id: int) -> Job:
    return one_or_404(queries.job_of(_seer(), job_id))


def _is_in_log(job: Job) -> bool:
    """Whether the audit log tells of changes it made; looking at a file makes none."""
    return bool(rows(changes(ChangeFilter(request_id=job.request_id)).limit(1)))


def _seer() -> queries.Seer:
    return queries.Seer(visitor().user_id, visitor().permissions)


def _report_url(job: Job) -> str | None:
    """The page that shows what a job of this kind found."""
    is_told = bool(job.result) or (job.kind == editing.JOB and not job.is_open)
    return url_for(REPORTS[job.kind], job_id=job.id) if job.kind in REPORTS and is_told else None


def _may_do(job: Job) -> bool:
    """Whether this person might have started it themselves."""
    return job.kind in KINDS and KINDS[job.kind].permission in visitor().permissions
