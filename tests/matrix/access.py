"""Who may do what: roles, at both doors."""

from __future__ import annotations

from shop.accounts.permissions import Permission as P
from tests.matrix.entries import entry, the
from tests.matrix.team import TEAMMATE

ROLE = {"label": "Till", "description": "At the counter", "permissions": "role:update"}
ROLE_OF_APPS = {"role_name": "Till", "permissions": ("role:update",)}

ROLES = [
    entry("GET /staff/roles", P.ROLE_UPDATE),
    entry("GET /staff/roles/new", P.ROLE_UPDATE),
    entry("POST /staff/roles/new", P.ROLE_UPDATE, "role", "role_permission", "access_policy", body=ROLE),
    entry("GET /staff/roles/<int:role_id>", P.ROLE_UPDATE, role_id=the("free role")),
    entry("POST /staff/roles/<int:role_id>", P.ROLE_UPDATE, "role", role_id=the("free role"), body=ROLE),
    entry("POST /staff/roles/<int:role_id>/removal", P.ROLE_UPDATE, "role", role_id=the("free role")),
    entry("POST /staff/roles/<int:role_id>/people", P.ROLE_UPDATE, "user_role", role_id=the("free role"),
          body={"identifier": TEAMMATE}),
    entry("POST /staff/roles/<int:role_id>/people/<int:user_id>/removal", P.ROLE_UPDATE, "user_role",
          role_id=the("held role"), user_id=the("holder")),
    entry("GET /api/v1/roles/", P.ROLE_UPDATE),
    entry("POST /api/v1/roles/", P.ROLE_UPDATE, "role", body=ROLE_OF_APPS),
    entry("GET /api/v1/roles/<key:role_id>", P.ROLE_UPDATE, role_id=the("free role")),
    entry("PUT /api/v1/roles/<key:role_id>", P.ROLE_UPDATE, "role", role_id=the("free role"),
          body={"description": "At the counter"}),
    entry("DELETE /api/v1/roles/<key:role_id>", P.ROLE_UPDATE, "role", role_id=the("free role")),
    entry("GET /api/v1/users/<key:user_id>/roles", P.TEAM_READ, user_id=the("holder")),
    entry("POST /api/v1/users/<key:user_id>/roles", P.ROLE_UPDATE, "user_role", user_id=the("holder"),
          body={"role_id": the("free role")}),
    entry("DELETE /api/v1/users/<key:user_id>/roles/<key:role_id>", P.ROLE_UPDATE, "user_role",
          user_id=the("holder"), role_id=the("held role")),
]  # fmt: skip

ACCESS = [*ROLES]
