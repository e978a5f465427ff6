"""The team makes customers' accounts, changes them, lets them in or not, and keeps notes (ACC-10, ACC-14)."""

from __future__ import annotations

from sqlalchemy import select

from shop.accounts.customers.errors import OnTheTeam, ReachFixed
from shop.accounts.customers.models import CustomerNote
from shop.accounts.errors import NotConfirmed
from shop.accounts.models import User, UserStatus
from shop.accounts.permissions import Permission
from shop.accounts.queries.roles import permissions_of_person
from shop.accounts.services import people, profiles, two_factor
from shop.accounts.services.people import Person
from shop.accounts.services.profiles import About
from shop.accounts.services.sessions import end_sessions_of
from shop.accounts.visitor import Visitor
from shop.extensions import db
from shop.lib.queries import one_or_404


def add_customer(person: Person, about: About, password_hash: str) -> User:
    """A new customer. Raises AlreadyTaken."""
    user = people.create_user(person, password_hash)
    profiles.describe(user.id, about)
    return user


def change_customer(user_id: int, person: Person, about: About, by: Visitor) -> User:
    """Change who a customer is and how they are reached.

    A new e-mail or phone could set a new password, so it takes no less than to sign in as them, and a recent password:
    raises ReachFixed or NotConfirmed. Else AlreadyTaken, OnTheTeam or NotFound.
    """
    user = customer(user_id)
    if (person.email, person.phone) != (user.email, user.phone):
        _refuse_new_reach(by)
    people.change_person(user_id, person)
    profiles.describe(user_id, about)
    return user


def _refuse_new_reach(by: Visitor) -> None:
    if not by.can(Permission.CUSTOMER_HELP):
        raise ReachFixed
    if not by.is_confirmed:
        raise NotConfirmed


def set_status(user_id: int, status: UserStatus) -> User:
    """Let a customer log in, or no more; their sessions and tokens die at once. Raises OnTheTeam or NotFound."""
    user = customer(user_id)
    people.set_status(user, status)
    return user


def reset_two_factor(user_id: int) -> User:
    """Let a customer log in without a code who cannot show one any more; their sessions and tokens die at once.

    Raises OnTheTeam or NotFound.
    """
    user = customer(user_id)
    if two_factor.switch_off(user_id, by_team=True):
        end_sessions_of(user_id)
    return user


def write_note(user_id: int, author_id: int, text: str) -> CustomerNote:
    """Write something down about a customer. Raises OnTheTeam or NotFound."""
    note = CustomerNote(user_id=customer(user_id).id, author_id=author_id, text=text)
    db.session.add(note)
    db.session.flush()
    return note


def delete_note(user_id: int, note_id: int, author_id: int) -> None:
    """Take a note of one's own back. Raises NotFound for anyone else's."""
    mine = select(CustomerNote).where(CustomerNote.id == note_id, CustomerNote.user_id == user_id)
    db.session.delete(one_or_404(mine.where(CustomerNote.author_id == author_id)))
    db.session.flush()


def customer(user_id: int) -> User:
    """Somebody with no part in running the shop. Raises OnTheTeam, or NotFound for an account that is gone."""
    user = one_or_404(select(User).where(User.id == user_id, User.erased_at.is_(None)))
    if permissions_of_person(user_id):
        raise OnTheTeam
    return user
