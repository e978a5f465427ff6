"""The rows of a listing and the counts of its facets: OR inside a facet, AND across them.

Size means in stock in that size, and with a colour the very same variant. A facet's counts ignore its own choice.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    case,
    distinct,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)

from shop.catalog import search
from shop.catalog.models import Brand, Colour, ListingOffer, ListingRow, Product, Size
from shop.catalog.wants import FACETS, PRESETS, Facets, FacetValue, PricePreset, Scope, Wants
from shop.extensions import db
from shop.lib.money import Money
from shop.lib.queries import count_of, rows

LOOKUPS: dict[str, Any] = {"size": Size, "colour": Colour, "brand": Brand}
Conditions = dict[str, ColumnElement[bool]]


def known(wants: Wants) -> tuple[Wants, dict[tuple[str, str], str]]:
    """The wants without values nobody knows, and the names of the others by (facet, slug)."""
    asked = [
        select(literal(name).label("facet"), LOOKUPS[name].slug, _label(name)).where(LOOKUPS[name].slug.in_(slugs))
        for name in FACETS
        if (slugs := getattr(wants, name))
    ]
    if not asked:
        return wants, {}
    names = {(facet, slug): label for facet, slug, label in db.session.execute(union_all(*asked))}
    for facet in FACETS:
        wants = wants.only(facet, [slug for slug in getattr(wants, facet) if (facet, slug) in names])
    return wants, names


def listed(scope: Scope, wants: Wants, *, offset: int = 0, limit: int = 24) -> list[ListingRow]:
    """Rows of the products that match, in the wanted order."""
    return rows(_ordered(_matching(scope, wants), scope, wants.sort).limit(limit).offset(offset))


def number_of(scope: Scope, wants: Wants) -> int:
    """How many products match."""
    return count_of(_matching(scope, wants).with_only_columns(ListingRow.product_id))


def facets(scope: Scope, wants: Wants) -> Facets:
    """Every value there is in this part of the shop with its count, in one statement."""
    conditions = _conditions(wants)
    found: dict[str, list[Any]] = {}
    for row in db.session.execute(_counts(scope, conditions)):
        found.setdefault(row.facet, []).append(row)
    values = {name: [_value(row, getattr(wants, name)) for row in _in_order(found.get(name, []))] for name in FACETS}
    return Facets(**values, price=_presets(found.get("price", []), wants), total=found["total"][0].number)


def counts_of(scope: Scope, several: list[Wants]) -> list[int]:
    """How many products match each of several wants, in one statement."""
    counted = [
        select(literal(place).label("place"), _number(_conditions(wants))).select_from(_offers()).where(_within(scope))
        for place, wants in enumerate(several)
    ]
    found = {row.place: row.number for row in db.session.execute(union_all(*counted))} if counted else {}
    return [found.get(place, 0) for place in range(len(several))]


def _matching(scope: Scope, wants: Wants) -> Select[ListingRow]:
    conditions = _conditions(wants)
    offer = and_(true(), *(made for name, made in conditions.items() if name != "brand"))
    found = select(ListingRow).where(_within(scope), conditions.get("brand", true()))
    if conditions.keys() - {"brand"}:
        found = found.where(exists().where(ListingOffer.product_id == ListingRow.product_id, offer))
    return found


def _conditions(wants: Wants) -> Conditions:
    made: Conditions = {}
    if wants.size:
        chosen = ListingOffer.size_id.in_(select(Size.id).where(Size.slug.in_(wants.size)))
        made["size"] = and_(chosen, ListingOffer.in_stock)
    if wants.colour:
        made["colour"] = ListingOffer.colour_id.in_(select(Colour.id).where(Colour.slug.in_(wants.colour)))
    if wants.brand:
        made["brand"] = ListingRow.brand_id.in_(select(Brand.id).where(Brand.slug.in_(wants.brand)))
    if wants.has_price:
        made["price"] = _between(wants.low, wants.high)
    return made


def _between(low: int | None, high: int | None) -> ColumnElement[bool]:
    at_least = ListingOffer.price >= Money(low * 100) if low is not None else true()
    return and_(at_least, ListingOffer.price < Money((high + 1) * 100) if high is not None else true())


def _within(scope: Scope) -> ColumnElement[bool]:
    inside: list[ColumnElement[bool]] = [true()]
    if scope.path:
        below = ListingRow.category_path.startswith(f"{scope.path}/", autoescape=True)
        inside.append(or_(ListingRow.category_path == scope.path, below))
    if scope.words:
        found = search.matches(scope.words, any_word=scope.any_word)
        inside.append(ListingRow.product_id.in_(select(found.c.product_id)))
    return and_(*inside, *_narrowed(scope))


def _narrowed(scope: Scope) -> Iterator[ColumnElement[bool]]:
    if scope.brand_id is not None:
        yield ListingRow.brand_id == scope.brand_id
    if scope.occasion_id is not None:
        yield ListingRow.product_id.in_(select(Product.id).where(Product.occasion_id == scope.occasion_id))
    if scope.product_type_id is not None:
        yield ListingRow.product_id.in_(select(Product.id).where(Product.product_type_id == scope.product_type_id))
    if scope.in_stock is not None:
        yield ListingRow.in_stock.is_(scope.in_stock)
    if scope.lowest is not None:
        yield ListingRow.price >= scope.lowest
    if scope.highest is not None:
        yield ListingRow.price <= scope.highest


def _ordered(found: Select[ListingRow], scope: Scope, sort: str) -> Select[ListingRow]:
    newest = (ListingRow.published_at.desc(), ListingRow.product_id.desc())
    if sort == "price":
        return found.order_by(ListingRow.price, *newest)
    if sort == "price-desc":
        return found.order_by(ListingRow.price.desc(), *newest)
    if sort == "discount":
        return found.order_by(ListingRow.discount_percent.desc(), *newest)
    if sort == "new":
        return found.order_by(*newest)
    if scope.words:
        match = search.matches(scope.words, any_word=scope.any_word)
        found = found.join(match, match.c.product_id == ListingRow.product_id)
        return found.order_by(ListingRow.in_stock.desc(), match.c.rank.desc(), ListingRow.product_id)
    return found.order_by(ListingRow.in_stock.desc(), ListingRow.units_sold.desc(), *newest)


def _counts(scope: Scope, conditions: Conditions) -> CompoundSelect[Any]:
    """Values and counts as (facet, number, slug, label, grouped, position, hex).

    The offers in scope are gathered once, each with what it fulfils; every facet then counts over them.
    """
    flags = [case((made, 1), else_=0).label(f"is_{name}") for name, made in conditions.items()]
    columns = (ListingOffer.product_id, ListingOffer.size_id, ListingOffer.colour_id, ListingOffer.in_stock)
    gathered = select(*columns, ListingRow.brand_id, _preset().label("preset"), *flags).select_from(_offers())
    inside = gathered.where(_within(scope)).cte("inside")
    sizes = {"slug": Size.slug, "label": Size.label, "grouped": Size.system, "position": Size.position}
    colours = {"slug": Colour.slug, "label": Colour.name, "position": Colour.position, "hex": Colour.hex}
    brands = {"slug": Brand.slug, "label": Brand.name}
    return union_all(
        _counted("size", inside, conditions, inside.c.in_stock, **sizes)
        .join(Size, Size.id == inside.c.size_id).group_by(Size.id),
        _counted("colour", inside, conditions, **colours)
        .join(Colour, Colour.id == inside.c.colour_id).group_by(Colour.id),
        _counted("brand", inside, conditions, **brands)
        .join(Brand, Brand.id == inside.c.brand_id).group_by(Brand.id),
        _counted("price", inside, conditions, position=inside.c.preset).group_by("position"),
        _counted("total", inside, conditions),
    )  # fmt: skip


def _counted(facet: str, inside: CTE, conditions: Conditions, *besides: Any, **shown: Any) -> Select[Any]:
    """A facet's values and how many products match everything but this facet's own choice."""
    others = [inside.c[f"is_{name}"] == 1 for name in conditions if name != facet]
    number = func.count(distinct(case((and_(true(), *others, *besides), inside.c.product_id)))).label("number")
    texts = {"slug": literal(""), "label": literal(""), "grouped": literal("")}
    every: dict[str, Any] = texts | {"position": literal(0), "hex": literal("")} | shown
    named = [column.label(name) for name, column in every.items()]
    return select(literal(facet).label("facet"), number, *named).select_from(inside)


def _preset() -> ColumnElement[int]:
    places = ((_between(low, high), place) for place, (low, high) in enumerate(PRESETS))
    return case(*places, else_=len(PRESETS))


def _number(conditions: Conditions) -> Any:
    matching = and_(true(), *conditions.values())
    return func.count(distinct(case((matching, ListingOffer.product_id)))).label("number")


def _offers() -> Any:
    return ListingOffer.__table__.join(ListingRow.__table__, ListingRow.product_id == ListingOffer.product_id)


def _label(name: str) -> Any:
    return (Size.label if name == "size" else LOOKUPS[name].name).label("label")


def _in_order(found: list[Any]) -> list[Any]:
    return sorted(found, key=lambda row: (row.grouped != "letter", row.grouped, row.position, row.label))


def _value(row: Any, chosen: tuple[str, ...]) -> FacetValue:
    return FacetValue(row.slug, row.label, row.number, row.slug in chosen, row.hex)


def _presets(found: list[Any], wants: Wants) -> list[PricePreset]:
    counts = {row.position: row.number for row in found}
    return [
        PricePreset(low, high, counts.get(place, 0), (low, high) == (wants.low, wants.high))
        for place, (low, high) in enumerate(PRESETS)
    ]
