"""All that the shop knows of people, in the order in which it is let go: what reads an order or an account goes before
it, and last goes the key to what the audit log holds."""

from __future__ import annotations

from shop.accounts import personal as accounts
from shop.accounts.customers import personal as customers
from shop.cart import personal as cart
from shop.catalog import personal as catalog
from shop.checkout import personal as checkout
from shop.fulfilment import personal as fulfilment
from shop.invoices import personal as invoices
from shop.lib.personal import Because, Holding, delete_rows
from shop.membership.models import DataExport
from shop.notifications import personal as notifications
from shop.operations import personal as operations
from shop.orders import personal as orders
from shop.payments import personal as payments
from shop.promotions import personal as promotions
from shop.stock import personal as stock

OWN = (Holding((DataExport.__tablename__,), "", Because("It is the export."), delete_rows(DataExport.user_id)),)
HOLDINGS: tuple[Holding, ...] = (
    *OWN,
    *notifications.HOLDINGS,
    *checkout.HOLDINGS,
    *cart.HOLDINGS,
    *catalog.HOLDINGS,
    *fulfilment.HOLDINGS,
    *invoices.HOLDINGS,
    *payments.HOLDINGS,
    *orders.HOLDINGS,
    *promotions.HOLDINGS,
    *stock.HOLDINGS,
    *customers.HOLDINGS,
    *accounts.HOLDINGS,
    *operations.HOLDINGS,
)
