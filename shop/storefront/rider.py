"""The rider's page behind the link of one parcel: address, cash, the code, and what to do when nobody takes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Blueprint, Response, request

from shop.fulfilment import rider_links
from shop.fulfilment.queries import live_parcels
from shop.fulfilment.queries.cash import cash_by_parcel
from shop.fulfilment.services import doorstep
from shop.lib.actor import Actor
from shop.lib.errors import ShopError
from shop.lib.files.kinds import HANDOVER_PHOTO, StoredPicture
from shop.lib.files.serving import uploaded
from shop.lib.files.storage import stored
from shop.lib.http.answers import page
from shop.lib.http.headers import keep_private
from shop.lib.money import ZERO
from shop.lib.queries import rows
from shop.lib.unit_of_work import steps, unit_of_work
from shop.storefront.forms import ShopForm
from shop.storefront.forms.rider import BringBackForm, HandOverForm

bp = Blueprint("rider", __name__, url_prefix="/rider/<token>")
bp.after_request(keep_private)


@bp.get("")
def show(token: str) -> Response:
    return _page(token)


@bp.post("/delivery")
@steps
def deliver(token: str) -> Response:
    """Hand it over. A wrong code counts even though it is refused, so it is counted in a unit of its own."""
    form = HandOverForm()

    def hand_over(photo: StoredPicture | None) -> None:
        doorstep.hand_over(token, form.otp.data, photo, _rider())

    if form.validate() and _counted(token, form):
        return _answer(token, form, hand_over, "Handed over. Thank you.")
    return _refused(token, over=form)


@bp.post("/failure")
@steps
def fail(token: str) -> Response:
    """Nobody took it. The link is looked at first: pictures are drawn for riders alone."""
    form = BringBackForm()

    def bring_back(photo: StoredPicture | None) -> None:
        doorstep.bring_back(token, doorstep.Outcome(form.outcome.data), form.note.data, photo, _rider())

    with unit_of_work(read_only=True):
        rider_links.parcel_at(token)
    if form.validate():
        return _answer(token, form, bring_back, "Noted. Please bring the parcel back to the shop.")
    return _refused(token, back=form)


def _counted(token: str, form: HandOverForm) -> bool:
    try:
        with unit_of_work():
            doorstep.count_attempt(token)
    except ShopError as error:
        _blame(form, error)
        return False
    return True


def _answer(token: str, form: ShopForm, act: Callable[[StoredPicture | None], None], done: str) -> Response:
    """The link is over once it is done, so the answer is the page that says so."""
    try:
        with _photo() as photo, unit_of_work():
            act(photo)
    except ShopError as error:
        _blame(form, error)
        return _refused(token, **{"over" if isinstance(form, HandOverForm) else "back": form})
    with unit_of_work(read_only=True):
        return page("storefront/rider/done.html", said=done)


@contextmanager
def _photo() -> Iterator[StoredPicture | None]:
    """The photo that was sent, kept while its row is written; none where none was."""
    if data := uploaded("photo"):
        with stored(data, HANDOVER_PHOTO) as photo:
            yield photo
    else:
        yield None


def _blame(form: ShopForm, error: ShopError) -> None:
    """Say at the code or above the form what is wrong; a link that is over has no page to say it on."""
    if error.status in {404, 410}:
        raise error
    form.blame(error)


def _refused(token: str, **typed: ShopForm) -> Response:
    with unit_of_work(read_only=True):
        return _page(token, 422, **typed)


def _page(token: str, status: int = 200, **typed: ShopForm) -> Response:
    parcel = rider_links.parcel_at(token)
    parcels = rows(live_parcels(parcel.order_id))
    around: dict[str, Any] = {
        "token": token,
        "parcel": parcel,
        "order": parcel.order,
        "number": 1 + [one.id for one in parcels].index(parcel.id),
        "parcels": len(parcels),
        "cash": cash_by_parcel(parcel.order, parcels).get(parcel.id, ZERO),
        "over": typed.get("over") or HandOverForm(formdata=None),
        "back": typed.get("back") or BringBackForm(formdata=None),
    }
    return page("storefront/rider/show.html", status, **around)


def _rider() -> Actor:
    return doorstep.rider(request.remote_addr)
