"""Delivery: the ways to send an order, where each goes, and what it would cost (ORD-09)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, request, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.checkout.queries import is_method_named
from shop.delivery import services
from shop.delivery.calculating import costs
from shop.delivery.cash import cash_terms
from shop.delivery.queries import all_methods, one_method
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.queries import one_or_404, rows
from shop.lib.unit_of_work import steps, unit_of_work
from shop.staff.forms.delivery import CalculatorForm, MethodForm, form_of
from shop.store.days import today

bp = Blueprint("staff_delivery", __name__, url_prefix="/staff/delivery")
bp.before_request(require_permission)
manager = needs(Permission.DELIVERY_MANAGE)
ONE = "/<int:method_id>"
STEPS = {"earlier": -1, "later": 1}


@bp.get("")
@manager
def index() -> Response:
    """All methods in order; `?postal_code=` asks the calculator."""
    methods = rows(all_methods())
    return page("staff/delivery/index.html", methods=methods, **_calculated())


@bp.get("/new")
@manager
def new() -> Response:
    return page("staff/delivery/edit.html", form=MethodForm(), method=None)


@bp.post("/new")
@manager
@steps
def create() -> Response:
    return _saved(None)


@bp.get(ONE)
@manager
def show(method_id: int) -> Response:
    method = one_or_404(one_method(method_id))
    return page("staff/delivery/edit.html", form=form_of(method), method=method, is_named=is_method_named(method_id))


@bp.post(ONE)
@manager
@steps
def save(method_id: int) -> Response:
    return _saved(method_id)


@bp.post(f"{ONE}/place")
@manager
def move(method_id: int) -> Response:
    """Show it earlier or later."""
    services.move_method(method_id, STEPS.get(request.form.get("to", ""), 0))
    return go_to(url_for(".index"))


@bp.post(f"{ONE}/retirement")
@manager
def retire(method_id: int) -> Response:
    services.retire_method(method_id)
    flash("Retired: it is offered no more.", "good")
    return go_to(url_for(".index"))


@bp.post(f"{ONE}/return")
@manager
def put_back(method_id: int) -> Response:
    services.put_back(method_id)
    flash("It is offered again.", "good")
    return go_to(url_for(".index"))


@bp.post(f"{ONE}/removal")
@manager
def remove(method_id: int) -> Response:
    """Delete it; one that orders name is retired instead."""
    if services.delete_method(method_id):
        flash("Deleted.", "good")
    else:
        flash("Orders name it, so it was retired instead of deleted.", "info")
    return go_to(url_for(".index"))


def _saved(method_id: int | None) -> Response:
    """Write the form into a method, or into a new one."""
    with unit_of_work(read_only=True):
        form = MethodForm()
        if not form.validate():
            return _refused(form, method_id)
    try:
        with unit_of_work():
            if method_id is None:
                services.create_method(form.fields())
            else:
                services.change_method(method_id, form.fields())
    except ShopError as error:
        form.blame(error)
        with unit_of_work(read_only=True):
            return _refused(form, method_id, error.status)
    flash("The method is there." if method_id is None else "Saved.", "good")
    return go_to(url_for(".index"))


def _refused(form: MethodForm, method_id: int | None, status: int = 422) -> Response:
    method = one_or_404(one_method(method_id)) if method_id is not None else None
    is_named = method is not None and is_method_named(method.id)
    return page("staff/delivery/edit.html", status, form=form, method=method, is_named=is_named)


def _calculated() -> dict[str, Any]:
    """The calculator as it was asked; without a question it is empty."""
    if "postal_code" not in request.args:
        return {"form": CalculatorForm(formdata=None), "costs": None, "cash": None}
    form = CalculatorForm(formdata=request.args)
    if not form.validate():
        return {"form": form, "costs": None, "cash": None}
    answers = costs(form.place, form.goods_total, form.grams or 0, today())
    return {"form": form, "costs": answers, "cash": cash_terms(form.place, form.goods_total), "place": form.place}
