"""Takes in a file: first it is looked at, line by line, then what is right in it is imported; both are jobs.

Lines are put into groups when the file comes, in parts that the job keeps; each step takes one part. A product is
written whole or not at all, and in the unit that notes the part as done; so a job that was broken off goes on with the
next part, and a file that is imported twice changes nothing the second time.
"""

from __future__ import annotations

from typing import Any

from shop.lib.actor import Actor
from shop.lib.errors import ShopError
from shop.lib.jobs import files, services
from shop.lib.jobs.kinds import Finished, Onward
from shop.lib.jobs.models import Job
from shop.merchandising.checks import FOLLOWS, GONE, fates_of, write_errors
from shop.merchandising.csv import grouping, products
from shop.merchandising.csv.columns import PRODUCT_HEAD, SKU, SLUG
from shop.merchandising.csv.outcomes import added
from shop.merchandising.csv.reading import Unreadable, read

CHECK = "product_check"
IMPORT = FOLLOWS[CHECK]
LINES = "_lines.json"
ERROR_COLUMNS = {name: name for name in ("row", "column", "cell", "problem")}


def start_check(content: bytes, name: str, by: Actor) -> Job:
    """Take in a file and ask to look at it; nothing in the shop changes by that. Raises Unreadable."""
    table = read(content, PRODUCT_HEAD)
    if not {SLUG, SKU} & set(table.columns):
        raise Unreadable("The file needs a column slug or sku, by which products and variants are known.")
    if not table.lines:
        raise Unreadable("There is nothing below the first line.")
    job = services.start(CHECK, by, total=len(table.lines), file=name[:100], unknown=table.unknown[:20])
    for part in grouping.parts(grouping.by_product(table.lines)):
        files.add_part(job, LINES, part)
    return job


def check_step(job: Job) -> Onward | Finished:
    """Look at the next part."""
    return _step(job, job.id, None)


def import_step(job: Job) -> Onward | Finished:
    """Import the next part."""
    return _step(job, job.parameters["check"], job.by)


def _step(job: Job, source: int, by: Actor | None) -> Onward | Finished:
    number, report = job.checkpoint.get("part", 0), job.checkpoint.get("report", {})
    part = files.part_of(source, LINES, number)
    if part is None and number == 0:
        raise ShopError(GONE)
    if part is None:
        return Finished(_sentence(report["counts"], is_done=by is not None), report)
    outcomes = products.work(grouping.groups_of(part), by)
    write_errors(job, outcomes, ERROR_COLUMNS)
    done = job.done + sum(len(one.rows) for one in outcomes)
    return Onward({"part": number + 1, "report": added(report, outcomes)}, done)


def _sentence(counts: dict[str, Any], *, is_done: bool) -> str:
    """New, changed and unchanged in words."""
    parts = fates_of(counts, of=("products", "variants"))
    if counts.get("left_out"):
        parts.append(f"Problems: {counts['problems']:,}; rows left out for them: {counts['left_out']:,}")
    return ". ".join(parts or ["Nothing to do"]) + ("." if is_done else ". Nothing is changed yet.")
