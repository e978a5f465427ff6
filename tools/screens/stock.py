"""What a visitor does on the pages of stock between two pictures."""

import sqlite3

from tools.screens.steps import Walk, follow_mail, log_in_owner

GONE = """SELECT p.slug, c.slug FROM variant v JOIN product p ON p.id = v.product_id JOIN colour c ON c.id = v.colour_id
JOIN stock_level l ON l.variant_id = v.id WHERE l.on_hand <= l.reserved AND p.published_at IS NOT NULL
ORDER BY v.id LIMIT 1"""
MOVED = "SELECT variant_id FROM stock_ledger WHERE order_id IS NOT NULL ORDER BY id DESC LIMIT 1"
WAITED_FOR = "SELECT variant_id FROM back_in_stock ORDER BY id DESC LIMIT 1"
TELL_NOW = """UPDATE timed_job SET due_at = '2026-01-01 00:00:00.000000'
WHERE name = 'stock.jobs:tell_shoppers_what_is_back'"""
COUNTED = "SELECT v.sku, l.on_hand FROM variant v JOIN stock_level l ON l.variant_id = v.id ORDER BY v.id LIMIT 6"


def open_sold_out(walk: Walk) -> None:
    """A product in a colour of which a size is sold out, and chosen."""
    slug, colour = _rows(walk, GONE)[0]
    walk.open(f"/p/{slug}?colour={colour}")
    walk.page.locator("#buy [data-state=out] input").first.check(force=True)


def read_size_guide(walk: Walk) -> None:
    """The dialog beside a product."""
    walk.open("/p/sunday-crew-tee")
    walk.page.locator("[data-dialog-open=size-guide]").click()
    walk.page.locator("#size-guide-body table").first.wait_for()


def ask_to_be_told(walk: Walk) -> None:
    """The page where a guest types an address; who is logged in is back on the product's page."""
    open_sold_out(walk)
    with walk.page.expect_navigation():
        walk.page.locator(".buy__row").get_by_role("button", name="Tell me when").click()


def be_told(walk: Walk) -> None:
    walk.fill(email="asha.menon@truestyle.example")
    walk.submit("email")


def follow_mail_of_restock(walk: Walk) -> None:
    """Let the owner restock the size; the mail's link leads to where its reader wants no more of them."""
    owner = walk.another()
    log_in_owner(owner)
    owner.open(f"/staff/stock/{_rows(walk, WAITED_FOR)[0][0]}")
    owner.fill(units="5")
    owner.page.get_by_label("Why").select_option("restock")
    owner.submit("units")
    owner.close()
    with sqlite3.connect(walk.database, timeout=30) as connection:
        connection.execute(TELL_NOW)
    follow_mail(walk, "back_in_stock", r"/back-in-stock/stop/[\w-]+")


def open_waits(walk: Walk) -> None:
    ask_to_be_told(walk)
    walk.open("/account/back-in-stock")


def open_moved_variant(walk: Walk) -> None:
    """A variant that an order took pieces of."""
    walk.open(f"/staff/stock/{_rows(walk, MOVED)[0][0]}")


def count_shelf(walk: Walk) -> None:
    """A file in which some sizes differ, and a row means nothing."""
    walk.open("/staff/stock/takes")
    lines = [f"{sku},{max(on_hand - place, 0)}" for place, (sku, on_hand) in enumerate(_rows(walk, COUNTED))]
    content = "\r\n".join(["SKU,Counted", *lines, "TS-UNKNOWN,3"])
    file = {"name": "shelf-4.csv", "mimeType": "text/csv", "buffer": content.encode()}
    walk.page.get_by_label("CSV file").set_input_files(file)  # type: ignore[arg-type]
    with walk.page.expect_navigation():
        walk.page.get_by_role("button", name="Look at the differences").click()


def apply_count(walk: Walk) -> None:
    with walk.page.expect_navigation():
        walk.page.get_by_role("button", name="Apply the differences").click()


def _rows(walk: Walk, query: str) -> list[tuple]:
    with sqlite3.connect(f"file:{walk.database}?mode=ro", uri=True) as connection:
        return connection.execute(query).fetchall()


def refuse_prices(walk: Walk) -> None:
    """Prices in the grid of variants, two of which the shop does not take."""
    walk.open("/staff/products/2/matrix?show=price")
    cells = walk.page.locator("[data-cell]")
    for place, text in ((0, "899"), (1, "99999"), (3, "a lot")):
        cells.nth(place).fill(text)
    walk.page.get_by_role("button", name="Save the grid").click()
    walk.page.locator("#error-summary").wait_for()
