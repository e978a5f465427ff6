"""What happened with a customer, on one page."""

from datetime import timedelta

import pytest

from shop.accounts.models import User
from shop.accounts.services import addresses
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.unit_of_work import unit_of_work
from shop.membership import story
from shop.membership.story import story_of
from tests.checkout.buying import ADDRESS, an_order_id, pay
from tests.factories import a_customer, a_user, a_variant
from tests.staff.desk import as_role, words
from tests.storefront.people import fresh, log_in
from tests.support.outbox import run_outbox
from tests.support.shops import ShopClient
from tests.support.statements import statements


@pytest.fixture
def ila(client: ShopClient) -> int:
    """A customer with a past."""
    person = a_user("ila@example.com", first_name="Ila", created_at=now() - timedelta(days=9))
    user_id, visitor = person.id, a_customer(person)
    addresses.add_address(user_id, ADDRESS | {"label": "Home"})
    order_id = an_order_id(a_variant(price=149900), payment="card", visitor=visitor)
    pay(order_id)
    log_in(client.application.test_client(), "ila@example.com")
    return user_id


@pytest.mark.covers("ACC-14")
def test_timeline_tells_of_logins_orders_money_mails_and_changes(client: ShopClient, ila: int) -> None:
    run_outbox()
    page = words(as_role(client).get(f"/staff/customers/{ila}/timeline"))
    for told in (
        "Became a customer",
        "Logged in",
        "ORD-2026-0001: Placed",
        "₹1,499 paid for order",
        "Message",
        "Address added",
    ):
        assert told in page, told
    assert page.index("Logged in") < page.index("Became a customer")


@pytest.mark.covers("ACC-14")
def test_changes_are_told_by_their_fields_and_not_by_what_was_in_them(client: ShopClient, ila: int) -> None:
    with unit_of_work():
        db.session.get_one(User, ila).first_name = "Ilina-Maria"
        db.session.flush()
        db.session.get_one(User, ila).first_name = "Ila"
    page = words(as_role(client, "support").get(f"/staff/customers/{ila}/timeline"))
    assert "Account changed: First name" in page
    assert "Ilina-Maria" not in page


@pytest.mark.covers("ACC-14")
def test_long_story_is_read_in_stretches_that_lose_nothing(
    client: ShopClient, ila: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [(moment.at, moment.kind) for moment in story_of(fresh(ila)).moments]
    monkeypatch.setattr(story, "MOST", 2)
    found, before = [], None
    while True:
        stretch = story_of(fresh(ila), before)
        found += [(moment.at, moment.kind) for moment in stretch.moments]
        if (before := stretch.older) is None:
            break
    assert sorted(found) == sorted(whole)
    page = as_role(client).get(f"/staff/customers/{ila}/timeline")
    assert "Older" in words(page)
    for odd in ("x", "2026-13-01", "2026-01-01", "9999-12-31T23:59:59.999999+14:00"):
        assert client.get(f"/staff/customers/{ila}/timeline", query_string={"before": odd}).status_code == 200


@pytest.mark.covers("ACC-14")
def test_timeline_asks_little(client: ShopClient, ila: int) -> None:
    owner = as_role(client)
    owner.get(f"/staff/customers/{ila}/timeline")
    with statements() as seen:
        owner.get(f"/staff/customers/{ila}/timeline")
    assert len(seen) <= 14, seen
