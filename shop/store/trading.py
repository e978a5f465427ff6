"""The first order fixes the store's country and currency (STO-02). One row of the database decides, also between an
order and a change at the same moment: whoever is second waits for it, and then sees what the first one did.
"""

from __future__ import annotations

from sqlalchemy import select, update

from shop.extensions import db
from shop.lib.changes import rows_changed
from shop.lib.clock import now
from shop.store.errors import CountryChanged, CountryFixed
from shop.store.models import StoreProfile, Trade
from shop.store.queries import active_profile, store

TERMS = (StoreProfile.country, StoreProfile.currency)


def has_begun() -> bool:
    """Whether there was a first order."""
    return db.session.scalar(select(Trade.began_at)) is not None


def begin() -> None:
    """Note the first order, in the unit that writes it; any order is of the country that holds then.

    Nothing is asked where the store was read together with its first order: its country was fixed by then. Raises
    CountryChanged where this unit has worked with another country, which was the store's a moment ago.
    """
    if store().trading_since:
        return
    db.session.execute(update(Trade).where(Trade.began_at.is_(None)).values(began_at=now()))
    terms = active_profile().with_only_columns(*TERMS)
    if (found := db.session.execute(terms).one_or_none()) and tuple(found) != (store().country, store().currency):
        raise CountryChanged


def allow_change() -> None:
    """Hold the row until this unit ends, so that no first order slips in. Raises CountryFixed after one."""
    untouched = update(Trade).where(Trade.began_at.is_(None)).values(began_at=None)
    if rows_changed(untouched) != 1:
        raise CountryFixed
