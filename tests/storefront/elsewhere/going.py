"""Off to a provider and back, and what that made."""

from typing import Any

import pytest
from sqlalchemy import func, select

from shop.accounts.models import LinkedSignIn, User
from shop.extensions import db
from shop.lib.clock import now
from tests.factories import a_user
from tests.staff.desk import words
from tests.support.providers import ProviderDouble
from tests.support.shops import ShopClient

BOTH = pytest.mark.parametrize("provider", ["google", "github"])
PAGE = "/account/sign-ins"


def go(client: ShopClient, there: ProviderDouble, provider: str = "google", **more: str) -> Any:
    """Off to the provider and back."""
    return client.get(f"/login/{provider}/callback", query_string=sent_back(client, there, provider, **more))


def sent_back(client: ShopClient, there: ProviderDouble, provider: str = "google", **more: str) -> dict[str, str]:
    left = client.get(f"/login/{provider}", query_string=more)
    assert left.status_code == 303, words(left)
    return there.sign_in(left.location)


def people() -> list[User]:
    db.session.rollback()
    return list(db.session.scalars(select(User).order_by(User.id)))


def links() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(LinkedSignIn)) or 0


def a_verified(email: str = "asha@example.com", **more: Any) -> User:
    return a_user(email, email_verified_at=now(), **more)
