"""The owner chooses which details of products shoppers filter by."""

from typing import Any

import pytest
from sqlalchemy import select

from shop.accounts.permissions import Permission
from shop.catalog import facets
from shop.catalog.models import Attribute, AttributeValue
from shop.catalog.wants import Scope, Wants
from shop.extensions import db
from shop.operations.log.undo import undo
from tests.factories import a_product
from tests.operations.test_undo import newest
from tests.staff.desk import as_role, flashed, words
from tests.support.shops import ShopClient

PLACE = "/staff/filters"


@pytest.fixture
def owner(client: ShopClient) -> ShopClient:
    a_product("Tee", specifications={"Fit": "Relaxed", "Care": "Cold"})
    a_product("Shirt", specifications={"fit ": "Slim"})
    return as_role(client)


def counted() -> dict[str, int]:
    db.session.rollback()
    found = facets.facets(Scope(), Wants()).values["attributes"]
    return {value.value: value.count for value in found}


def add(owner: ShopClient, name: str) -> Any:
    return owner.post(PLACE, data={"name": name})


def removal() -> str:
    return f"{PLACE}/{db.session.scalars(select(Attribute.id)).one()}/removal"


@pytest.mark.covers("CAT-06")
def test_owner_adds_a_filter_and_takes_it_away(owner: ShopClient) -> None:
    assert "No details yet" in words(owner.get(PLACE))
    assert add(owner, " Fit ").location == PLACE
    assert flashed(owner) == "Shoppers can filter by Fit."
    assert counted() == {"fit:relaxed": 1, "fit:slim": 1}
    assert "Fit 2 2" in words(owner.get(PLACE))
    owner.post(removal())
    assert counted() == {}
    assert "No details yet" in words(owner.get(PLACE))


@pytest.mark.covers("CAT-06")
def test_a_detail_is_added_once_and_only_with_a_name(owner: ShopClient) -> None:
    add(owner, "Fit")
    again, empty, signs = add(owner, "FIT"), add(owner, ""), add(owner, "--")
    assert (again.status_code, empty.status_code, signs.status_code) == (409, 422, 422)
    assert "Shoppers filter by it already." in words(again)
    assert 'value="FIT"' in again.text
    assert "Enter the name of a detail" in words(signs)


@pytest.mark.covers("CAT-06", "OPS-03")
def test_both_are_undone_from_the_log(owner: ShopClient) -> None:
    add(owner, "Fit")
    undo(newest("attribute").id, frozenset(Permission))
    assert db.session.scalars(select(Attribute)).all() == []
    undo(newest("attribute").id, frozenset(Permission))
    assert [value.label for value in db.session.scalars(select(AttributeValue).order_by(AttributeValue.id))] == [
        "Relaxed", "Slim",
    ]  # fmt: skip
