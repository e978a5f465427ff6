"""A file of products is sent, looked at and imported on the owner's pages."""

import io
from typing import Any

import pytest

from shop.catalog.models import Variant
from shop.extensions import db
from shop.lib.money import Money
from tests.factories import a_product
from tests.merchandising.csv.files import a_file
from tests.staff.desk import words
from tests.support.outbox import run_outbox
from tests.support.shops import ShopClient
from tests.support.statements import BUDGET, statements


def send(owner: ShopClient, content: bytes, name: str = "shelf.csv") -> Any:
    return owner.post("/staff/imports", data={"file": (io.BytesIO(content), name)})


def looked_at(owner: ShopClient, content: bytes) -> str:
    """Send a file; the address of the report, when it has been looked at."""
    job_page = send(owner, content).location
    run_outbox()
    report = job_page.replace("/jobs/", "/imports/")
    assert f'href="{report}"' in owner.get(job_page).text
    return str(report)


@pytest.mark.covers("CAT-08")
def test_owner_sends_a_file_sees_what_would_change_and_imports_it(owner: ShopClient) -> None:
    sku = a_product(price=149900).variants[0].sku
    assert 'href="/staff/imports/new"' in owner.get("/staff/products").text
    report = looked_at(owner, a_file({"sku": sku, "price": "1200", "Vendor": "x"}))
    page = words(owner.get(report))
    assert "This is what would change Products: 1 unchanged. Variants: 1 changed." in page
    assert f"{sku} 2 price 1499.00 1200" in page
    assert "Nobody knows these columns, so they are left out: Vendor." in page
    went = owner.post(f"{report}/run").location
    assert owner.post(f"{report}/run").location == went
    run_outbox()
    assert "What it changed" in words(owner.get(went))
    assert "This is what was done" in words(owner.get(went.replace("/jobs/", "/imports/")))
    assert f'href="{went}"' in owner.get(report).text
    assert db.session.query(Variant.price).filter_by(sku=sku).scalar() == Money(120000)


@pytest.mark.covers("CAT-08")
def test_mistakes_are_listed_by_row_and_column_and_taken_along_as_a_file(owner: ShopClient) -> None:
    sku = a_product(price=149900).variants[0].sku
    report = looked_at(owner, a_file({"sku": sku, "price": "lots"}, {"sku": "=NOBODYS", "price": "1"}))
    page = words(owner.get(report))
    assert "2 problems" in page
    assert "Row 2 price lots Enter an amount such as 1499" in page
    assert "Row 3" in page
    assert 'action="/staff/imports' not in owner.get(report).text.partition('class="cluster"')[2]
    errors = owner.get(f"{report.replace('/imports/', '/jobs/')}/files/errors.csv").text
    assert '2,price,lots,"Enter an amount' in errors


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "not empty"), (b"a,b\n1,2\n", "must name the columns, such as slug, name"), (b"name\nTee\n", "slug or sku"),
     (b"sku\n", "nothing below"), (b"\xff\xd8\xff\xe0JFIF", "CSV UTF-8")],
)  # fmt: skip
def test_what_is_no_such_file_is_refused_at_once(owner: ShopClient, content: bytes, said: str) -> None:
    answer = send(owner, content)
    assert answer.status_code == 422
    assert said in words(answer)


def test_a_form_without_a_file_is_refused(owner: ShopClient) -> None:
    assert "Choose a file" in words(owner.post("/staff/imports", data={}))


def test_files_inside_a_job_are_handed_out_to_nobody(owner: ShopClient) -> None:
    report = looked_at(owner, a_file({"sku": a_product().variants[0].sku, "price": "999"}))
    job_page = report.replace("/imports/", "/jobs/")
    assert "_lines" not in owner.get(job_page).text
    assert owner.get(f"{job_page}/files/_lines.json").status_code == 404


def test_a_report_is_there_only_of_what_was_looked_at(owner: ShopClient) -> None:
    job_page = send(owner, a_file({"sku": "A", "price": "1"})).location
    assert owner.get(job_page.replace("/jobs/", "/imports/")).status_code == 404
    assert owner.post(f"{job_page.replace('/jobs/', '/imports/')}/run").status_code == 404


def test_reports_cost_the_same_for_long_files(owner: ShopClient) -> None:
    report = looked_at(owner, a_file(*({"sku": f"X-{number}", "price": "1"} for number in range(40))))
    with statements() as seen:
        owner.get(report)
    assert len(seen) <= BUDGET
