"""Reads of customers: who fits a search and filters, in an order that an index gives (ACC-14)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, func, literal, literal_column, select, union_all
from sqlalchemy.orm import joinedload

from shop.accounts.customers.models import CustomerGroup, CustomerGroupMember, CustomerNote
from shop.accounts.models import Role, RolePermission, User, UserRole, UserStatus
from shop.extensions import db
from shop.store.days import today

# An index of PostgreSQL holds exactly this expression, so it is written as it stands there (migration 0016).
SEARCHED: ColumnElement[str] = literal_column(
    "lower(user_account.first_name || ' ' || user_account.last_name || ' ' ||"
    " coalesce(user_account.email, '') || ' ' || coalesce(user_account.phone, ''))",
    String,
)
MOST_WORDS = 6
OLDEST = 120
INDEXED_LETTERS = 3
SORTS: dict[str, tuple[ColumnElement[Any], ...]] = {
    "newest": (User.created_at.desc(), User.id.desc()),
    "oldest": (User.created_at.asc(), User.id.asc()),
    "name": (func.lower(User.first_name).asc(), func.lower(User.last_name).asc(), User.id.asc()),
    "orders": (User.orders_count.desc(), User.id.desc()),
    "spent": (User.spent.desc(), User.id.desc()),
}


@dataclass(frozen=True)
class CustomerFilter:
    """What customers are narrowed to, and one of SORTS; what is empty or None narrows nothing. Ages are in years.

    Whoever has a part in running the shop is left out, unless `with_team`.
    """

    text: str = ""
    status: str = ""
    is_active: bool | None = None
    is_email_verified: bool | None = None
    is_phone_verified: bool | None = None
    gender: str = ""
    age_from: int | None = None
    age_to: int | None = None
    role_id: int | None = None
    group_id: int | None = None
    sort: str = "newest"
    with_team: bool = False


Customers = Select[User]


def customers(wanted: CustomerFilter = CustomerFilter()) -> Customers:
    """Customers who fit."""
    return select(User).where(*_conditions(wanted)).order_by(*SORTS[wanted.sort])


@dataclass(frozen=True)
class Choices:
    """What a list can be narrowed to: labels by id."""

    roles: dict[int, str]
    groups: dict[int, str]


def choices() -> Choices:
    """Every role and group, in one statement."""
    of_roles = select(literal("roles").label("kind"), Role.id, Role.label.label("label"), Role.id.label("place"))
    of_groups = select(literal("groups"), CustomerGroup.id, CustomerGroup.name, literal(0))
    found = Choices({}, {})
    for kind, key, label, _place in db.session.execute(union_all(of_roles, of_groups).order_by("place", "label")):
        getattr(found, kind)[key] = label
    return found


def notes_about(user_id: int) -> Select[CustomerNote]:
    """What the team wrote down about a customer, the newest first, each with who wrote it."""
    notes = select(CustomerNote).where(CustomerNote.user_id == user_id).options(joinedload(CustomerNote.author))
    return notes.order_by(CustomerNote.id.desc())


def is_customer() -> ColumnElement[bool]:
    """The condition under which a person has no part in running the shop."""
    staff = select(UserRole.user_id).join(RolePermission, RolePermission.role_id == UserRole.role_id)
    return User.id.not_in(staff)


def _conditions(wanted: CustomerFilter) -> Iterator[ColumnElement[bool]]:
    yield User.erased_at.is_(None)
    if not wanted.with_team:
        yield is_customer()
    if wanted.role_id is not None:
        yield User.id.in_(select(UserRole.user_id).where(UserRole.role_id == wanted.role_id))
    if wanted.group_id is not None:
        in_group = CustomerGroupMember.group_id == wanted.group_id
        yield User.id.in_(select(CustomerGroupMember.user_id).where(in_group))
    yield from (_mentions(word) for word in wanted.text.lower().split()[:MOST_WORDS])
    yield from _about_the_account(wanted)
    yield from _about_the_person(wanted, today())


def _mentions(word: str) -> ColumnElement[bool]:
    """The index is made of groups of three letters: for fewer it would be read as a whole, so it is not asked."""
    place = SEARCHED if len(word) >= INDEXED_LETTERS else SEARCHED.concat("")
    return place.contains(word, autoescape=True)


def _about_the_account(wanted: CustomerFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.status:
        yield User.status == wanted.status
    answers = (
        (User.status == UserStatus.ACTIVE, wanted.is_active),
        (User.email_verified_at.is_not(None), wanted.is_email_verified),
        (User.phone_verified_at.is_not(None), wanted.is_phone_verified),
    )
    yield from (condition if answer else ~condition for condition, answer in answers if answer is not None)


def _about_the_person(wanted: CustomerFilter, day: date) -> Iterator[ColumnElement[bool]]:
    if wanted.gender:
        yield User.gender == wanted.gender
    if wanted.age_from is not None:
        yield User.date_of_birth <= years_before(day, wanted.age_from)
    if wanted.age_to is not None:
        yield User.date_of_birth > years_before(day, wanted.age_to + 1)


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; who was born on it is that old on `day`. 29 February counts as 1 March."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)
