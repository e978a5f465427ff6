"""Somebody who has done everything a shopper can do."""

from datetime import date
from pathlib import Path

from flask import current_app
from sqlalchemy import Table, update

from shop.accounts.customers.models import CustomerGroup, CustomerGroupMember, CustomerNote, SupportVisit
from shop.accounts.login_log.recording import note_failed
from shop.accounts.models import User
from shop.accounts.services import addresses, asking, tokens
from shop.accounts.services.credentials import Credential
from shop.accounts.services.resets import make_reset
from shop.accounts.visitor import Visitor
from shop.aftersales.services import cancel_order
from shop.cart import services as cart_services
from shop.checkout import drafts
from shop.extensions import Model, db
from shop.lib.actor import acting_as
from shop.lib.clock import now
from shop.membership import services as membership
from shop.orders.models import Order
from shop.payments.models import Payment
from tests.checkout.buying import ADDRESS, a_ready_buyer, order_by, pay
from tests.factories import a_customer, a_product, a_user, a_variant
from tests.support.outbox import run_outbox

EMAIL, PHONE = "zenobia.quill@example.com", "+919845099887"
IP, AGENT, UPI, REASON = "198.51.100.77", "Zenphone/9", "zenobia@okbank", "Not what I hoped for"
WORDS = ("Zenobia", "Quill", EMAIL, PHONE, "Marigold Villa", IP, AGENT, UPI, REASON, "1990, 5, 4")
"""Nobody else in the shop has any of these."""
THEIRS = ADDRESS | {"name": "Zenobia Quill", "phone": PHONE, "house": "Marigold Villa"}


def zenobia() -> User:
    """Somebody of whom a word found anywhere is known to be hers."""
    return a_user(EMAIL, first_name="Zenobia", last_name="Quill", phone=PHONE, date_of_birth=date(1990, 5, 4))


def live(user: User) -> Visitor:
    """Log in, fail to, want a new password, keep an address, buy, cancel, gather, and begin another order."""
    visitor = a_customer(user)
    _be_helped(user.id)
    here = Visitor(**vars(visitor) | {"ip": IP, "device": AGENT})
    with acting_as(here.actor):
        membership.sign_in(Credential(user.id, user.password_hash), None)
        note_failed(EMAIL, user.id)
        tokens.issue(user.id, IP, AGENT, remember=True)
        make_reset(user.id)
        asking.ask_for_link(EMAIL)
        asking.ask_for_email(PHONE)
        addresses.add_address(user.id, THEIRS | {"label": "Home"})
        _buy_and_cancel(here)
        _begin(here)
        cart_services.wish(here, a_product().id, None, True)
    run_outbox()
    return here


def _be_helped(user_id: int) -> None:
    """Somebody of the team looks after her."""
    helper, group = a_user(role="support").id, CustomerGroup(code="friends", name="Friends")
    db.session.add_all(
        [
            group,
            CustomerNote(user_id=user_id, author_id=helper, text="Zenobia calls on Fridays"),
            SupportVisit(user_id=user_id, helper_id=helper, reason="Zenobia asked", ends_at=now()),
        ]
    )
    db.session.flush()
    db.session.add(CustomerGroupMember(group_id=group.id, user_id=user_id, added_by=helper))
    db.session.flush()


def _buy_and_cancel(here: Visitor) -> None:
    _begin(here, payment="card")
    order_id = order_by(here, key="zenobia-1")
    pay(order_id)
    db.session.execute(update(Payment).values(upi_id=UPI))
    cancel_order(db.session.get_one(Order, order_id), here.actor, REASON)
    db.session.commit()


def _begin(here: Visitor, payment: str = "cod") -> None:
    a_ready_buyer(a_variant(), visitor=here, payment=payment)
    drafts.save_contact(here, EMAIL, PHONE)
    drafts.save_address(here, THEIRS)
    db.session.commit()


def traces() -> dict[str, set[str]]:
    """In which tables, and in which files of the shop, there are words of hers."""
    db.session.rollback()
    found = {table.name: _found_in(table) for table in Model.metadata.sorted_tables if table.name != "postal_code"}
    for path in Path(current_app.config["SHOP"].instance_path).glob("mail/*.eml"):
        found[path.name] = _words_in(path.read_text().replace("=\n", ""))
    return {place: words for place, words in found.items() if words}


def text_messages() -> list[str]:
    """The files of text messages a shop without a provider wrote."""
    return [path.name for path in Path(current_app.config["SHOP"].instance_path).glob("sms/*.txt")]


def _found_in(table: Table) -> set[str]:
    return _words_in("\n".join(str(tuple(row)) for row in db.session.connection().execute(table.select())))


def _words_in(text: str) -> set[str]:
    return {word for word in WORDS if word in text}
