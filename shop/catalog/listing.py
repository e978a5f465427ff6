"""Writes the flat rows the listing reads, in the transaction that changes what they show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import joinedload, selectinload

from shop.catalog.assortments import assortment
from shop.catalog.attributes import write_attributes
from shop.catalog.models import ListingAssortment, ListingOffer, ListingRow, Product, Size, Variant
from shop.catalog.pictures import picture_json, picture_of_row
from shop.catalog.resting import is_listed
from shop.catalog.sales import end_replaced
from shop.catalog.search import index as search
from shop.catalog.size_runs import has_core_sizes
from shop.catalog.traits import traits
from shop.extensions import db
from shop.lib.changes import rows_changed
from shop.lib.queries import rows

CHUNK = 500
LONGEST_FACT = 40
OFFER = (ListingOffer.colour_id, ListingOffer.size_id, ListingOffer.price, ListingOffer.in_stock)


def rebuild(product_ids: Iterable[int], for_sale: Mapping[int, int]) -> None:
    """Write listing rows, offers and search words of products; one that left the shelf loses them.

    `for_sale` holds the units for sale by variant id, read after the stock rows were written; a missing one has none.
    """
    ids = iter(sorted(set(product_ids)))
    while chunk := list(islice(ids, CHUNK)):
        _rebuild(chunk, for_sale)


def set_in_stock(variant_id: int, in_stock: bool) -> None:
    """Tell the listing that a variant sold out or came back; writes only what changed."""
    offer = update(ListingOffer).where(ListingOffer.variant_id == variant_id, ListingOffer.in_stock.is_not(in_stock))
    if rows_changed(offer.values(in_stock=in_stock)) == 0:
        return
    # The row is locked before its offers are read: of two sizes that sell out at once, the second sees the first.
    of_variant = select(ListingOffer.product_id).where(ListingOffer.variant_id == variant_id).scalar_subquery()
    product_id = db.session.scalar(
        select(ListingRow.product_id).where(ListingRow.product_id == of_variant).with_for_update()
    )
    sized = select(*OFFER, Size.position).join(Size, Size.id == ListingOffer.size_id)
    found = db.session.execute(sized.where(ListingOffer.product_id == product_id)).all()
    runs = [(row.colour_id, row.position, row.size_id, row.in_stock) for row in found]
    is_left, is_whole = any(row.in_stock for row in found), has_core_sizes(runs)
    _write(ListingRow, product_id, in_stock=is_left, has_core_sizes=is_whole)
    offers = [(row.colour_id, row.size_id, row.price, row.in_stock) for row in found]
    _write(ListingAssortment, product_id, offers=assortment(offers))


def _write(model: Any, product_id: int | None, **values: Any) -> None:
    """Set columns of a product's row, unless it says so already."""
    differs = or_(*(getattr(model, name).is_distinct_from(value) for name, value in values.items()))
    row = update(model).where(model.product_id == product_id, differs).values(values)
    db.session.execute(row, execution_options={"synchronize_session": False})


def _rebuild(ids: Sequence[int], for_sale: Mapping[int, int]) -> None:
    locked = select(Product.id).where(Product.id.in_(ids)).order_by(Product.id).with_for_update(key_share=True)
    db.session.execute(locked)
    end_replaced(ids)
    shown = [product for product in _products(ids) if _sold(product)]
    offers = {variant.id: _offer(variant, for_sale) for product in shown for variant in _sold(product)}
    listed, value_ids = {product.id: _row(product, for_sale) for product in shown}, write_attributes(ids, shown)
    _sync(ListingRow, "product_id", ids, listed)
    _sync(ListingOffer, "variant_id", ids, offers)
    assorted = (_assortment(product, listed[product.id], for_sale, value_ids) for product in shown)
    _sync(ListingAssortment, "product_id", ids, dict(zip(listed, assorted, strict=True)))
    search.index(_document(product) for product in shown)
    search.forget(sorted(set(ids) - {product.id for product in shown}))


def _products(ids: Sequence[int]) -> list[Product]:
    variants = selectinload(Product.variants)
    wanted = (
        select(Product)
        .where(Product.id.in_(ids), is_listed())
        .order_by(Product.id)
        .options(joinedload(Product.brand), joinedload(Product.category), joinedload(Product.product_type))
        .options(joinedload(Product.occasion), selectinload(Product.pictures))
        .options(variants.joinedload(Variant.colour), variants.joinedload(Variant.size))
        .execution_options(populate_existing=True)
    )
    return rows(wanted)


