"""The power goes within a step of a job, or somebody cancels it there: it goes on where it stood, or stops after it."""

import csv
import io
import os
import signal
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

import pytest
from sqlalchemy import func, select

from shop.catalog.models import Product
from shop.extensions import db
from shop.lib.jobs import files
from shop.lib.jobs.models import Job
from shop.lib.jobs.states import JobState
from shop.lib.models import AuditEntry
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising.checks import start_import
from shop.merchandising.csv import importing
from shop.merchandising.csv.exporting import PRODUCTS_A_STEP, start_export
from tests.factories import LETTERS, a_product
from tests.faults.bench.crowd import Answer, Visitor, owners_session
from tests.faults.bench.shop import BenchShop
from tests.merchandising.csv.files import MEERA, a_file
from tests.support import figures

POINT = "job.step"
STEPS, CRATES = 3, 90
ALL_NEW = f"Products: {CRATES} new. Variants: {CRATES * len(LETTERS)} new."
pytestmark = pytest.mark.faults


def an_export(shop: BenchShop) -> tuple[int, Counter[str]]:
    """A job that writes enough products for three steps, and how often each stands in its file when all is well."""
    with shop.inside():
        first = a_product(published=False)
        word = f"Bale {first.id}"
        like = {name: getattr(first, name) for name in ("brand_id", "category_id", "product_type_id", "hsn", "mrp")}
        slugs = [f"bale-{first.id}-{number}" for number in range((STEPS - 1) * PRODUCTS_A_STEP + 20)]
        db.session.add_all(Product(slug=slug, name=word, **like) for slug in slugs)
        db.session.commit()
        with unit_of_work():
            return start_export(MEERA, text=word, view="").id, Counter(slugs)


def an_import(shop: BenchShop) -> int:
    """A job that takes in enough new products for three steps, all of them right."""
    with shop.inside():
        known = a_product(sizes=LETTERS)
        mark, colour = known.id, known.variants[0].colour.name
        common = {"brand": known.brand.name, "category": known.category.path, "product_type": known.product_type.name}
        rows = [
            common | {"slug": f"crate-{mark}-{number}", "name": f"Crate {mark}", "mrp": "999", "hsn": "6109",
                      "sku": f"C-{mark}-{number}-{size}", "colour": colour, "size": size,
                      "price": "899"}
            for number in range(CRATES) for size in LETTERS
        ]  # fmt: skip
        db.session.commit()
        with unit_of_work():
            check = importing.start_check(a_file(*rows), "crates.csv", MEERA).id
    shop.work()
    shop.wait_for(lambda: not the_job(shop, check).is_open)
    shop.arm(POINT)
    with shop.inside(), unit_of_work():
        return start_import(check, MEERA).id


def hold_at_step(shop: BenchShop, number: int) -> int:
    """Let the worker come to the end of a step, which is not committed yet; returns its process."""
    shop.work()
    for step in range(1, number + 1):
        process = shop.wait_until_at(POINT)
        if step < number:
            shop.arm(POINT)
            shop.let_go(POINT)
    return process


def the_job(shop: BenchShop, job_id: int) -> Job:
    with shop.inside():
        job = db.session.get_one(Job, job_id)
        db.session.expunge(job)
        return job


def written(shop: BenchShop, job_id: int) -> Counter[str]:
    """How often each slug stands in the job's file."""
    with shop.inside():
        text = b"".join(files.parts_of(job_id, "products.csv")).decode("utf-8-sig")
    return Counter(line["slug"] for line in csv.DictReader(io.StringIO(text, newline="")))


def cut_short(shop: BenchShop, job_id: int) -> Job:
    """The power goes at the end of the second step; the shop is started again, and its leases run out."""
    process = hold_at_step(shop, 2)
    shop.cut_power()
    end(process)
    shop.start()
    shop.end_leases()
    shop.work()
    shop.wait_for(lambda: not the_job(shop, job_id).is_open)
    return the_job(shop, job_id)


def end(process: int) -> None:
    """A job's process outlives the worker that forked it."""
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return


@pytest.mark.covers("CAT-08")
def test_job_of_a_killed_worker_goes_on_and_does_every_step_once(bench: BenchShop) -> None:
    bench.arm(POINT)
    job_id, slugs = an_export(bench)
    job = cut_short(bench, job_id)
    assert (job.state, job.done) == (JobState.DONE, slugs.total())
    assert any("another worker" in sentence for _at, sentence in job.said)
    assert written(bench, job_id) == slugs
    bench.audit()
    figures.note("kill -9 in a job", bench.engine, gone_on=1, twice=0)


@pytest.mark.control
def test_control_a_step_in_two_units_would_be_done_twice(bench_without: Callable[[str], BenchShop]) -> None:
    shop = bench_without("one_unit_of_step")
    shop.arm(POINT)
    job_id, slugs = an_export(shop)
    cut_short(shop, job_id)
    assert written(shop, job_id) != slugs


@pytest.mark.covers("CAT-08")
def test_import_that_is_broken_off_goes_on_and_makes_nothing_twice(bench: BenchShop) -> None:
    job = cut_short(bench, an_import(bench))
    assert (job.state, job.outcome) == (JobState.DONE, ALL_NEW)
    with bench.inside():
        made = select(func.count()).where(AuditEntry.request_id == job.request_id, AuditEntry.action == "create")
        by_table = made.add_columns(AuditEntry.table_name).group_by(AuditEntry.table_name)
        found = {table: count for count, table in db.session.execute(by_table)}
    assert found == {"product": CRATES, "variant": CRATES * len(LETTERS)}
    bench.audit()
    figures.note("kill -9 in an import", bench.engine, gone_on=1, twice=0)


@pytest.mark.control
def test_control_an_import_that_notes_its_step_later_would_not_know_what_it_made(
    bench_without: Callable[[str], BenchShop],
) -> None:
    shop = bench_without("one_unit_of_step")
    assert cut_short(shop, an_import(shop)).outcome != ALL_NEW


def answer_between_steps(shop: BenchShop, pressed: "Future[Answer]") -> Answer:
    """What is pressed while a step is held comes after it; on a busy machine it may be on its way for another step."""
    with pytest.raises(TimeoutError):
        pressed.result(timeout=2)
    for _ in range(STEPS):
        shop.arm(POINT)
        shop.let_go(POINT)
        if wait([pressed], timeout=5).done:
            break
    (shop.points / POINT).unlink(missing_ok=True)
    return pressed.result(timeout=30)


@pytest.mark.covers("CAT-08")
def test_job_that_is_cancelled_within_a_step_stops_after_it(bench: BenchShop) -> None:
    bench.arm(POINT)
    job_id, slugs = an_export(bench)
    owner = Visitor(bench, owners_session(bench), is_signed_in=True)
    hold_at_step(bench, 1)
    with ThreadPoolExecutor(1) as pool:
        cancelled = pool.submit(owner.post, f"/staff/jobs/{job_id}/cancellation")
        assert answer_between_steps(bench, cancelled).status == 303
    owner.leave()
    bench.settle()
    job = the_job(bench, job_id)
    assert job.state == JobState.CANCELLED
    assert written(bench, job_id).total() == job.done < slugs.total()
