"""Signing in with an account elsewhere (ACC-09): whose account a proof opens, and who gets a new one.

A sign-in that is linked opens its account. Otherwise only an e-mail that the provider verified counts, and it opens an
account only where the shop has verified the same address too: somebody may have registered it before its owner came,
and would keep a password, a phone or a sign-in of their own to what the owner then fills (docs/architecture.md).
"""

from __future__ import annotations

import secrets

from sqlalchemy import select

from shop.accounts.errors import AccountClosed, LinkTaken, NotProvenHere, NotProvenThere
from shop.accounts.login_log import recording as login_log
from shop.accounts.login_log.models import LoginKind
from shop.accounts.models import User
from shop.accounts.services import people
from shop.accounts.services.credentials import Credential
from shop.accounts.services.linked_sign_ins import link, linked_to, person_linked_to
from shop.accounts.services.passwords import hash_password
from shop.accounts.services.people import Person
from shop.accounts.social.proofs import Proof
from shop.extensions import db
from shop.lib.queries import one_or_none
from shop.lib.unit_of_work import unit_of_work


def enter(proof: Proof, title: str) -> Credential:
    """Whose account this proof opens; a new one where there is none. Opens units of its own, because hashing is slow.

    `title` is what the provider is called. Raises NotProvenThere, NotProvenHere, AccountClosed, LinkTaken or
    AlreadyTaken.
    """
    with unit_of_work(read_only=True):
        is_known = _find(proof, title) is not None
    random_hash = "" if is_known else hash_password(secrets.token_urlsafe(32))
    with unit_of_work():
        user = _find(proof, title)
        is_new = user is None
        user = user or _make(proof, random_hash)
        link(user, proof, is_new=is_new)
        return Credential(user.id, user.password_hash)


def add_sign_in(user_id: int, proof: Proof) -> None:
    """Let a proof open the account of somebody who gave their password a moment ago. Raises LinkTaken."""
    link(db.session.get_one(User, user_id), proof)


def _find(proof: Proof, title: str) -> User | None:
    user = person_linked_to(proof) or _by_email(proof, title)
    if user is not None and not user.is_active:
        raise AccountClosed
    return user


def _by_email(proof: Proof, title: str) -> User | None:
    if proof.email is None:
        raise NotProvenThere(title)
    user = one_or_none(select(User).where(User.email == proof.email))
    if user is None:
        return None
    if user.email_verified_at is None:
        raise NotProvenHere(title)
    if any(linked.provider == proof.provider for linked in db.session.scalars(linked_to(user.id))):
        raise LinkTaken
    return user


def _make(proof: Proof, random_hash: str) -> User:
    """A new account; a mail with a login link welcomes its person."""
    person = Person(proof.first_name, proof.last_name, proof.email)
    user = people.create_proven(person, random_hash, proof.provider)
    login_log.note(LoginKind.REGISTER, user.id)
    return user
