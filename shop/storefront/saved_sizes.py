"""The sizes a person saved, their own, a partner's and a child's: one switch on listings shows what comes in them."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for

from shop.accounts.guards import require_sign_in
from shop.accounts.visits import visitor
from shop.catalog import saved_sizes
from shop.catalog.models.saved_sizes import Wearer
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page

bp = Blueprint("saved_sizes", __name__, url_prefix="/account/sizes")
bp.before_request(require_sign_in)
ONE = "/<any(own, partner, child):wearer>"
WEARERS = {Wearer.OWN: "You", Wearer.PARTNER: "Your partner", Wearer.CHILD: "Your child"}
GARMENTS = {
    "upper": "Shirts, tops and jackets",
    "lower": "Trousers and skirts",
    "dress": "Dresses",
    "footwear": "Shoes",
    "accessory": "Accessories",
}


@bp.get("", defaults={"wearer": "own"})
@bp.get(ONE)
def show(wearer: str) -> Response:
    return _page(wearer, saved_sizes.saved_by(visitor().user_id or 0)[wearer])


@bp.post(ONE)
def save(wearer: str) -> Response:
    """Keep the sizes that are ticked."""
    ticked = request.form.getlist("sizes")
    try:
        saved_sizes.save(visitor().user_id or 0, Wearer(wearer), ticked)
    except ShopError as error:
        flash(str(error), "error")
        return _page(wearer, ticked, error.status)
    flash("The sizes are saved.", "good")
    return go_to(url_for(".show", wearer=wearer))


def _page(wearer: str, ticked: list[str], status: int = 200) -> Response:
    return page(
        "storefront/saved_sizes/show.html",
        status,
        wearer=wearer,
        wearers=WEARERS,
        garments=GARMENTS,
        sizes=saved_sizes.sizes_by_garment(),
        ticked=ticked,
    )
