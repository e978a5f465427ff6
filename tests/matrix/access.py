"""Who may do what: roles, at both doors."""

from __future__ import annotations

from shop.accounts.permissions import Permission as P
from tests.factories import PASSWORD
from tests.matrix.entries import Who, entry, mine, own, the
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
MEMBER = {"first_name": "Ravi", "email": "ravi@example.com"}
TEAM = [
    entry("GET /staff/team", P.TEAM_READ),
    entry("GET /staff/team/new", P.TEAM_UPDATE),
    entry("POST /staff/team/new", P.TEAM_UPDATE, "user_account", "user_role", body=MEMBER | {"role": own("joining")}),
    entry("GET /staff/team/<int:user_id>", P.TEAM_READ, user_id=the("member")),
    entry("POST /staff/team/<int:user_id>", P.TEAM_UPDATE, "user_account", user_id=the("member"), body=MEMBER),
    entry("POST /staff/team/<int:user_id>/password", P.TEAM_UPDATE, "user_account", user_id=the("member"), body={}),
    entry("POST /staff/team/<int:user_id>/deactivation", P.TEAM_UPDATE, "user_account", user_id=the("member")),
    entry("POST /staff/team/<int:user_id>/activation", P.TEAM_UPDATE, "user_account", user_id=the("closed member")),
    entry("POST /api/v1/users/create-admin", P.TEAM_UPDATE, "user_account", "user_role",
          body=MEMBER | {"password": "Brass-Button-9", "role_id": the("joining role")}),
    entry("GET /api/v1/team/", P.TEAM_READ),
    entry("POST /api/v1/team/", P.TEAM_UPDATE, "user_account", "user_role",
          body=MEMBER | {"role_id": the("joining role")}),
    entry("GET /api/v1/team/<key:user_id>", P.TEAM_READ, user_id=the("member")),
    entry("PUT /api/v1/team/<key:user_id>", P.TEAM_UPDATE, "user_account", user_id=the("member"), body=MEMBER),
    entry("DELETE /api/v1/team/<key:user_id>", P.TEAM_UPDATE, "user_account", "user_role", user_id=the("member")),
    entry("POST /api/v1/team/<key:user_id>/password", P.TEAM_UPDATE, "user_account", user_id=the("member")),
]  # fmt: skip

SESSIONS = [
    entry("GET /account/sizes", Who.SIGNED_IN),
    entry("GET /account/sizes/<any(own, partner, child):wearer>", Who.SIGNED_IN, wearer="child"),
    entry("POST /account/sizes/<any(own, partner, child):wearer>", Who.SIGNED_IN, "saved_size", wearer="own",
          body={"sizes": "upper:m"}),
    entry("GET /account/sessions", Who.SIGNED_IN),
    entry("POST /account/sessions/<handle>/removal", Who.SIGNED_IN, "session", handle=mine("session")),
    entry("POST /account/sessions/others/removal", Who.SIGNED_IN, "session"),
    entry("POST /account/sessions/removal", Who.SIGNED_IN, "session"),
    entry("POST /staff/customers/<int:user_id>/sessions/removal", P.SESSION_END, "session", user_id=the("logged in")),
    entry("POST /api/v1/auth/logout-all", Who.SIGNED_IN, "session"),
]  # fmt: skip

AUDIT = [
    entry("GET /staff/audit", P.AUDIT_READ),
    entry("GET /staff/audit/<int:entry_id>", P.AUDIT_READ, entry_id=the("change")),
    entry("POST /staff/audit/<int:entry_id>/reversal", P.AUDIT_UNDO, "user_account", "audit_entry",
          entry_id=the("change")),
    entry("POST /staff/audit/<int:entry_id>/reversal-of-save", P.AUDIT_UNDO, "user_account", "audit_entry",
          entry_id=the("change")),
    entry("GET /api/v1/audit-logs/", P.AUDIT_READ),
    entry("GET /api/v1/audit-logs/by-user/<key:user_id>", P.AUDIT_READ, user_id=the("holder", alike=200)),
    entry("GET /api/v1/audit-logs/by-table/<table>", P.AUDIT_READ, table=the("logged table")),
]  # fmt: skip

LOGGED = {"user_id": the("holder", alike=422), "ip_address": "203.0.113.7", "user_agent": "By phone"}
LOGINS = [
    entry("GET /staff/logins", P.LOG_READ),
    entry("GET /staff/logins/<int:entry_id>/removal", P.LOG_DELETE, entry_id=the("login row")),
    entry("POST /staff/logins/removal", P.LOG_DELETE, "login_entry", body={"before": "2026-01-02"}),
    entry("POST /staff/logins/<int:entry_id>/removal", P.LOG_DELETE, "login_entry", entry_id=the("login row")),
    entry("GET /api/v1/logs/", P.LOG_READ),
    entry("POST /api/v1/logs/", P.LOG_DELETE, "login_entry", body=LOGGED | {"kind": "failed"}),
    entry("GET /api/v1/logs/<key:item_id>", P.LOG_READ, item_id=the("login row")),
    entry("PUT /api/v1/logs/<key:item_id>", P.LOG_DELETE, "login_entry", item_id=the("login row"), body=LOGGED),
    entry("DELETE /api/v1/logs/<key:item_id>", P.LOG_DELETE, "login_entry", item_id=the("login row")),
    *(
        line
        for kind in ("login", "logout", "register")
        for line in (
            entry(f"GET /api/v1/logs/{kind}", P.LOG_READ),
            entry(f"POST /api/v1/logs/{kind}", P.LOG_DELETE, "login_entry", body=LOGGED),
            entry(f"DELETE /api/v1/logs/{kind}/<key:log_id>", P.LOG_DELETE, "login_entry", log_id=the(f"{kind} row")),
        )
    ),
]  # fmt: skip

FREE = {"current_password": own("free password")}
OWN_DATA = [
    entry("GET /account/data", Who.SIGNED_IN),
    entry("POST /account/data", Who.SIGNED_IN, "data_export", "outbox_event"),
    entry("GET /account/data/progress", Who.SIGNED_IN),
    entry("POST /account/data/file", Who.SIGNED_IN, body={"current_password": PASSWORD}),
    entry("GET /account/deletion", Who.SIGNED_IN),
    entry("POST /account/deletion", Who.SIGNED_IN, "user_account", "address", "session", "farewell", body=FREE),
    entry("GET /api/v1/users/data-export", Who.SIGNED_IN),
    entry("POST /api/v1/users/data-export", Who.SIGNED_IN, "data_export", "outbox_event"),
    entry("POST /api/v1/users/data-export/file", Who.SIGNED_IN, body={"current_password": PASSWORD}),
    entry("DELETE /api/v1/users/profile", Who.SIGNED_IN, "user_account", "address", "session", "farewell", body=FREE),
]

ACCESS = [*ROLES, *TEAM, *SESSIONS, *AUDIT, *LOGINS, *OWN_DATA]
