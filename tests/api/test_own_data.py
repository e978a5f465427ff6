"""A person's own data through the API, and the end of their account."""

import io
import zipfile

import pytest
from flask.testing import FlaskClient

from tests.api.asking import App
from tests.checkout.buying import an_order_id
from tests.factories import PASSWORD, a_customer, a_user
from tests.storefront.people import fresh
from tests.support.outbox import run_outbox

RIGHT = {"current_password": PASSWORD}


@pytest.mark.covers("ACC-10")
def test_export_is_asked_for_followed_and_downloaded(client: FlaskClient) -> None:
    me = App(client, a_user())
    assert me.get("/users/data-export").status_code == 404
    asked = me.send("POST", "/users/data-export")
    assert (asked.status_code, asked.json["parts_done"], asked.json["ready_at"]) == (202, 0, None)
    assert me.send("POST", "/users/data-export").status_code == 429
    assert me.send("POST", "/users/data-export/file", RIGHT).status_code == 404
    run_outbox()
    ready = me.get("/users/data-export").json
    assert ready["parts_done"] == ready["parts"]
    wrong = me.send("POST", "/users/data-export/file", {"current_password": "Wrong-Horse-7"})
    assert (wrong.status_code, "current_password" in wrong.json["errors"]) == (422, True)
    file = me.send("POST", "/users/data-export/file", RIGHT)
    assert (file.mimetype, len(file.data)) == ("application/zip", ready["size"])
    assert "orders.json" in zipfile.ZipFile(io.BytesIO(file.data)).namelist()


@pytest.mark.covers("ACC-10", "API-01")
def test_account_is_deleted_with_its_password_and_its_tokens_are_dead(client: FlaskClient) -> None:
    user = a_user()
    me, user_id = App(client, user), user.id
    assert me.send("DELETE", "/users/profile").status_code == 422
    assert me.send("DELETE", "/users/profile", {"current_password": "Wrong-Horse-7"}).status_code == 422
    assert fresh(user_id).erased_at is None
    assert me.send("DELETE", "/users/profile", RIGHT).json == {"deleted": True}
    assert fresh(user_id).erased_at
    assert me.get("/users/data-export").status_code == 401


@pytest.mark.covers("ACC-10")
def test_account_with_an_open_order_stays(client: FlaskClient) -> None:
    user = a_user()
    user_id = user.id
    an_order_id(visitor=a_customer(user))
    me = App(client, fresh(user_id))
    refused = me.send("DELETE", "/users/profile", RIGHT)
    assert (refused.status_code, "is still open." in refused.json["detail"]) == (409, True)
    assert fresh(user_id).erased_at is None
