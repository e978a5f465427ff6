"""Roles, and who has them."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from shop.accounts.permissions import Permission
from shop.api.schemas.fields import Key, Line

PERMISSIONS = fields.String(validate=validate.OneOf([one.value for one in Permission]))


class Role(Schema):
    """A named bundle of permissions; built-in ones stay, under their names."""

    id = Key(required=True)
    role_name = fields.String(required=True, attribute="label")
    description = fields.String(required=True)
    permissions = fields.List(fields.String(), required=True, metadata={"description": "As resource:action"})
    built_in = fields.Boolean(required=True)


class RoleChange(Schema):
    """What can be said of a role; `permissions` are all it allows from now on."""

    role_name = Line(40, attribute="label")
    description = Line(300, 0)
    permissions = fields.List(PERMISSIONS, validate=validate.Length(max=100))


class NewRole(RoleChange):
    """A role that is to be."""

    role_name = Line(40, attribute="label", required=True)
    description = Line(300, 0, load_default="")
    permissions = fields.List(PERMISSIONS, validate=validate.Length(max=100), load_default=list)


class GivenRole(Schema):
    """The role to give."""

    role_id = Key(required=True)


def shown(role: Any, allowed: frozenset[str]) -> dict[str, Any]:
    """A role with what it allows, as the schema shows it."""
    return {
        "id": role.id,
        "label": role.label,
        "description": role.description,
        "permissions": sorted(allowed),
        "built_in": role.built_in_at is not None,
    }
