"""Customers as the team reaches them, at both doors."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from shop.accounts.customers import groups
from shop.accounts.models import User, UserStatus
from shop.accounts.permissions import Permission as P
from shop.extensions import db
from tests.factories import PASSWORD, a_user
from tests.matrix.entries import Who, entry, mine, own, the

READ, UPDATE, DEACTIVATE = P.CUSTOMER_READ, P.CUSTOMER_UPDATE, P.CUSTOMER_DEACTIVATE
ONE, API = "/staff/customers/<int:user_id>", "/api/v1/users"
LOOM = {"first_name": "Loom", "email": "loom@example.com"}
GROUP = {"name": "Tailors", "description": "Who sew for others"}

CUSTOMERS = [
    entry("GET /staff/customers", READ),
    entry("GET /staff/customers/new", UPDATE),
    entry("POST /staff/customers/new", UPDATE, "user_account", "user_role", body=LOOM),
    entry(f"GET {ONE}", READ, user_id=the("buyer")),
    entry(f"GET {ONE}/edit", UPDATE, user_id=the("buyer")),
    entry(f"POST {ONE}/edit", UPDATE, "user_account", user_id=the("buyer"),
          body={"first_name": "Loom", "email": own("buyer email")}),
    entry(f"POST {ONE}/deactivation", DEACTIVATE, "user_account", user_id=the("buyer")),
    entry(f"POST {ONE}/activation", DEACTIVATE, "user_account", user_id=the("closed customer")),
    entry(f"GET {ONE}/deletion", P.CUSTOMER_DELETE, user_id=the("closed customer")),
    entry(f"POST {ONE}/deletion", P.CUSTOMER_DELETE, "user_account", user_id=the("closed customer"),
          body={"current_password": PASSWORD}),
    entry(f"DELETE {API}/<key:user_id>", P.CUSTOMER_DELETE, "user_account", user_id=the("closed customer")),
    entry(f"GET {ONE}/timeline", READ, user_id=the("buyer")),
    entry(f"POST {ONE}/notes", UPDATE, "customer_note", user_id=the("buyer"), body={"text": "Likes indigo"}),
    entry(f"POST {ONE}/notes/<int:note_id>/removal", UPDATE, "customer_note", user_id=the("buyer"),
          note_id=mine("note")),
    entry(f"POST {ONE}/groups", UPDATE, "customer_group_member", user_id=the("closed customer"),
          body={"group": own("group choice")}),
    entry(f"POST {ONE}/groups/<int:group_id>/removal", UPDATE, "customer_group_member", user_id=the("buyer"),
          group_id=the("group")),
    entry(f"POST {ONE}/visits", P.CUSTOMER_HELP, "session", "support_visit", user_id=the("buyer"),
          body={"reason": "Cannot find the sale"}),
    entry("POST /support-visit/end", Who.ANYONE),
    entry("GET /staff/customers/grouping", UPDATE, query={"all": "1"}),
    entry("POST /staff/customers/grouping", UPDATE, "customer_group_member",
          body={"all": "1", "do": "add", "into": own("group choice")}),
    entry("GET /staff/customer-groups", READ),
    entry("POST /staff/customer-groups", UPDATE, "customer_group", body=GROUP),
    entry("GET /staff/customer-groups/<int:group_id>", READ, group_id=the("group")),
    entry("POST /staff/customer-groups/<int:group_id>", UPDATE, "customer_group", group_id=the("group"), body=GROUP),
    entry("POST /staff/customer-groups/<int:group_id>/removal", UPDATE, "customer_group", "customer_group_member",
          group_id=the("group")),
    entry(f"GET {API}/", READ),
    entry(f"POST {API}/", UPDATE, "user_account", "user_role", body=LOOM),
    entry(f"GET {API}/<key:user_id>", READ, user_id=the("buyer")),
    entry(f"PUT {API}/<key:user_id>", UPDATE, "user_account", user_id=the("buyer"), body={"first_name": "Loom"}),
    entry(f"POST {API}/<key:user_id>/deactivate", DEACTIVATE, "user_account", user_id=the("buyer")),
    entry(f"POST {API}/<key:user_id>/activate", DEACTIVATE, "user_account", user_id=the("closed customer")),
]  # fmt: skip


def settle(buyer_id: int) -> dict[str, Any]:
    """A group with the buyer in it, and a customer who is not let in."""
    group = groups.create_group("Weavers", "Who buy yarn")
    groups.add_people(group.id, select(User).where(User.id == buyer_id), buyer_id)
    closed = a_user("closed-customer@example.com", status=UserStatus.INACTIVE)
    buyer = db.session.get_one(User, buyer_id)
    return {"buyer email": buyer.email, "group": group.id, "group choice": str(group.id), "closed customer": closed.id}
