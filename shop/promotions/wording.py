"""A promotion in one sentence: "20 % off Shirts, once per customer, till 30 Nov 2026"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from shop.accounts.customers.models import CustomerGroup
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.money import Money
from shop.promotions.models import ScopeKind
from shop.promotions.rules import Kind
from shop.promotions.terms import MODELS, Terms
from shop.store.formats import day_month_year, moment, money

SHOWN = 3


@dataclass(frozen=True)
class Names:
    """What categories, brands, products and groups are called, by id."""

    of_scope: dict[ScopeKind, dict[int, str]]
    of_group: dict[int, str]


def names_for(many: Iterable[Terms]) -> Names:
    """The names that sentences of these terms need, in one statement for each kind."""
    known = list(many)
    return Names(
        {kind: _names(MODELS[kind], {one for terms in known for one in terms.ids_of(kind)}) for kind in ScopeKind},
        _names(CustomerGroup, {terms.group_id for terms in known if terms.group_id is not None}),
    )


def sentence(terms: Terms, names: Names) -> str:
    """What a promotion gives, of what, to whom and when, as the owner would say it."""
    cap = f" (at most {money(terms.most)})" if terms.kind == Kind.PERCENT and terms.most else ""
    parts = [f"{_gives(terms)}{_of_what(terms, names)}{cap}", *_conditions(terms, names), *_times(terms)]
    return ", ".join(parts)


def percent(basis_points: int) -> str:
    """20 %, or 12.5 %."""
    return f"{basis_points / 100:g} %"


def _gives(terms: Terms) -> str:
    if terms.kind == Kind.FREE_DELIVERY:
        return "Free delivery"
    if terms.kind == Kind.FIXED:
        return f"{money(Money(terms.value))} off"
    if terms.kind == Kind.BUY_GET:
        free = "free" if terms.value == 10_000 else f"for {percent(terms.value)} less"
        return f"Buy {terms.buy}, get {terms.get} more {free}"
    return f"{percent(terms.value)} off"


def _of_what(terms: Terms, names: Names) -> str:
    found = [
        name for kind in ScopeKind for one in terms.ids_of(kind) if (name := names.of_scope[kind].get(one)) is not None
    ]
    if not found:
        return "" if terms.kind in {Kind.FREE_DELIVERY, Kind.BUY_GET} else " everything"
    joins = {Kind.FREE_DELIVERY: " with ", Kind.BUY_GET: ": "}
    return joins.get(terms.kind, " ") + _listed(sorted(found))


def _listed(found: list[str]) -> str:
    """A, B and C; of many the first few and how many more."""
    shown, more = found[:SHOWN], len(found) - SHOWN
    if more > 0:
        return f"{', '.join(shown)} and {more} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def _conditions(terms: Terms, names: Names) -> Iterator[str]:
    if terms.minimum:
        yield f"from {money(terms.minimum)}"
    if terms.first_order:
        yield "on a first order"
    if terms.group_id is not None:
        yield f"for {names.of_group.get(terms.group_id, 'a group')}"
    if terms.uses_each is not None:
        yield "once per customer" if terms.uses_each == 1 else f"{terms.uses_each} times per customer"
    if terms.uses_limit is not None:
        yield "for one order alone" if terms.uses_limit == 1 else f"for the first {terms.uses_limit} orders"


def _times(terms: Terms) -> Iterator[str]:
    if terms.starts_at is not None and terms.starts_at > now():
        yield f"from {moment(terms.starts_at)}"
    if terms.ends_at is not None:
        yield f"till {day_month_year(terms.ends_at)}"


def _names(model: Any, ids: set[int]) -> dict[int, str]:
    """Names by id; nothing is asked for none."""
    if not ids:
        return {}
    return dict(db.session.execute(select(model.id, model.name).where(model.id.in_(ids))).all())
