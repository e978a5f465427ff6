"""Files of products that come in: sent, looked at, imported."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.lib.errors import NotFound, ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.jobs import files
from shop.lib.jobs.models import Job
from shop.lib.jobs.queries import Seer, job_of
from shop.lib.queries import one_or_404
from shop.merchandising.csv import importing
from shop.merchandising.csv.columns import MAKES_PRODUCT, MAKES_VARIANT, PRODUCT_HEAD
from shop.merchandising.csv.outcomes import MOST_SHOWN
from shop.merchandising.csv.reading import MOST_ROWS, Unreadable
from shop.staff import job_words

bp = Blueprint("staff_imports", __name__, url_prefix="/staff/imports")
bp.before_request(require_permission)


@bp.context_processor
def _words() -> dict[str, object]:
    return {"job_words": job_words}


@bp.get("/new")
@needs(Permission.PRODUCT_UPDATE)
def new() -> Response:
    """Where a file is sent."""
    return _new_page()


@bp.post("")
@needs(Permission.PRODUCT_UPDATE)
def create() -> Response:
    """Take a file in and look at it; nothing is changed yet."""
    _follow_or_abort()
    sent = request.files.get("file")
    content = sent.stream.read() if sent else b""
    try:
        if not content:
            raise Unreadable("Choose a file that is not empty.")
        job = importing.start_check(content, (sent.filename if sent else None) or "a file", visitor().actor)
    except Unreadable as error:
        return _new_page(error)
    return go_to(url_for("staff_jobs.show", job_id=job.id))


@bp.get("/<int:job_id>")
@needs(Permission.JOB_READ)
def show(job_id: int) -> Response:
    """What looking at a file found, or what importing it did."""
    job = _job(job_id)
    if job.kind not in {importing.CHECK, importing.IMPORT} or job.result is None:
        raise NotFound
    counts = job.result["counts"]
    return page(
        "staff/imports/show.html",
        job=job,
        counts=counts,
        is_check=job.kind == importing.CHECK,
        changes=job.result["changes"],
        troubles=job.result["troubles"],
        unknown=job.parameters.get("unknown", []),
        imported_by=job.result.get("import"),
        is_to_do=any(counts.get(f"{fate}_{what}") for fate in ("new", "changed") for what in ("products", "variants")),
        may_import=visitor().can(Permission.PRODUCT_UPDATE),
        sizes=files.sizes_of(job_id),
        most=MOST_SHOWN,
    )


@bp.post("/<int:job_id>/run")
@needs(Permission.PRODUCT_UPDATE)
def run(job_id: int) -> Response:
    """Import what is right in a file that was looked at; a second click follows the first."""
    _follow_or_abort()
    _job(job_id)
    job = importing.start_import(job_id, visitor().actor)
    return go_to(url_for("staff_jobs.show", job_id=job.id))


def _new_page(error: ShopError | None = None) -> Response:
    return page(
        "staff/imports/new.html",
        error.status if error else 200,
        error=error,
        columns=PRODUCT_HEAD,
        makes=(sorted(MAKES_PRODUCT), sorted(MAKES_VARIANT)),
        most_rows=MOST_ROWS,
    )


def _follow_or_abort() -> None:
    """Long work is for who may follow it."""
    if not visitor().can(Permission.JOB_READ):
        abort(403)


def _job(job_id: int) -> Job:
    return one_or_404(job_of(Seer(visitor().user_id, visitor().permissions), job_id))
