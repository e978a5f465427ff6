"""Conducts a person's coming and going: an account, what a guest gathered brought over, orders claimed; all erased."""

from __future__ import annotations

from sqlalchemy import select

from shop.accounts.events import AccountErased, PhoneAccountErased
from shop.accounts.login_log import recording as login_log
from shop.accounts.login_log.models import LoginKind
from shop.accounts.models import Farewell, User
from shop.accounts.services import (
    credentials,
    linked_sign_ins,
    people,
    resets,
    role_changes,
    sessions,
    two_factor,
    verifications,
)
from shop.accounts.services.credentials import Credential
from shop.accounts.services.people import Person
from shop.accounts.services.resets import CheckedCode
from shop.cart.models import Cart
from shop.cart.services.merging import merge_guest
from shop.extensions import db
from shop.lib import faults
from shop.lib.events import emit
from shop.lib.personal import Because
from shop.lib.queries import one_or_404, rows
from shop.membership.errors import ClaimedByOther, StillNeeded
from shop.membership.holdings import HOLDINGS
from shop.orders.models import Order
from shop.orders.queries import by_token
from shop.orders.services import claim_all, claim_order
from shop.orders.states import OVER
from shop.payments.queries import pending_refunds_of


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
    _prove(user, user.email or "")
    claim_orders(user.id)
    return user


def reset_by_code(name: str, checked: CheckedCode, password_hash: str) -> User:
    """Use a code up that was sent to an e-mail or phone: a new password, all sessions ended. Raises WrongCode."""
    user = resets.use_code(checked)
    credentials.set_password(user, password_hash)
    _prove(user, name)
    claim_orders(user.id)
    return user


def _prove(user: User, name: str) -> None:
    """Somebody showed that an e-mail or phone is theirs. The first who shows it is the only one who keeps a way in:
    whoever registered it before them may have linked a sign-in, verified a phone or set up a second factor.
    """
    if (name == user.email and not user.email_verified_at) or (name == user.phone and not user.phone_verified_at):
        linked_sign_ins.unlink_all(user.id)
        two_factor.forget(user.id)
        user.phone_verified_at = None
    people.note_verified(user, name)


def verify_email(token: str, user_id: int) -> User:
    """Use the link that was mailed to a person: the e-mail is theirs, and so are its guest orders.

    Raises VerificationExpired.
    """
    user = verifications.use_link(token, user_id)
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


def erase(user_id: int, by: int) -> None:
    """Let a person go: everything of theirs is taken out of the shop, in one unit, and their sessions end with it.

    What the books need stays without them. The old address is told. Raises LastOwner, StillNeeded while an order or a
    refund is on its way, and NotFound for an account that is gone.
    """
    role_changes.refuse_last_owner(user_id)
    # As whoever places an order does: the bag first. Nobody orders on an account while it is emptied.
    rows(select(Cart.id).where(Cart.user_id == user_id).with_for_update())
    person = one_or_404(select(User).where(User.id == user_id, User.erased_at.is_(None)).with_for_update())
    if reasons := reasons_to_stay(user_id):
        raise StillNeeded(reasons)
    farewell = _farewell(person, by)
    db.session.add(farewell)
    for holding in HOLDINGS:
        if not isinstance(holding.erase, Because):
            holding.erase(user_id)
    faults.point("erasure.emptied")
    emit(AccountErased(user_id) if farewell.email else PhoneAccountErased(user_id))


def _farewell(person: User, by: int) -> Farewell:
    """Whom to tell: by e-mail, or by text message where there was none."""
    phone = None if person.email else person.phone
    return Farewell(user_id=person.id, email=person.email, phone=phone, name=person.first_name, erased_by=by)


def reasons_to_stay(user_id: int) -> list[str]:
    """Why an account cannot go yet, a sentence each."""
    orders = rows(select(Order.number).where(Order.user_id == user_id, Order.state.not_in(OVER)).order_by(Order.id))
    owed = pending_refunds_of(user_id)
    found = [f"Order {number} is still open." for number in orders]
    return found + [f"A refund for order {number} is still on its way." for number in rows(owed)]
