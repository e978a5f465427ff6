"""Buyers of the bench, written straight to the database: visitors with a bag, carts that only wait for the button."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import Connection, Engine, delete, insert, select, update

from bench.ground import SECRET
from bench.serving import COOKIE, Web
from bench.wrk import Ask
from shop.accounts.models import Session, User
from shop.accounts.visits import COOKIE_KEY
from shop.cart.models import Cart, CartLine, WishlistItem
from shop.catalog.models import Variant
from shop.checkout.models import CheckoutDraft
from shop.delivery.models import DeliveryMethod
from shop.lib.actor import SYSTEM
from shop.lib.clock import now
from shop.lib.models import CatalogueStamp
from shop.stock.models import LedgerEntry, LedgerReason, StockLevel
from shop.store.models import SettingValue
from shop.store.settings import UNPAID_ORDERS

CUSTOMER = "customer@truestyle.example"
ADDRESS = {
    "name": "Asha Rao", "phone": "+919845012345", "house": "12", "street": "Church Street", "landmark": "",
    "postal_code": "560001", "city": "Bengaluru", "state": "Karnataka", "country": "IN",
}  # fmt: skip
KINDS, PLENTY, FEW = 100, 1_000_000, 5
BAG_LINES, ORDER_LINES, WISHES = 3, 2, 5
FREE = StockLevel.on_hand - StockLevel.reserved
SEEN_TOTAL = re.compile(rb'name="seen_total"[^>]* value="(\d+)"')
Chosen = list[tuple[int, int]]


class Buyers:
    """Writes visitors into one shop's database, as the cookies and requests they come with."""

    def __init__(self, engine: Engine, web: Web) -> None:
        self.engine, self.web = engine, web
        self.limit(0)
        self.totals: dict[tuple[tuple[int, int], ...], int] = {}
        self.last = 0

    @cached_property
    def kinds(self) -> list[Chosen]:
        """The bags that orders are made of: two sizes each, of which there are plenty."""
        with self.engine.begin() as connection:
            many = select(StockLevel.variant_id).where(FREE > FEW).order_by(StockLevel.variant_id)
            ids = connection.scalars(many.limit(KINDS * ORDER_LINES)).all()
            _restock(connection, ids)
        return [[(one, 1), (other, 1)] for one, other in zip(ids[::2], ids[1::2], strict=True)]

    @cached_property
    def guest(self) -> str:
        """The cookie of a guest with a bag who has answered every step."""
        return self._cookies([self._bag])[0]

    @cached_property
    def customer(self) -> str:
        """The cookie of a signed-in customer with a bag, some wishes and every step answered."""
        with self.engine.begin() as connection:
            user_id = connection.scalars(select(User.id).where(User.email == CUSTOMER)).one()
            liked = connection.scalars(select(Variant.product_id).distinct().limit(WISHES)).all()
            connection.execute(insert(WishlistItem), [{"user_id": user_id, "product_id": one} for one in liked])
        return self._cookies([self._bag], user_id)[0]

    def limit(self, orders: int) -> None:
        """How many unpaid orders one buyer may have; all of the bench's come from one place, so usually any number."""
        with self.engine.begin() as connection:
            connection.execute(delete(SettingValue).where(SettingValue.key == UNPAID_ORDERS.key))
            connection.execute(insert(SettingValue).values(key=UNPAID_ORDERS.key, value=orders))
            connection.execute(update(CatalogueStamp).values(value=secrets.token_hex(8)))

    def orders(self, count: int) -> list[Ask]:
        """So many orders of two lines, each by a guest of their own, ready to be posted once."""
        return self._posts([self.kinds[number % len(self.kinds)] for number in range(count)])

    def last_sizes(self, count: int) -> list[Ask]:
        """So many orders that each buy all there is of a size, so that what the shop shows has to change."""
        few = select(StockLevel.variant_id, FREE).where(FREE.between(1, FEW), StockLevel.variant_id > self.last)
        with self.engine.connect() as connection:
            chosen = connection.execute(few.order_by(StockLevel.variant_id).limit(count)).all()
        self.last = chosen[-1].variant_id
        return self._posts([[(variant_id, units)] for variant_id, units in chosen])

    @property
    def _bag(self) -> Chosen:
        return [(variant_id, 1) for kind in self.kinds[:BAG_LINES] for variant_id, _ in kind[:1]]

    def _posts(self, bags: Sequence[Chosen]) -> list[Ask]:
        cookies = self._cookies(bags)
        return [
            Ask("/checkout/review", cookie, f"key={secrets.token_urlsafe(24)}&seen_total={self._total(bag, cookie)}")
            for bag, cookie in zip(bags, cookies, strict=True)
        ]

    def _total(self, bag: Chosen, cookie: str) -> int:
        """What such a bag costs: the review page says it, and every equal bag costs the same."""
        if (kind := tuple(bag)) not in self.totals:
            page = self.web.ask(Ask("/checkout/review", cookie))
            found = SEEN_TOTAL.search(page.body)
            if found is None:
                raise RuntimeError(f"the review page names no total (status {page.status})")
            self.totals[kind] = int(found[1])
        return self.totals[kind]

    def _cookies(self, bags: Sequence[Chosen], user_id: int | None = None) -> list[str]:
        with self.engine.begin() as connection:
            sessions = _write(connection, bags, user_id)
        return [self._cookie(session_id) for session_id in sessions]

    def _cookie(self, session_id: str) -> str:
        app = Flask("bench")
        app.secret_key = SECRET
        signer = SecureCookieSessionInterface().get_signing_serializer(app)
        assert signer is not None
        return f"{COOKIE}={signer.dumps({'_permanent': True, COOKIE_KEY: session_id})}"


