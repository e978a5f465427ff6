"""What an owner settles of a promotion, as plain values that are checked together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from shop.accounts.customers.models import CustomerGroup
from shop.catalog.models import Brand, Category, Product
from shop.extensions import db
from shop.lib.errors import WrongFields
from shop.lib.money import Money
from shop.promotions.models import LONGEST_CODE, LONGEST_NAME, Promotion, ScopeKind
from shop.promotions.rules import Kind

CODE = re.compile(rf"[A-Z0-9][A-Z0-9_-]{{2,{LONGEST_CODE - 1}}}")
MOST_USES = 1_000_000
MOST_UNITS = 20
MOST_MINOR = 1_000_000_000
HIGHEST_PRIORITY = 100
MODELS: dict[ScopeKind, Any] = {ScopeKind.CATEGORY: Category, ScopeKind.BRAND: Brand, ScopeKind.PRODUCT: Product}


@dataclass(frozen=True)
class Terms:
    """A promotion without its id, state and uses. Without a code it is automatic; the ids are what it is limited to."""

    name: str = ""
    code: str | None = None
    kind: Kind = Kind.PERCENT
    value: int = 0
    buy: int = 0
    get: int = 0
    minimum: Money | None = None
    most: Money | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    uses_limit: int | None = None
    uses_each: int | None = None
    first_order: bool = False
    group_id: int | None = None
    is_public: bool = False
    priority: int = 0
    combines: bool = True
    category_ids: frozenset[int] = frozenset()
    brand_ids: frozenset[int] = frozenset()
    product_ids: frozenset[int] = frozenset()

    def ids_of(self, kind: ScopeKind) -> frozenset[int]:
        return {
            ScopeKind.CATEGORY: self.category_ids,
            ScopeKind.BRAND: self.brand_ids,
            ScopeKind.PRODUCT: self.product_ids,
        }[kind]


SCOPED = frozenset({"category_ids", "brand_ids", "product_ids"})
PLAIN = tuple(field.name for field in fields(Terms) if field.name not in SCOPED)
"""The terms that are columns of a promotion."""


def terms_of(promotion: Promotion) -> Terms:
    """What is settled of a promotion that is there."""
    values: dict[str, Any] = {name: getattr(promotion, name) for name in PLAIN}
    limited_to = {f"{kind.value}_ids": promotion.ids_of(kind) for kind in ScopeKind}
    return Terms(**values | limited_to | {"kind": Kind(promotion.kind)})


def tidied(terms: Terms) -> Terms:
    """The same terms without what their kind has no use for, and with a name where only a code was given."""
    is_buy_get, is_percent = terms.kind == Kind.BUY_GET, terms.kind in {Kind.PERCENT, Kind.BUY_GET}
    return replace(
        terms,
        name=terms.name or terms.code or "",
        value=0 if terms.kind == Kind.FREE_DELIVERY else terms.value,
        buy=terms.buy if is_buy_get else 0,
        get=terms.get if is_buy_get else 0,
        most=terms.most if is_percent else None,
    )


def check(terms: Terms) -> None:
    """Refuse terms that make no sense. Raises WrongFields with a sentence at each field."""
    problems = dict(_problems(terms))
    if problems:
        raise WrongFields("Some values do not fit.", problems)


def _problems(terms: Terms) -> Iterator[tuple[str, str]]:
    if not 1 <= len(terms.name) <= LONGEST_NAME:
        yield "name", f"Use 1 to {LONGEST_NAME} characters."
    if terms.code is not None and not CODE.fullmatch(terms.code):
        yield "code", f"Use 3 to {LONGEST_CODE} letters and digits, - or _."
    yield from _problems_of_value(terms)
    yield from _problems_of_limits(terms)
    yield from _problems_of_reach(terms)


def _problems_of_value(terms: Terms) -> Iterator[tuple[str, str]]:
    if terms.kind in {Kind.PERCENT, Kind.BUY_GET} and not 1 <= terms.value <= 10_000:
        yield "value", "Enter more than 0 and at most 100 percent."
    if terms.kind == Kind.FIXED and not 0 < terms.value <= MOST_MINOR:
        yield "value", "Enter an amount above 0."
    for name, units in (("buy", terms.buy), ("get", terms.get)) if terms.kind == Kind.BUY_GET else ():
        if not 1 <= units <= MOST_UNITS:
            yield name, f"Choose from 1 to {MOST_UNITS}."
    for name, amount in (("minimum", terms.minimum), ("most", terms.most)):
        if amount is not None and not 0 < amount.minor <= MOST_MINOR:
            yield name, "Enter an amount above 0, or leave it empty."


def _problems_of_limits(terms: Terms) -> Iterator[tuple[str, str]]:
    for name, uses in (("uses_limit", terms.uses_limit), ("uses_each", terms.uses_each)):
        if uses is not None and not 1 <= uses <= MOST_USES:
            yield name, f"Choose from 1 to {MOST_USES:,}, or leave it empty."
    if not 0 <= terms.priority <= HIGHEST_PRIORITY:
        yield "priority", f"Choose from 0 to {HIGHEST_PRIORITY}."
    if terms.starts_at and terms.ends_at and terms.ends_at <= terms.starts_at:
        yield "ends_at", "Choose an end after the beginning."


def _problems_of_reach(terms: Terms) -> Iterator[tuple[str, str]]:
    if terms.group_id is not None and db.session.get(CustomerGroup, terms.group_id) is None:
        yield "group_id", "This group is not there any more."
    for kind in ScopeKind:
        ids = terms.ids_of(kind)
        if ids and _known(kind, ids) < len(ids):
            yield f"{kind.value}_ids", f"One {kind.value} is not there any more."


def _known(kind: ScopeKind, ids: frozenset[int]) -> int:
    model = MODELS[kind]
    there = select(func.count()).select_from(model).where(model.id.in_(ids), model.deleted_at.is_(None))
    return db.session.scalar(there) or 0
