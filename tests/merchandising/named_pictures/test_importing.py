"""Pictures come in by their names: looked at first, shown after, and never twice."""

from contextlib import suppress
from pathlib import Path
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.catalog.models import Picture, Product
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.files import sweeping
from shop.lib.jobs import files as job_files
from shop.lib.jobs import running, services
from shop.lib.jobs.states import JobState
from shop.lib.models import AuditEntry
from shop.merchandising.named_pictures import importing, shelving
from shop.merchandising.pictures import rules
from shop.operations.audit import audit
from tests.factories import a_product
from tests.merchandising.csv.files import the_job
from tests.merchandising.named_pictures.sending import (
    BLUE,
    GREEN,
    RED,
    a_zip,
    import_of,
    imported,
    looked_at,
    named,
    problems,
)
from tests.merchandising.pictures.uploads import a_file, files, upload
from tests.support.barrier import all_at_once
from tests.support.outbox import run_outbox

pytestmark = pytest.mark.covers("CAT-08", "CAT-05")


@pytest.fixture
def shirt(app: Flask, media: Path) -> Product:
    """A product that comes in two colours."""
    product = a_product("Linen shirt", colours=("Indigo", "Ecru"), sizes=("S", "M"))
    db.session.commit()
    return product


def changes_logged() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(AuditEntry.id))) or 0


def test_a_name_says_product_colour_and_order(shirt: Product) -> None:
    slug, sku, product_id = shirt.slug, shirt.variants[2].sku, shirt.id
    job = imported({
        f"{slug}-10.png": RED, f"{slug}-2.PNG": BLUE, f"{slug}-Indigo-1.png": GREEN, f"{sku}-3.png": RED + b" ",
    })  # fmt: skip
    assert job.outcome == "Pictures: 3 new, 1 unchanged."
    assert named(product_id) == [(f"{slug}-2", None), (f"{slug}-10", None), (f"{slug}-indigo-1", "Indigo")]
    job = imported({f"{sku}-3.png": BLUE + b" more", f"{sku}-4.png": a_file(60)})
    assert named(product_id)[3:] == [(f"{sku}-4".casefold(), "Ecru")]
    assert audit() == []


def test_looking_changes_nothing_and_says_what_is_wrong_with_each(shirt: Product) -> None:
    slug, product_id = shirt.slug, shirt.id
    logged = changes_logged()
    job = looked_at({
        f"{slug}-1.png": RED, "the front.png": BLUE, "nobodys-1.png": BLUE, f"{slug}-pink-1.png": BLUE,
        f"{slug}-2.png": b"%PDF-1.7", f"{slug}-3.png": RED[:200], f"{slug}-4.png": RED + b"\0" * (5 << 20),
        f"{slug}-5.png": b"",
    })  # fmt: skip
    assert job.outcome == "Pictures: 1 new. Files left out: 7. Nothing is changed yet."
    told = problems(job)
    assert "with a number at the end" in told["the front.png"]
    assert "No product and no SKU is called “nobodys”" in told["nobodys-1.png"]
    assert "does not come in the colour “pink”" in told[f"{slug}-pink-1.png"]
    assert "JPEG, PNG or WebP" in told[f"{slug}-2.png"]
    assert "damaged" in told[f"{slug}-3.png"]
    assert "larger than 5 MB" in told[f"{slug}-4.png"]
    listed = b"".join(job_files.parts_of(job.id, "errors.csv")).decode("utf-8-sig").splitlines()
    assert (listed[0], len(listed)) == ("file,problem", 8)
    assert (named(product_id), changes_logged()) == ([], logged)
    assert job_files.sizes_of(job.id).keys() == {"errors.csv"}


def test_the_same_pictures_again_change_nothing(shirt: Product, media: Path) -> None:
    slug = shirt.slug
    sent = {f"{slug}-1.png": RED, f"{slug}-indigo-1.png": BLUE}
    imported(sent)
    logged, there = changes_logged(), files(media)
    assert imported(sent).outcome == "Pictures: 2 unchanged."
    assert imported({"pack.zip": a_zip(sent)}).outcome == "Pictures: 2 unchanged."
    assert (changes_logged(), files(media)) == (logged, there)


def test_what_was_uploaded_by_hand_does_not_come_in_again(shirt: Product) -> None:
    slug, product_id = shirt.slug, shirt.id
    upload(product_id, width=40)
    assert imported({f"{slug}-1.png": a_file(40, 50)}).outcome == "Pictures: 1 unchanged."


def test_a_name_that_came_before_replaces_its_picture(shirt: Product, media: Path) -> None:
    slug, product_id = shirt.slug, shirt.id
    imported({f"{slug}-1.png": RED, f"{slug}-2.png": BLUE})
    before = named(product_id)
    job = imported({f"{slug}-1.jpg": GREEN})
    assert job.outcome == "Pictures: 1 changed."
    assert (job.result or {})["changes"][0]["before"] == "picture 3"
    assert named(product_id) == before
    run_outbox()
    assert len([name for name in files(media) if name.endswith(".webp")]) == 2
    assert audit() == []


