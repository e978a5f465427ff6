"""Sign-ins elsewhere that open an account: found, added, taken away (ACC-09)."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from shop.accounts.errors import LastWayIn, LinkTaken
from shop.accounts.events import SignInLinked
from shop.accounts.models import LinkedSignIn, User
from shop.accounts.social.proofs import Proof
from shop.extensions import db
from shop.lib.events import emit
from shop.lib.queries import one_or_404, one_or_none, rows


def linked_to(user_id: int) -> Select[LinkedSignIn]:
    """What opens a person's account beside the password."""
    return select(LinkedSignIn).where(LinkedSignIn.user_id == user_id).order_by(LinkedSignIn.provider)


def person_linked_to(proof: Proof) -> User | None:
    """Whose account this sign-in opens."""
    mine = select(LinkedSignIn.user_id).where(
        LinkedSignIn.provider == proof.provider, LinkedSignIn.subject == proof.subject
    )
    return one_or_none(select(User).where(User.id == mine.scalar_subquery()))


def link(user: User, proof: Proof, *, is_new: bool = False) -> None:
    """Let this sign-in open the account, and tell its person unless the account is new.

    Raises LinkTaken where it opens another account, or another one of the same provider opens this.
    """
    known = person_linked_to(proof)
    if known is not None and known.id == user.id:
        return
    db.session.add(
        LinkedSignIn(user_id=user.id, provider=proof.provider, subject=proof.subject, email=proof.email or "")
    )
    try:
        db.session.flush()
    except IntegrityError as error:
        raise LinkTaken from error
    if not is_new:
        emit(SignInLinked(user.id, proof.provider))


def unlink(user_id: int, provider: str) -> None:
    """Take a sign-in away. Raises NotFound, or LastWayIn where nothing else would open the account."""
    user = db.session.get_one(User, user_id, with_for_update=True)
    linked = rows(linked_to(user_id))
    row = one_or_404(linked_to(user_id).where(LinkedSignIn.provider == provider))
    if user.random_password_at and len(linked) == 1:
        raise LastWayIn
    db.session.delete(row)
    db.session.flush()


def unlink_all(user_id: int) -> None:
    """Take every sign-in away: whoever linked them never proved to be who is proven now."""
    for row in rows(linked_to(user_id)):
        db.session.delete(row)
    db.session.flush()
