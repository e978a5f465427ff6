"""What people say of themselves, beside their name and how they are reached (ACC-08)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from shop.accounts.models import User
from shop.extensions import db
from shop.lib.errors import ShopError
from shop.lib.files.kinds import StoredPicture
from shop.lib.files.storage import forget
from shop.lib.queries import one_or_404
from shop.store.days import today

OLDEST_YEARS = 120


@dataclass(frozen=True)
class About:
    """Gender and date of birth; nobody has to say either."""

    gender: str | None = None
    date_of_birth: date | None = None


def describe(user_id: int, about: About) -> None:
    """Note what a person says of themselves. Raises ShopError for a day nobody living was born on."""
    user = db.session.get_one(User, user_id)
    if about.date_of_birth and not 0 <= today().year - about.date_of_birth.year <= OLDEST_YEARS:
        raise ShopError("Check the year.", field="date_of_birth")
    if about.date_of_birth and about.date_of_birth > today():
        raise ShopError("A date of birth lies in the past.", field="date_of_birth")
    user.gender, user.date_of_birth = about.gender, about.date_of_birth
    db.session.flush()


def show_picture(user_id: int, picture: StoredPicture | None) -> None:
    """Show another picture of a person, or none; the file of the one before goes once this unit has committed.

    The row is locked before it is read, so that of two pictures sent at once neither file is left behind. Raises
    NotFound where the account was emptied meanwhile.
    """
    mine = select(User).where(User.id == user_id, User.erased_at.is_(None)).with_for_update()
    user = one_or_404(mine.execution_options(populate_existing=True))
    forget(user.picture)
    user.picture = picture
    db.session.flush()
