"""How people come: what a guest gathered joins their account, guest orders find their owner."""

import pytest
from flask import Flask

from shop.accounts.models import Session, User
from shop.accounts.services.credentials import Credential
from shop.accounts.services.people import Person
from shop.cart import services as cart_services
from shop.cart.queries import bag_of
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.errors import NotFound
from shop.membership import services as membership
from shop.orders.models import Order
from tests.checkout.buying import an_order, an_order_id
from tests.factories import a_customer, a_guest, a_user, a_variant

EMAIL = "asha@example.com"


def owner_of(order_id: int) -> int | None:
    db.session.expire_all()
    return db.session.get_one(Order, order_id).user_id


@pytest.mark.covers("ACC-01", "CRT-01")
def test_new_account_takes_over_the_guests_bag_and_the_guest_is_gone(app: Flask):
    guest, variant = a_guest(), a_variant()
    cart_services.add_line(guest, variant.id, 2)
    user = membership.register(Person("Asha", email=EMAIL), "hash", guest.session_id)
    assert [(line.variant_id, line.quantity) for line in bag_of(a_customer(user)).lines] == [(variant.id, 2)]
    assert db.session.get_one(Session, guest.session_id).ended_at


@pytest.mark.covers("ORD-02")
def test_guest_orders_are_claimed_at_login_only_once_the_email_is_verified(app: Flask):
    order_id = an_order_id()
    user = a_user(EMAIL)
    credential = Credential(user.id, user.password_hash)
    membership.sign_in(credential, None)
    assert owner_of(order_id) is None
    db.session.get_one(User, user.id).email_verified_at = now()
    membership.sign_in(credential, None)
    assert owner_of(order_id) == user.id


@pytest.mark.covers("ORD-02")
def test_orders_of_another_person_or_another_email_are_never_claimed(app: Flask):
    other = a_user("ravi@example.com").id
    taken, foreign = an_order_id(), an_order_id()
    db.session.get_one(Order, taken).user_id = other
    db.session.get_one(Order, foreign).email = "someone@example.com"
    membership.claim_orders(a_user(EMAIL, email_verified_at=now()).id)
    assert (owner_of(taken), owner_of(foreign)) == (other, None)


@pytest.mark.covers("ORD-02")
def test_link_gives_the_order_to_its_holder_once(app: Flask):
    order = an_order()
    first, second = a_user().id, a_user().id
    membership.claim_by_link(order.token, first)
    membership.claim_by_link(order.token, first)
    with pytest.raises(membership.ClaimedByOther):
        membership.claim_by_link(order.token, second)
    assert owner_of(order.id) == first


def test_made_up_link_gives_nothing(app: Flask):
    with pytest.raises(NotFound):
        membership.claim_by_link("made-up", a_user().id)
