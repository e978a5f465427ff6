"""The orders themselves and their lines, priced as the shop prices."""

from __future__ import annotations

import secrets
from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from shop.cli.demo.bulk import put, put_plain
from shop.cli.demo.past.money import gone_back, standing
from shop.cli.demo.past.plans import Plan
from shop.cli.demo.people import address_of
from shop.cli.demo.source import Row
from shop.delivery.queries import Method, methods
from shop.delivery.quoting import arrival
from shop.orders.models import Order, OrderCounter, OrderLine
from shop.orders.states import OrderState
from shop.pricing.quoting import quote
from shop.pricing.values import Buyer, Quote, QuotedLine
from shop.promotions.queries import rules_for
from shop.store.settings import RESERVATION_MINUTES

ZONE = ZoneInfo("Asia/Kolkata")
AMOUNTS = ("lines_total", "discount", "delivery_charge", "payment_fee", "delivery_tax", "tax_added", "tax_contained",
           "total")  # fmt: skip


def load(plans: list[Plan]) -> None:
    """Write orders and lines, and note their ids in the plans."""
    by_code = {method.code: method for method in methods()}
    counter: Counter[int] = Counter()
    quotes = [_quote(plan, by_code) for plan in plans]
    rows = [_order(plan, quoted, by_code, counter) for plan, quoted in zip(plans, quotes, strict=True)]
    for plan, row in zip(plans, put(Order, rows), strict=True):
        plan.id, plan.order = row["id"], row
    put_plain(OrderCounter, [{"year": year, "last": last} for year, last in sorted(counter.items())])
    _write_lines(plans, quotes)


def _quote(plan: Plan, by_code: dict[str, Method]) -> Quote:
    goods, code = [ware.units(quantity) for ware, quantity in plan.goods], plan.story.coupon
    buyer = Buyer("IN", address_of(plan.customer)["state"])
    found = quote(goods, buyer, _method(plan, by_code), _day(plan.placed_at), rules_for(code), code)
    plan.used = found.applied
    return found


def _order(plan: Plan, quoted: Quote, by_code: dict[str, Method], counter: Counter[int]) -> Row:
    method, year = _method(plan, by_code), plan.placed_at.year
    counter[year] += 1
    first, last = arrival(method, _day(plan.placed_at))
    return {
        "number": f"ORD-{year}-{counter[year]:04d}",
        "token": secrets.token_urlsafe(32),
        **_buyer(plan),
        **_amounts(quoted),
        "refunded": gone_back(plan, quoted.total),
        "state": plan.story.state,
        "payment_standing": standing(plan),
        "payment_method": plan.story.method,
        "currency": "INR",
        "delivery_method_id": method.id,
        "delivery_method": method.name,
        "arrives_from": first,
        "arrives_to": last,
        "note": "",
        "placed_at": plan.placed_at,
        "unpaid_until": _unpaid_until(plan),
        "delivered_at": plan.when.get(OrderState.DELIVERED),
    }


def _buyer(plan: Plan) -> Row:
    person = plan.customer
    address = address_of(person)
    who = {"email": person["email"], "phone": person["phone"], "name": address["name"], "address": address}
    return who | {"user_id": None if plan.is_guest else person["id"]}


def _amounts(quoted: Quote) -> Row:
    return {name: getattr(quoted, name) for name in AMOUNTS} | {"pricing_trace": [step.plain for step in quoted.trace]}


def _unpaid_until(plan: Plan) -> datetime | None:
    waits = plan.story.state == OrderState.PLACED and plan.story.method != "cod"
    return plan.placed_at + timedelta(minutes=RESERVATION_MINUTES.default) if waits else None


def _write_lines(plans: list[Plan], quotes: list[Quote]) -> None:
    rows = [
        {"order_id": plan.id, "position": place, **ware.kept, **_priced(line)}
        for plan, quoted in zip(plans, quotes, strict=True)
        for place, ((ware, _), line) in enumerate(zip(plan.goods, quoted.lines, strict=True), start=1)
    ]
    by_order = {plan.id: plan for plan in plans}
    for row in put(OrderLine, rows):
        by_order[row["order_id"]].lines.append(row)


def _priced(line: QuotedLine) -> Row:
    names = ("quantity", "unit_price", "discount", "total", "tax_rate", "tax_contained", "tax_added")
    return {name: getattr(line, name) for name in names}


def _method(plan: Plan, by_code: dict[str, Method]) -> Method:
    return by_code["express" if plan.is_express else "standard"]


def _day(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()
