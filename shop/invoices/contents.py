"""What stands in an invoice: who sells, who buys, and lines with their tax that sum to the order's money."""

from __future__ import annotations

from typing import Any

from shop.invoices.models import InvoiceLine
from shop.lib.money import Money
from shop.orders.models import Order, OrderLine
from shop.orders.paid import line_paid
from shop.pricing.tax_split import TaxSplit, split_over, split_tax
from shop.store.countries import country
from shop.store.queries import store

DELIVERY, FEE = "Delivery", "Payment fee"


def seller() -> dict[str, Any]:
    """Who sells today."""
    shop = store()
    return {
        "name": shop.name, "legal_name": shop.legal_name, "lines": list(shop.address_lines), "state": shop.state,
        "country": shop.country, "gstin": shop.gstin, "pan": shop.pan, "email": shop.email, "phone": shop.phone,
    }  # fmt: skip


def buyer_of(order: Order) -> dict[str, Any]:
    """Whoever an order goes to."""
    address = order.address
    street = ", ".join(part for part in (address.get("house"), address.get("street")) if part)
    place = f"{address.get('city', '')} {address.get('postal_code', '')}".strip()
    lines = [line for line in (street, address.get("landmark"), place) if line]
    return {
        "name": address.get("name") or order.name, "lines": lines, "state": address.get("state", ""),
        "country": address.get("country", ""), "tax_number": "",
    }  # fmt: skip


def lines_of(order: Order) -> list[InvoiceLine]:
    """The order's lines, its delivery and its payment fee as lines of an invoice; each has its share of the tax."""
    place = order.address.get("state", "")
    lines = [_goods(line, place) for line in order.lines]
    lines += _services(order, place)
    for position, line in enumerate(lines, 1):
        line.position = position
    return lines


def _goods(line: OrderLine, place: str) -> InvoiceLine:
    tax = _split(line.tax_contained + line.tax_added, place)
    return InvoiceLine.over(
        line_paid(line), tax, order_line_id=line.id, name=line.name, detail=f"{line.brand}, {line.variant}",
        hsn=line.hsn, quantity=line.quantity, tax_rate=line.tax_rate,
    )  # fmt: skip


def _services(order: Order, place: str) -> list[InvoiceLine]:
    """Delivery and the fee bear the rate of the principal goods, as parts of a composite supply (CGST Act, s. 8)."""
    costs = [(DELIVERY, order.delivery_charge), (FEE, order.payment_fee)]
    charged = [(name, cost) for name, cost in costs if cost]
    if not charged:
        return []
    taxes = split_over(_split(order.delivery_tax, place), [cost for _name, cost in charged])
    rate = max(order.lines, key=lambda line: line.total).tax_rate
    return [_service(name, cost, tax, rate) for (name, cost), tax in zip(charged, taxes, strict=True)]


def _service(name: str, cost: Money, tax: TaxSplit, rate: int) -> InvoiceLine:
    paid = cost + tax.total if country().taxes.is_added else cost
    return InvoiceLine.over(paid, tax, name=name, quantity=1, tax_rate=rate)


def _split(tax: Money, place: str) -> TaxSplit:
    return split_tax(tax, store().state, place, country().taxes)
