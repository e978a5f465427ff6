"""Brands, occasions, product types and colours: the same pages for each (CAT-01, CAT-02)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.lib.http.answers import go_to, page
from shop.lib.queries import one_or_404, page_of
from shop.lib.unit_of_work import steps, unit_of_work
from shop.merchandising.lookups import queries, records, removal
from shop.merchandising.lookups.hanging import hanging_on
from shop.merchandising.lookups.nouns import BRAND, COLOUR, OCCASION, PRODUCT_TYPE, Noun
from shop.merchandising.lookups.removal import Gone
from shop.staff.forms.paging import page_number, text_of
from shop.staff.forms.sorted_by import (
    BrandForm,
    ColourForm,
    NamedForm,
    OccasionForm,
    ProductTypeForm,
    RemovalForm,
)
from shop.staff.saves import flash_saved
from shop.staff.sorted_by_saving import removed, saved, tell
from shop.staff.sorted_by_tabs import with_tabs

manager = needs(Permission.CATALOG_MANAGE)
ONE = "/<int:row_id>"


@dataclass(frozen=True)
class Desk:
    """The pages of one noun; `about` says what such rows are for."""

    noun: Noun
    form: type[NamedForm]
    about: str

    @property
    def place(self) -> str:
        return self.noun.plural.lower().replace(" ", "-")

    @property
    def endpoint(self) -> str:
        return f"staff_{self.place.replace('-', '_')}"


DESKS = (
    Desk(BRAND, BrandForm, "Who makes it. Shoppers filter by brand."),
    Desk(OCCASION, OccasionForm, "What clothes are worn for, like weddings or work."),
    Desk(PRODUCT_TYPE, ProductTypeForm, "Kinds of garments. Each has its size table."),
    Desk(COLOUR, ColourForm, "Shoppers filter by colour, and see its swatch."),
)


def pages_of(desk: Desk) -> Blueprint:
    """The blueprint of one noun's pages."""
    bp = Blueprint(desk.endpoint, __name__, url_prefix=f"/staff/{desk.place}")
    bp.before_request(require_permission)
    bp.context_processor(with_tabs)
    for add in (_add_list, _add_creating, _add_changing, _add_removing):
        add(bp, desk)
    return bp


def _add_list(bp: Blueprint, desk: Desk) -> None:
    @bp.get("")
    @manager
    def index() -> Response:
        """All of them, or those with something in their name."""
        text = text_of(request.args)
        found = page_of(queries.rows_matching(desk.noun, text), page_number(request.args))
        return page(
            "staff/sorted_by/index.html",
            desk=desk,
            rows_page=found,
            counts=queries.product_counts(desk.noun, [row.id for row in found.items]),
            text=text,
            page_url=lambda number: url_for(".index", q=text or None, page=number),
        )


def _add_creating(bp: Blueprint, desk: Desk) -> None:
    @bp.get("/new")
    @manager
    def new() -> Response:
        form = desk.form(formdata=None)
        if "active" in form:
            form["active"].data = True
        return _form_page(desk, form)

    @bp.post("/new")
    @manager
    @steps
    def create() -> Response:
        form = desk.form()

        def write(pictures: dict[str, Any]) -> int:
            return int(records.create(desk.noun, form.values() | pictures).id)

        row_id, refusal = saved(form, desk.noun.model, write)
        if row_id is None:
            return _refused(desk, form, refusal)
        flash_saved(f"{form.name.data} is there.")
        return go_to(url_for(".show", row_id=row_id))


def _add_changing(bp: Blueprint, desk: Desk) -> None:
    @bp.get(ONE)
    @manager
    def show(row_id: int) -> Response:
        row = one_or_404(queries.row(desk.noun, row_id))
        return _form_page(desk, desk.form(formdata=None, obj=row), row)

    @bp.post(ONE)
    @manager
    @steps
    def save(row_id: int) -> Response:
        form = desk.form()

        def write(pictures: dict[str, Any]) -> int:
            row = records.held(desk.noun, row_id)
            tell(records.change(desk.noun, row_id, form.values(row) | pictures))
            return row_id

        done, refusal = saved(form, desk.noun.model, write)
        if done is None:
            return _refused(desk, form, refusal, row_id)
        return go_to(url_for(".show", row_id=row_id))


def _add_removing(bp: Blueprint, desk: Desk) -> None:
    @bp.get(f"{ONE}/removal")
    @manager
    def removal_page(row_id: int) -> Response:
        """What hangs on it, before it goes."""
        return _removal_page(desk, row_id, RemovalForm(formdata=None))

    @bp.post(f"{ONE}/removal")
    @manager
    @steps
    def remove(row_id: int) -> Response:
        def take(form: RemovalForm, *, cascade: bool) -> Gone:
            if form.to.data:
                return removal.remove_after_moving(desk.noun, row_id, form.to.data)
            return removal.remove(desk.noun, row_id, cascade=cascade)

        with unit_of_work(read_only=True):
            form = RemovalForm().offer(queries.others(desk.noun, row_id))
            name = one_or_404(queries.row(desk.noun, row_id)).name
        if error := removed(form, name, take):
            with unit_of_work(read_only=True):
                return _removal_page(desk, row_id, form, error.status)
        return go_to(url_for(".index"))


def _refused(desk: Desk, form: NamedForm, status: int, row_id: int | None = None) -> Response:
    with unit_of_work(read_only=True):
        row = None if row_id is None else one_or_404(queries.row(desk.noun, row_id))
        return _form_page(desk, form, row, status)


def _form_page(desk: Desk, form: NamedForm, row: Any = None, status: int = 200) -> Response:
    return page("staff/sorted_by/edit.html", status, desk=desk, form=form, row=row)


def _removal_page(desk: Desk, row_id: int, form: RemovalForm, status: int = 200) -> Response:
    row = one_or_404(queries.row(desk.noun, row_id))
    form.offer([] if desk.noun.must_stay else queries.others(desk.noun, row_id))
    hanging = hanging_on(desk.noun.key, row_id)
    return page("staff/sorted_by/removal.html", status, desk=desk, row=row, form=form, hanging=hanging)


BLUEPRINTS = tuple(pages_of(desk) for desk in DESKS)
