"""Keeps people's address books (ACC-11). Orders hold snapshots, so nothing here changes an order."""

from __future__ import annotations

from sqlalchemy import func, select

from shop.accounts.models import SNAPSHOT, Address
from shop.accounts.queries import addresses_of
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.errors import ShopError
from shop.lib.queries import one_or_404
from shop.store.settings import ADDRESSES_MOST, in_words, value_of

FIELDS = ("label", *SNAPSHOT)


def add_address(user_id: int, values: dict[str, str], *, is_default: bool = False) -> Address:
    """A new address; the first one is the default. Raises ShopError when the book is full."""
    kept = db.session.scalar(select(func.count(Address.id)).where(Address.user_id == user_id)) or 0
    if kept >= value_of(ADDRESSES_MOST):
        raise ShopError(f"An address book holds {in_words(ADDRESSES_MOST.key)}. Delete one you no longer need.")
    address = Address(user_id=user_id, **_allowed(values))
    address.default_at = now() if is_default or kept == 0 else None
    db.session.add(address)
    db.session.flush()
    return address


def change_address(user_id: int, address_id: int, values: dict[str, str], *, is_default: bool | None = None) -> Address:
    """Change one of the person's addresses; `None` leaves it as it stands in the order. Raises NotFound."""
    address = address_of(user_id, address_id)
    for name, value in _allowed(values).items():
        setattr(address, name, value)
    if is_default is not None:
        address.default_at = now() if is_default else None
    db.session.flush()
    return address


def delete_address(user_id: int, address_id: int) -> None:
    """Forget one of the person's addresses. Raises NotFound for anyone else's."""
    db.session.delete(address_of(user_id, address_id))
    db.session.flush()


def make_default(user_id: int, address_id: int) -> None:
    """Offer this address first from now on. Raises NotFound for anyone else's."""
    address_of(user_id, address_id).default_at = now()
    db.session.flush()


def address_of(user_id: int, address_id: int) -> Address:
    """One of the person's own addresses. Raises NotFound."""
    return one_or_404(addresses_of(user_id).where(Address.id == address_id))


def _allowed(values: dict[str, str]) -> dict[str, str]:
    return {name: values[name] for name in FIELDS if name in values}
