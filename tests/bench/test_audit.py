"""`bin/bench audit` saves with the log and without it, and takes nothing away for good."""

import pytest
from flask import Flask

from bench.audit import Times, unlogged
from shop.catalog.models import Brand
from shop.extensions import db
from shop.lib.models import AuditEntry

pytestmark = pytest.mark.one_engine


def entries_of_a_new_brand(slug: str) -> int:
    before = db.session.query(AuditEntry).count()
    db.session.add(Brand(slug=slug, name=slug.title()))
    db.session.flush()
    return db.session.query(AuditEntry).count() - before


def test_what_is_saved_without_the_log_is_not_in_it_and_what_comes_after_is(app: Flask) -> None:
    with unlogged():
        assert entries_of_a_new_brand("mira") == 0
    assert entries_of_a_new_brand("kora") == 1


def test_what_the_log_adds_is_a_part_of_a_save_without_it() -> None:
    assert str(Times(logged=12.0, unlogged=10.0)) == "| 10.00 | 12.00 | +20.0% | ≤ 25% |"
