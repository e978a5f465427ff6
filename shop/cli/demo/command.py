"""`flask shop demo`: fills a shop so that there is something to see."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from shop.cli.demo.load import is_loaded, load_demo, load_frame
from shop.cli.demo.many.load import load_many
from shop.cli.setup import ensure_basics
from shop.lib.unit_of_work import unit_of_work


@click.command("demo")
@click.option("--products", type=click.IntRange(min=1), help="Add so many products recycled from the styles instead.")
@with_appcontext
def demo_command(products: int | None) -> None:
    """Load the demo shop: goods, pages, people and past orders. Safe to run again; refused in production."""
    if current_app.config["SHOP"].is_production:
        raise click.ClickException("Demo data is never loaded where SHOP_ENV is production.")
    if products:
        add_products(products)
    else:
        click.echo("The demo shop is loaded." if load_once() else "The shop has goods already; nothing was changed.")


def add_products(count: int) -> None:
    """Add products to the shop, and before them what they need."""
    with unit_of_work():
        ensure_basics()
        lookups = load_frame()
    load_many(count, lookups, click.echo)


def load_once() -> bool:
    """Load the demo shop into a shop without goods; False where there are some."""
    with unit_of_work():
        if is_loaded():
            return False
        ensure_basics()
        load_demo()
    return True