def _sold(product: Product) -> list[Variant]:
    return [variant for variant in product.variants if variant.retired_at is None]


def _sync(model: Any, key: str, ids: Sequence[int], wanted: Mapping[int, dict[str, Any]]) -> None:
    """Make a table hold exactly the wanted rows of these products."""
    kept = {getattr(row, key): row for row in rows(select(model).where(model.product_id.in_(ids)))}
    for number, values in sorted(wanted.items()):
        row = kept.pop(number, None)
        if row is None:
            db.session.add(model(**{key: number}, **values))
            continue
        for name, value in values.items():
            if getattr(row, name) != value:
                setattr(row, name, value)
    for row in kept.values():
        db.session.delete(row)
    db.session.flush()


def _row(product: Product, for_sale: Mapping[int, int]) -> dict[str, Any]:
    variants = _sold(product)
    cheapest = min(variants, key=lambda variant: (variant.current_price, variant.id))
    was = cheapest.was
    return {
        "slug": product.slug,
        "name": product.name,
        "brand_id": product.brand_id,
        "brand": product.brand.name,
        "category_path": product.category.path,
        "product_type_id": product.product_type_id,
        "occasion_id": product.occasion_id,
        "price": cheapest.current_price,
        "was": was,
        "discount_percent": cheapest.current_price.percent_below(was) if was else 0,
        "in_stock": any(for_sale.get(variant.id, 0) > 0 for variant in variants),
        "has_core_sizes": has_core_sizes(
            (variant.colour_id, variant.size.position, variant.size_id, for_sale.get(variant.id, 0) > 0)
            for variant in variants
        ),
        "published_at": product.published_at,
        "featured_at": product.featured_at,
        "colours": list(_colours(variants)),
        "pictures": list(_pictures(product, variants)),
    }


def _colours(variants: Sequence[Variant]) -> Iterator[dict[str, Any]]:
    for colour in {variant.colour_id: variant.colour for variant in variants}.values():
        yield {"slug": colour.slug, "name": colour.name, "hex": colour.hex}


def _pictures(product: Product, variants: Sequence[Variant]) -> Iterator[dict[str, Any]]:
    """The first two pictures of each colour, and of those that belong to all."""
    slugs: dict[int | None, str | None] = {variant.colour_id: variant.colour.slug for variant in variants}
    slugs[None] = None
    seen: Counter[int | None] = Counter()
    for picture in product.pictures:
        kept = picture_json(picture_of_row(picture))
        if kept and picture.colour_id in slugs and seen[picture.colour_id] < 2:
            seen[picture.colour_id] += 1
            yield kept | {"colour": slugs[picture.colour_id]}


def _offer(variant: Variant, for_sale: Mapping[int, int]) -> dict[str, Any]:
    return {
        "product_id": variant.product_id,
        "colour_id": variant.colour_id,
        "size_id": variant.size_id,
        "price": variant.current_price,
        "in_stock": for_sale.get(variant.id, 0) > 0,
    }


def _assortment(
    product: Product, row: Mapping[str, Any], for_sale: Mapping[int, int], value_ids: Mapping[int, Sequence[int]]
) -> dict[str, Any]:
    offers = [_offer(variant, for_sale) for variant in _sold(product)]
    own = (product.brand_id, product.product_type_id, product.occasion_id, row["discount_percent"])
    return {
        "category_path": product.category.path,
        "traits": traits(*own, value_ids.get(product.id, ())),
        "offers": assortment((o["colour_id"], o["size_id"], o["price"], o["in_stock"]) for o in offers),
    }


def _sizes(product: Product) -> list[str]:
    return sorted({variant.size.label for variant in _sold(product)})


def facts_of(specifications: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """What specifications say, in a few words (a fabric, a fit) and in sentences (how to wash it)."""
    said = [str(value) for value in specifications.values()]
    return [fact for fact in said if len(fact) <= LONGEST_FACT], [fact for fact in said if len(fact) > LONGEST_FACT]


def _document(product: Product) -> search.Document:
    kind = (product.brand.name, product.product_type.name, product.category.name, product.category.path)
    short, long = facts_of(product.specifications)
    facets = [*(colour["name"] for colour in _colours(_sold(product))), *_sizes(product), *short]
    if product.occasion:
        facets.append(product.occasion.name)
    rest = [product.description, *long]
    return search.Document(product.id, product.name, " ".join(kind).replace("/", " "), " ".join(facets), " ".join(rest))
