"""The address book of the signed-in person."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for

from shop.accounts.guards import require_sign_in
from shop.accounts.models import Address, AddressType
from shop.accounts.queries.addresses import addresses_of, defaults_of
from shop.accounts.services import addresses
from shop.accounts.visits import visitor
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.queries import rows
from shop.storefront.forms.accounts import BookAddressForm

bp = Blueprint("addresses", __name__, url_prefix="/account/addresses")
bp.before_request(require_sign_in)
ONE = "/<int:address_id>"
USES = {use.value: use for use in AddressType.BOTH.uses}


@bp.get("")
def index() -> Response:
    """All addresses, or those for shipping or for billing."""
    use = USES.get(request.args.get("type", ""))
    found = rows(addresses_of(_me(), use))
    return page("storefront/addresses/index.html", addresses=found, use=use, defaults=defaults_of(_me()))


@bp.get("/new")
def new() -> Response:
    return _form_page(BookAddressForm(data={"name": visitor().name, "phone": visitor().phone, "label": "Home"}))


@bp.post("/new")
def create() -> Response:
    return _save(BookAddressForm(), None)


@bp.get(ONE)
def edit(address_id: int) -> Response:
    address = addresses.address_of(_me(), address_id)
    return _form_page(BookAddressForm(obj=address, is_default=False), address)


@bp.post(ONE)
def save(address_id: int) -> Response:
    return _save(BookAddressForm(), addresses.address_of(_me(), address_id))


@bp.post(f"{ONE}/default")
def make_default(address_id: int) -> Response:
    addresses.make_default(_me(), address_id, USES.get(request.form.get("type", "")))
    flash("This is your default address now.", "good")
    return go_to(url_for("addresses.index"))


@bp.post(f"{ONE}/removal")
def remove(address_id: int) -> Response:
    addresses.delete_address(_me(), address_id)
    flash("The address is deleted. Orders keep theirs.", "good")
    return go_to(url_for("addresses.index"))


def _save(form: BookAddressForm, address: Address | None) -> Response:
    """Write the form to a new or a known address; "Look up" only fills city and state from the pincode."""
    if form.is_lookup:
        form.fill_place(anew=True)
        return _form_page(form, address)
    if not form.validate():
        return _form_page(form, address, 422)
    try:
        _write(form, address)
    except ShopError as error:
        form.blame(error)
        return _form_page(form, address, error.status)
    flash("The address is saved.", "good")
    return go_to(url_for("addresses.index"))


def _write(form: BookAddressForm, address: Address | None) -> None:
    if address is None:
        addresses.add_address(_me(), form.values(), is_default=form.is_default.data)
    else:
        addresses.change_address(_me(), address.id, form.values(), is_default=form.is_default.data or None)


def _form_page(form: BookAddressForm, address: Address | None = None, status: int = 200) -> Response:
    return page("storefront/addresses/edit.html", status, form=form, address=address)


def _me() -> int:
    return visitor().user_id or 0
