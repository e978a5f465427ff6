"""What a product's page reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Executable, bindparam, func, select

from shop.catalog import queries as catalog_queries
from shop.catalog.models import Brand, Category, Colour, Picture, Product, ProductType, Size, Variant
from shop.delivery import queries as delivery_queries
from shop.delivery import quoting
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.errors import NotFound
from shop.lib.money import Money
from shop.lib.stamp import shown_until
from shop.merchandising.product_page.choices import chosen_colour, colours_of, gallery_of, sizes_of
from shop.merchandising.product_page.legal_facts import legal_facts
from shop.merchandising.product_page.shown import Piece, ProductPage, Sending, ShownProduct
from shop.stock.models import StockLevel
from shop.store.days import day_start
from shop.store.formats import local

# Statements that are put together once: for every page anew, that takes as long as asking the database.
PRODUCT: Executable = (
    catalog_queries.products_on_shelf()
    .join(Product.brand)
    .join(Product.category)
    .join(Product.product_type)
    .where(Product.slug == bindparam("slug"))
    .with_only_columns(
        Product.id, Product.slug, Product.name, Product.description, Product.specifications, Product.mrp, Product.hsn,
        Product.country_of_origin, Product.maker, Product.net_quantity,
        Brand.name.label("brand"), Brand.slug.label("brand_slug"), Brand.active.label("brand_active"),
        Brand.logo.label("brand_logo"), Category.path.label("category_path"), ProductType.name.label("kind"),
        ProductType.slug.label("kind_slug"), ProductType.garment, ProductType.size_table,
        ProductType.chart.label("size_chart"),
    )
)  # fmt: skip
PIECES: Executable = (
    select(
        Variant.id, Variant.sku, Variant.price, Variant.sale_price, Variant.weight_grams,
        Variant.colour_id, Colour.slug.label("colour_slug"), Colour.name.label("colour_name"),
        Colour.hex.label("colour_hex"),
        Size.slug.label("size_slug"), Size.label.label("size_label"), Size.position.label("size_position"),
        func.coalesce(StockLevel.on_hand - StockLevel.reserved, 0).label("left"),
    )
    .select_from(Variant)
    .join(Variant.colour)
    .join(Variant.size)
    .outerjoin(StockLevel, StockLevel.variant_id == Variant.id)
    .where(Variant.product_id == bindparam("product_id"), Variant.retired_at.is_(None))
    .order_by(Variant.id)
)  # fmt: skip
PICTURES: Executable = (
    select(Picture.stem, Picture.widths, Picture.alt, Picture.has_avif, Picture.colour_id)
    .where(Picture.product_id == bindparam("product_id"), Picture.deleted_at.is_(None))
    .order_by(Picture.position, Picture.id)
)


def product_page(slug: str, colour_slug: str | None = None, size: str | int | None = None) -> ProductPage:
    """A product in a colour: the asked one, else the first that has something left.

    `size` is a size's slug, or the id of a variant whose size is wanted.
    """
    product = _product(slug)
    pieces = _pieces(product.id)
    if not pieces:
        raise NotFound
    colours = colours_of(product, pieces)
    colour = chosen_colour(colours, pieces, colour_slug)
    here = [piece for piece in pieces if piece.colour_id == colour.id]
    cheapest = min(here, key=lambda piece: (piece.current_price, piece.id))
    wanted = _size_slug(pieces, size)
    kept = next((piece.id for piece in here if piece.size_slug == wanted and piece.left > 0), None)
    pictures = _pictures(product.id)
    return ProductPage(
        product=product,
        category=catalog_queries.any_category_where("path", product.category_path),
        pieces=pieces,
        pictures=pictures,
        colours=colours,
        colour=colour,
        sizes=sizes_of(here, cheapest.current_price),
        chosen_id=kept,
        was_cleared=wanted is not None and kept is None,
        price=cheapest.current_price,
        was=cheapest.was,
        gallery=gallery_of(pictures, colour.id),
        legal_facts=legal_facts(product),
        sendings=_sendings(cheapest.current_price, cheapest.weight_grams),
    )


def _product(slug: str) -> ShownProduct:
    found = db.session.execute(PRODUCT, {"slug": slug}).mappings().one_or_none()
    if found is None:
        raise NotFound
    return ShownProduct(**found)


def _pieces(product_id: int) -> list[Piece]:
    """What is sold of a product, as plain values: a page reads many of them and changes none."""
    return [Piece(**row) for row in db.session.execute(PIECES, {"product_id": product_id}).mappings()]


def _pictures(product_id: int) -> Sequence[Any]:
    return db.session.execute(PICTURES, {"product_id": product_id}).all()


def _size_slug(pieces: Sequence[Piece], size: str | int | None) -> str | None:
    if isinstance(size, int):
        return next((piece.size_slug for piece in pieces if piece.id == size), None)
    return size


def _sendings(price: Money, weight_grams: int) -> list[Sending]:
    today = local(now()).date()
    shown_until(day_start(today + timedelta(days=1)))
    return [
        Sending(m.name, quoting.charge(m, price, weight_grams), m.free_from, *quoting.arrival(m, today), m.zones)
        for m in delivery_queries.methods()
    ]
