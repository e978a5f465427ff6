"""What the law wants said of a packaged product before it is bought.

India: Legal Metrology (Packaged Commodities) Rules 2011, rules 6(1), 6(2) and 6(10). Every country's shop says as much,
in its own words.
"""

from __future__ import annotations

from shop.merchandising.product_page.shown import ShownProduct
from shop.store.countries import country
from shop.store.formats import money, phone
from shop.store.queries import store


def legal_facts(product: ShownProduct) -> list[tuple[str, str]]:
    """Their names and values in the order of the rules, without those that nobody stated."""
    facts = {
        "Manufacturer, packer or importer": product.maker,
        "Country of origin": product.country_of_origin,
        "Generic name": product.kind,
        "Net quantity": product.net_quantity,
        "Maximum retail price (MRP)": f"{money(product.mrp)} ({country().price_note})",
        country().goods_code: product.hsn,
        "Consumer care": _consumer_care(),
    }
    return [(name, value) for name, value in facts.items() if value]


def _consumer_care() -> str:
    """Whom a buyer turns to with a complaint: name, address, phone and e-mail (rule 6(2))."""
    shop = store()
    return ", ".join(filter(None, (shop.legal_name, *shop.address_lines, phone(shop.phone), shop.email)))
