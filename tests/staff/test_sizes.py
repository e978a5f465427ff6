"""The owner's pages of sizes."""

import pytest
from sqlalchemy import select

from shop.accounts.permissions import Permission
from shop.catalog.models import Size
from shop.extensions import db
from shop.operations.log.undo import undo
from tests.factories import a_product
from tests.operations.test_undo import newest
from tests.staff.desk import words
from tests.support.shops import ShopClient

PAGE = "/staff/sizes"


def labels() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Size.label).order_by(Size.system, Size.position)))


@pytest.mark.covers("CAT-01")
def test_sizes_are_added_listed_changed_and_deleted(owner: ShopClient) -> None:
    assert "No sizes yet" in words(owner.get(PAGE))
    for label, system in (("S", "letter"), ("M", "letter"), ("2–3 years", "age")):
        assert owner.post(PAGE, data={"label": label, "system": system}).location == PAGE
    assert labels() == ["2–3 years", "S", "M"]
    assert "Years of age" in words(owner.get(PAGE))
    small = db.session.scalars(select(Size).where(Size.label == "S")).one().id
    owner.post(f"{PAGE}/{small}", data={"label": "XS", "system": "letter", "position": "7"})
    assert labels() == ["2–3 years", "M", "XS"]
    assert owner.post(f"{PAGE}/{small}/removal").location == PAGE
    assert labels() == ["2–3 years", "M"]
    assert owner.get(f"{PAGE}/{small}").status_code == 404


@pytest.mark.covers("CAT-01")
def test_a_size_is_there_once_in_its_system_whatever_its_case(owner: ShopClient) -> None:
    owner.post(PAGE, data={"label": "XL", "system": "letter"})
    refused = owner.post(PAGE, data={"label": "xl", "system": "letter"})
    assert (refused.status_code, "There is such a size." in words(refused)) == (409, True)
    assert 'value="xl"' in refused.text
    assert owner.post(PAGE, data={"label": "xl", "system": "waist"}).status_code == 303
    assert sorted(db.session.scalars(select(Size.slug))) == ["xl", "xl-2"]
    for wrong in ({"label": " ", "system": "letter"}, {"label": "x" * 21, "system": "letter"}, {"label": "S"}):
        assert owner.post(PAGE, data=wrong).status_code == 422


@pytest.mark.covers("CAT-01")
def test_a_size_that_products_come_in_stays(owner: ShopClient) -> None:
    size_id = a_product(sizes=("M",)).variants[0].size_id
    db.session.commit()
    assert "M m 2 1" in words(owner.get(PAGE))
    answer = owner.post(f"{PAGE}/{size_id}/removal", headers={"Referer": f"{PAGE}/{size_id}"})
    assert answer.status_code in {303, 400}
    assert labels() == ["M"]


@pytest.mark.covers("CAT-01", "OPS-03")
def test_a_deleted_size_comes_back(owner: ShopClient) -> None:
    owner.post(PAGE, data={"label": "XL", "system": "letter"})
    size_id = db.session.scalars(select(Size.id)).one()
    db.session.rollback()
    owner.post(f"{PAGE}/{size_id}/removal")
    undo(newest("size").id, frozenset(Permission))
    db.session.commit()
    assert labels() == ["XL"]
