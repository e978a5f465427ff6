"""Deleting what others hang on, as apps ask for it and are answered."""

from __future__ import annotations

from marshmallow import EXCLUDE, Schema, fields

from shop.api.schemas.fields import Deleted, Key


class RemovalQuery(Schema):
    """What becomes of what hangs on something that is deleted."""

    class Meta:
        unknown = EXCLUDE

    cascade = fields.Boolean(load_default=False, metadata={"description": "Delete what hangs on it along with it"})
    move_to = Key(load_default=None, metadata={"description": "Give it to another one first"})


class Hanging(Schema):
    """How much hung on it."""

    products = fields.Integer(required=True)
    on_shelf = fields.Integer(required=True, metadata={"description": "Of the products"})
    variants = fields.Integer(required=True)
    in_bags = fields.Integer(required=True, metadata={"description": "Lines of bags"})
    on_wishlists = fields.Integer(required=True)
    sub_categories = fields.Integer(required=True)


class Removed(Deleted):
    """What was asked for is gone, with what hung on it or after that was moved."""

    stats = fields.Nested(Hanging, required=True)
    file_cleanup_warnings = fields.List(fields.String(), metadata={
        "description": "Pictures that could not be removed yet; the shop tries again every day"})  # fmt: skip
