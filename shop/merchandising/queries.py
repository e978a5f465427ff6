"""The composed reads of the shelf: a product's page, and the blocks of the home page with their products."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import joinedload, selectinload

from shop.catalog import queries as catalog_queries
from shop.catalog.cards import Card, with_wishes
from shop.catalog.models import Product, Variant
from shop.catalog.pictures import ShownPicture, picture_of
from shop.catalog.rails import Rail, cards_of
from shop.content import queries as content_queries
from shop.content.models import Block
from shop.delivery import queries as delivery_queries
from shop.delivery import quoting
from shop.lib.clock import now
from shop.lib.errors import NotFound
from shop.lib.money import Money
from shop.lib.queries import one_or_404, rows
from shop.lib.stamp import shown_until
from shop.merchandising.product_page import (
    ProductPage,
    Sending,
    colours_of,
    gallery_of,
    size_table_of,
    sizes_of,
)
from shop.stock import queries as stock_queries
from shop.store.days import day_start
from shop.store.formats import local

RELATED = 8


@dataclass(frozen=True)
class HomeBlock:
    """A block of the home page with the cards it shows."""

    kind: str
    title: str
    content: dict[str, Any]
    cards: list[Card]

    def picture(self, stem: str, widths: Sequence[int], alt: str = "") -> ShownPicture | None:
        """One of the pictures the content names."""
        return picture_of(stem, widths, alt)


def home_blocks(wished: Collection[int]) -> list[HomeBlock]:
    """The published blocks in order; a rail without products is left out."""
    blocks = rows(content_queries.blocks())
    rails = {block.id: rail for block in blocks if (rail := _rail(block))}
    filled = dict(zip(rails, cards_of(tuple(rails.values())), strict=True))
    made = [HomeBlock(b.kind, b.title, b.content, with_wishes(filled.get(b.id, ()), wished)) for b in blocks]
    return [block for block in made if block.kind != "rail" or block.cards]


def product_page(slug: str, colour_slug: str | None = None, size: str | int | None = None) -> ProductPage:
    """A product in a colour: the asked one, else the first that has something left.

    `size` is a size's slug, or the id of a variant whose size is wanted.
    """
    product = _product(slug)
    variants = [variant for variant in product.variants if variant.retired_at is None]
    if not variants:
        raise NotFound
    for_sale = stock_queries.for_sale(variant.id for variant in variants)
    colours = colours_of(product, variants)
    buyable = {variant.colour_id for variant in variants if for_sale.get(variant.id, 0) > 0}
    colour = next((c for c in colours if c.slug == colour_slug), None)
    colour = colour or next((c for c in colours if c.id in buyable), colours[0])
    here = [variant for variant in variants if variant.colour_id == colour.id]
    cheapest = min(here, key=lambda variant: (variant.current_price, variant.id))
    wanted = _size_slug(variants, size)
    kept = next((v.id for v in here if v.size.slug == wanted and for_sale.get(v.id, 0) > 0), None)
    category = catalog_queries.category_where("path", product.category.path)
    return ProductPage(
        product=product,
        category=category,
        colours=colours,
        colour=colour,
        sizes=sizes_of(here, for_sale, cheapest.current_price),
        chosen_id=kept,
        was_cleared=wanted is not None and kept is None,
        price=cheapest.current_price,
        was=cheapest.was,
        is_sold_out=colour.id not in buyable,
        gallery=gallery_of(product, colour.id),
        size_table=size_table_of(product, category.trail[0].name),
        sendings=_sendings(cheapest.current_price, cheapest.weight_grams),
    )


def related(shown: ProductPage, wished: Collection[int]) -> list[Card]:
    """What else sells best in the same category."""
    (best,) = cards_of((Rail("category", RELATED + 1, shown.category.path),))
    return with_wishes([card for card in best if card.product_id != shown.id][:RELATED], wished)


def _product(slug: str) -> Product:
    variants = selectinload(Product.variants)
    wanted = catalog_queries.products_on_shelf().where(Product.slug == slug).options(
        joinedload(Product.brand), joinedload(Product.category), joinedload(Product.product_type),
        selectinload(Product.pictures),
        variants.joinedload(Variant.colour), variants.joinedload(Variant.size),
    )  # fmt: skip
    return one_or_404(wanted)


def _size_slug(variants: Sequence[Variant], size: str | int | None) -> str | None:
    if isinstance(size, int):
        return next((variant.size.slug for variant in variants if variant.id == size), None)
    return size


def _sendings(price: Money, weight_grams: int) -> list[Sending]:
    today = local(now()).date()
    shown_until(day_start(today + timedelta(days=1)))
    return [
        Sending(m.name, quoting.charge(m, price, weight_grams), m.free_from, *quoting.arrival(m, today))
        for m in delivery_queries.methods()
    ]


def _rail(block: Block) -> Rail | None:
    """The products a block asks for; None for other kinds, and for a category that is no longer there."""
    if block.kind != "rail":
        return None
    source, slug = block.content.get("source", "new"), block.content.get("category", "")
    limit = int(block.content.get("limit", 8))
    if source != "category":
        return Rail(source, limit)
    nodes = catalog_queries.all_nodes(catalog_queries.category_tree())
    return next((Rail(source, limit, node.path) for node in nodes if node.slug == slug), None)
