"""`bin/bench audit`: what the audit log's hook adds to saving a product: the same saves, logged and not, in turn.

A save is one unit of work as the owner's page makes it: the product is locked, changed and listed anew, and committed.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask
from sqlalchemy import event, select

from bench.ground import ROOT, Ground, surroundings
from shop import create_app
from shop.catalog.models import Product
from shop.config import read_config
from shop.extensions import db
from shop.lib.audit_log.recording import record
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising.products.editing import edit_product
from shop.merchandising.products.fields import fields_of, version_of

PRODUCTS = 1000
WARMING = 20
MOST_ADDED = 0.25


@dataclass(frozen=True)
class Times:
    """Medians of a save in milliseconds."""

    logged: float
    unlogged: float

    @property
    def added(self) -> float:
        """What the log adds, as a part of a save without it."""
        return self.logged / self.unlogged - 1

    def __str__(self) -> str:
        return f"| {self.unlogged:.2f} | {self.logged:.2f} | {self.added:+.1%} | ≤ {MOST_ADDED:.0%} |"


@contextmanager
def unlogged() -> Iterator[None]:
    """Nothing that changes inside enters the log."""
    event.remove(db.session, "after_flush", record)
    try:
        yield
    finally:
        event.listen(db.session, "after_flush", record)


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 1 when the log adds more than it may."""
    parser = argparse.ArgumentParser(prog="bin/bench audit", description=__doc__)
    parser.add_argument("--saves", type=int, default=400, help="how many of each kind (%(default)s)")
    parser.add_argument("--folder", type=Path, default=ROOT / "instance" / "bench", help="where filled shops are kept")
    options = parser.parse_args(arguments)
    measured = measure(options.saves, options.folder)
    print("\n| not logged ms | logged ms | added | target |\n| --- | --- | --- | --- |")
    print(measured)
    return 0 if measured.added <= MOST_ADDED else 1


def measure(saves: int, folder: Path) -> Times:
    """So many saves of each kind, of one product after the other."""
    ground = Ground(folder)
    try:
        ground.start()
        settings = {"SHOP_ENV": "development", "START_BACKGROUND": "false"}
        environment = surroundings(ground.shop_of(PRODUCTS), ground.folder, **settings)
        return _times(create_app(read_config(environment)), saves)
    finally:
        ground.stop()


def _times(app: Flask, saves: int) -> Times:
    """The first few only warm the process; then the two kinds take turns at going first."""
    with app.app_context():
        products = db.session.scalars(select(Product.id).order_by(Product.id)).all()
        db.session.rollback()
    took: dict[bool, list[float]] = {True: [], False: []}
    for number in range(saves + WARMING):
        for is_logged in (True, False) if number % 2 else (False, True):
            with app.app_context(), nullcontext() if is_logged else unlogged():
                took[is_logged].append(_milliseconds(products[number % len(products)], f"{number} {is_logged}"))
    logged, not_logged = (statistics.median(took[is_logged][WARMING:]) for is_logged in (True, False))
    return Times(logged, not_logged)


def _milliseconds(product_id: int, words: str) -> float:
    began = time.perf_counter()
    with unit_of_work():
        product = db.session.get_one(Product, product_id)
        edit_product(product_id, replace(fields_of(product), description=words), version_of(product))
    return (time.perf_counter() - began) * 1000
