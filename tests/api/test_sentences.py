"""What is wrong with a field is said in a sentence for a person."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.api.asking import App
from tests.api.buying import Buyer

PERSON = {"first_name": "Asha", "email": "asha@example.com", "password": "Brass-Button-9"}


@pytest.mark.covers("API-03")
@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({}, {"first_name": "This is needed.", "password": "This is needed."}),
        (PERSON | {"first_name": None}, {"first_name": "This may not be null."}),
        (PERSON | {"first_name": 7}, {"first_name": "Write text."}),
        (PERSON | {"first_name": "A" * 81}, {"first_name": "Use 1 to 80 characters."}),
        (PERSON | {"nickname": "Ash"}, {"nickname": "There is no such field."}),
        ([PERSON], {"_schema": "Send one object with its fields."}),
    ],
)
def test_a_body_is_told_what_each_field_wants(client: FlaskClient, sent: Any, errors: dict[str, str]) -> None:
    answer = App(client).send("POST", "/auth/register", sent)
    assert (answer.status_code, answer.json["detail"]) == (422, "Some values do not fit.")
    assert answer.json["errors"] == {name: [said] for name, said in errors.items()}


@pytest.mark.covers("API-03")
@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"limit": 201}, "Choose from 1 to 200."),
        ({"skip": "some"}, "Write a whole number."),
        ({"out_of_stock": "maybe"}, "Write true or false."),
    ],
)
def test_a_query_is_told_what_each_field_wants(client: FlaskClient, asked: dict[str, Any], said: str) -> None:
    assert App(client).get("/products/", **asked).json["errors"] == {name: [said] for name in asked}


@pytest.mark.covers("API-03")
@pytest.mark.one_engine
def test_a_quantity_is_refused_in_the_words_of_the_bag(client: FlaskClient) -> None:
    answer = Buyer(client).send("POST", "/cart-items/", {"product_id": "1", "quantity": 0})
    assert answer.json["errors"] == {"quantity": ["Choose a quantity from 1 to 100."]}
