"""What comes in as files, products as CSV and pictures by their names: sent, looked at, imported (CAT-08)."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request, url_for

from shop.accounts.guards import needs, require_permission, takes
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.lib.errors import NotFound, ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.jobs import files
from shop.lib.jobs.models import Job
from shop.lib.jobs.queries import Seer, job_of
from shop.lib.queries import one_or_404
from shop.merchandising import owner_queries
from shop.merchandising.checks import ERRORS, FOLLOWS, is_to_do, start_import
from shop.merchandising.csv import importing as products
from shop.merchandising.csv.columns import MAKES_PRODUCT, MAKES_VARIANT, PRODUCT_HEAD
from shop.merchandising.csv.outcomes import MOST_SHOWN
from shop.merchandising.csv.reading import MOST_ROWS, Unreadable
from shop.merchandising.named_pictures import importing as pictures
from shop.merchandising.named_pictures.arriving import MEGABYTE, MOST_FILES, MOST_SENT, BadPack, Sent
from shop.staff import job_words

bp = Blueprint("staff_imports", __name__, url_prefix="/staff/imports")
bp.before_request(require_permission)


@bp.context_processor
def _words() -> dict[str, object]:
    return {"job_words": job_words}


@bp.get("/new")
@needs(Permission.PRODUCT_UPDATE)
def new() -> Response:
    """Where a file of products is sent."""
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
        job = products.start_check(content, (sent.filename if sent else None) or "a file", visitor().actor)
    except Unreadable as error:
        return _new_page(error)
    return go_to(url_for("staff_jobs.show", job_id=job.id))


@bp.get("/pictures/new")
@needs(Permission.PRODUCT_UPDATE)
def new_pictures() -> Response:
    """Where pictures are sent that say by their names what they show."""
    return _new_pictures_page()


@bp.post("/pictures")
@needs(Permission.PRODUCT_UPDATE)
@takes(MOST_SENT)
def create_pictures() -> Response:
    """Take pictures in, loose or as ZIP, and look at them; nothing is changed yet."""
    _follow_or_abort()
    sent = [Sent(one.filename, one.stream) for one in request.files.getlist("files") if one.filename]
    try:
        job = pictures.start_check(sent, visitor().actor)
    except BadPack as error:
        return _new_pictures_page(error)
    return go_to(url_for("staff_jobs.show", job_id=job.id))


@bp.get("/<int:job_id>")
@needs(Permission.JOB_READ)
def show(job_id: int) -> Response:
    """What looking at files found, or what importing them did."""
    job = _job(job_id)
    if job.kind not in {*FOLLOWS, *FOLLOWS.values()} or job.result is None:
        raise NotFound
    return page(
        "staff/imports/show.html",
        job=job,
        counts=job.result["counts"],
        is_check=job.kind in FOLLOWS,
        called=_called({one["what"] for one in job.result["changes"]}),
        of_pictures=job.kind in {pictures.CHECK, pictures.IMPORT},
        changes=job.result["changes"],
        troubles=job.result["troubles"],
        unknown=job.parameters.get("unknown", []),
        imported_by=job.result.get("import"),
        is_to_do=is_to_do(job.result["counts"]),
        may_import=visitor().can(Permission.PRODUCT_UPDATE),
        has_errors_file=ERRORS in files.sizes_of(job_id),
        most=MOST_SHOWN,
    )


@bp.post("/<int:job_id>/run")
@needs(Permission.PRODUCT_UPDATE)
def run(job_id: int) -> Response:
    """Import what is right in what was looked at; a second click follows the first."""
    _follow_or_abort()
    _job(job_id)
    job = start_import(job_id, visitor().actor)
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


def _new_pictures_page(error: ShopError | None = None) -> Response:
    return page(
        "staff/imports/new_pictures.html",
        error.status if error else 200,
        error=error,
        most_files=MOST_FILES,
        most_megabytes=MOST_SENT // MEGABYTE,
    )


def _follow_or_abort() -> None:
    """Long work is for who may follow it."""
    if not visitor().can(Permission.JOB_READ):
        abort(403)


def _called(names: set[str]) -> dict[str, int]:
    """Ids of the products a report names, for who may see their pages."""
    return owner_queries.products_called(names) if visitor().can(Permission.PRODUCT_READ) else {}


def _job(job_id: int) -> Job:
    return one_or_404(job_of(Seer(visitor().user_id, visitor().permissions), job_id))
