"""People who wait for a sold-out size: asked for in one click, told once, stopped in one click (INV-05)."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from shop.accounts.services import people
from shop.catalog.models import Product, Variant
from shop.extensions import db
from shop.lib.changes import rows_changed
from shop.lib.clock import now
from shop.lib.errors import NotFound
from shop.lib.events import emit
from shop.lib.tokens import key_for
from shop.stock.errors import StillThere, TooManyWaits
from shop.stock.events import CameBack
from shop.stock.models import BackInStock, StockLevel
from shop.stock.queries import for_sale
from shop.stock.services.levels import FREE

MOST, TOLD_AT_ONCE = 50, 1_000
KEPT, LONGEST = timedelta(days=30), timedelta(days=365)
PURPOSE = "back in stock"
WAITS = BackInStock.told_at.is_(None)


def wait_for(variant_id: int, *, user_id: int | None = None, email: str | None = None) -> None:
    """Let somebody wait for a size; waiting twice is waiting once.

    Raises NotFound for what is not on the shelf, StillThere for what is not sold out, TooManyWaits for an account with
    too many. A guest's address with too many is passed over in silence: the answer tells nothing of an address.
    """
    if user_id:
        people.hold(user_id)
    _refuse_what_is_there(variant_id)
    if _open_count(user_id, email) >= MOST:
        if user_id:
            raise TooManyWaits(MOST)
        return
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    wish = dialect.insert(BackInStock).values(variant_id=variant_id, user_id=user_id, email=email, created_at=now())
    db.session.execute(wish.on_conflict_do_nothing())


def stop_waiting(waiting_id: int, user_id: int) -> None:
    """Forget one wish of a person. Raises NotFound, also for somebody else's."""
    mine = delete(BackInStock).where(BackInStock.id == waiting_id, BackInStock.user_id == user_id, WAITS)
    if rows_changed(mine) != 1:
        raise NotFound


def token_of(waiting_id: int) -> str:
    """What opens the page that stops the mails to whoever got this one."""
    return f"{waiting_id}-{_signature(waiting_id)}"


def waiting_of(token: str) -> BackInStock:
    """The wish a mailed link belongs to. Raises NotFound for a link that nobody signed."""
    number, _, signature = token.partition("-")
    is_number = number.isascii() and number.isdigit() and len(number) < 16
    if not is_number or not hmac.compare_digest(signature.encode(), _signature(int(number)).encode()):
        raise NotFound
    found = db.session.get(BackInStock, int(number))
    if found is None:
        raise NotFound
    return found


def stop_all(token: str) -> None:
    """Forget everything that whoever got a mail still waits for; doing it twice changes nothing. Raises NotFound."""
    told = waiting_of(token)
    whose = BackInStock.user_id == told.user_id if told.user_id else BackInStock.email == told.email
    db.session.execute(delete(BackInStock).where(whose, WAITS))


def tell_who_waits() -> int:
    """Owe a mail to each who waits for a size that is there again; returns how many.

    All who wait for it are told, however few pieces came: who comes first is served. Whether somebody was told is
    decided by the UPDATE that says so, so two clocks that look at once tell them once.
    """
    there = select(StockLevel.variant_id).join(Variant, Variant.id == StockLevel.variant_id).join(Variant.product)
    there = there.where(FREE > 0, *_on_shelf())
    due = select(BackInStock.id).where(WAITS, BackInStock.variant_id.in_(there)).order_by(BackInStock.id)
    ids = db.session.scalars(due.limit(TOLD_AT_ONCE)).all()
    told = update(BackInStock).where(BackInStock.id.in_(ids), WAITS).values(told_at=now()).returning(BackInStock.id)
    claimed = sorted(db.session.scalars(told.execution_options(synchronize_session=False))) if ids else []
    for waiting_id in claimed:
        emit(CameBack(waiting_id))
    return len(claimed)


def wait_on(waiting_id: int) -> None:
    """Let somebody wait on whose size was sold again before the mail left, unless they asked anew."""
    told = db.session.get_one(BackInStock, waiting_id)
    whose = BackInStock.user_id == told.user_id if told.user_id else BackInStock.email == told.email
    asked_anew = select(BackInStock.id).where(whose, BackInStock.variant_id == told.variant_id, WAITS)
    if db.session.scalar(asked_anew) is None:
        told.told_at = None


def forget_old_waits() -> None:
    """Drop what was answered long ago, what is sold no more, and what somebody waited a year for."""
    gone = select(Variant.id).join(Variant.product)
    gone = gone.where(or_(Variant.retired_at.is_not(None), Product.deleted_at.is_not(None)))
    over = or_(
        BackInStock.told_at < now() - KEPT, BackInStock.created_at < now() - LONGEST, BackInStock.variant_id.in_(gone)
    )
    db.session.execute(delete(BackInStock).where(over).execution_options(synchronize_session=False))


def _refuse_what_is_there(variant_id: int) -> None:
    found = select(Variant.id).join(Variant.product).where(Variant.id == variant_id, *_on_shelf())
    if db.session.scalar(found) is None:
        raise NotFound
    if for_sale([variant_id])[variant_id] > 0:
        raise StillThere


def _on_shelf() -> tuple[ColumnElement[bool], ...]:
    return Variant.retired_at.is_(None), Product.deleted_at.is_(None), Product.published_at.is_not(None)


def _open_count(user_id: int | None, email: str | None) -> int:
    whose = BackInStock.user_id == user_id if user_id else BackInStock.email == email
    return db.session.scalar(select(func.count(BackInStock.id)).where(whose, WAITS)) or 0


def _signature(waiting_id: int) -> str:
    return hmac.new(key_for(PURPOSE), str(waiting_id).encode(), hashlib.sha256).hexdigest()[:32]
