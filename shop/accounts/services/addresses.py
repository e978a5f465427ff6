"""Keeps people's address books (ACC-11). Orders hold snapshots, so nothing here changes an order."""

from __future__ import annotations

from collections.abc import Iterable

from shop.accounts.models import SNAPSHOT, Address, AddressType
from shop.accounts.queries.addresses import DEFAULT_AT, addresses_of
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.errors import ShopError
from shop.lib.queries import one_or_404, rows
from shop.store.settings import ADDRESSES_MOST, in_words, value_of

FIELDS = ("label", "address_type", *SNAPSHOT)


def add_address(user_id: int, values: dict[str, str], *, is_default: bool = False) -> Address:
    """A new address; the first one of a use is its default. Raises ShopError when the book is full."""
    kept = rows(addresses_of(user_id))
    if len(kept) >= value_of(ADDRESSES_MOST):
        raise ShopError(f"An address book holds {in_words(ADDRESSES_MOST.key)}. Delete one you no longer need.")
    address = Address(user_id=user_id, **{"address_type": AddressType.BOTH} | _allowed(values))
    known = {use for other in kept for use in other.uses}
    _choose(address, [use for use in address.uses if is_default or use not in known])
    db.session.add(address)
    db.session.flush()
    return address


def change_address(user_id: int, address_id: int, values: dict[str, str], *, is_default: bool | None = None) -> Address:
    """Change one of the person's addresses; `None` leaves it as it stands in the order. Raises NotFound."""
    address = address_of(user_id, address_id)
    for name, value in _allowed(values).items():
        setattr(address, name, value)
    _unchoose(address, [use for use in DEFAULT_AT if use not in address.uses or is_default is False])
    if is_default:
        _choose(address, address.uses)
    db.session.flush()
    return address


def delete_address(user_id: int, address_id: int) -> None:
    """Forget one of the person's addresses. Raises NotFound for anyone else's."""
    db.session.delete(address_of(user_id, address_id))
    db.session.flush()


def make_default(user_id: int, address_id: int, use: AddressType | None = None) -> Address:
    """Offer this address first from now on, for one use or for all it has.

    Raises NotFound for anyone else's, ShopError for a use it does not have.
    """
    address = _used(user_id, address_id, use)
    _choose(address, [use] if use else address.uses)
    db.session.flush()
    return address


def unmake_default(user_id: int, address_id: int, use: AddressType | None = None) -> Address:
    """No longer offer this address first; the default before it is one again. Raises as `make_default` does."""
    address = _used(user_id, address_id, use)
    _unchoose(address, [use] if use else address.uses)
    db.session.flush()
    return address


def address_of(user_id: int, address_id: int) -> Address:
    """One of the person's own addresses. Raises NotFound."""
    return one_or_404(addresses_of(user_id).where(Address.id == address_id))


def _allowed(values: dict[str, str]) -> dict[str, str]:
    return {name: values[name] for name in FIELDS if name in values}


def _used(user_id: int, address_id: int, use: AddressType | None) -> Address:
    """One of the person's addresses that has this use."""
    address = address_of(user_id, address_id)
    if use and use not in address.uses:
        raise ShopError(f"This address is not for {use}.", field="address_type")
    return address


def _choose(address: Address, uses: Iterable[AddressType]) -> None:
    for use in uses:
        setattr(address, DEFAULT_AT[use].key, now())


def _unchoose(address: Address, uses: Iterable[AddressType]) -> None:
    for use in uses:
        setattr(address, DEFAULT_AT[use].key, None)
