"""Visitors who shop over HTTP: their session is a real one, made through the services their pages use."""

from typing import Any

from flask.testing import FlaskClient

from shop.accounts.models import User
from shop.accounts.visitor import Visitor
from shop.accounts.visits import COOKIE_KEY
from shop.cart import services as cart_services
from shop.catalog.models import Variant
from shop.extensions import db
from tests.checkout.buying import ADDRESS, a_ready_buyer, total_of
from tests.factories import a_guest, a_variant, sign_in

CONTACT = {"email": "asha@example.com", "phone": "98450 12345"}
FORM_ADDRESS = {name: value for name, value in ADDRESS.items() if name not in ("phone", "country")}
KEY = "a-key-of-this-page-1"


def shops_as(client: FlaskClient, visitor: Visitor) -> Visitor:
    """Let a client carry this visitor's session."""
    db.session.commit()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    with client.session_transaction() as cookie:
        cookie[COOKIE_KEY] = visitor.session_id
    return visitor


def with_bag(client: FlaskClient, *variants: Variant) -> Visitor:
    """A guest whose bag holds these pieces, at the door of the checkout."""
    guest = a_guest()
    for variant in variants or (a_variant(),):
        cart_services.add_line(guest, variant.id)
    return shops_as(client, guest)


def signed_in_with_bag(client: FlaskClient, user: User) -> Visitor:
    """A signed-in person with something in the bag."""
    sign_in(client, user)
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    with client.session_transaction() as cookie:
        session_id = cookie[COOKIE_KEY]
    here = Visitor(session_id=session_id, user_id=user.id, name=user.name, email=user.email)
    cart_services.add_line(here, a_variant().id)
    db.session.commit()
    return here


def at_review(client: FlaskClient, *variants: Variant, payment: str = "cod") -> Visitor:
    """A guest who answered every step."""
    return shops_as(client, a_ready_buyer(*variants, payment=payment))


def place(client: FlaskClient, visitor: Visitor, **changes: Any) -> Any:
    """Press the last button; `seen_total` is what the buyer sees unless told."""
    fields = {"key": KEY, "seen_total": changes.pop("seen_total", None) or total_of(visitor)}
    return client.post("/checkout/review", data=fields | changes)
