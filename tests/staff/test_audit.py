"""The owner's pages of the audit log."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from shop.accounts.models import User
from shop.accounts.permissions import Permission
from shop.accounts.services import role_changes
from shop.catalog.models import Variant
from shop.extensions import db
from shop.lib.audit_log.person_keys import forget_key
from shop.lib.clock import now
from shop.lib.models import AuditEntry
from shop.lib.money import Money
from shop.store.models import SettingValue
from shop.store.settings import FEW_LEFT, RESERVATION_MINUTES
from tests.accounts.test_roles import a_role
from tests.factories import a_user, a_variant, sign_in
from tests.staff.desk import as_role, flashed, words
from tests.support.settings import nothing_is_set
from tests.support.shops import ShopClient
from tests.support.statements import BUDGET, statements

AUDIT = "/staff/audit"


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


@pytest.fixture(autouse=True)
def _as_new(app: Flask) -> None:
    nothing_is_set()


def settings() -> dict[str, Any]:
    """What the owner has set."""
    db.session.rollback()
    return {row.key: row.value for row in db.session.scalars(select(SettingValue))}


def changes_in(page: Any) -> str:
    """What the list says, without the form above it."""
    _, _, listed = words(page).partition("What Action Change Who When")
    return listed


@pytest.mark.covers("OPS-03")
def test_a_change_is_listed_with_who_made_it_and_from_what_to_what(owner: ShopClient) -> None:
    entry = a_new_price(owner)
    with statements() as seen:
        page = words(owner.get(AUDIT))
    assert len(seen) <= BUDGET
    assert "₹1,499 → ₹1,299" in page
    assert "Meera Nair" in page
    with statements() as seen:
        page = words(owner.get(f"{AUDIT}/{entry.id}"))
    assert len(seen) <= BUDGET
    for word in ("₹1,499", "₹1,299", "Meera Nair", "127.0.0.1", entry.request_id):
        assert word in page


@pytest.mark.covers("OPS-03")
def test_the_log_is_narrowed_by_who_what_and_when(owner: ShopClient) -> None:
    entry = a_new_price(owner)
    tomorrow, today = ((now() + timedelta(days=days)).date().isoformat() for days in (2, -1))
    price = "₹1,499 → ₹1,299"
    for fits in (f"who={entry.user_id}", "table=variant", f"table=variant&record={entry.record_id}", "action=update",
                 f"since={today}", f"until={tomorrow}", f"request={entry.request_id}"):  # fmt: skip
        assert price in words(owner.get(f"{AUDIT}?{fits}")), fits
    for fits_not in ("who=nobody@example.com", "table=role", "table=variant&record=9", "action=delete",
                     f"since={tomorrow}", f"until={today}", "request=none"):  # fmt: skip
        assert price not in words(owner.get(f"{AUDIT}?{fits_not}")), fits_not
    assert "No change fits" in words(owner.get(f"{AUDIT}?request=none"))


@pytest.mark.covers("OPS-03")
def test_somebody_is_found_by_what_they_log_in_with(owner: ShopClient) -> None:
    entry = a_new_price(owner)
    me = db.session.get_one(User, entry.user_id)
    assert "₹1,499 → ₹1,299" in words(owner.get(f"{AUDIT}?who={me.email.upper()}"))  # type: ignore[union-attr]


@pytest.mark.parametrize("odd", [
    "table=nope", "action=%00", "since=yesterday", "until=9999-12-31", "since=0001-01-01", "before=x", "before=9999",
    "of=product-", "of=nothing-1", "of=product-99999999999999", "who=☃", "record=%25", "request=" + "x" * 400,
])  # fmt: skip
def test_an_odd_address_breaks_nothing(owner: ShopClient, odd: str) -> None:
    assert owner.get(f"{AUDIT}?{odd}").status_code == 200


@pytest.mark.covers("OPS-03")
def test_pages_keep_what_was_narrowed_and_lead_on(owner: ShopClient) -> None:
    for _ in range(30):
        a_variant()
    page = owner.get(f"{AUDIT}?table=variant&action=create")
    assert page.text.count("<tr>") == 1 + 25
    older = page.text.partition('href="/staff/audit?')[2].partition('"')[0].replace("&amp;", "&")
    assert "table=variant" in older
    assert "action=create" in older
    rest = owner.get(f"{AUDIT}?{older}")
    assert rest.text.count("<tr>") == 1 + 5
    assert "Newest" in words(rest)


@pytest.mark.covers("OPS-03")
@pytest.mark.parametrize("place", ["product", "role", "customer", "member"])
def test_each_record_leads_to_its_history(owner: ShopClient, place: str) -> None:
    variant_id, role = int(a_new_price(owner).record_id), a_role("Till")
    product_id, person = db.session.get_one(Variant, variant_id).product_id, a_user(role="support", first_name="Zoya")
    path, of, said = {
        "product": (f"/staff/products/{product_id}", f"product-{product_id}", "₹1,499 → ₹1,299"),
        "role": (f"/staff/roles/{role.id}", f"role-{role.id}", "Role: Till"),
        "customer": (f"/staff/customers/{person.id}", f"person-{person.id}", "Role of a person: Zoya Rao · Support"),
        "member": (f"/staff/team/{person.id}", f"person-{person.id}", "Role of a person: Zoya Rao · Support"),
    }[place]
    db.session.commit()
    assert f'href="{AUDIT}?of={of}"' in owner.get(path).text
    page = owner.get(f"{AUDIT}?of={of}")
    assert said in changes_in(page)
    assert "Only what changed about" in words(page)
    assert "Store profile" not in changes_in(page)


@pytest.mark.covers("OPS-03")
@pytest.mark.parametrize(("table", "path"), [
    ("variant", "/staff/products/"), ("role_permission", "/staff/roles/"), ("store_profile", "/staff/store/"),
    ("user_role", "/staff/customers/"),
])  # fmt: skip
def test_a_change_leads_to_the_page_of_what_changed(owner: ShopClient, table: str, path: str) -> None:
    a_new_price(owner)
    page = owner.get(f"{AUDIT}/{newest(table).id}").text
    [found] = re.findall(rf'href="({path}\d+)"', page.partition("<dt>Record</dt>")[2].partition("</dd>")[0])
    assert owner.get(found).status_code == 200


def test_history_is_not_offered_to_who_may_not_read_it(client: ShopClient) -> None:
    desk, product_id = as_role(client, "staff"), a_variant().product_id
    assert AUDIT not in desk.get(f"/staff/products/{product_id}").text
    assert desk.get(AUDIT).status_code == 403


@pytest.mark.covers("OPS-03")
def test_owner_undoes_a_change_from_its_page(owner: ShopClient) -> None:
    entry = a_new_price(owner)
    assert "Undo this change" in words(owner.get(f"{AUDIT}/{entry.id}"))
    owner.post(f"{AUDIT}/{entry.id}/reversal")
    assert "Undone" in flashed(owner)
    assert db.session.get_one(Variant, int(entry.record_id), populate_existing=True).price == Money(149900)
    undone = newest("variant")
    assert undone.undoes == entry.id
    assert f'href="{AUDIT}/{entry.id}"' in owner.get(f"{AUDIT}/{undone.id}").text
    assert "undid an earlier change" in words(owner.get(AUDIT))
    page = owner.get(f"{AUDIT}/{entry.id}")
    assert f'href="{AUDIT}/{undone.id}"' in page.text
    assert "Undo this change" not in words(page)
    assert "This change was undone" in words(page)


@pytest.mark.covers("OPS-03")
def test_what_cannot_be_undone_says_why_and_changes_nothing(owner: ShopClient) -> None:
    entry = a_new_price(owner)
    owner.post(f"/staff/variants/{entry.record_id}/price", data={"price": "1,199"})
    owner.post(f"{AUDIT}/{entry.id}/reversal")
    assert "It changed since: price is ₹1,199 now." in flashed(owner)
    assert db.session.get_one(Variant, int(entry.record_id), populate_existing=True).price == Money(119900)


@pytest.mark.covers("OPS-03", "STO-03")
def test_owner_undoes_a_whole_save_of_settings(owner: ShopClient) -> None:
    owner.post("/staff/settings", data={FEW_LEFT.key: "7", RESERVATION_MINUTES.key: "45"})
    assert settings() == {FEW_LEFT.key: 7, RESERVATION_MINUTES.key: 45}
    entry = newest("setting_value")
    page = words(owner.get(f"{AUDIT}/{entry.id}"))
    assert FEW_LEFT.title in page
    assert RESERVATION_MINUTES.words(45) in page
    owner.post(f"{AUDIT}/{entry.id}/reversal-of-save")
    assert settings() == {}


@pytest.mark.covers("OPS-03")
def test_a_save_of_very_many_changes_is_undone_by_a_job(owner: ShopClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shop.operations.log.undo.MOST", 1)
    owner.post("/staff/settings", data={FEW_LEFT.key: "7", RESERVATION_MINUTES.key: "45"})
    entry = newest("setting_value")
    assert "So much is undone by a job." in words(owner.get(f"{AUDIT}/{entry.id}"))
    job = owner.post(f"{AUDIT}/{entry.id}/reversal-of-save").location
    assert "2 changes undone." in words(owner.get(job))
    assert settings() == {}


@pytest.mark.covers("OPS-03")
def test_who_may_only_read_is_offered_no_undo(client: ShopClient) -> None:
    role, person = a_role("Reader", frozenset({Permission.AUDIT_READ})), a_user()
    role_changes.give(person.id, role.id, frozenset(Permission))
    sign_in(client, person)
    entry = newest("user_role")
    assert "Undo" not in words(client.get(f"{AUDIT}/{entry.id}"))
    assert client.post(f"{AUDIT}/{entry.id}/reversal").status_code == 403
    assert newest("user_role").id == entry.id


@pytest.mark.covers("OPS-03")
def test_what_is_personal_is_readable_on_the_page_until_the_person_is_forgotten(owner: ShopClient) -> None:
    person = a_user("zoya@example.com", first_name="Zoya")
    db.session.commit()
    entry = newest("user_account")
    page = owner.get(f"{AUDIT}/{entry.id}")
    assert "zoya@example.com" in page.text
    assert person.password_hash not in page.text
    assert "zoya" not in str(entry.after).lower()
    forget_key(person.id)
    page = owner.get(f"{AUDIT}/{entry.id}")
    assert "zoya@example.com" not in page.text
    assert "Erased" in words(page)


def test_an_entry_that_never_was_is_missing(owner: ShopClient) -> None:
    assert owner.get(f"{AUDIT}/987654").status_code == 404
    assert owner.post(f"{AUDIT}/987654/reversal").status_code == 404
