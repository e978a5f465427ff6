"""The address step: a saved address, or a new one that begins with its pincode."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, request

from shop.accounts.models import Address, AddressType
from shop.accounts.queries.addresses import addresses_of
from shop.accounts.services.addresses import add_address, address_of
from shop.accounts.visits import visitor
from shop.checkout import drafts
from shop.checkout.queries import Summary
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to
from shop.lib.queries import rows
from shop.storefront.checkout_page import address_line, at_step, step_page, step_url
from shop.storefront.forms.address import SavedAddressForm
from shop.storefront.forms.checkout import DeliveryAddressForm

bp = Blueprint("checkout_address", __name__, url_prefix="/checkout/address")


@bp.get("")
@at_step("address")
def show(summary: Summary) -> Response:
    form = DeliveryAddressForm(data=summary.draft.address or {"name": visitor().name})
    return _form_page(summary, form)


@bp.post("")
@at_step("address")
def save(summary: Summary) -> Response:
    form = DeliveryAddressForm()
    if "lookup" in request.form:
        form.fill_place(anew=True)
        return _form_page(summary, form)
    if not form.validate():
        return _form_page(summary, form, 422)
    address = form.values() | {"phone": summary.draft.phone or ""}
    drafts.save_address(visitor(), address)
    if form.save.data and visitor().user_id:
        _keep_in_account(address)
    return go_to(step_url("delivery"))


@bp.post("/saved")
@at_step("address")
def use_saved(summary: Summary) -> Response:
    form = SavedAddressForm()
    if not form.validate():
        return _form_page(summary, DeliveryAddressForm(formdata=None), 422, saved_form=form)
    mine = address_of(visitor().user_id or 0, int(form.address_id.data))
    drafts.save_address(visitor(), mine.snapshot)
    return go_to(step_url("delivery"))


def _form_page(summary: Summary, form: DeliveryAddressForm, status: int = 200, **context: Any) -> Response:
    user_id = visitor().user_id
    saved = rows(addresses_of(user_id, AddressType.SHIPPING)) if user_id else []
    context.setdefault("saved_form", SavedAddressForm(formdata=None, data={"address_id": _chosen(summary, saved)}))
    cards = [{"value": one.id, "title": one.label, "text": address_line(one.snapshot)} for one in saved]
    return step_page("address", summary, status, form=form, cards=cards, **context)


def _keep_in_account(address: dict[str, str]) -> None:
    """Add it to the address book; a full book must not stop anybody from buying."""
    try:
        add_address(visitor().user_id or 0, address | {"label": address["city"][:40]})
    except ShopError as error:
        flash(str(error), "warn")


def _chosen(summary: Summary, saved: list[Address]) -> int | None:
    """The saved address the draft holds, else the default one; none where another address was typed."""
    if summary.draft.address is None:
        return saved[0].id if saved else None
    return next((one.id for one in saved if one.snapshot == summary.draft.address), None)
