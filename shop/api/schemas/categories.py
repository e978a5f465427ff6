"""Categories."""

from __future__ import annotations

from marshmallow import Schema, fields

from shop.api.schemas.fields import Key, Paging, text


class CategoryQuery(Paging):
    """Which categories."""

    category = text(80, metadata={"description": "Exactly this name"})
    q = text(80, metadata={"description": "Part of the name"})


class CategoryRow(Schema):
    """A node of the tree; `path` is the slugs from the root down, `level` is 1 at the root."""

    id = Key(required=True, attribute="node.id")
    parent_id = Key(required=True, allow_none=True)
    slug = fields.String(required=True, attribute="node.slug")
    path = fields.String(required=True, attribute="node.path")
    level = fields.Integer(required=True)
    category = fields.String(required=True, attribute="node.name", metadata={"description": "Its name"})
    description = fields.String(required=True, attribute="node.description")
    product_count = fields.Integer(
        required=True, metadata={"description": "Products on the shelf, with those of all categories below"}
    )
