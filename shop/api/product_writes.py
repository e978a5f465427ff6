"""What the owner does with products: make, change, delete them (CAT-03)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import request
from werkzeug.exceptions import Forbidden

from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.api.door import FILES, ApiBlueprint, NothingToChange, needs
from shop.api.schemas.fields import Deleted
from shop.api.schemas.product_writes import SOLD, NewProduct, ProductChange, ProductKept
from shop.lib.files.drawing import drawn
from shop.lib.files.errors import BadPicture
from shop.lib.files.kinds import PRODUCT_PICTURE
from shop.lib.files.serving import uploaded
from shop.lib.unit_of_work import steps, unit_of_work
from shop.merchandising.categories.services import category_at_path
from shop.merchandising.deletion import delete_product
from shop.merchandising.pictures.arriving import NewPicture, arriving
from shop.merchandising.products.creating import create_product
from shop.merchandising.products.editing import change_product
from shop.merchandising.products.fields import ProductFields
from shop.merchandising.products.kept import KeptProduct, kept_product
from shop.merchandising.products.naming import named_variants

bp = ApiBlueprint("product_writes", "products", "Products as their owner makes and changes them")
owner = needs(Permission.PRODUCT_UPDATE)
THUMBNAIL = "thumbnail"


@bp.post("/")
@owner
@bp.doc(**{FILES: [THUMBNAIL]})
@bp.body(NewProduct)
@bp.response(201, ProductKept)
@steps
def create(values: dict[str, Any]) -> KeptProduct:
    """Add a product; `published` needs the file `thumbnail`, its first picture.

    New categories need the permission to change them, a quantity the one to correct stock. 409 where another product
    has the slug, or another variant a SKU.
    """
    variants = values.pop("variants", None) or [_only_one(values)]
    _refuse_beyond(values, variants)
    with _thumbnail() as picture, unit_of_work():
        if path := values.pop("category_path", None):
            values["category_id"] = category_at_path(path).id
        said, made = ProductFields(**_own(values)), named_variants(variants)
        return kept_product(create_product(said, made, visitor().actor, picture=picture).id)


@bp.put("/<key:item_id>")
@owner
@bp.body(ProductChange)
@bp.response(200, ProductKept)
def update(values: dict[str, Any], item_id: int) -> KeptProduct:
    """Change what is sent. 400 without any field; 409 where somebody changed it since the `version` that is sent,
    or another product has the slug. A slug that was given up leads to the new one.

    `published` puts it on the shelf, or takes it away; it needs a picture and something to buy. So does `publish_at`,
    which puts it there at a moment to come; null takes that back.
    """
    version = values.pop("version", None)
    if not values:
        raise NothingToChange
    change_product(item_id, _own(values), version)
    return kept_product(item_id)


@bp.delete("/<key:item_id>")
@owner
@bp.response(200, Deleted)
def delete(item_id: int) -> Any:
    """Take a product out of the shop: off listings, bags and wishlists. Orders keep what they say of it."""
    delete_product(item_id)
    return {"deleted": True}


def _own(values: dict[str, Any]) -> dict[str, Any]:
    """The product's own values."""
    return {name: value for name, value in values.items() if name != "kind"}


def _only_one(values: dict[str, Any]) -> dict[str, Any]:
    """What was said of the only variant there is."""
    said = {name: values.pop(name) for name in SOLD if name in values}
    return {"units" if name == "quantity" else name: value for name, value in said.items()}


def _refuse_beyond(values: dict[str, Any], variants: list[dict[str, Any]]) -> None:
    """Nobody makes categories or stock along with a product who may not do so by themselves."""
    may = visitor().can
    if "category_path" in values and not may(Permission.CATALOG_MANAGE):
        raise Forbidden("Your role does not allow new categories: send category_id.")
    if any(one.get("units") for one in variants) and not may(Permission.STOCK_ADJUST):
        raise Forbidden("Your role does not allow to say what is in stock.")


@contextmanager
def _thumbnail() -> Iterator[NewPicture | None]:
    """The picture that came along, while its rows are written; None where none did. Raises BadPicture."""
    if THUMBNAIL not in request.files:
        yield None
        return
    try:
        webp = drawn(uploaded(THUMBNAIL), PRODUCT_PICTURE)
    except BadPicture as error:
        raise BadPicture(str(error), field=THUMBNAIL) from error
    with arriving(webp) as picture:
        yield picture
