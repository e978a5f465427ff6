"""What people may do: resource:action, bundled into roles kept as data."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    DASHBOARD_READ = "dashboard:read"
    ORDER_READ = "order:read"
    ORDER_UPDATE = "order:update"
    ORDER_EDIT = "order:edit"
    ORDER_CANCEL = "order:cancel"
    PAYMENT_READ = "payment:read"
    PAYMENT_COLLECT = "payment:collect"
    PAYMENT_REFUND = "payment:refund"
    INVOICE_READ = "invoice:read"
    INVOICE_UPDATE = "invoice:update"
    TAX_UPDATE = "tax:update"
    PRODUCT_READ = "product:read"
    PRODUCT_UPDATE = "product:update"
    CATALOG_MANAGE = "catalog:manage"
    STOCK_ADJUST = "stock:adjust"
    DELIVERY_MANAGE = "delivery:manage"
    COUPON_READ = "coupon:read"
    COUPON_UPDATE = "coupon:update"
    COUPON_DELETE = "coupon:delete"
    CONTENT_UPDATE = "content:update"
    CUSTOMER_READ = "customer:read"
    CUSTOMER_UPDATE = "customer:update"
    CUSTOMER_DEACTIVATE = "customer:deactivate"
    CUSTOMER_DELETE = "customer:delete"
    CUSTOMER_HELP = "customer:help"
    CREDIT_UPDATE = "credit:update"
    MAIL_READ = "mail:read"
    MAIL_RESEND = "mail:resend"
    LOOKUP_UPDATE = "lookup:update"
    ROLE_UPDATE = "role:update"
    TEAM_READ = "team:read"
    TEAM_UPDATE = "team:update"
    SESSION_END = "session:end"
    TWO_FACTOR_RESET = "two_factor:reset"
    AUDIT_READ = "audit:read"
    AUDIT_UNDO = "audit:undo"
    SETTING_UPDATE = "setting:update"
    STORE_UPDATE = "store:update"
    LOG_READ = "log:read"
    LOG_DELETE = "log:delete"
    JOB_READ = "job:read"


P = Permission
OWNERS_ALONE = frozenset(
    {
        P.COUPON_DELETE,
        P.CUSTOMER_DEACTIVATE,
        P.CUSTOMER_DELETE,
        P.CUSTOMER_HELP,
        P.CREDIT_UPDATE,
        P.MAIL_RESEND,
        P.LOOKUP_UPDATE,
        P.ROLE_UPDATE,
        P.TEAM_READ,
        P.TEAM_UPDATE,
        P.TWO_FACTOR_RESET,
        P.AUDIT_READ,
        P.AUDIT_UNDO,
        P.SETTING_UPDATE,
        P.STORE_UPDATE,
        P.TAX_UPDATE,
        P.LOG_READ,
        P.LOG_DELETE,
    }
)
OWNER, STAFF, SUPPORT, CUSTOMER = "owner", "staff", "support", "customer"
BUILT_IN_ROLES: dict[str, tuple[str, frozenset[Permission]]] = {
    OWNER: ("Owner", frozenset(Permission)),
    STAFF: ("Staff", frozenset(Permission) - OWNERS_ALONE),
    SUPPORT: (
        "Support",
        frozenset(
            {
                P.DASHBOARD_READ,
                P.ORDER_READ,
                P.INVOICE_READ,
                P.PRODUCT_READ,
                P.COUPON_READ,
                P.CUSTOMER_READ,
                P.MAIL_READ,
            }
        ),
    ),
    CUSTOMER: ("Customer", frozenset()),
}
# The owner keeps every permission, so that nobody can take from the last of them what gives it back; and whoever
# registers is a customer, so that role opens nothing of the owner's door.
FIXED_ROLES = frozenset({OWNER, CUSTOMER})


def about_of(code: str) -> str:
    """What a permission is about, in words."""
    return code.partition(":")[0].replace("_", " ").replace("-", " ").capitalize()


def action_of(code: str) -> str:
    """What a permission lets people do to that, in a word."""
    return code.partition(":")[2].capitalize()


EFFECTS: dict[Permission, str] = {
    P.DASHBOARD_READ: "See sales and what waits",
    P.ORDER_READ: "See orders",
    P.ORDER_UPDATE: "Confirm, pack, ship and deliver orders, and order for customers on the phone",
    P.ORDER_EDIT: "Change the lines of orders before they are packed; the difference is paid or given back",
    P.ORDER_CANCEL: "Cancel orders",
    P.PAYMENT_READ: "See payments and refunds",
    P.PAYMENT_COLLECT: "Note cash as collected, and say how a payment in cash stands",
    P.PAYMENT_REFUND: "Give money back, and see the accounts customers name for it",
    P.INVOICE_READ: "See invoices and credit notes",
    P.INVOICE_UPDATE: "Draft, change, issue, void and send invoices",
    P.TAX_UPDATE: "See tax rates, and add those that hold from a day on",
    P.PRODUCT_READ: "See products",
    P.PRODUCT_UPDATE: "Add products, change and delete them, and their prices",
    P.CATALOG_MANAGE: "Change brands, occasions, product types, categories, colours and sizes, and delete them",
    P.STOCK_ADJUST: "Correct stock",
    P.DELIVERY_MANAGE: "Change how orders are sent: where to, how fast and for how much",
    P.COUPON_READ: "See coupons, automatic discounts and how they are used",
    P.COUPON_UPDATE: "Add coupons and automatic discounts, change, pause and archive them",
    P.COUPON_DELETE: "Delete coupons and discounts that were never used",
    P.CONTENT_UPDATE: "Add pictures for pages of text, and delete them",
    P.CUSTOMER_READ: "See customers, their addresses and orders",
    P.CUSTOMER_UPDATE: "Add customers, change them, keep notes and groups",
    P.CUSTOMER_DEACTIVATE: "Deactivate customers, and activate them again",
    P.CUSTOMER_DELETE: "Delete customers for good",
    P.CUSTOMER_HELP: "Sign in as a customer to help them, which is written down, and change their e-mail or phone",
    P.CREDIT_UPDATE: "Give customers store credit, and take it back",
    P.MAIL_READ: "Read the mails the shop sent",
    P.MAIL_RESEND: "Send failed mails again",
    P.LOOKUP_UPDATE: "Rename states and ways to pay",
    P.ROLE_UPDATE: "Change roles, and give and take them",
    P.TEAM_READ: "See the team",
    P.TEAM_UPDATE: "Add team members, change and deactivate them, make new passwords for them",
    P.SESSION_END: "Log customers out of all their devices",
    P.TWO_FACTOR_RESET: "Switch off two-factor sign-in for somebody who lost their phone",
    P.AUDIT_READ: "Read who changed what",
    P.AUDIT_UNDO: "Undo changes from the audit log",
    P.SETTING_UPDATE: "Change the shop's settings",
    P.STORE_UPDATE: "Change who the shop is: name, address, tax numbers, country",
    P.LOG_READ: "Read who logged in and out, and who was refused",
    P.LOG_DELETE: "Write rows into the login log by hand, and delete rows",
    P.JOB_READ: "Export and import, where they may see or change what is in the file, and follow such long work",
}
"""What each permission lets people do, in the owner's words."""
