"""A change is undone from the audit log, where what it left is still there and whoever asks may do such a thing."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask, g
from sqlalchemy import select, text

from shop.accounts.errors import BeyondYou, LastOwner, RoleInUse
from shop.accounts.models import Address, Role, UserRole
from shop.accounts.permissions import Permission
from shop.accounts.queries import roles as role_queries
from shop.accounts.services import addresses, role_changes
from shop.accounts.services.role_changes import RoleFields
from shop.catalog.models import ListingRow
from shop.extensions import db
from shop.lib.audit_log.person_keys import forget_key
from shop.lib.clock import now
from shop.lib.errors import NotFound
from shop.lib.http.request_log import new_id
from shop.lib.models import AuditEntry
from shop.lib.money import Money
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising import services as merchandising
from shop.merchandising.errors import PriceRefused
from shop.operations.log import undo as undoing
from shop.operations.log.reading import read_changes
from shop.operations.log.undo import CannotUndo, obstacle, obstacle_of_save, saved_with, undo, undo_save
from shop.store.models import StoreProfile
from shop.store.setting_services import save_settings
from shop.store.settings import FEW_LEFT, RESERVATION_MINUTES, value_of
from tests.accounts.test_roles import a_role
from tests.checkout.buying import ADDRESS
from tests.factories import a_product, a_user, a_variant
from tests.support.statements import statements

ALL = frozenset(Permission)


def newest(table: str) -> AuditEntry:
    """The newest entry about a table."""
    db.session.flush()
    found = select(AuditEntry).where(AuditEntry.table_name == table).order_by(AuditEntry.id.desc())
    return db.session.scalars(found.limit(1)).one()


def why_not(entry: AuditEntry, may: frozenset[str] = ALL) -> str:
    """Why an entry cannot be undone: the page says it, and who tries it anyway is told the same."""
    said = obstacle(read_changes([entry])[0], may)
    with pytest.raises(CannotUndo) as refused:
        undo(entry.id, may)
    assert str(refused.value) == said
    return str(said)


@contextmanager
def one_request() -> Iterator[None]:
    """What is done inside is saved together."""
    g.request_id = new_id()
    yield
    db.session.flush()
    g.pop("request_id")


@pytest.mark.covers("OPS-03")
def test_a_price_is_put_back_and_the_shelf_shows_it(app: Flask) -> None:
    variant = a_variant(price=149900)
    merchandising.set_price(variant.id, Money(129900))
    undo(newest("variant").id, ALL)
    assert variant.price == Money(149900)
    assert db.session.get_one(ListingRow, variant.product_id, populate_existing=True).price == Money(149900)


@pytest.mark.covers("OPS-03")
def test_an_undo_stands_in_the_log_names_what_it_undid_and_can_be_undone(app: Flask) -> None:
    variant = a_variant(price=149900)
    merchandising.set_price(variant.id, Money(129900))
    change = newest("variant")
    undo(change.id, ALL)
    undone = newest("variant")
    assert (undone.undoes, undone.before, undone.after) == (change.id, change.after, change.before)
    undo(undone.id, ALL)
    assert (newest("variant").undoes, variant.price) == (undone.id, Money(129900))


@pytest.mark.covers("OPS-03")
def test_a_product_gets_its_words_back(app: Flask) -> None:
    product = a_product("Harbour tee", description="Soft")
    product.name, product.description = "Harbour shirt", "Softer"
    undo(newest("product").id, ALL)
    assert (product.name, product.description) == ("Harbour tee", "Soft")


@pytest.mark.covers("OPS-03")
def test_what_changed_since_is_not_undone_and_the_reason_says_what(app: Flask) -> None:
    variant = a_variant(price=149900)
    merchandising.set_price(variant.id, Money(129900))
    change = newest("variant")
    merchandising.set_price(variant.id, Money(119900))
    assert why_not(change) == "It changed since: price is ₹1,199 now."
    assert variant.price == Money(119900)


def test_what_people_wrote_is_not_told_to_who_undoes(app: Flask) -> None:
    person = a_user(first_name="Zoya")
    person.first_name = "Zoe"
    change = newest("user_account")
    person.first_name = "Zora"
    assert why_not(change) == "It changed since: first name is another now."


@pytest.mark.covers("OPS-03")
def test_what_the_rules_of_the_shelf_forbid_today_is_not_put_back(app: Flask) -> None:
    product = a_product(price=149900)
    merchandising.set_price(product.variants[0].id, Money(129900))
    change = newest("variant")
    product.mrp = Money(139900)
    db.session.flush()
    with pytest.raises(PriceRefused):
        undo(change.id, ALL)


@pytest.mark.covers("OPS-03")
@pytest.mark.parametrize(("table", "reason"), [
    ("product", "not undone from here"),
])  # fmt: skip
def test_what_has_no_way_back_says_so(app: Flask, table: str, reason: str) -> None:
    a_product()
    assert reason in why_not(newest(table))


@pytest.mark.covers("OPS-03")
def test_secrets_are_not_put_back(app: Flask) -> None:
    person = a_user()
    person.password_hash = "$argon2id$another"
    assert "not undone from here" in why_not(newest("user_account"))


@pytest.mark.covers("OPS-03")
def test_an_address_comes_back_until_the_person_is_forgotten(app: Flask) -> None:
    person = a_user()
    addresses.add_address(person.id, ADDRESS | {"label": "Home"})
    db.session.delete(db.session.scalars(select(Address)).one())
    gone = newest("address")
    undo(gone.id, ALL)
    [back] = db.session.scalars(select(Address))
    assert (back.street, back.label) == (ADDRESS["street"], "Home")
    assert why_not(gone) == "It is there again."
    db.session.delete(back)
    db.session.flush()
    forget_key(person.id)
    assert why_not(gone) == "The person was forgotten, and with them what stood here."


@pytest.mark.covers("OPS-03")
def test_what_was_deleted_since_has_nothing_to_undo(app: Flask) -> None:
    addresses.add_address(a_user().id, ADDRESS | {"label": "Home"})
    db.session.flush()
    made = newest("address")
    undo(made.id, ALL)
    assert why_not(made) == "It was deleted since."


def test_what_belongs_to_something_that_is_gone_stays_gone(app: Flask) -> None:
    role = a_role()
    role_changes.change_role(role.id, RoleFields("Till", "", frozenset()), ALL)
    taken = newest("role_permission")
    role_changes.delete_role(role.id)
    with pytest.raises(CannotUndo, match="It is gone, or what it belongs to is"):
        undo(taken.id, ALL)


def test_nothing_is_given_back_to_who_deleted_their_account(app: Flask) -> None:
    role, person = a_role(), a_user()
    role_changes.give(person.id, role.id, ALL)
    role_changes.take(person.id, role.id, ALL)
    taken = newest("user_role")
    person.erased_at = now()
    db.session.flush()
    with pytest.raises(CannotUndo, match="It is gone"):
        undo(taken.id, ALL)


def test_a_place_that_something_else_took_is_not_taken_back(app: Flask) -> None:
    role = a_role("Till", frozenset())
    # SQLite gives the number of the last row again once it is gone.
    a_role("Desk", frozenset())
    role_changes.delete_role(role.id)
    gone = newest("role")
    a_role("Till", frozenset())
    with pytest.raises(CannotUndo, match="took its place"):
        undo(gone.id, ALL)
    db.session.rollback()


@pytest.mark.covers("OPS-03")
@pytest.mark.parametrize(("table", "missing"), [
    ("variant", Permission.PRODUCT_UPDATE), ("user_role", Permission.ROLE_UPDATE),
    ("setting_value", Permission.SETTING_UPDATE),
])  # fmt: skip
def test_who_may_not_change_a_thing_may_not_undo_changes_of_it(app: Flask, table: str, missing: Permission) -> None:
    merchandising.set_price(a_variant(price=149900).id, Money(129900))
    a_user(role="support")
    save_settings({FEW_LEFT.key: 7})
    assert "your role would have to allow you" in why_not(newest(table), ALL - {missing})


@pytest.mark.covers("OPS-03")
def test_nobody_undoes_more_than_they_may_themselves(app: Flask) -> None:
    me = frozenset({Permission.AUDIT_UNDO, Permission.ROLE_UPDATE})
    strong, person = a_role("Head", ALL), a_user(role="owner", first_name="Meera")
    role_changes.give(person.id, strong.id, ALL)
    given = newest("user_role")
    role_changes.change_role(strong.id, RoleFields("Head", "", ALL - {Permission.STOCK_ADJUST}), ALL)
    narrowed = newest("role_permission")
    person.first_name = "Mira"
    renamed = newest("user_account")
    for entry in (given, narrowed, renamed):
        with pytest.raises(BeyondYou):
            undo(entry.id, me)


def test_the_stores_words_come_back_and_its_country_does_not(app: Flask) -> None:
    profile = db.session.scalars(select(StoreProfile)).one()
    before, profile.announcement = profile.announcement, "Sale until Sunday"
    undo(newest("store_profile").id, ALL)
    assert profile.announcement == before
    profile.currency = "USD"
    assert "not undone from here" in why_not(newest("store_profile"))


@pytest.mark.covers("OPS-03", "ACC-12")
def test_roles_given_and_taken_are_undone(app: Flask) -> None:
    role, person = a_role(), a_user()
    role_changes.give(person.id, role.id, ALL)
    given = newest("user_role")
    undo(given.id, ALL)
    assert db.session.get(UserRole, (person.id, role.id)) is None
    undo(newest("user_role").id, ALL)
    assert db.session.get(UserRole, (person.id, role.id))


@pytest.mark.covers("OPS-03", "ACC-12")
def test_what_a_role_allows_is_undone_and_holds_at_once(app: Flask) -> None:
    role = a_role("Till", frozenset({Permission.ORDER_READ}))
    role_changes.change_role(role.id, RoleFields("Till", "", frozenset({Permission.MAIL_READ})), ALL)
    before = db.session.scalar(text("SELECT version FROM access_policy"))
    undo(newest("role_permission").id, ALL)
    assert len(role_queries.permissions_by_role(role.id)[role.id]) != 1
    assert db.session.scalar(text("SELECT version FROM access_policy")) != before


def test_roles_keep_their_own_rules_when_changes_of_them_are_undone(app: Flask) -> None:
    role, owner = a_role(), a_user(role="owner")
    made, owning = newest("role"), newest("user_role")
    role_changes.give(a_user().id, role.id, ALL)
    with pytest.raises(RoleInUse):
        undo(made.id, ALL)
    with pytest.raises(LastOwner):
        undo(owning.id, ALL)
    assert role_queries.permissions_of_person(owner.id) == ALL


@pytest.mark.covers("OPS-03", "STO-03")
def test_one_save_of_settings_is_undone_as_one(app: Flask) -> None:
    save_settings({FEW_LEFT.key: 7})
    with one_request():
        save_settings({FEW_LEFT.key: FEW_LEFT.default, RESERVATION_MINUTES.key: 45})
    saved = newest("setting_value")
    assert len(saved_with(saved)) == 2
    undo_save(saved.id, ALL)
    assert (value_of(FEW_LEFT), value_of(RESERVATION_MINUTES)) == (7, RESERVATION_MINUTES.default)
    undid = db.session.scalars(select(AuditEntry.undoes).order_by(AuditEntry.id.desc()).limit(2))
    assert set(undid) == {one.id for one in saved_with(saved)}


@pytest.mark.covers("OPS-03")
def test_a_save_is_undone_whole_or_not_at_all(app: Flask) -> None:
    with one_request():
        save_settings({FEW_LEFT.key: 7, RESERVATION_MINUTES.key: 45})
    saved = newest("setting_value")
    save_settings({FEW_LEFT.key: 8})
    assert "It changed since" in str(obstacle_of_save(read_changes(saved_with(saved)), ALL))
    db.session.commit()
    with pytest.raises(CannotUndo), unit_of_work():
        undo_save(saved.id, ALL)
    assert (value_of(FEW_LEFT), value_of(RESERVATION_MINUTES)) == (8, 45)


@pytest.mark.covers("OPS-03")
def test_a_role_that_was_deleted_comes_back_with_what_it_allowed(app: Flask) -> None:
    role = a_role("Till", frozenset({Permission.ORDER_READ, Permission.MAIL_READ}))
    number = role.id
    with one_request():
        role_changes.delete_role(number)
    deleted = newest("role")
    assert obstacle_of_save(read_changes(saved_with(deleted)), ALL) is None
    undo_save(deleted.id, ALL)
    assert db.session.get_one(Role, number).label == "Till"
    assert role_queries.permissions_by_role(number)[number] == {Permission.ORDER_READ, Permission.MAIL_READ}


def test_of_a_row_that_one_save_changed_twice_the_last_change_counts(app: Flask) -> None:
    variant = a_variant(price=149900)
    with one_request():
        merchandising.set_price(variant.id, Money(139900))
        merchandising.set_price(variant.id, Money(129900))
    saved = newest("variant")
    assert obstacle_of_save(read_changes(saved_with(saved)), ALL) is None
    undo_save(saved.id, ALL)
    assert variant.price == Money(149900)


def test_a_save_of_very_many_changes_is_not_undone_while_somebody_waits(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undoing, "MOST", 1)
    with one_request():
        save_settings({FEW_LEFT.key: 7, RESERVATION_MINUTES.key: 45})
    saved = newest("setting_value")
    assert "by a job" in str(obstacle_of_save(read_changes(saved_with(saved)), ALL))
    with pytest.raises(CannotUndo, match="by a job"):
        undo_save(saved.id, ALL)


def test_a_save_without_a_request_is_a_single_change(app: Flask) -> None:
    save_settings({FEW_LEFT.key: 7, RESERVATION_MINUTES.key: 45})
    saved = newest("setting_value")
    assert saved_with(saved) == [saved]


def test_what_never_was_is_not_undone(app: Flask) -> None:
    for verb in (undo, undo_save):
        with pytest.raises(NotFound):
            verb(987654, ALL)


def test_asking_what_stands_in_the_way_of_a_save_costs_a_statement_a_table(app: Flask) -> None:
    variants = [a_variant(price=149900) for _ in range(6)]
    with one_request():
        for variant in variants:
            merchandising.set_price(variant.id, Money(139900))
    together = read_changes(saved_with(newest("variant")))
    with statements() as seen:
        assert obstacle_of_save(together, ALL) is None
    assert len(seen) == 1
