"""The address book through the API."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from shop.accounts.models import Address
from shop.extensions import db
from shop.store.settings import ADDRESSES_MOST
from tests.api.asking import App
from tests.factories import a_user
from tests.support.statements import statements

BOOK = "/user-address/"
HOME = {"label": "Home", "name": "Asha Rao", "phone": "98450 12345", "house": "12", "street": "Pottery Road",
        "landmark": "", "postal_code": "560001", "city": "Bengaluru", "state": "Karnataka"}  # fmt: skip


def save(app: App, **changes: Any) -> TestResponse:
    return app.send("POST", BOOK, HOME | changes)


def kept() -> list[Address]:
    db.session.rollback()
    return list(db.session.scalars(select(Address).order_by(Address.id).execution_options(populate_existing=True)))


@pytest.fixture
def asha(client: FlaskClient) -> App:
    return App(client, a_user())


@pytest.mark.covers("ACC-11")
def test_an_address_is_saved_in_one_form_and_the_first_is_the_default(asha: App) -> None:
    answer = save(asha)
    assert answer.status_code == 201
    assert answer.json.items() >= (HOME | {"phone": "+919845012345", "country": "IN", "is_default": True}).items()
    assert [(address.street, address.phone) for address in kept()] == [("Pottery Road", "+919845012345")]


@pytest.mark.covers("ACC-11")
def test_the_pincode_fills_city_and_state(asha: App) -> None:
    least = {name: HOME[name] for name in ("name", "phone", "house", "street")} | {"postal_code": "560 001"}
    answer = asha.send("POST", BOOK, least)
    assert (answer.status_code, answer.json["state"], answer.json["postal_code"]) == (201, "Karnataka", "560001")
    assert answer.json["city"]
    assert answer.json["label"] == "Home"


@pytest.mark.covers("API-03")
def test_a_form_body_works_like_json(asha: App) -> None:
    answer = asha.client.post("/api/v1/user-address/", data=HOME | {"is_default": "true"}, headers=asha.headers)
    assert (answer.status_code, answer.json["street"]) == (201, "Pottery Road")


@pytest.mark.covers("ACC-11")
@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "x" * 121), ("phone", "12"), ("phone", ""), ("phone", None), ("house", ""), ("house", 12),
     ("street", " \0"), ("postal_code", "999999"), ("postal_code", "०६०००१"), ("state", "Atlantis"), ("label", ""),
     ("landmark", "x" * 121), ("is_default", "perhaps"), ("country", "US")],
)  # fmt: skip
def test_a_bad_value_is_told_at_its_field_and_nothing_is_saved(asha: App, field: str, value: Any) -> None:
    answer = save(asha, **{field: value})
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
    assert kept() == []


@pytest.mark.covers("ACC-11")
def test_everything_that_is_wrong_is_told_at_once(asha: App) -> None:
    answer = asha.send("POST", BOOK, {})
    wrong = {"name", "phone", "house", "street", "postal_code", "city", "state"}
    assert (answer.status_code, set(answer.json["errors"])) == (422, wrong)


@pytest.mark.covers("ACC-11")
def test_the_default_comes_first_then_the_newest(asha: App) -> None:
    ids = [save(asha, label=label).json["id"] for label in ("Home", "Office", "Parents")]
    asha.send("PUT", f"{BOOK}{ids[1]}", {"is_default": True})
    answer = asha.get(BOOK)
    assert [(one["id"], one["is_default"]) for one in answer.json] == [
        (ids[1], True), (ids[0], False), (ids[2], False)]  # fmt: skip
    part = asha.get(BOOK, skip=1, limit=1)
    assert ([one["id"] for one in part.json], part.headers["X-Total-Count"]) == ([ids[0]], "3")
    asha.send("PUT", f"{BOOK}{ids[1]}", {"is_default": False})
    assert asha.get(BOOK).json[0]["id"] == ids[0]


@pytest.mark.covers("ACC-11")
def test_a_longer_book_asks_the_database_no_more(asha: App) -> None:
    save(asha)
    with statements() as short:
        asha.get(BOOK)
    for label in ("Office", "Parents"):
        save(asha, label=label)
    with statements() as long:
        assert len(asha.get(BOOK).json) == 3
    assert len(long) == len(short)


@pytest.mark.covers("ACC-11")
def test_a_change_leaves_the_rest_and_a_new_pincode_moves_the_city(asha: App) -> None:
    item = save(asha).json["id"]
    answer = asha.send("PUT", f"{BOOK}{item}", {"street": "Church Street"})
    assert (answer.status_code, answer.json["street"], answer.json["house"]) == (200, "Church Street", "12")
    moved = asha.send("PUT", f"{BOOK}{item}", {"postal_code": "400001"}).json
    assert moved["state"] == "Maharashtra"
    assert [(one.state, one.street, one.shipping_default_at is not None) for one in kept()] == [
        ("Maharashtra", "Church Street", True)
    ]


@pytest.mark.covers("API-03")
def test_a_change_without_a_field_is_400_and_a_bad_one_changes_nothing(asha: App) -> None:
    item = save(asha).json["id"]
    assert asha.send("PUT", f"{BOOK}{item}", {}).status_code == 400
    assert list(asha.send("PUT", f"{BOOK}{item}", {"phone": "12"}).json["errors"]) == ["phone"]
    assert kept()[0].phone == "+919845012345"


@pytest.mark.covers("ACC-11")
def test_an_address_is_deleted_once(asha: App) -> None:
    item = save(asha).json["id"]
    assert asha.send("DELETE", f"{BOOK}{item}").json == {"deleted": True}
    assert kept() == []
    assert asha.send("DELETE", f"{BOOK}{item}").status_code == 404


@pytest.mark.covers("ACC-11")
def test_a_full_book_takes_no_more(asha: App) -> None:
    for number in range(ADDRESSES_MOST.default):
        save(asha, label=f"Home {number}")
    answer = save(asha)
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert len(kept()) == ADDRESSES_MOST.default


@pytest.mark.covers("API-03")
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_strangers_address_answers_like_one_that_is_not_there(client: FlaskClient, asha: App, method: str) -> None:
    item, other = save(asha).json["id"], App(client, a_user())
    body = {"street": "Mine"} if method == "PUT" else None
    theirs = other.send(method, f"{BOOK}{item}", body)
    assert theirs.status_code == 404
    assert other.send(method, f"{BOOK}999999", body).data == theirs.data
    assert [address.street for address in kept()] == ["Pottery Road"]


@pytest.mark.covers("API-03")
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("POST", ""),
        ("GET", "1"),
        ("PUT", "1"),
        ("DELETE", "1"),
        ("GET", "default"),
        ("PUT", "1/set-default"),
    ],
)
def test_the_address_book_needs_a_token(client: FlaskClient, method: str, path: str) -> None:
    assert App(client).send(method, f"{BOOK}{path}").status_code == 401


@pytest.mark.covers("ACC-11")
def test_each_use_has_its_own_default(asha: App) -> None:
    home = save(asha).json["id"]
    office = save(asha, label="Office", address_type="billing", is_default=True).json
    assert (office["default_for"], office["address_type"]) == (["billing"], "billing")
    assert asha.get(f"{BOOK}default").json["id"] == home
    assert asha.get(f"{BOOK}default", address_type="billing").json["id"] == office["id"]
    told = asha.send("PUT", f"{BOOK}{home}/set-default", {"address_type": "billing"})
    assert (told.status_code, told.json["default_for"]) == (200, ["shipping", "billing"])
    asha.send("PUT", f"{BOOK}{home}/set-default", {"is_default": False, "address_type": "billing"})
    assert asha.get(f"{BOOK}default", address_type="billing").json["id"] == office["id"]


@pytest.mark.covers("ACC-11")
def test_an_address_is_no_default_of_what_it_is_not_for(asha: App) -> None:
    item = save(asha, address_type="shipping").json["id"]
    refused = asha.send("PUT", f"{BOOK}{item}/set-default", {"address_type": "billing"})
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["address_type"])
    assert asha.get(f"{BOOK}default", address_type="billing").status_code == 404
    for body in ({"address_type": "both"}, {"is_default": "perhaps"}, {"default": True}):
        assert asha.send("PUT", f"{BOOK}{item}/set-default", body).status_code == 422
    assert asha.send("PUT", f"{BOOK}{item}/set-default").json["default_for"] == ["shipping"]


@pytest.mark.covers("ACC-11")
@pytest.mark.parametrize(
    ("query", "labels"),
    [({"address_type": "shipping"}, {"Home", "Parents"}), ({"address_type": "billing"}, {"Home", "Office"}),
     ({"address_type": "both"}, {"Home"}), ({"is_default": "true"}, {"Home", "Office"}),
     ({"is_default": "false"}, {"Parents"}), ({"address_type": "billing", "is_default": "false"}, {"Home"}),
     ({}, {"Home", "Office", "Parents"})],
)  # fmt: skip
def test_the_book_is_narrowed(asha: App, query: dict[str, str], labels: set[str]) -> None:
    save(asha)
    save(asha, label="Office", address_type="billing", is_default=True)
    save(asha, label="Parents", address_type="shipping")
    found = asha.get(BOOK, **query)
    assert {one["label"] for one in found.json} == labels
    assert found.headers["X-Total-Count"] == str(len(labels))


@pytest.mark.covers("ACC-11")
def test_what_an_address_is_for_is_changed_and_its_default_goes_along(asha: App) -> None:
    item = save(asha).json["id"]
    told = asha.send("PUT", f"{BOOK}{item}", {"address_type": "billing"}).json
    assert (told["address_type"], told["default_for"]) == ("billing", ["billing"])
    assert asha.send("PUT", f"{BOOK}{item}", {"address_type": "holiday"}).status_code == 422
    assert asha.get(BOOK, address_type="holiday").status_code == 422
    assert asha.get(BOOK, address_type="shipping").json == []
