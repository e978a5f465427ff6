"""`bin/bench import`: how long 10,000 rows of a CSV file take to come in, and how much memory, on both databases.

A thousand new products of ten variants come into the demo shop and get a picture each; then they go on the shelf and
every price changes; then the same file comes once more and changes nothing. Each file is looked at and imported as the
owner's page does it, by one worker that began with nothing in its memory.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select, text

from bench.ground import ROOT, Ground, fill, surroundings
from bench.measuring import NotMeasured
from shop import create_app
from shop.catalog.models import Brand, Category, Colour, ProductType, Size
from shop.config import read_config
from shop.extensions import db
from shop.lib import outbox
from shop.lib.actor import OPERATOR
from shop.lib.jobs.models import Job
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising.checks import start_import
from shop.merchandising.csv import importing

SHOP_PRODUCTS, PRODUCTS, SIZES = 1000, 1000, 10
MOST_SECONDS, MOST_MB = 60, 300
FILES = (("all new", 999, "no"), ("onto the shelf, every price changed", 899, "yes"), ("nothing changed", 899, "yes"))
PICTURES = """
INSERT INTO picture (product_id, position, stem, widths, width, height, alt)
SELECT id, 1, 'garments/tee-plain/indigo', '[320, 640]', 640, 800, 'From the front'
FROM product WHERE slug LIKE 'bench-tee-%' AND id NOT IN (SELECT product_id FROM picture)
"""


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 1 when it takes longer or more memory than it may."""
    parser = argparse.ArgumentParser(prog="bin/bench import", description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "instance" / "bench", help="where filled shops are kept")
    options = parser.parse_args(arguments)
    found = {engine: measure(url, options.folder) for engine, url in _shops(options.folder)}
    print("\n| database | file of 10,000 rows | looked at s | imported s | peak MB |\n| --- | --- | --- | --- | --- |")
    for engine, times in found.items():
        for name, looked, imported, peak in times:
            print(f"| {engine} | {name} | {looked:.1f} | {imported:.1f} | {peak:.0f} |")
    every = [one for times in found.values() for one in times]
    return 0 if all(imported <= MOST_SECONDS and peak <= MOST_MB for _, _, imported, peak in every) else 1


def measure(url: str, folder: Path) -> list[list[Any]]:
    """Each file's seconds and the worker's memory, in a process of their own."""
    environment = surroundings(url, folder, SHOP_ENV="development", START_BACKGROUND="false")
    line = [sys.executable, "-m", "bench.imports", "worker"]
    done = subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotMeasured(done.stderr[-2000:])
    times: list[list[Any]] = json.loads(done.stdout.splitlines()[-1])
    return times


def _shops(folder: Path) -> Iterator[tuple[str, str]]:
    ground = Ground(folder)
    try:
        ground.start()
        yield "PostgreSQL", ground.shop_of(SHOP_PRODUCTS)
    finally:
        ground.stop()
    file = folder / "import.sqlite3"
    for left in folder.glob("import.sqlite3*"):
        left.unlink()
    fill(f"sqlite:///{file}", SHOP_PRODUCTS, folder)
    yield "SQLite", f"sqlite:///{file}"


def work() -> None:
    """The worker: takes each file in and tells how long it took."""
    app = create_app(read_config())
    with app.app_context():
        print(json.dumps([_measured(*file) for file in FILES]))


def _measured(name: str, price: int, on_shelf: str) -> list[Any]:
    found = [name, *_times(_file(price, on_shelf)), _peak_mb()]
    with unit_of_work():
        db.session.execute(text(PICTURES))
    return found


def _times(content: bytes) -> tuple[float, float]:
    began = time.monotonic()
    with unit_of_work():
        check = importing.start_check(content, "bench.csv", OPERATOR).id
    _finish(check)
    looked = time.monotonic()
    with unit_of_work():
        job = start_import(check, OPERATOR).id
    _finish(job)
    return looked - began, time.monotonic() - looked


def _finish(job_id: int) -> None:
    while outbox.relay_once():
        pass
    with unit_of_work(read_only=True):
        job = db.session.get_one(Job, job_id)
        if job.state != "done" or (job.result or {})["counts"]["problems"]:
            raise NotMeasured(f"{job.state}: {job.outcome} {(job.result or {}).get('troubles', [])[:3]}")


def _file(price: int, on_shelf: str) -> bytes:
    """Rows as an export would write them: the product's cells in the first of its lines."""
    with unit_of_work(read_only=True):
        one = {name: db.session.scalars(select(model).order_by(model.id).limit(1)).one() for name, model in SORTS}
        sizes = db.session.scalars(select(Size.slug).order_by(Size.id).limit(SIZES)).all()
        common = {"brand": one["brand"].name, "category": one["category"].path, "product_type": one["type"].name}
        colour = one["colour"].name
    written = io.StringIO(newline="")
    rows = csv.DictWriter(written, ["slug", "name", "description", *common, "mrp", "hsn", "on_shelf", *VARIANT])
    rows.writeheader()
    for number in range(PRODUCTS):
        own = common | {"name": f"Bench tee {number}", "description": f"Woven on loom {number}. " * 8,
                        "mrp": "1999", "hsn": "6109", "on_shelf": on_shelf}  # fmt: skip
        for size in sizes:
            variant = {"sku": f"BENCH-{number}-{size}", "colour": colour, "size": size, "price": str(price)}
            rows.writerow({"slug": f"bench-tee-{number}"} | own | variant)
            own = {}
    return written.getvalue().encode()


SORTS: tuple[tuple[str, Any], ...] = (
    ("brand", Brand), ("category", Category), ("type", ProductType), ("colour", Colour)
)  # fmt: skip
VARIANT = ("sku", "colour", "size", "price")


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    work()
