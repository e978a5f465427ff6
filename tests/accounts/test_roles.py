"""Roles: made, changed, given, taken, deleted; what stays whatever anybody asks."""

import pytest
from flask import Flask
from sqlalchemy import select

from shop.accounts.errors import BeyondYou, LastOwner, RoleFixed, RoleInUse, RoleTaken
from shop.accounts.models import Role, User, UserStatus
from shop.accounts.permissions import CUSTOMER, OWNER, STAFF, Permission
from shop.accounts.queries import roles as role_queries
from shop.accounts.queries.people import visitor_of
from shop.accounts.services import role_changes, sessions
from shop.accounts.services.role_changes import RoleFields
from shop.extensions import db
from shop.lib.errors import NotFound, ShopError
from tests.factories import a_user

ALL = frozenset(Permission)
READS = frozenset({Permission.ORDER_READ, Permission.PRODUCT_READ})


def a_role(label: str = "Till", permissions: frozenset[str] = READS) -> Role:
    return role_changes.create_role(RoleFields(label, "At the counter", permissions), ALL)


def role_named(name: str) -> Role:
    return db.session.scalars(select(Role).where(Role.name == name)).one()


def may(user: User) -> frozenset[str]:
    visitor = visitor_of(sessions.start_session(user.id, None, "tests").id)
    assert visitor
    return visitor.permissions


@pytest.mark.covers("ACC-12")
def test_a_person_may_what_all_their_roles_allow_together(app: Flask):
    user = a_user(role="support")
    before = may(user)
    role = a_role(permissions=frozenset({Permission.STOCK_ADJUST}))
    for _ in range(2):
        role_changes.give(user.id, role.id, ALL)
    assert may(user) == before | {Permission.STOCK_ADJUST}
    role_changes.take(user.id, role.id, ALL)
    assert may(user) == before


@pytest.mark.covers("ACC-12")
def test_a_changed_role_allows_what_it_says_now(app: Flask):
    user, role = a_user(), a_role()
    role_changes.give(user.id, role.id, ALL)
    role_changes.change_role(role.id, RoleFields("Till two", "", frozenset({Permission.MAIL_READ})), ALL)
    assert may(user) == {Permission.MAIL_READ}
    assert (role.label, role.name, role.description) == ("Till two", "till-two", "")


@pytest.mark.covers("ACC-12")
@pytest.mark.parametrize("label", ["till", "TILL!", " Staff ", "oWNER"])
def test_two_roles_never_have_one_name(app: Flask, label: str):
    a_role()
    with pytest.raises(RoleTaken):
        a_role(label)


def test_a_role_needs_a_name_of_letters(app: Flask):
    with pytest.raises(ShopError):
        a_role("!!!")


@pytest.mark.covers("ACC-12")
def test_a_role_in_use_says_who_has_it_and_stays(app: Flask):
    role = a_role()
    for number in range(7):
        role_changes.give(a_user(first_name=f"Asha{number}").id, role.id, ALL)
    with pytest.raises(RoleInUse, match=r"Asha0 Rao, .*Asha4 Rao and 2 more have this role"):
        role_changes.delete_role(role.id)


@pytest.mark.covers("ACC-12")
def test_a_role_nobody_has_is_deleted(app: Flask):
    role_id = a_role().id
    role_changes.delete_role(role_id)
    db.session.expire_all()
    assert db.session.get(Role, role_id) is None
    with pytest.raises(NotFound):
        role_changes.delete_role(role_id)


@pytest.mark.covers("ACC-12")
@pytest.mark.parametrize("name", [OWNER, STAFF, "support", CUSTOMER])
def test_built_in_roles_stay_under_their_names(app: Flask, name: str):
    role = role_named(name)
    kept = role_queries.permissions_by_role(role.id)[role.id]
    with pytest.raises(RoleFixed):
        role_changes.delete_role(role.id)
    with pytest.raises(RoleFixed):
        role_changes.change_role(role.id, RoleFields("Another", "", kept), ALL)


@pytest.mark.covers("ACC-12")
@pytest.mark.parametrize("name", [OWNER, CUSTOMER])
def test_what_owners_and_customers_may_never_changes(app: Flask, name: str):
    role = role_named(name)
    with pytest.raises(RoleFixed):
        role_changes.change_role(role.id, RoleFields(role.label, "", READS), ALL)


@pytest.mark.covers("ACC-12")
def test_the_last_owner_stays_owner(app: Flask):
    owner, helper = a_user(role=OWNER), a_user(role=OWNER)
    role = role_named(OWNER)
    role_changes.take(helper.id, role.id, ALL)
    with pytest.raises(LastOwner):
        role_changes.take(owner.id, role.id, ALL)


@pytest.mark.covers("ACC-12")
def test_an_owner_who_cannot_log_in_does_not_count(app: Flask):
    owner = a_user(role=OWNER)
    a_user(role=OWNER, status=UserStatus.INACTIVE)
    with pytest.raises(LastOwner):
        role_changes.take(owner.id, role_named(OWNER).id, ALL)


@pytest.mark.covers("ACC-12")
def test_nobody_gives_or_takes_more_than_they_may_themselves(app: Flask):
    mine = frozenset({Permission.ROLE_UPDATE, Permission.ORDER_READ})
    owner, clerk, till = a_user(role=OWNER), a_user(), a_role()
    a_user(role=OWNER)
    for beyond in (
        lambda: role_changes.create_role(RoleFields("More", "", READS), mine),
        lambda: role_changes.change_role(till.id, RoleFields("Till", "", frozenset()), mine),
        lambda: role_changes.give(clerk.id, till.id, mine),
        lambda: role_changes.give(clerk.id, role_named(OWNER).id, mine),
        lambda: role_changes.take(owner.id, role_named(OWNER).id, mine),
    ):
        with pytest.raises(BeyondYou):
            beyond()
    assert may(clerk) == frozenset()
