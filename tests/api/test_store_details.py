"""The store's details through the API."""

import pytest
from flask.testing import FlaskClient

from tests.api.asking import App
from tests.checkout.buying import an_order_id
from tests.factories import a_user
from tests.store.test_profiles import DETAILS, GSTIN

PATH = "/store-details/"


def active_id(app: App) -> int:
    return next(one["id"] for one in app.get(PATH).json if one["is_active"])


@pytest.mark.covers("STO-01", "API-01")
def test_record_is_made_read_changed_made_active_and_deleted(owner: App) -> None:
    made = owner.send("POST", PATH, DETAILS | {"gstin": GSTIN.lower(), "youtube": "https://y.example/kora"})
    assert made.status_code == 201
    assert (made.json["gstin"], made.json["is_active"], made.json["currency"]) == (GSTIN, False, "INR")
    assert (made.json["youtube"], made.json["x"]) == ("https://y.example/kora", None)
    path = f"{PATH}{made.json['id']}"
    assert owner.get(path).json == made.json
    listed = owner.get(PATH, limit=1)
    assert ([one["is_active"] for one in listed.json], listed.headers["X-Total-Count"]) == ([True], "2")
    before = active_id(owner)
    changed = owner.send("PUT", path, {"state": "Maharashtra", "is_active": True})
    assert changed.json == made.json | {"state": "Maharashtra", "is_active": True}
    assert active_id(owner) == made.json["id"]
    assert owner.send("DELETE", f"{PATH}{before}").json == {"deleted": True}
    assert owner.get(f"{PATH}{before}").status_code == 404


@pytest.mark.covers("STO-01", "API-03")
@pytest.mark.parametrize(("change", "status"), [
    ({}, 400), ({"gstin": "27AAPFU0939F1ZX"}, 422), ({"pan": "AAPFU0939"}, 422), ({"name": ""}, 422),
    ({"country": "XX"}, 422), ({"is_active": False}, 422), ({"address_lines": "1 Loom Street"}, 422),
    ({"currency": "USD"}, 422), ({"x": "javascript:alert(1)"}, 422),
])  # fmt: skip
def test_details_that_cannot_be_are_refused(owner: App, change: dict[str, object], status: int) -> None:
    answer = owner.send("PUT", f"{PATH}{active_id(owner)}", change)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")


@pytest.mark.covers("STO-01")
def test_a_tax_number_of_another_record_is_a_conflict(owner: App) -> None:
    owner.send("POST", PATH, DETAILS | {"gstin": GSTIN})
    assert owner.send("POST", PATH, DETAILS | {"gstin": GSTIN}).status_code == 409
    assert owner.send("PUT", f"{PATH}{active_id(owner)}", {"gstin": GSTIN}).status_code == 409


@pytest.mark.covers("STO-01")
def test_the_active_record_is_not_deleted(owner: App) -> None:
    assert owner.send("DELETE", f"{PATH}{active_id(owner)}").status_code == 400


@pytest.mark.covers("STO-02")
def test_country_changes_until_the_first_order(owner: App) -> None:
    path = f"{PATH}{active_id(owner)}"
    moved = owner.send("PUT", path, {"country": "BD", "state": "Dhaka", "phone": ""})
    assert (moved.json["currency"], moved.json["time_zone"]) == ("BDT", "Asia/Dhaka")
    assert owner.get("/address/1212").json["city"] == "Dhaka"
    assert owner.get("/address/560001").status_code == 422
    assert owner.send("PUT", path, {"country": "IN", "state": ""}).json["currency"] == "INR"
    an_order_id()
    refused = owner.send("PUT", path, {"country": "BD", "state": "", "phone": ""})
    assert refused.status_code == 409
    assert "There are orders already" in refused.json["detail"]


@pytest.mark.covers("STO-01", "ACC-12")
def test_only_the_owner_reads_and_writes_them(client: FlaskClient) -> None:
    app = App(client, a_user(role="staff"))
    assert app.get(PATH).status_code == 403
    assert app.send("POST", PATH, DETAILS).status_code == 403
