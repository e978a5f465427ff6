"""What the owner says means the same when shoppers search (CAT-06)."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.catalog.search import keeping
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.unit_of_work import steps, unit_of_work
from shop.staff.forms.synonyms import SynonymForm, SynonymTextForm
from shop.staff.saves import flash_saved
from shop.staff.sorted_by_tabs import with_tabs

bp = Blueprint("staff_synonyms", __name__, url_prefix="/staff/synonyms")
bp.before_request(require_permission)
bp.context_processor(with_tabs)
manager = needs(Permission.CATALOG_MANAGE)


@bp.get("")
@manager
def index() -> Response:
    """All lines; `?words=` fills the form."""
    return _list_page(SynonymForm(formdata=None, words=request.args.get("words", "")[: keeping.LONGEST]))


@bp.post("")
@manager
@steps
def create() -> Response:
    form = SynonymForm()
    if not form.validate():
        return _refused(form)
    try:
        with unit_of_work():
            keeping.add_synonym(form.line())
    except ShopError as error:
        form.blame(error)
        return _refused(form, error.status)
    flash_saved("Searches know it from now on.")
    return go_to(url_for(".index"))


@bp.post("/text")
@manager
@steps
def bring() -> Response:
    """Many lines at once: all of them or none."""
    text = SynonymTextForm()
    if not text.validate():
        return _refused(text=text)
    lines = text.lines()
    if text.errors:
        return _refused(text=text)
    with unit_of_work():
        changed = keeping.bring(lines)
    flash_saved(f"{changed} {'line is' if changed == 1 else 'lines are'} new or changed.")
    return go_to(url_for(".index"))


@bp.get("/<int:synonym_id>")
@manager
def show(synonym_id: int) -> Response:
    synonym = keeping.synonym_at(synonym_id)
    return page("staff/synonyms/show.html", synonym=synonym, form=SynonymForm(formdata=None, obj=synonym))


@bp.post("/<int:synonym_id>")
@manager
@steps
def save(synonym_id: int) -> Response:
    form = SynonymForm()
    if not form.validate():
        return _refused_change(synonym_id, form)
    try:
        with unit_of_work():
            keeping.change_synonym(synonym_id, form.line())
    except ShopError as error:
        form.blame(error)
        return _refused_change(synonym_id, form, error.status)
    flash_saved()
    return go_to(url_for(".index"))


@bp.post("/<int:synonym_id>/removal")
@manager
def remove(synonym_id: int) -> Response:
    keeping.remove_synonym(synonym_id)
    flash_saved("The line is deleted.")
    return go_to(url_for(".index"))


def _refused(form: SynonymForm | None = None, status: int = 422, *, text: SynonymTextForm | None = None) -> Response:
    with unit_of_work(read_only=True):
        return _list_page(form or SynonymForm(formdata=None), status, text)


def _refused_change(synonym_id: int, form: SynonymForm, status: int = 422) -> Response:
    with unit_of_work(read_only=True):
        return page("staff/synonyms/show.html", status, synonym=keeping.synonym_at(synonym_id), form=form)


def _list_page(form: SynonymForm, status: int = 200, text: SynonymTextForm | None = None) -> Response:
    shown = {"form": form, "text": text or SynonymTextForm(formdata=None), "synonyms": keeping.kept_synonyms()}
    return page("staff/synonyms/index.html", status, **shown)
