"""What stands around the owner's pages: the menu, with what waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, g, request, url_for

from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.fulfilment.queries import desk
from shop.lib.jobs.queries import Seer, open_number
from shop.staff import words
from shop.staff.forms.fields import plain
from shop.staff.saves import undo_of
from shop.staff.sorted_by_tabs import TABS


@dataclass(frozen=True)
class Place:
    """One page of the menu and the permission that shows it."""

    title: str
    endpoint: str
    icon: str
    key: str
    permission: Permission


PLACES = (
    Place("Dashboard", "staff_dashboard.show", "layout-dashboard", "g d", Permission.DASHBOARD_READ),
    Place("Orders", "staff_orders.index", "package", "g o", Permission.ORDER_READ),
    Place("Payments", "staff_payments.index", "credit-card", "g b", Permission.PAYMENT_READ),
    Place("Invoices", "staff_invoices.index", "receipt", "g v", Permission.INVOICE_READ),
    Place("Products", "staff_products.index", "shirt", "g p", Permission.PRODUCT_READ),
    Place("Stock", "staff_stock.index", "package-check", "g i", Permission.PRODUCT_READ),
    Place("Delivery", "staff_delivery.index", "truck", "g y", Permission.DELIVERY_MANAGE),
    Place("Catalogue", "staff_categories.index", "tag", "g c", Permission.CATALOG_MANAGE),
    Place("Coupons", "staff_coupons.index", "tag", "g k", Permission.COUPON_READ),
    Place("Customers", "staff_customers.index", "users", "g u", Permission.CUSTOMER_READ),
    Place("Mail", "staff_mail.index", "mail", "g m", Permission.MAIL_READ),
    Place("Jobs", "staff_jobs.index", "clock", "g j", Permission.JOB_READ),
    Place("Team", "staff_team.index", "user", "g t", Permission.TEAM_READ),
    Place("Roles", "staff_roles.index", "key-round", "g r", Permission.ROLE_UPDATE),
    Place("Store", "staff_store.index", "store", "g h", Permission.STORE_UPDATE),
    Place("Taxes", "staff_taxes.index", "landmark", "g x", Permission.TAX_UPDATE),
    Place("Settings", "staff_settings.show", "sliders-horizontal", "g s", Permission.SETTING_UPDATE),
    Place("Audit log", "staff_audit.index", "history", "g a", Permission.AUDIT_READ),
    Place("Login log", "staff_logins.index", "log-out", "g l", Permission.LOG_READ),
)


def install(app: Flask) -> None:
    """Give the owner's pages their menu and words, and messages their way back."""
    app.jinja_env.globals["undo_of"] = undo_of
    app.context_processor(_surroundings)


def queue_counts() -> dict[str, int]:
    """How many orders wait in each queue, and `jobs` that this person may see; read once a request."""
    if "queue_counts" not in g:
        may_see_jobs = visitor().can(Permission.JOB_READ)
        seer = Seer(visitor().user_id, visitor().permissions)
        g.queue_counts = desk.queue_counts(**{"jobs": open_number(seer)} if may_see_jobs else {})
    counts: dict[str, int] = g.queue_counts
    return counts


def jobs_running() -> int:
    """How many jobs wait or are being done that this person may see."""
    return queue_counts()["jobs"] if visitor().can(Permission.JOB_READ) else 0


def _surroundings() -> dict[str, Any]:
    if not request.path.startswith("/staff"):
        return {}
    return {
        "staff_nav": [_item(place) for place in PLACES if visitor().can(place.permission)],
        "jobs_running": jobs_running(),
        "words": words,
        "plain": plain,
    }


def _item(place: Place) -> dict[str, Any]:
    here = (request.endpoint or "").partition(".")[0]
    is_current = here == place.endpoint.partition(".")[0] or (here, place.title) in INSIDE
    count = COUNTS[place.title]() if place.title in COUNTS else None
    url = url_for(place.endpoint)
    return {
        "title": place.title, "url": url, "icon": place.icon, "key": place.key, "is_current": is_current, "count": count
    }  # fmt: skip


COUNTS: dict[str, Callable[[], int]] = {
    "Orders": lambda: sum(queue_counts()[queue] for queue in desk.TODO),
    "Jobs": jobs_running,
}
INSIDE = {
    ("staff_stock_takes", "Stock"),
    ("staff_size_runs", "Stock"),
    ("staff_exports", "Products"),
    ("staff_new_product", "Products"),
    ("staff_product_deletion", "Products"),
    ("staff_bulk_edit", "Products"),
    ("staff_sales", "Products"),
    ("staff_product_relations", "Products"),
    ("staff_imports", "Products"),
    ("staff_refunds", "Orders"),
    ("staff_payouts", "Payments"),
    ("staff_webhooks", "Payments"),
    ("staff_state_words", "Settings"),
    *(
        (f"staff_{part}", "Orders")
        for part in ("parcels", "order_bulk", "order_statistics", "order_edits", "phone_orders", "shipping")
    ),
    ("staff_variants", "Products"),
    ("staff_variant_matrix", "Products"),
    ("staff_size_tables", "Catalogue"),
    *((name, "Catalogue") for name in TABS),
    ("staff_support", "Customers"),
    *(
        (f"staff_customer_{part}", "Customers")
        for part in ("credit", "deletion", "grouping", "groups", "notes", "story")
    ),
}
