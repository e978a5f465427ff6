"""What the owner does with the variants of a product: make, change, take away (CAT-04)."""

from __future__ import annotations

from typing import Any

from werkzeug.exceptions import Forbidden

from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.api.door import ApiBlueprint, NothingToChange, needs
from shop.api.schemas.fields import Deleted
from shop.api.schemas.product_writes import NewVariant, VariantChange, VariantKept
from shop.merchandising.products.kept import KeptVariant, kept_variant
from shop.merchandising.products.naming import named_variants
from shop.merchandising.products.variants import add_variant, change_variant, take_away

bp = ApiBlueprint("product_variants", "products", "Colours and sizes of a product as its owner keeps them")
owner = needs(Permission.PRODUCT_UPDATE)
ONE = "/<key:item_id>/variants/<key:variant_id>"


@bp.post("/<key:item_id>/variants")
@owner
@bp.body(NewVariant)
@bp.response(201, VariantKept)
def create(values: dict[str, Any], item_id: int) -> KeptVariant:
    """Add a colour and size; a quantity needs the permission to correct stock. 409 where the SKU is taken."""
    if values.get("units") and not visitor().can(Permission.STOCK_ADJUST):
        raise Forbidden("Your role does not allow to say what is in stock.")
    [new] = named_variants([values])
    return kept_variant(add_variant(item_id, new, visitor().actor).id)


@bp.put(ONE)
@owner
@bp.body(VariantChange)
@bp.response(200, VariantKept)
def update(values: dict[str, Any], item_id: int, variant_id: int) -> KeptVariant:
    """Change what is sent; `active` sells it again, or no more. 400 without any field; 409 where the SKU is taken."""
    if not values:
        raise NothingToChange
    change_variant(item_id, variant_id, values, visitor().actor)
    return kept_variant(variant_id)


@bp.delete(ONE)
@owner
@bp.response(200, Deleted)
def delete(item_id: int, variant_id: int) -> Any:
    """Sell it no more; orders keep it, and `active` brings it back. 422 for the last one of a product on the shelf."""
    take_away(item_id, variant_id, visitor().actor)
    return {"deleted": True}
