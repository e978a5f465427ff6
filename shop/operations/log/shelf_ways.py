"""How changes of the shelf are undone: products, pictures, prices, and what products are sorted by."""

from __future__ import annotations

from shop.accounts.permissions import Permission
from shop.catalog.models import (
    Attribute,
    Category,
    Picture,
    Product,
    ProductRelation,
    SaleSchedule,
    Size,
    Synonym,
    Variant,
)
from shop.catalog.search import keeping
from shop.extensions import db
from shop.lib.audit_log.values import Values
from shop.lib.clock import now
from shop.merchandising import attributes
from shop.merchandising import services as merchandising
from shop.merchandising.categories.removal import remove_category
from shop.merchandising.categories.undoing import put_back_category
from shop.merchandising.lookups.nouns import BRAND, COLOUR, OCCASION, PRODUCT_TYPE, Noun
from shop.merchandising.lookups.removal import remove
from shop.merchandising.lookups.sizes import change_size, delete_size
from shop.merchandising.lookups.undoing import put_back
from shop.merchandising.pictures import services as pictures
from shop.merchandising.products import variants
from shop.merchandising.products.editing import put_back_product
from shop.merchandising.sales import services as sales
from shop.operations.log.way import Way, set_values


def _say_again(row: Synonym, values: Values) -> None:
    line = keeping.line_of(values.get("words", row.words), values.get("means", row.means))
    keeping.change_synonym(row.id, line)


def _of_lookup(noun: Noun) -> Way:
    return Way(
        noun.model,
        Permission.CATALOG_MANAGE,
        lambda row, values, _may: put_back(noun, row, values),
        remove=lambda row, _may: remove(noun, row.id),
    )


WAYS = (
    Way(
        Product,
        Permission.PRODUCT_UPDATE,
        lambda row, values, _may: put_back_product(row.id, values),
    ),
    Way(
        Variant,
        Permission.PRODUCT_UPDATE,
        lambda row, values, _may: variants.put_back_variant(row.id, values),
        remove=lambda row, _may: variants.put_back_variant(row.id, {"retired_at": now()}),
        hold=lambda key: merchandising.lock_variant(*key),
    ),
    Way(
        SaleSchedule,
        Permission.PRODUCT_UPDATE,
        make=lambda values, _may: sales.schedule_again(values),
        remove=lambda row, _may: sales.cancel_sale(row),
        hold=lambda key: sales.hold(*key),
    ),
    *map(_of_lookup, (BRAND, OCCASION, PRODUCT_TYPE, COLOUR)),
    Way(
        Category,
        Permission.CATALOG_MANAGE,
        lambda row, values, _may: put_back_category(row, values),
        remove=lambda row, _may: remove_category(row.id),
    ),
    Way(
        Attribute,
        Permission.CATALOG_MANAGE,
        make=lambda values, _may: attributes.add_filter(values["name"]),
        remove=lambda row, _may: attributes.remove_filter(row.id),
    ),
    Way(
        Synonym,
        Permission.CATALOG_MANAGE,
        lambda row, values, _may: _say_again(row, values),
        lambda values, _may: db.session.add(Synonym(**values)),
        lambda row, _may: keeping.remove_synonym(row.id),
    ),
    Way(
        Picture,
        Permission.PRODUCT_UPDATE,
        lambda row, values, _may: pictures.put_back_values(row.id, values),
        remove=lambda row, _may: pictures.remove(row.id),
        columns=frozenset({"alt", "colour_id", "position", "deleted_at"}),
        hold=lambda key: pictures.lock_picture(*key, deleted=None),
    ),
    Way(
        ProductRelation,
        Permission.PRODUCT_UPDATE,
        set_values,
        lambda values, _may: db.session.add(ProductRelation(**values)),
        lambda row, _may: db.session.delete(row),
        hold=lambda key: merchandising.lock_product(key[0]),
    ),
    Way(
        Size,
        Permission.CATALOG_MANAGE,
        lambda row, values, _may: change_size(row.id, values),
        lambda values, _may: db.session.add(Size(**values)),
        lambda row, _may: delete_size(row.id),
    ),
)