def _write(connection: Connection, bags: Sequence[Chosen], user_id: int | None) -> list[str]:
    """A session, a cart, its lines and all answers for each bag; returns the ids of the sessions."""
    sessions = [_session(user_id) for _ in bags]
    connection.execute(insert(Session), sessions)
    owners = [{"user_id": user_id, "session_id": None if user_id else row["id"]} for row in sessions]
    made = connection.scalars(insert(Cart).returning(Cart.id, sort_by_parameter_order=True), owners).all()
    prices = _prices(connection, {variant_id for bag in bags for variant_id, _ in bag})
    lines = [
        {"cart_id": cart_id, "variant_id": variant_id, "quantity": units, "unit_price_seen": prices[variant_id]}
        for cart_id, bag in zip(made, bags, strict=True)
        for variant_id, units in bag
    ]
    connection.execute(insert(CartLine), lines)
    method = connection.scalars(select(DeliveryMethod.id).order_by(DeliveryMethod.position)).first()
    connection.execute(insert(CheckoutDraft), [_answers(cart_id, method) for cart_id in made])
    return [row["id"] for row in sessions]


def _session(user_id: int | None) -> dict[str, Any]:
    moment = now()
    known = {"password_confirmed_at": moment if user_id else None, "user_id": user_id, "user_agent": "bench"}
    return {"id": secrets.token_urlsafe(32), "last_seen_at": moment, "expires_at": moment + timedelta(days=1), **known}


def _answers(cart_id: int, method: int | None) -> dict[str, Any]:
    """Everybody has an e-mail and a phone of their own."""
    contact = {"email": f"asha{cart_id}@example.com", "phone": f"+919{cart_id % 10**9:09d}", "address": ADDRESS}
    return {"cart_id": cart_id, **contact, "delivery_method_id": method, "payment_method": "cod"}


def _prices(connection: Connection, variant_ids: set[int]) -> dict[int, Any]:
    wanted = select(Variant.id, Variant.price, Variant.sale_price).where(Variant.id.in_(variant_ids))
    return {row.id: row.sale_price or row.price for row in connection.execute(wanted)}


def _restock(connection: Connection, variant_ids: Sequence[int]) -> None:
    """Plenty of each, entered in the ledger, so that the books still balance after the bench."""
    more = update(StockLevel).where(StockLevel.variant_id.in_(variant_ids))
    connection.execute(more.values(on_hand=StockLevel.on_hand + PLENTY))
    entry = {"units": PLENTY, "reason": LedgerReason.RESTOCK.value, "actor": SYSTEM.name, "note": ""}
    connection.execute(insert(LedgerEntry), [{"variant_id": one, **entry} for one in variant_ids])
