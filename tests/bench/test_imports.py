"""`bin/bench import` makes the file it promises, and takes it in."""

import pytest
from flask import Flask

from bench import imports
from shop.extensions import db
from tests.factories import a_product

pytestmark = pytest.mark.one_engine


def test_its_file_is_right_and_comes_in_whole(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "PRODUCTS", 3)
    a_product(sizes=("S", "M"))
    db.session.commit()
    content = imports._file(999, "no")
    db.session.rollback()
    assert len(content.splitlines()) == 1 + 3 * 2
    looked, imported = imports._times(content)
    assert looked > 0
    assert imported > 0
