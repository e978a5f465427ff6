"""What a postal code fills in: city, state and post offices, as a fragment of the address form."""

from __future__ import annotations

from flask import Blueprint, Response, request

from shop.lib.http.answers import page
from shop.store.places import is_postal_code
from shop.storefront.forms.address import AddressForm

bp = Blueprint("pincode", __name__, url_prefix="/_f/pincode")


@bp.get("")
def show() -> Response:
    form = AddressForm(formdata=request.args)
    if not is_postal_code(form.postal_code.data):
        return Response(status=204)
    form.fill_place(anew=True)
    return page("storefront/checkout/_place.html", form=form)
