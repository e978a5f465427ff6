"""The owner's pages of the audit log."""

from typing import Any

import pytest
from sqlalchemy import select

from shop.accounts.models import User
from shop.catalog.models import Variant
from shop.extensions import db
from shop.lib.models import AuditEntry
from shop.lib.money import Money
from tests.factories import a_user, a_variant
from tests.staff.desk import as_role, flashed, words
from tests.support.shops import ShopClient
from tests.support.statements import BUDGET, statements

AUDIT = "/staff/audit"


@pytest.fixture
def owner(client: ShopClient) -> ShopClient:
    return as_role(client)


def newest(table: str, **equal: Any) -> AuditEntry:
    """The newest entry about a table."""
    db.session.rollback()
    found = select(AuditEntry).filter_by(table_name=table, **equal).order_by(AuditEntry.id.desc())
    return db.session.scalars(found.limit(1)).one()


def a_new_price(owner: ShopClient) -> AuditEntry:
    """The entry of a price that the owner changed from 1,499 to 1,299."""
    variant_id = a_variant(price=149900).id
    owner.post(f"/staff/variants/{variant_id}/price", data={"price": "1,299"})
    return newest("variant")


@pytest.mark.covers("OPS-03")
def test_a_change_is_listed_with_who_made_it_and_from_what_to_what(owner: ShopClient) -> None:
    entry = a_new_price(owner)
    with statements() as seen:
        page = words(owner.get(AUDIT))
    assert len(seen) <= BUDGET
    assert "₹1,499 → ₹1,299" in page
    assert "Meera Nair" in page
    page = words(owner.get(f"{AUDIT}/{entry.id}"))
    for word in ("₹1,499", "₹1,299", "Meera Nair", "127.0.0.1", entry.request_id):
        assert word in page


@pytest.mark.covers("OPS-03")
def test_owner_undoes_a_change_from_its_page(owner: ShopClient) -> None:
    entry = a_new_price(owner)
    owner.post(f"{AUDIT}/{entry.id}/reversal")
    assert "Undone" in flashed(owner)
    assert db.session.get_one(Variant, int(entry.record_id), populate_existing=True).price == Money(149900)
    assert newest("variant").undoes == entry.id


@pytest.mark.covers("OPS-03")
def test_what_is_personal_is_readable_on_the_page_and_nowhere_in_the_log(owner: ShopClient) -> None:
    a_user("zoya@example.com", first_name="Zoya")
    db.session.commit()
    entry = newest("user_account")
    assert "zoya@example.com" in owner.get(f"{AUDIT}/{entry.id}").text
    assert "zoya" not in str(entry.after).lower()
    assert db.session.get_one(User, entry.person_id).password_hash not in owner.get(f"{AUDIT}/{entry.id}").text
