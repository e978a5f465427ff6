"""Groups of customers: made, named, filled by hand or with everybody a list shows (ACC-14)."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Select, delete, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from shop.accounts.customers.errors import GroupInUse, GroupTaken
from shop.accounts.customers.models import CustomerGroup, CustomerGroupMember
from shop.accounts.models import User
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.errors import ShopError
from shop.lib.queries import one_or_404

Member = CustomerGroupMember


def groups() -> Select[CustomerGroup]:
    """All groups by name."""
    return select(CustomerGroup).order_by(func.lower(CustomerGroup.name), CustomerGroup.id)


def groups_of(user_id: int) -> Select[CustomerGroup]:
    """The groups a customer is in."""
    return groups().join(Member, Member.group_id == CustomerGroup.id).where(Member.user_id == user_id)


def group_ids_of(user_id: int) -> frozenset[int]:
    """The ids of the groups a customer is in."""
    return frozenset(db.session.scalars(select(Member.group_id).where(Member.user_id == user_id)))


def people_by_group() -> dict[int, int]:
    """How many are in each group that somebody is in."""
    counted = select(Member.group_id, func.count().label("people")).group_by(Member.group_id)
    return {row.group_id: row.people for row in db.session.execute(counted)}


def create_group(name: str, description: str) -> CustomerGroup:
    """A new group, with nobody in it. Raises GroupTaken."""
    group = CustomerGroup(code=_code_of(name), name=name, description=description)
    db.session.add(group)
    _flush()
    return group


def change_group(group_id: int, name: str, description: str) -> CustomerGroup:
    """Call a group something else. Raises GroupTaken or NotFound."""
    group = _group(group_id)
    group.code, group.name, group.description = _code_of(name), name, description
    _flush()
    return group


def delete_group(group_id: int) -> None:
    """Take a group away; whoever is in it stays a customer. Raises GroupInUse or NotFound."""
    group = _group(group_id)
    try:
        with db.session.begin_nested():
            db.session.execute(delete(Member).where(Member.group_id == group.id))
            db.session.delete(group)
    except IntegrityError as error:
        raise GroupInUse from error


def add_people(group_id: int, people: Select[User], by: int) -> int:
    """Put all of these in a group, once; one statement, however many. Returns how many are new. Raises NotFound."""
    _group(group_id)
    rows = people.order_by(None).with_only_columns(literal(group_id), User.id, literal(by), literal(now(), _moment()))
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    added = dialect.insert(Member).from_select(["group_id", "user_id", "added_by", "added_at"], rows)
    return _count(added.on_conflict_do_nothing())


def remove_people(group_id: int, people: Select[User]) -> int:
    """Take all of these out of a group. Returns how many were in it. Raises NotFound."""
    _group(group_id)
    theirs = people.order_by(None).with_only_columns(User.id)
    return _count(delete(Member).where(Member.group_id == group_id, Member.user_id.in_(theirs)))


def _count(statement: Any) -> int:
    done: Any = db.session.execute(
        statement, execution_options={"synchronize_session": False, "preserve_rowcount": True}
    )
    return int(done.rowcount)


def _group(group_id: int) -> CustomerGroup:
    """Held until the unit ends, so that nobody is added to a group that is just taken away."""
    return one_or_404(select(CustomerGroup).where(CustomerGroup.id == group_id).with_for_update())


def _code_of(name: str) -> str:
    code = "-".join(re.findall(r"\w+", name.casefold()))[:60]
    if not code:
        raise ShopError("Use letters or digits for the name.", field="name")
    return code


def _flush() -> None:
    try:
        db.session.flush()
    except IntegrityError as error:
        raise GroupTaken from error


def _moment() -> Any:
    return Member.added_at.type
