"""People go: nothing of theirs stays but what the books need, all of it or nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.accounts.errors import LastOwner, SignInFailed
from shop.accounts.masking import masked
from shop.accounts.models import Farewell, User
from shop.accounts.services import tokens
from shop.accounts.services.credentials import authenticate
from shop.accounts.services.people import Person
from shop.extensions import Model, db
from shop.lib.errors import NotFound
from shop.lib.models import PersonKey
from shop.lib.personal import Because, Holding
from shop.lib.queries import rows
from shop.lib.unit_of_work import unit_of_work
from shop.membership import services as membership
from shop.membership.errors import StillNeeded
from shop.membership.exporting import ask_for_export
from shop.notifications.models import Send
from shop.operations.audit import audit
from shop.operations.log.queries import ChangeFilter, changes
from shop.operations.log.reading import read_changes
from shop.operations.log.sealing import seal_entries
from shop.orders.models import Order
from shop.orders.states import OrderState
from shop.payments.models import Refund
from shop.payments.states import RefundState
from tests.checkout.buying import an_order_id
from tests.factories import PASSWORD, a_customer, a_user
from tests.membership.lives import EMAIL, PHONE, WORDS, live, text_messages, traces, zenobia
from tests.notifications.letterbox import mail, text
from tests.support.outbox import run_outbox

AT_THE_BANK = {"sandbox_intent"}


def go(user_id: int, by: int = 0) -> None:
    with unit_of_work():
        membership.erase(user_id, by or user_id)


def everything() -> dict[str, list[Any]]:
    """All rows of all tables."""
    db.session.rollback()
    read = db.session.connection().execute
    return {table.name: sorted(map(repr, read(table.select()))) for table in Model.metadata.sorted_tables}


@pytest.mark.covers("ACC-10")
def test_nothing_of_a_person_who_went_is_found_anywhere(app: Flask) -> None:
    user_id = zenobia().id
    live(db.session.get_one(User, user_id))
    with unit_of_work():
        ask_for_export(user_id)
    run_outbox()
    assert {word for words in traces().values() for word in words} == set(WORDS)
    assert len(text_messages()) == 1
    go(user_id)
    run_outbox()
    assert set(traces()) <= AT_THE_BANK | {name for name in traces() if name.endswith("account_erased.eml")}
    assert (text_messages(), audit()) == ([], [])


@pytest.mark.covers("ACC-10")
def test_books_keep_the_order_without_the_person(app: Flask) -> None:
    user_id = zenobia().id
    live(db.session.get_one(User, user_id))
    before = db.session.scalars(select(Order)).one()
    kept = (before.number, before.total, before.tax_contained, len(before.lines), before.state)
    go(user_id)
    order = db.session.scalars(select(Order)).one()
    assert (order.number, order.total, order.tax_contained, len(order.lines), order.state) == kept
    assert (order.user_id, order.email, order.phone, order.name) == (None, "", "", "Former customer")
    assert {name: value for name, value in order.address.items() if value} == {"state": "Karnataka", "country": "IN"}


@pytest.mark.covers("ACC-10")
def test_account_is_shut_at_once_and_its_address_is_free_again(app: Flask) -> None:
    user = zenobia()
    held = tokens.issue(user.id, None, "an app", remember=True)
    user_id = user.id
    db.session.commit()
    go(user_id)
    with unit_of_work():
        assert tokens.renew(held.refresh_token) is None
    for name in (EMAIL, f"erased-{user_id}@account.invalid"):
        with pytest.raises(SignInFailed):
            authenticate(name, PASSWORD)
    with pytest.raises(NotFound):
        go(user_id)
    with unit_of_work():
        again = membership.register(Person("Zenobia", email=EMAIL), "a hash", None).id
    assert again != user_id


@pytest.mark.covers("ACC-10", "OPS-03")
def test_audit_log_stays_whole_and_nobody_can_read_their_words_in_it(app: Flask) -> None:
    user_id = zenobia().id
    live(db.session.get_one(User, user_id))
    with unit_of_work():
        seal_entries()
    go(user_id)
    with unit_of_work():
        seal_entries()
    assert audit() == []
    key = db.session.get_one(PersonKey, user_id)
    assert (key.key, key.destroyed_at is not None) == (None, True)
    told = read_changes(rows(changes(ChangeFilter(person_id=user_id))))
    assert {line.after for change in told for line in change.lines if line.field == "First name"} == {"Erased"}


@pytest.mark.covers("ACC-10")
@pytest.mark.parametrize("by_the_shop", [False, True])
def test_old_address_is_told_and_then_forgotten(app: Flask, by_the_shop: bool) -> None:
    user_id, owner_id = zenobia().id, a_user(role="owner").id
    db.session.commit()
    go(user_id, owner_id if by_the_shop else user_id)
    assert db.session.get_one(Farewell, user_id).email == EMAIL
    run_outbox()
    last = mail("account_erased")
    assert last["To"] == EMAIL
    assert ("as you asked" in text(last)) is not by_the_shop
    send = db.session.scalars(select(Send)).one()
    assert (send.recipient, send.text, send.state) == ("ze***@example.com", None, "sent")
    assert db.session.scalar(select(func.count()).select_from(Farewell)) == 0


def who_has_only_a_phone() -> int:
    person = zenobia()
    person.email = None
    db.session.commit()
    return person.id


@pytest.mark.covers("ACC-10", "NOT-01")
@pytest.mark.parametrize("by_the_shop", [False, True])
def test_who_had_only_a_phone_is_told_by_text_message(app: Flask, by_the_shop: bool) -> None:
    user_id, owner_id = who_has_only_a_phone(), a_user(role="owner").id
    db.session.commit()
    go(user_id, owner_id if by_the_shop else user_id)
    run_outbox()
    send = db.session.scalars(select(Send)).one()
    [written] = Path(app.instance_path).glob("sms/*-text_account_erased.txt")
    assert ("as you asked" in written.read_text()) is not by_the_shop
    assert (send.recipient, send.text, send.state) == (masked(PHONE), None, "sent")
    assert db.session.scalar(select(func.count()).select_from(Farewell)) == 0


@pytest.mark.covers("ACC-10")
def test_a_phone_that_cannot_be_texted_is_forgotten_as_well(make_shop: Callable[..., Flask]) -> None:
    with make_shop(environment="production").app_context():
        go(who_has_only_a_phone())
        run_outbox()
        assert (db.session.scalars(select(Send)).one().state, traces()) == ("failed", {})


@pytest.mark.covers("ACC-10")
def test_account_stays_while_an_order_is_open(app: Flask) -> None:
    user = a_user()
    user_id, order_id = user.id, an_order_id(visitor=a_customer(user))
    number = db.session.get_one(Order, order_id).number
    before = everything()
    with pytest.raises(StillNeeded, match=f"Order {number} is still open."):
        go(user_id)
    assert everything() == before
    db.session.get_one(Order, order_id).state = OrderState.DELIVERED
    db.session.commit()
    go(user_id)


@pytest.mark.covers("ACC-10")
def test_account_stays_while_money_is_on_its_way_back(app: Flask) -> None:
    user_id = zenobia().id
    live(db.session.get_one(User, user_id))
    db.session.scalars(select(Refund)).one().state = RefundState.PENDING
    db.session.commit()
    with pytest.raises(StillNeeded, match="A refund for order"):
        go(user_id)


@pytest.mark.covers("ACC-10", "ACC-12")
def test_last_owner_stays(app: Flask) -> None:
    owner_id = a_user(role="owner").id
    db.session.commit()
    with pytest.raises(LastOwner):
        go(owner_id)
    a_user(role="owner")
    db.session.commit()
    go(owner_id)


@pytest.mark.covers("ACC-10")
def test_erasure_that_fails_at_its_end_leaves_everything_as_it_was(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_user_id: int) -> None:
        raise ConnectionError("the database went away")

    user_id = zenobia().id
    live(db.session.get_one(User, user_id))
    before = everything()
    broken = Holding(("none",), "", Because("a test"), fail)
    monkeypatch.setattr(membership, "HOLDINGS", (*membership.HOLDINGS, broken))
    with pytest.raises(ConnectionError):
        go(user_id)
    assert everything() == before


@pytest.mark.covers("ACC-10")
def test_others_keep_everything(app: Flask) -> None:
    other = a_user("asha@example.com")
    an_order_id(visitor=a_customer(other))
    gone_id = zenobia().id
    run_outbox()
    mine = {table: [row for row in found if "asha@example.com" in row] for table, found in everything().items()}
    go(gone_id)
    still = {table: [row for row in found if "asha@example.com" in row] for table, found in everything().items()}
    assert still == mine