def test_two_files_of_one_name_and_too_many_are_told(shirt: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    slug = shirt.slug
    monkeypatch.setattr(rules, "MOST", 3)
    job = looked_at({"a.zip": a_zip({f"a/{slug}-1.png": RED, f"b/{slug}-1.png": BLUE, f"{slug}-2.png": GREEN})})
    assert (job.result or {})["counts"]["new_pictures"] == 1
    assert sorted(problem.split()[0] for problem in problems(job).values()) == ["A", "Another"]


def test_of_a_product_and_a_shorter_one_with_a_colour_the_first_is_meant(shirt: Product) -> None:
    longer = a_product("Linen shirt indigo", colours=("Ecru",))
    longer.slug = f"{shirt.slug}-indigo"
    slug, ids = shirt.slug, (shirt.id, longer.id)
    imported({f"{slug}-indigo-1.png": RED})
    assert [named(product_id) for product_id in ids] == [[], [(f"{slug}-indigo-1", None)]]


def test_what_was_deleted_meanwhile_gets_no_picture(shirt: Product) -> None:
    slug, product_id = shirt.slug, shirt.id
    check_id = looked_at({f"{slug}-1.png": RED}).id
    db.session.get_one(Product, product_id).deleted_at = now()
    db.session.commit()
    job_id = import_of(check_id)
    run_outbox()
    assert "No product" in problems(the_job(job_id))[f"{slug}-1.png"]


def test_pictures_that_were_looked_at_are_imported_once_and_thrown_away(shirt: Product) -> None:
    check_id = looked_at({f"{shirt.slug}-1.png": RED}).id
    first = import_of(check_id)
    assert import_of(check_id) == first
    run_outbox()
    assert job_files.part_of(check_id, importing.DRAWN, 0) is None


class PowerCut(BaseException):
    """The worker is gone."""


def cut_short(monkeypatch: pytest.MonkeyPatch, slug: str) -> int:
    """An import whose worker is killed when its second picture is written, but not committed."""
    job_id = import_of(
        looked_at({f"{slug}-{number}.png": sent for number, sent in enumerate((RED, BLUE, GREEN), 1)}).id
    )
    with monkeypatch.context() as patched:
        points = iter((None, PowerCut()))

        def point(_name: str) -> None:
            if gone := next(points):
                raise gone

        patched.setattr("shop.lib.faults.point", point)
        with pytest.raises(PowerCut):
            running.run(services.JobOwed(job_id))
    return job_id


def test_an_import_that_is_broken_off_goes_on_and_doubles_nothing(
    shirt: Product, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slug, product_id = shirt.slug, shirt.id
    job_id = cut_short(monkeypatch, slug)
    assert len(named(product_id)) == 1
    running.run(services.JobOwed(job_id))
    assert (the_job(job_id).state, the_job(job_id).outcome) == (JobState.DONE, "Pictures: 3 new.")
    assert [name for name, _colour in named(product_id)] == [f"{slug}-{number}" for number in (1, 2, 3)]
    run_outbox()
    monkeypatch.setattr(sweeping, "SETTLED", -sweeping.SETTLED)
    assert sweeping.sweep() == 1
    assert audit() == []


def together(app: Flask, slug: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many pictures there are after two imports of one, which both have looked before one of them writes."""
    checks = [looked_at({f"{slug}-1.png": RED}).id for _ in range(2)]
    jobs = [import_of(check_id) for check_id in checks]
    both, write = Barrier(2), shelving._write

    def wait_and_write(*what: Any) -> None:
        with suppress(BrokenBarrierError):
            both.wait(2)
        write(*what)

    monkeypatch.setattr(shelving, "_write", wait_and_write)
    all_at_once(app, lambda number: running.run(services.JobOwed(jobs[number])), 2)
    assert [the_job(job_id).state for job_id in jobs] == [JobState.DONE, JobState.DONE]
    return db.session.scalar(select(func.count(Picture.id)).where(Picture.file_name.is_not(None))) or 0


@pytest.mark.faults
def test_the_same_picture_in_two_imports_at_once_comes_in_once(
    app: Flask, shirt: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert together(app, shirt.slug, monkeypatch) == 1


@pytest.mark.control
def test_control_who_does_not_take_the_product_first_would_double_it(
    app: Flask, engine: str, shirt: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    if engine == "sqlite":
        pytest.skip("writers wait for each other at the door of this database")
    monkeypatch.setattr(shelving, "lock_product", lambda _product_id: None)
    assert together(app, shirt.slug, monkeypatch) == 2
