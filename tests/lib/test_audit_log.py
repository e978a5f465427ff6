"""The session hook: every change of a mapped row is in the log, and what must not be read is not in it."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from shop.accounts.models import Address, User
from shop.accounts.services import addresses, sessions
from shop.catalog.models import Brand, Product
from shop.extensions import db
from shop.lib import outbox
from shop.lib.audit_log import recording
from shop.lib.audit_log.person_keys import forget_key, keys_of
from shop.lib.audit_log.values import ERASED, NOT_KEPT, read, revealed
from shop.lib.errors import NotFound
from shop.lib.events import HANDLERS, Handler, owe
from shop.lib.models import AuditEntry, OutboxEvent, PersonKey
from shop.lib.money import Money
from shop.lib.timed import TimedJobDue
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising import services as merchandising
from shop.merchandising.products.editing import edit_product
from shop.merchandising.products.fields import fields_of, version_of
from tests.checkout.buying import ADDRESS, a_ready_buyer, order_by
from tests.factories import a_product, a_user, a_variant, sign_in
from tests.support.barrier import all_at_once
from tests.support.shops import ShopClient
from tests.support.statements import statements

EXPECTED_TRIGGERS = {
    "sqlite": {f"{table}_no_{verb}" for table in ("audit_entry", "audit_seal") for verb in ("update", "delete")},
    "postgresql": {"audit_entry_append_only", "audit_seal_append_only"},
}


def entries(table: str, record: Any = None) -> list[AuditEntry]:
    """What the log says of a table or of one of its rows, oldest first."""
    found = select(AuditEntry).where(AuditEntry.table_name == table).order_by(AuditEntry.id)
    return list(db.session.scalars(found if record is None else found.where(AuditEntry.record_id == str(record))))


def opened(entry: AuditEntry) -> tuple[dict[str, Any], dict[str, Any]]:
    """Before and after as whoever may read the log sees them."""
    table, key = db.metadata.tables[entry.table_name], keys_of([entry.person_id or 0]).get(entry.person_id or 0)
    return read(table, entry.before, key), read(table, entry.after, key)


@pytest.mark.covers("OPS-03")
def test_a_change_is_logged_from_what_to_what(app: Flask) -> None:
    variant = a_variant(price=149900)
    merchandising.set_price(variant.id, Money(139900))
    *_, entry = entries("variant", variant.id)
    assert opened(entry) == ({"price": Money(149900)}, {"price": Money(139900)})
    assert (entry.action, entry.actor_kind, entry.user_id) == ("update", "operator", None)


@pytest.mark.covers("OPS-03")
def test_what_is_made_and_what_is_deleted_is_logged_whole(app: Flask) -> None:
    brand = Brand(slug="mira", name="Mira")
    db.session.add(brand)
    db.session.flush()
    db.session.delete(brand)
    db.session.flush()
    made, gone = entries("brand", brand.id)
    assert (made.action, made.before, gone.action, gone.after) == ("create", None, "delete", None)
    assert made.after == gone.before
    assert opened(made)[1]["name"] == "Mira"


def test_what_was_never_read_is_known_from_before_all_the_same(app: Flask) -> None:
    product = a_product("Harbour tee")
    db.session.expire(product)
    product.name = "Harbour shirt"
    db.session.flush()
    assert opened(entries("product", product.id)[-1])[0] == {"name": "Harbour tee"}


def test_what_does_not_change_is_not_logged(app: Flask) -> None:
    product = a_product("Harbour tee")
    before = len(entries("product"))
    product.name = "Harbour tee"
    product.specifications = dict(product.specifications)
    db.session.flush()
    assert len(entries("product")) == before


def test_what_is_rolled_back_never_was(app: Flask) -> None:
    db.session.commit()
    db.session.add(Brand(slug="mira", name="Mira"))
    db.session.flush()
    assert len(entries("brand")) == 1
    db.session.rollback()
    assert entries("brand") == []


@pytest.mark.covers("OPS-03")
def test_a_request_is_logged_with_person_address_and_id(client: ShopClient) -> None:
    owner, variant = a_user(role="owner"), a_variant(price=149900)
    owner_id, variant_id = owner.id, variant.id
    sign_in(client, owner)
    answer = client.post(f"/staff/variants/{variant_id}/price", data={"price": "1,299"})
    entry = entries("variant", variant_id)[-1]
    assert (entry.user_id, entry.actor_kind, entry.actor, entry.ip) == (owner_id, "staff", None, "127.0.0.1")
    assert entry.request_id == answer.headers["X-Request-ID"]


def test_a_job_is_logged_as_the_system_by_its_name(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    job = Handler("tests:add_brand", lambda _due: db.session.add(Brand(slug="j", name="J")), TimedJobDue, False)
    monkeypatch.setitem(HANDLERS, job.name, job)
    owe(job, TimedJobDue(job.name))
    db.session.commit()
    outbox.relay_once()
    [entry] = entries("brand")
    assert (entry.actor_kind, entry.actor, entry.request_id) == ("system", "tests:add_brand", None)
    assert db.session.query(OutboxEvent).count() == 0


@pytest.mark.covers("OPS-03")
def test_secrets_are_never_in_it(app: Flask) -> None:
    user = a_user()
    user.password_hash = "$argon2id$another"
    db.session.flush()
    sessions.start_session(user.id, "127.0.0.1", "tests")
    made, changed = entries("user_account", user.id)
    assert opened(changed) == ({"password_hash": NOT_KEPT}, {"password_hash": NOT_KEPT})
    assert opened(made)[1]["password_hash"] is NOT_KEPT
    everything = str(db.session.execute(text("SELECT * FROM audit_entry")).all())
    assert "argon2" not in everything
    assert entries("session") == []


@pytest.mark.covers("OPS-03")
def test_what_is_personal_is_readable_only_with_the_persons_key(app: Flask) -> None:
    user = a_user("meera@example.com", first_name="Meera")
    addresses.add_address(user.id, ADDRESS | {"label": "Home"})
    everything = str(db.session.execute(text("SELECT * FROM audit_entry")).all())
    assert not any(word in everything for word in ("Meera", "meera@", ADDRESS["street"]))
    [made] = entries("user_account", user.id)
    assert opened(made)[1]["email"] == "meera@example.com"
    forget_key(user.id)
    assert opened(made)[1]["email"] is ERASED
    assert opened(entries("address")[-1])[1]["street"] is ERASED
    assert opened(made)[1]["status"] == "active"


def test_whoever_was_forgotten_never_gets_a_key_again_and_nothing_is_written_of_them(app: Flask) -> None:
    user = a_user(first_name="Meera")
    forget_key(user.id)
    forget_key(user.id)
    user_id = user.id
    db.session.commit()
    user.first_name = "Nobody"
    with pytest.raises(NotFound):
        db.session.flush()
    db.session.rollback()
    assert opened(entries("user_account", user_id)[-1])[1]["first_name"] is ERASED
    kept = db.session.get_one(PersonKey, user_id, populate_existing=True)
    assert (kept.key, kept.destroyed_at is None) == (None, False)


def test_control_without_the_refusal_a_late_write_about_who_was_forgotten_stays(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "refuse_forgotten", lambda *_: None)
    user = a_user(first_name="Meera")
    forget_key(user.id)
    user.first_name = "Nobody"
    db.session.flush()
    assert opened(entries("user_account", user.id)[-1]) == ({"first_name": ERASED}, {"first_name": ERASED})


def test_a_shoppers_address_on_the_net_goes_with_them(client: ShopClient) -> None:
    user = a_user()
    user_id, email = user.id, user.email
    sign_in(client, user)
    client.post("/account/profile", data={"first_name": "Meera", "last_name": "Nair", "email": email})
    entry = entries("user_account", user_id)[-1]
    assert entry.user_id == user_id
    assert revealed(entry.ip, keys_of([user_id]).get(user_id)) == "127.0.0.1"
    forget_key(user_id)
    assert revealed(entry.ip, keys_of([user_id]).get(user_id)) is ERASED
    assert "127.0.0.1" not in str(entry.ip)


def test_two_who_write_about_somebody_new_at_once_share_one_key(app: Flask) -> None:
    user_id = a_user().id
    db.session.execute(text("DELETE FROM person_key"))
    db.session.commit()

    def rename(number: int) -> None:
        with unit_of_work():
            db.session.get_one(User, user_id, with_for_update=number == 0).last_name = f"Number {number}"

    assert [result for result in all_at_once(app, rename, 4) if isinstance(result, Exception)] == []
    assert {opened(entry)[1]["last_name"] for entry in entries("user_account", user_id)[1:]} <= {
        f"Number {number}" for number in range(4)
    }
    assert db.session.query(PersonKey).count() == 1


@pytest.mark.covers("OPS-03")
@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET user_id = 7", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_the_log(app: Flask, statement: str) -> None:
    a_user()
    db.session.commit()
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(text(statement))
    db.session.rollback()


def test_the_triggers_that_guard_the_log_are_there(app: Flask, engine: str) -> None:
    names = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit_%'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'audit_%'",
    }
    assert set(db.session.scalars(text(names[engine]))) == EXPECTED_TRIGGERS[engine]


def test_saving_a_product_costs_one_statement_more(app: Flask) -> None:
    product = a_product("Harbour tee")
    fields = fields_of(product)
    with statements() as seen:
        edit_product(product.id, fields, version_of(product))
        product.name = "Harbour shirt"
        product.variants[0].price = Money(129900)
        db.session.flush()
    assert len([statement for statement in seen if "audit_entry" in statement or "person_key" in statement]) == 1


def test_an_order_is_not_logged_twice(app: Flask) -> None:
    visitor = a_ready_buyer(a_variant())
    before = db.session.query(AuditEntry).count()
    order_by(visitor)
    assert db.session.query(AuditEntry).count() == before


def test_every_logged_table_reads_back_what_it_kept(app: Flask) -> None:
    a_product()
    addresses.add_address(a_user().id, ADDRESS | {"label": "Home"})
    db.session.flush()
    for model in (Product, Address, Brand):
        entry = entries(model.__tablename__)[-1]
        row = db.session.get_one(model, int(entry.record_id))
        assert {name: getattr(row, name) for name in opened(entry)[1]} == opened(entry)[1]
