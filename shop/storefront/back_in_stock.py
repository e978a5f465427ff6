"""Tell me when it is back: asked for on a product's page, listed in the account, stopped from the mail (INV-05).

Who is signed in asks with one click; a guest types an address on a page of its own. That page says the same of every
address, and what was asked for is one mail, so nobody has to confirm it.
"""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for

from shop.accounts import throttles
from shop.accounts.guards import require_sign_in
from shop.accounts.visits import visitor
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.queries import page_within
from shop.stock import services
from shop.stock.queries import for_sale
from shop.stock.queries.waiting import size_on_shelf, waits_of
from shop.storefront.forms.back_in_stock import WaitForm
from shop.storefront.forms.cart import SizeForm, valid
from shop.storefront.forms.listing import whole

bp = Blueprint("back_in_stock", __name__, url_prefix="/back-in-stock")
account = Blueprint("account_back_in_stock", __name__, url_prefix="/account/back-in-stock")
account.before_request(require_sign_in)
ONE = "/<int:variant_id>"
MOST_LISTED = 1_000


@bp.get(ONE)
def show(variant_id: int) -> Response:
    """The page where a guest types an address."""
    return _page(variant_id, WaitForm(formdata=None))


@bp.post("")
@throttles.waiting_by_address
@throttles.waiting_by_account
def ask_chosen() -> Response:
    """From a product's page, where a size that is sold out was chosen."""
    return _ask(valid(SizeForm()).variant_id.data)


@bp.post(ONE)
@throttles.waiting_by_address
@throttles.waiting_by_account
def ask(variant_id: int) -> Response:
    """From the page where an address is typed."""
    return _ask(variant_id)


@bp.get(f"{ONE}/asked")
def asked(variant_id: int) -> Response:
    """What happens next."""
    return page("storefront/back_in_stock/asked.html", size=size_on_shelf(variant_id))


@bp.get("/stop/<token>")
def stop(token: str) -> Response:
    """Where a mail leads that somebody wants no more of."""
    services.waiting_of(token)
    return page("storefront/back_in_stock/stop.html", token=token, is_stopped=False)


@bp.post("/stop/<token>")
def confirm_stop(token: str) -> Response:
    """Forget everything they wait for."""
    services.stop_all(token)
    return page("storefront/back_in_stock/stop.html", token=token, is_stopped=True)


@account.get("")
def index() -> Response:
    """What the person waits for."""
    number = whole(request.args.get("page", "1")) or 1
    return page(
        "storefront/back_in_stock/index.html",
        waits=page_within(waits_of(visitor().user_id or 0), number, MOST_LISTED),
        page_url=lambda number: url_for(".index", page=number),
    )


@account.post("/<int:waiting_id>/removal")
def remove(waiting_id: int) -> Response:
    services.stop_waiting(waiting_id, visitor().user_id or 0)
    flash("We will not write to you about it.", "good")
    return go_to(url_for(".index"))


def _ask(variant_id: int) -> Response:
    """Wait for a size, as the person who is signed in or with the address that was typed."""
    here, size = visitor(), size_on_shelf(variant_id)
    if here.user_id and here.email:
        services.wait_for(variant_id, user_id=here.user_id)
        flash(f"We will mail you once, when {size.product} in {size.size} is back.", "good")
        return go_to(url_for("product.show", slug=size.slug, colour=size.colour_slug))
    if "email" not in request.form:
        return go_to(url_for(".show", variant_id=variant_id))
    form = WaitForm()
    if not form.validate():
        return _page(variant_id, form, 422)
    try:
        services.wait_for(variant_id, email=form.email.data)
    except ShopError as error:
        form.blame(error)
        return _page(variant_id, form, error.status)
    return go_to(url_for(".asked", variant_id=variant_id))


def _page(variant_id: int, form: WaitForm, status: int = 200) -> Response:
    size = size_on_shelf(variant_id)
    is_there = for_sale([variant_id])[variant_id] > 0
    return page("storefront/back_in_stock/show.html", status, size=size, form=form, is_there=is_there)
