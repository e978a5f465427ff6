"""The tree of categories: its pages, moving a branch, deleting one (CAT-02)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, url_for

from shop.accounts.guards import require_permission
from shop.catalog.models import Category
from shop.catalog.queries import CategoryNode, any_category_where
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.unit_of_work import steps, unit_of_work
from shop.merchandising.categories import queries, removal, services
from shop.merchandising.lookups.hanging import hanging_on
from shop.merchandising.lookups.nouns import CATEGORY
from shop.merchandising.lookups.removal import Gone
from shop.staff.forms.paging import text_of
from shop.staff.forms.sorted_by import CategoryForm, PlaceForm, RemovalForm
from shop.staff.saves import flash_saved
from shop.staff.sorted_by import manager
from shop.staff.sorted_by_saving import removed, saved, tell
from shop.staff.sorted_by_tabs import with_tabs

bp = Blueprint("staff_categories", __name__, url_prefix="/staff/categories")
bp.before_request(require_permission)
bp.context_processor(with_tabs)
ONE = "/<int:category_id>"
UP, DOWN = "up", "down"


@bp.get("")
@manager
def index() -> Response:
    """The whole tree, or what has something in its name."""
    text, tree = text_of(request.args), queries.owned_tree()
    shown = [found for top in tree if (found := top.matching(text))] if text else tree
    return page("staff/categories/index.html", tree=shown, text=text)


@bp.get("/new")
@manager
def new() -> Response:
    form, place = CategoryForm(formdata=None), _place_form()
    form.active.data = True
    place.parent.data = int(below) if (below := request.args.get("below", "")).isdigit() and len(below) < 16 else 0
    return _new_page(form, place)


@bp.post("/new")
@manager
@steps
def create() -> Response:
    with unit_of_work(read_only=True):
        form, place = CategoryForm(), PlaceForm().offer(queries.places_for())

    def write(pictures: dict[str, Any]) -> int:
        return services.create_category(form.values() | pictures, place.parent.data or None).id

    category_id, status = saved(form, Category, write)
    if category_id is None:
        with unit_of_work(read_only=True):
            return _new_page(form, place, status)
    flash_saved(f"{form.name.data} is there.")
    return go_to(url_for(".show", category_id=category_id))


@bp.get(ONE)
@manager
def show(category_id: int) -> Response:
    node = any_category_where("id", category_id)
    return _category_page(node, CategoryForm(formdata=None, obj=node))


@bp.post(ONE)
@manager
@steps
def save(category_id: int) -> Response:
    form = CategoryForm()

    def write(pictures: dict[str, Any]) -> int:
        node = any_category_where("id", category_id)
        tell(services.change_category(category_id, form.values(node) | pictures))
        return category_id

    done, status = saved(form, Category, write)
    if done is None:
        with unit_of_work(read_only=True):
            return _category_page(any_category_where("id", category_id), form, status=status)
    return go_to(url_for(".show", category_id=category_id))


@bp.post(f"{ONE}/place")
@manager
@steps
def move(category_id: int) -> Response:
    """Move it with all below it: up or down among its siblings, below another, or before a sibling of its new place."""
    with unit_of_work(read_only=True):
        node = any_category_where("id", category_id)
        place = _place_form(category_id, request.form)
    try:
        with unit_of_work():
            _move(category_id, place)
    except ShopError as error:
        place.blame(ShopError(str(error), field="parent"))
        with unit_of_work(read_only=True):
            return _category_page(node, CategoryForm(formdata=None, obj=node), place, status=error.status)
    return go_to(url_for(".index", _anchor=f"category-{category_id}"))


@bp.get(f"{ONE}/removal")
@manager
def removal_page(category_id: int) -> Response:
    """What hangs on it, before it goes."""
    return _removal_page(category_id, RemovalForm(formdata=None))


@bp.post(f"{ONE}/removal")
@manager
@steps
def remove(category_id: int) -> Response:
    def take(form: RemovalForm, *, cascade: bool) -> Gone:
        if form.to.data:
            return removal.remove_category_after_moving(category_id, form.to.data)
        return removal.remove_category(category_id, cascade=cascade)

    with unit_of_work(read_only=True):
        form = RemovalForm().offer(queries.places_for(category_id))
        name = any_category_where("id", category_id).name
    if error := removed(form, name, take):
        with unit_of_work(read_only=True):
            return _removal_page(category_id, form, error.status)
    return go_to(url_for(".index"))


def _move(category_id: int, place: PlaceForm) -> None:
    towards = request.form.get("towards")
    if towards in {UP, DOWN}:
        services.shift_category(category_id, -1 if towards == UP else 1)
        return
    before = request.form.get("before", "")
    before_id = int(before) if before.isascii() and before.isdigit() and len(before) < 16 else None
    tell(services.move_category(category_id, place.parent.data or None, before_id), "Moved.")


def _place_form(category_id: int | None = None, formdata: Any = None) -> PlaceForm:
    return PlaceForm(formdata=formdata).offer(queries.places_for(category_id))


def _new_page(form: CategoryForm, place: PlaceForm, status: int = 200) -> Response:
    return page("staff/categories/new.html", status, form=form, place=place, row=None)


def _category_page(
    node: CategoryNode, form: CategoryForm, place: PlaceForm | None = None, *, status: int = 200
) -> Response:
    if place is None:
        place = _place_form(node.id)
        place.parent.data = node.parent.id if node.parent else 0
    return page("staff/categories/show.html", status, row=node, form=form, place=place)


def _removal_page(category_id: int, form: RemovalForm, status: int = 200) -> Response:
    node = any_category_where("id", category_id)
    form.offer(queries.places_for(category_id))
    hanging = hanging_on(CATEGORY.key, category_id)
    return page("staff/categories/removal.html", status, row=node, form=form, hanging=hanging)
