"""The store's details through the API."""

import pytest
from flask.testing import FlaskClient

from tests.api.asking import App
from tests.checkout.buying import an_order_id
from tests.factories import a_user
from tests.store.test_profiles import DETAILS, GSTIN

PATH = "/store-details/"


def owner(client: FlaskClient) -> App:
    return App(client, a_user(role="owner"))


def active_id(app: App) -> int:
    return next(one["id"] for one in app.get(PATH).json if one["is_active"])


@pytest.mark.covers("STO-01", "API-01")
def test_record_is_made_read_changed_made_active_and_deleted(client: FlaskClient) -> None:
    app = owner(client)
    made = app.send("POST", PATH, DETAILS | {"gstin": GSTIN.lower(), "youtube": "https://y.example/kora"})
    assert made.status_code == 201
    assert (made.json["gstin"], made.json["is_active"], made.json["currency"]) == (GSTIN, False, "INR")
    assert (made.json["youtube"], made.json["x"]) == ("https://y.example/kora", None)
    path = f"{PATH}{made.json['id']}"
    assert app.get(path).json == made.json
    listed = app.get(PATH, limit=1)
    assert ([one["is_active"] for one in listed.json], listed.headers["X-Total-Count"]) == ([True], "2")
    before = active_id(app)
    changed = app.send("PUT", path, {"state": "Maharashtra", "is_active": True})
    assert changed.json == made.json | {"state": "Maharashtra", "is_active": True}
    assert active_id(app) == made.json["id"]
    assert app.send("DELETE", f"{PATH}{before}").json == {"deleted": True}
    assert app.get(f"{PATH}{before}").status_code == 404


@pytest.mark.covers("STO-01", "API-03")
@pytest.mark.parametrize(("change", "status"), [
    ({}, 400), ({"gstin": "27AAPFU0939F1ZX"}, 422), ({"pan": "AAPFU0939"}, 422), ({"name": ""}, 422),
    ({"country": "XX"}, 422), ({"is_active": False}, 422), ({"address_lines": "1 Loom Street"}, 422),
    ({"currency": "USD"}, 422), ({"x": "javascript:alert(1)"}, 422),
])  # fmt: skip
def test_details_that_cannot_be_are_refused(client: FlaskClient, change: dict[str, object], status: int) -> None:
    app = owner(client)
    answer = app.send("PUT", f"{PATH}{active_id(app)}", change)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")


@pytest.mark.covers("STO-01")
def test_a_tax_number_of_another_record_is_a_conflict(client: FlaskClient) -> None:
    app = owner(client)
    app.send("POST", PATH, DETAILS | {"gstin": GSTIN})
    assert app.send("POST", PATH, DETAILS | {"gstin": GSTIN}).status_code == 409
    assert app.send("PUT", f"{PATH}{active_id(app)}", {"gstin": GSTIN}).status_code == 409


@pytest.mark.covers("STO-01")
def test_the_active_record_is_not_deleted(client: FlaskClient) -> None:
    app = owner(client)
    assert app.send("DELETE", f"{PATH}{active_id(app)}").status_code == 400


@pytest.mark.covers("STO-02")
def test_country_changes_until_the_first_order(client: FlaskClient) -> None:
    app = owner(client)
    path = f"{PATH}{active_id(app)}"
    moved = app.send("PUT", path, {"country": "BD", "state": "Dhaka", "phone": ""})
    assert (moved.json["currency"], moved.json["time_zone"]) == ("BDT", "Asia/Dhaka")
    assert app.get("/address/1212").json["city"] == "Dhaka"
    assert app.get("/address/560001").status_code == 422
    assert app.send("PUT", path, {"country": "IN", "state": ""}).json["currency"] == "INR"
    an_order_id()
    refused = app.send("PUT", path, {"country": "BD", "state": "", "phone": ""})
    assert refused.status_code == 409
    assert "There are orders already" in refused.json["detail"]


@pytest.mark.covers("STO-01", "ACC-12")
def test_only_the_owner_reads_and_writes_them(client: FlaskClient) -> None:
    app = App(client, a_user(role="staff"))
    assert app.get(PATH).status_code == 403
    assert app.send("POST", PATH, DETAILS).status_code == 403
