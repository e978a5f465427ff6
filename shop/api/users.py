"""Customers, for those who look after them (ACC-10, ACC-14)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select
from werkzeug.exceptions import Forbidden

from shop.accounts.contacts import split_phone
from shop.accounts.customers import queries, services
from shop.accounts.customers.queries import CustomerFilter
from shop.accounts.guards import confirmed
from shop.accounts.labels import USER_STATUS
from shop.accounts.models import User, UserStatus
from shop.accounts.permissions import Permission
from shop.accounts.services.credentials import new_hash
from shop.accounts.services.passwords import generated_password
from shop.accounts.services.people import Person
from shop.accounts.services.profiles import About
from shop.accounts.visits import visitor
from shop.api.door import ApiBlueprint, NothingToChange, needs, total_of
from shop.api.schemas.customers import AddedCustomer, Customer, CustomerChange, NewCustomer, UserQuery
from shop.api.schemas.fields import Deleted
from shop.api.schemas.labels import label_of
from shop.lib.queries import one_or_404, slice_of
from shop.lib.unit_of_work import steps, unit_of_work
from shop.membership import services as membership

bp = ApiBlueprint("users", "users", "Customers, for those who look after them")
reads, updates = needs(Permission.CUSTOMER_READ), needs(Permission.CUSTOMER_UPDATE)
deactivates = needs(Permission.CUSTOMER_DEACTIVATE)
KEPT = ("id", "first_name", "last_name", "email", "phone", "gender", "date_of_birth", "picture", "email_verified_at",
        "phone_verified_at", "created_at", "last_login_at", "is_active", "orders_count", "spent",
        "last_order_at")  # fmt: skip
REACHED, SAID = ("first_name", "last_name", "email", "phone"), ("gender", "date_of_birth")


@bp.get("/")
@reads
@bp.query(UserQuery)
@bp.lists(Customer)
def index(query: dict[str, Any]) -> Any:
    """People with an account: customers, and for those who see the team the team as well."""
    skip, limit = query.pop("skip"), query.pop("limit")
    names = {"text": query.pop("q"), "status": query.pop("user_status_id"), "age_from": query.pop("age_min")}
    wanted = CustomerFilter(**names, age_to=query.pop("age_max"), with_team=_sees_the_team(), **query)
    found = slice_of(queries.customers(wanted), skip, limit)
    return [_shown(person) for person in found.items], total_of(found.total)


@bp.post("/")
@updates
@bp.body(NewCustomer)
@bp.response(201, AddedCustomer)
@steps
def create(values: dict[str, Any]) -> dict[str, Any]:
    """Add a customer; a password that was made for them stands in this answer and nowhere else.

    409 where the e-mail or phone has an account.
    """
    made = {} if values["password"] else {"password": generated_password()}
    password_hash = new_hash(values["password"] or made["password"])
    with unit_of_work():
        return _shown(services.add_customer(values["person"], values["about"], password_hash)) | made


@bp.get("/<key:user_id>")
@reads
@bp.response(200, Customer)
def show(user_id: int) -> dict[str, Any]:
    """One person with an account."""
    return _shown(one_or_404(_visible(select(User).where(User.id == user_id, User.erased_at.is_(None)))))


@bp.put("/<key:user_id>")
@updates
@bp.body(CustomerChange)
@bp.response(200, Customer)
@steps
def update(change: dict[str, Any], user_id: int) -> dict[str, Any]:
    """Change what is sent of a customer. How the account stands needs the permission to deactivate.

    403 for another e-mail or phone without the permission to sign in as a customer, or with an old sign-in
    (`confirm_password`): they open the account.
    409 where e-mail or phone have an account, and for somebody of the team.
    """
    with unit_of_work():
        person = services.customer(user_id)
        if not change:
            raise NothingToChange
        if "user_status_id" in change:
            _set_status(user_id, change["user_status_id"])
        if change.keys() & {*REACHED, *SAID}:
            services.change_customer(user_id, *_changed(person, change), visitor())
        return _shown(person)


@bp.delete("/<key:user_id>")
@needs(Permission.CUSTOMER_DELETE)
@confirmed
@bp.response(200, Deleted)
def remove(user_id: int) -> dict[str, bool]:
    """Delete a customer for good: everything of theirs goes, orders keep what the books need. The old address is told.

    409 while an order or a refund is on its way, and for somebody of the team.
    """
    membership.erase(services.customer(user_id).id, by=visitor().user_id or 0)
    return {"deleted": True}


@bp.post("/<key:user_id>/deactivate")
@deactivates
@bp.response(200, Customer)
def deactivate(user_id: int) -> dict[str, Any]:
    """Let a customer log in no more; their sessions and tokens die at once. 409 for somebody of the team."""
    return _shown(services.set_status(user_id, UserStatus.INACTIVE))


@bp.post("/<key:user_id>/activate")
@deactivates
@bp.response(200, Customer)
def activate(user_id: int) -> dict[str, Any]:
    """Let a customer log in again. 409 for somebody of the team."""
    return _shown(services.set_status(user_id, UserStatus.ACTIVE))


def _set_status(user_id: int, status: UserStatus) -> None:
    if not visitor().can(Permission.CUSTOMER_DEACTIVATE):
        raise Forbidden("Your role does not allow this.")
    services.set_status(user_id, status)


def _changed(person: User, change: dict[str, Any]) -> tuple[Person, About]:
    values = {name: change.get(name, getattr(person, name)) for name in (*REACHED, *SAID)}
    names = (values["first_name"], values["last_name"] or "", values["email"] or None, values["phone"] or None)
    return Person(*names), About(values["gender"] or None, values["date_of_birth"])


def _visible(people: Select[User]) -> Select[User]:
    return people if _sees_the_team() else people.where(queries.is_customer())


def _sees_the_team() -> bool:
    return visitor().can(Permission.TEAM_READ)


def _shown(person: User) -> dict[str, Any]:
    code, number = split_phone(person.phone)
    shown = {name: getattr(person, name) for name in KEPT}
    shown |= {"user_status_id": person.status, "user_status_label": label_of(USER_STATUS, person.status)}
    return shown | {"country_code": code, "phone_no": number}
