"""Categories."""

from __future__ import annotations

from marshmallow import Schema, fields

from shop.api.schemas.brands import LONGEST_DESCRIPTION
from shop.api.schemas.fields import Key, Line, NoPicture, Paging, PictureAddress, text
from shop.catalog.models.lookups import LONGEST_NAME, LONGEST_SLUG

PARENT = {"description": "What it stands below; null for the top"}
BEFORE = {"description": "The sibling it comes before; the last without one"}


class CategoryQuery(Paging):
    """Which categories; those that rest are for those who may change them."""

    category = text(80, metadata={"description": "Exactly this name"})
    q = text(80, metadata={"description": "Part of the name"})
    parent_id = Key(metadata={"description": "Only those directly below this one"})
    is_active = fields.Boolean(metadata={"description": "Only active ones, or only those that rest"})


class CategoryChange(Schema):
    """What to change of a category; its picture may come as the file `picture` of a multipart."""

    category = Line(LONGEST_NAME, attribute="name", metadata={"description": "Its name"})
    slug = Line(LONGEST_SLUG, metadata={"description": "Its part of addresses"})
    description = text(LONGEST_DESCRIPTION, 0)
    is_active = fields.Boolean(attribute="active", metadata={"description": "Whether it and all below it are shown"})
    parent_id = Key(allow_none=True, metadata=PARENT)
    picture = NoPicture()


class NewCategory(CategoryChange):
    """A new category, the last of its siblings."""

    category = Line(LONGEST_NAME, attribute="name", required=True, metadata={"description": "Its name"})


class CategoryMove(Schema):
    """Where a category goes with all below it."""

    parent_id = Key(required=True, allow_none=True, metadata=PARENT)
    before_id = Key(load_default=None, allow_none=True, metadata=BEFORE)


class CategoryRow(Schema):
    """A node of the tree; `path` is the slugs from the root down, `level` is 1 at the root."""

    id = Key(required=True, attribute="node.id")
    parent_id = Key(required=True, allow_none=True)
    slug = fields.String(required=True, attribute="node.slug")
    path = fields.String(required=True, attribute="node.path")
    level = fields.Integer(required=True)
    category = fields.String(required=True, attribute="node.name", metadata={"description": "Its name"})
    description = fields.String(required=True, attribute="node.description")
    is_active = fields.Boolean(required=True, attribute="node.active")
    picture_url = PictureAddress(required=True, attribute="node.picture")
    product_count = fields.Integer(
        required=True, metadata={"description": "Products on the shelf, with those of all categories below"}
    )
