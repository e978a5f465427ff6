"""Pictures of products (CAT-05)."""

from __future__ import annotations

from typing import Any

from flask import request

from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.api.door import FILES, ApiBlueprint, NothingToChange, needs, total_of
from shop.api.schemas.fields import Deleted
from shop.api.schemas.product_images import (
    NewProductImage,
    ProductImage,
    ProductImageChange,
    ProductImageQuery,
    plain,
)
from shop.api.uploads import drawn_upload
from shop.catalog.pictures import picture_of_row
from shop.lib.files.kinds import PRODUCT_PICTURE
from shop.lib.queries import slice_of
from shop.lib.unit_of_work import steps, unit_of_work
from shop.merchandising.pictures import queries, services
from shop.merchandising.pictures.arriving import arriving

bp = ApiBlueprint("product_images", "product-images", "Pictures of products")
owner = needs(Permission.PRODUCT_UPDATE)
IMAGE = "image"
ONE = "/<key:item_id>"


@bp.get("/")
@bp.query(ProductImageQuery)
@bp.lists(ProductImage)
def index(query: dict[str, Any]) -> Any:
    """Pictures in the owner's order, the primary one first; those of hidden products are for the owner's people."""
    wanted = queries.pictures(query.get("product_id"), hidden=_sees_hidden())
    found = slice_of(wanted, query["skip"], query["limit"])
    return [plain(one, picture_of_row(one)) for one in found.items], total_of(found.total)


@bp.get(ONE)
@bp.response(200, ProductImage)
def show(item_id: int) -> dict[str, Any]:
    """One picture."""
    return _shown(item_id)


@bp.post("/")
@owner
@bp.doc(**{FILES: [IMAGE]})
@bp.body(NewProductImage)
@bp.response(201, ProductImage)
@steps
def create(values: dict[str, Any]) -> dict[str, Any]:
    """Add a picture of a product, behind the others or where `position` or `is_primary` say.

    400 without the file; 413 for more than 5 MB; 415 for what is no JPEG, PNG or WebP; 409 where a product has as many
    as it may have.
    """
    with arriving(drawn_upload(IMAGE, PRODUCT_PICTURE)) as new, unit_of_work():
        product_id = values["product_id"]
        colour_id = _colour(product_id, values)
        alt = values.get("alt", "")
        added = services.add(product_id, new, alt=alt, colour_id=colour_id)
        _place(added.id, values)
        return _shown(added.id)


@bp.put(ONE)
@owner
@bp.doc(**{FILES: [IMAGE]})
@bp.body(ProductImageChange)
@bp.response(200, ProductImage)
@steps
def update(values: dict[str, Any], item_id: int) -> dict[str, Any]:
    """Change what is sent: text, colour, place, or the file, which goes at once where another takes its place.

    400 where nothing is sent; 413 for more than 5 MB; 415 for what is no JPEG, PNG or WebP.
    """
    if not values and IMAGE not in request.files:
        raise NothingToChange
    if IMAGE not in request.files:
        with unit_of_work():
            return _changed(item_id, values)
    with arriving(drawn_upload(IMAGE, PRODUCT_PICTURE)) as new, unit_of_work():
        services.replace(item_id, new)
        return _changed(item_id, values)


@bp.delete(ONE)
@owner
@bp.response(200, Deleted)
def delete(item_id: int) -> dict[str, bool]:
    """Delete a picture; for a day the owner can put it back, then its files go.

    409 for the primary one, unless it is the only one of a product that is not on the shelf.
    """
    services.remove(item_id)
    return {"deleted": True}


def _changed(item_id: int, values: dict[str, Any]) -> dict[str, Any]:
    picture = services.lock_picture(item_id)
    if values.keys() & {"alt", "color"}:
        colour_id = _colour(picture.product_id, values) if "color" in values else picture.colour_id
        services.describe(item_id, values.get("alt", picture.alt), colour_id)
    _place(item_id, values)
    return _shown(item_id)


def _place(item_id: int, values: dict[str, Any]) -> None:
    if values.get("is_primary"):
        services.move(item_id, 0)
    elif "position" in values:
        services.move(item_id, values["position"])


def _colour(product_id: int, values: dict[str, Any]) -> int | None:
    """The colour that is named, or that of the variant; None for all."""
    if "variant_id" in values:
        return queries.colour_of_variant(product_id, values["variant_id"])
    return queries.colour_called(product_id, values["color"]) if values.get("color") else None


def _shown(item_id: int) -> dict[str, Any]:
    one = queries.shown_picture(item_id, hidden=_sees_hidden())
    return plain(one, picture_of_row(one))


def _sees_hidden() -> bool:
    return visitor().can(Permission.PRODUCT_READ) or visitor().can(Permission.PRODUCT_UPDATE)
