"""Makes people's accounts and changes them; e-mails and phones come checked and in one form."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from shop.accounts.errors import AlreadyTaken, BeyondYou
from shop.accounts.events import EmailChanged, EmailVerificationAsked, MadeElsewhere, UserRegistered
from shop.accounts.models import User, UserStatus
from shop.accounts.names import refuse_advertising
from shop.accounts.permissions import CUSTOMER
from shop.accounts.queries.roles import permissions_of_person
from shop.accounts.services.resets import end_links_and_codes_of
from shop.accounts.services.roles import give_role
from shop.accounts.services.sessions import end_sessions_of
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.errors import ShopError
from shop.lib.events import emit
from shop.lib.queries import one_or_404

NAMES = ("first_name", "last_name")


@dataclass(frozen=True)
class Person:
    """Who someone is and how they are reached: a lower-case e-mail, a phone in E.164, at least one of them."""

    first_name: str
    last_name: str = ""
    email: str | None = None
    phone: str | None = None


def create_user(person: Person, password_hash: str) -> User:
    """A new customer. Raises AlreadyTaken when the e-mail or phone has an account, ShopError for a name that is none.

    A mail goes to the address before anybody proved it, so nobody's advertisement may stand in it.
    """
    for field in NAMES:
        refuse_advertising(field, getattr(person, field))
    user = add_account(person, password_hash)
    give_role(user, CUSTOMER)
    emit(UserRegistered(user.id))
    _owe_verification(user)
    return user


def create_proven(person: Person, password_hash: str, provider: str) -> User:
    """A new customer whose e-mail a provider verified, with a password nobody knows. Raises AlreadyTaken."""
    user = add_account(person, password_hash)
    give_role(user, CUSTOMER)
    user.made_with, user.random_password_at, user.email_verified_at = provider, now(), now()
    emit(MadeElsewhere(user.id))
    db.session.flush()
    return user


def add_account(person: Person, password_hash: str) -> User:
    """An account without a role. Raises AlreadyTaken."""
    user = User(**vars(person), password_hash=password_hash)
    _save(user, person)
    return user


def note_verified(user: User, name: str) -> None:
    """Someone used a link or a code that was only ever sent to this person's e-mail or phone."""
    if name == user.email:
        user.email_verified_at = user.email_verified_at or now()
    if name == user.phone:
        user.phone_verified_at = user.phone_verified_at or now()


def change_person(user_id: int, person: Person) -> None:
    """Change name, e-mail and phone. A new e-mail or phone is not verified; links and codes sent before die.

    The old e-mail address is told, because the new one may be somebody else's.
    """
    user = db.session.get_one(User, user_id)
    is_new_email, is_new_phone = person.email != user.email, person.phone != user.phone
    if is_new_email and user.email:
        emit(EmailChanged(user_id, user.email))
    user.email_verified_at = None if is_new_email else user.email_verified_at
    user.phone_verified_at = None if is_new_phone else user.phone_verified_at
    if is_new_email or is_new_phone:
        end_links_and_codes_of(user_id)
    for name, value in vars(person).items():
        if name in NAMES and value != getattr(user, name):
            refuse_advertising(name, value)
        setattr(user, name, value)
    _save(user, person)
    if is_new_email:
        _owe_verification(user)


def _owe_verification(user: User) -> None:
    """A link goes to every e-mail that is new to us."""
    if user.email and not user.email_verified_at:
        emit(EmailVerificationAsked(user.id))


def hold(user_id: int) -> None:
    """Keep a person from being erased until this unit ends; called before something of theirs is written.

    Raises NotFound where they were erased: a request that began before may come to write after it.
    """
    there = select(User.id).where(User.id == user_id, User.erased_at.is_(None))
    one_or_404(there.with_for_update(read=True, key_share=True))


def set_status(user: User, status: UserStatus) -> None:
    """Set whether somebody logs in; where not, their sessions, tokens and reset links die at once."""
    user.status = status
    if not user.is_active:
        end_sessions_of(user.id)
        end_links_and_codes_of(user.id)
    db.session.flush()


def log_out(user_id: int, may: frozenset[str]) -> User:
    """End every session and token of a person. Raises BeyondYou for one who may more than this, or NotFound."""
    user = one_or_404(select(User).where(User.id == user_id))
    if permissions_of_person(user_id) - may:
        raise BeyondYou
    end_sessions_of(user_id)
    return user


def _save(user: User, person: Person) -> None:
    """Flush, or say which of the two is taken; the unique constraint decides between two at once."""
    if not person.email and not person.phone:
        raise ShopError("Give an e-mail address or a phone number.", field="email")
    with db.session.no_autoflush:
        for name in ("email", "phone"):
            _refuse_taken(user, name, getattr(person, name))
    db.session.add(user)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise AlreadyTaken("Someone registered this e-mail or phone a moment ago.", field="email") from error


def _refuse_taken(user: User, name: str, value: str | None) -> None:
    taken = select(User.id).where(getattr(User, name) == value, User.id != (user.id or 0))
    if value and db.session.scalar(taken) is not None:
        words = {"email": "this e-mail address", "phone": "this phone number"}[name]
        raise AlreadyTaken(f"There is an account with {words} already.", field=name)
