"""Brands through the API."""

import pytest
from flask.testing import FlaskClient

from tests.api.asking import App
from tests.factories import a_product


@pytest.mark.covers("CAT-01")
def test_brands_are_listed_by_name_with_their_number(client: FlaskClient) -> None:
    a_product(brand="Sutra")
    a_product(brand="Kora")
    answer = App(client).get("/brands/", limit=1)
    assert [brand["name"] for brand in answer.json] == ["Kora"]
    assert answer.headers["X-Total-Count"] == "2"


@pytest.mark.covers("CAT-01")
def test_brands_are_found_by_their_whole_name_or_a_part(client: FlaskClient) -> None:
    a_product(brand="Sutra")
    a_product(brand="Kora")
    assert [brand["name"] for brand in App(client).get("/brands/", q="UT").json] == ["Sutra"]
    assert App(client).get("/brands/", name="Sut").json == []
    assert len(App(client).get("/brands/", name="sutra").json) == 1


@pytest.mark.covers("API-03")
def test_a_limit_above_the_most_is_refused_by_name(client: FlaskClient) -> None:
    answer = App(client).get("/brands/", limit=201)
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert list(answer.json["errors"]) == ["limit"]


@pytest.mark.covers("API-03")
def test_a_brand_that_is_not_there_is_404(client: FlaskClient) -> None:
    answer = App(client).get("/brands/999999")
    assert (answer.status_code, answer.json["title"]) == (404, "Not Found")
    assert App(client).get("/brands/no-number").data == answer.data
