"""The books must balance: every check is a query that finds what breaks a rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from shop.operations.audit import invoices, listing, money, orders, pictures, refunds, stock, traits
from shop.operations.log import sealing

Check = Callable[[], Sequence[str]]
CHECKS: dict[str, Check] = {
    "stock on hand is the sum of its ledger": stock.levels_that_differ_from_ledger,
    "reserved stock is the sum of live holds": stock.reserved_that_differs_from_holds,
    "live holds belong to orders still to be sent": stock.holds_without_live_order,
    "orders to be sent hold their goods": stock.live_orders_without_holds,
    "the listing says in stock when there is stock": stock.offers_that_differ_from_stock,
    "the listing knows which size runs are broken": listing.size_runs_that_differ_from_offers,
    "facets count the offers that filters find": listing.assortments_that_differ_from_offers,
    "facets count the traits that filters find": traits.traits_that_differ_from_rows,
    "a sale that runs is the price that stands": listing.sales_that_differ_from_prices,
    "an order's lines sum to its total": orders.lines_that_differ_from_total,
    "tax contained is within the total": orders.tax_outside_total,
    "accounts know what their orders come to": orders.custom_that_differs_from_orders,
    "the first order fixed the country": orders.orders_without_trade,
    "every order has its outbox rows": orders.orders_without_outbox,
    "every order has a history that ends in its state": orders.history_that_differs_from_state,
    "parcels hold only what was ordered": orders.parcels_that_hold_too_much,
    "captures stay within the order's total": money.captures_above_total,
    "refunds stay within captures": money.refunds_above_captures,
    "an order stands as paid exactly when covered": money.standings_that_differ,
    "a payment is paid exactly when captured": money.payments_that_differ_from_ledger,
    "a refund is done exactly when the ledger has it": money.refunds_that_differ_from_ledger,
    "an order knows what of it went back": refunds.refunds_that_differ_from_orders,
    "a refund's lines and delivery come to its amount": refunds.refunds_that_differ_from_lines,
    "no line is given back beyond what was paid": refunds.lines_given_back_twice,
    "store credit is the sum of its ledger": refunds.credit_that_differs_from_ledger,
    "a refund to store credit was given": refunds.credit_refunds_without_credit,
    "numbers of invoices have no gap": invoices.series_with_gaps,
    "an invoice is its order's money": invoices.invoices_that_differ_from_orders,
    "an invoice's lines sum to what it says": invoices.lines_that_differ_from_invoice,
    "credit notes stay within their invoice": invoices.notes_above_invoice,
    "one resource for each idempotency key": orders.keys_without_resource,
    "every picture a row names is there": pictures.pictures_without_file,
    "the audit log is what was sealed": sealing.broken_seals,
    "every entry of the audit log is sealed": sealing.unsealed_for_long,
}


@dataclass(frozen=True)
class Break:
    """A rule and the rows that break it."""

    rule: str
    findings: tuple[str, ...]


def audit() -> list[Break]:
    """Run every check; an empty list means that the books balance."""
    found = ((rule, tuple(check())) for rule, check in CHECKS.items())
    return [Break(rule, findings) for rule, findings in found if findings]
