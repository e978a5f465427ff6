"""Conducts a person's coming: an account, the guest's bag and wishlist brought over, guest orders claimed."""

from __future__ import annotations

from sqlalchemy import select

from shop.accounts.login_log import recording as login_log
from shop.accounts.login_log.models import LoginKind
from shop.accounts.models import User
from shop.accounts.services import credentials, people, resets, sessions, verifications
from shop.accounts.services.credentials import Credential
from shop.accounts.services.people import Person
from shop.accounts.services.resets import CheckedCode
from shop.cart.services.merging import merge_guest
from shop.extensions import db
from shop.lib.errors import ShopError
from shop.lib.queries import one_or_404
from shop.orders.models import Order
from shop.orders.queries import by_token
from shop.orders.services import claim_all, claim_order


class ClaimedByOther(ShopError):
    """The order lies in somebody's account."""

    status = 409

    def __init__(self) -> None:
        super().__init__("This order is in another account already.")


def register(person: Person, password_hash: str, guest_session: str | None) -> User:
    """Make an account and bring over what the guest gathered. Raises AlreadyTaken."""
    user = people.create_user(person, password_hash)
    login_log.note(LoginKind.REGISTER, user.id)
    bring_over(guest_session, user.id)
    return user


def sign_in(credential: Credential, guest_session: str | None) -> None:
    """A person is here: note it, bring over what the guest gathered, claim orders of a verified e-mail.

    Raises SignInFailed when the account changed since its password was checked.
    """
    credentials.note_login(credential)
    login_log.note(LoginKind.LOGIN, credential.user_id)
    bring_over(guest_session, credential.user_id)
    claim_orders(credential.user_id)


def bring_over(guest_session: str | None, user_id: int) -> None:
    """Merge a guest's bag and wishlist into a person's and end the guest's session."""
    if guest_session:
        merge_guest(guest_session, user_id)
        sessions.end_session(guest_session)


def reset_password(token: str, password_hash: str) -> User:
    """Use a mailed link: a new password, all sessions ended, the e-mail proven. Raises LinkExpired."""
    user = resets.use_reset(token)
    credentials.set_password(user, password_hash)
    people.note_verified(user, user.email or "")
    claim_orders(user.id)
    return user


def reset_by_code(name: str, checked: CheckedCode, password_hash: str) -> User:
    """Use a code up that was sent to an e-mail or phone: a new password, all sessions ended. Raises WrongCode."""
    user = resets.use_code(checked)
    credentials.set_password(user, password_hash)
    people.note_verified(user, name)
    claim_orders(user.id)
    return user


def verify_email(token: str) -> User:
    """Use a mailed link: the e-mail is the person's, and so are its guest orders. Raises VerificationExpired."""
    user = verifications.use_link(token)
    claim_orders(user.id)
    return user


def claim_orders(user_id: int) -> None:
    """Give a person the guest orders of their e-mail, once it is proven to be theirs (ORD-02)."""
    verified = select(User.email).where(User.id == user_id, User.email_verified_at.is_not(None))
    email = db.session.scalar(verified)
    if email:
        claim_all(Order.email == email, user_id)


def claim_by_link(token: str, user_id: int) -> Order:
    """Give a guest's order to the person who holds its link. Raises NotFound or ClaimedByOther."""
    order = one_or_404(by_token(token))
    claim_order(order, user_id)
    if order.user_id != user_id:
        raise ClaimedByOther
    return order
