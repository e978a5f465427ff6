"""The owner's team: members are added, changed, deactivated and given passwords (ACC-13).

`may` is what the one who asks may do: nobody touches the account of somebody who may more.
"""

from __future__ import annotations

from shop.accounts.errors import BeyondYou, NotYourself
from shop.accounts.models import User, UserStatus
from shop.accounts.queries.roles import permissions_of_person, roles_of
from shop.accounts.queries.team import team
from shop.accounts.services import credentials, people, role_changes, two_factor
from shop.accounts.services.people import Person
from shop.accounts.services.role_changes import Permissions
from shop.accounts.services.sessions import end_sessions_of
from shop.lib.errors import ShopError
from shop.lib.queries import one_or_404, rows


def add_member(person: Person, password_hash: str, role_id: int, may: Permissions) -> User:
    """An account with a role that allows something. Raises AlreadyTaken, BeyondYou, or NotFound for the role."""
    user = people.add_account(person, password_hash)
    role_changes.give(user.id, role_id, may)
    if not permissions_of_person(user.id):
        raise ShopError("This role allows nothing, so nobody joins the team with it.", field="role_id")
    return user


def change_member(user_id: int, person: Person, by: int, may: Permissions) -> None:
    """Change name, e-mail and phone. Raises AlreadyTaken, NotYourself, BeyondYou or NotFound."""
    member = member_within_reach(user_id, may)
    if member.id == by and (person.email, person.phone) != (member.email, member.phone):
        raise NotYourself(
            "Change your own e-mail and phone on your account's page; there it asks for your password.", field="email"
        )
    people.change_person(member.id, person)


def set_password(user_id: int, password_hash: str, by: int, may: Permissions) -> User:
    """Give a member a new password; all their sessions and tokens die. Raises NotYourself, BeyondYou or NotFound."""
    member = member_within_reach(user_id, may)
    if member.id == by:
        raise NotYourself("Change your own password on your account's page; there it asks for the one you have.")
    credentials.set_password(member, password_hash)
    return member


def deactivate(user_id: int, by: int, may: Permissions) -> None:
    """Nobody logs in with this account from now on; its sessions, tokens and reset links die at once.

    Raises NotYourself, LastOwner, BeyondYou or NotFound.
    """
    member = member_within_reach(user_id, may)
    if member.id == by:
        raise NotYourself("You cannot deactivate yourself.")
    role_changes.refuse_last_owner(member.id)
    people.set_status(member, UserStatus.INACTIVE)


def dismiss(user_id: int, by: int, may: Permissions) -> None:
    """Deactivate a member and take every role of theirs; what they did stays under their name.

    Raises NotYourself, LastOwner, BeyondYou or NotFound.
    """
    deactivate(user_id, by, may)
    for role in rows(roles_of(user_id)):
        role_changes.take(user_id, role.id, may)


def activate(user_id: int, may: Permissions) -> None:
    """Let a member log in again. Raises BeyondYou or NotFound."""
    people.set_status(member_within_reach(user_id, may), UserStatus.ACTIVE)


def reset_two_factor(user_id: int, by: int, may: Permissions) -> None:
    """Let a member log in without a code who cannot show one any more; their sessions and tokens die at once.

    Raises NotYourself, BeyondYou or NotFound.
    """
    member = member_within_reach(user_id, may)
    if member.id == by:
        raise NotYourself("Switch off your own on your account's page; there it asks for password and code.")
    if two_factor.switch_off(member.id, by_team=True):
        end_sessions_of(member.id)


def member_within_reach(user_id: int, may: Permissions) -> User:
    """Somebody of the team who may no more than this. Raises BeyondYou or NotFound."""
    member = one_or_404(team().where(User.id == user_id))
    if permissions_of_person(user_id) - may:
        raise BeyondYou
    return member
