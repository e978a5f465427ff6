"""What people may do: resource:action, bundled into roles kept as data."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    DASHBOARD_READ = "dashboard:read"
    ORDER_READ = "order:read"
    ORDER_UPDATE = "order:update"
    ORDER_CANCEL = "order:cancel"
    PAYMENT_COLLECT = "payment:collect"
    PRODUCT_READ = "product:read"
    PRODUCT_UPDATE = "product:update"
    STOCK_ADJUST = "stock:adjust"
    CUSTOMER_READ = "customer:read"
    MAIL_READ = "mail:read"
    MAIL_RESEND = "mail:resend"
    LOOKUP_UPDATE = "lookup:update"


P = Permission
OWNER, STAFF, SUPPORT, CUSTOMER = "owner", "staff", "support", "customer"
BUILT_IN_ROLES: dict[str, tuple[str, frozenset[Permission]]] = {
    OWNER: ("Owner", frozenset(Permission)),
    STAFF: ("Staff", frozenset(Permission) - {P.MAIL_RESEND, P.LOOKUP_UPDATE}),
    SUPPORT: ("Support", frozenset({P.DASHBOARD_READ, P.ORDER_READ, P.PRODUCT_READ, P.CUSTOMER_READ, P.MAIL_READ})),
    CUSTOMER: ("Customer", frozenset()),
}
