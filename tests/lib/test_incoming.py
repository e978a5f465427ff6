"""What comes in by address, query and form."""

from io import BytesIO

import pytest
from flask import Flask, request

from tests.support.shops import ShopClient


def test_nul_disappears_from_query_and_form(app: Flask):
    with app.test_request_context("/?q=a%00b&q=c", method="POST", data={"name": "As\0ha", "note": ""}):
        assert request.args.getlist("q") == ["ab", "c"]
        assert request.form.to_dict() == {"name": "Asha", "note": ""}


def test_nul_in_a_path_is_not_found(client: ShopClient):
    assert client.get("/p/kurta%00").status_code == 404


def test_id_no_column_holds_is_not_found(client: ShopClient):
    assert client.post(f"/cart/lines/{'9' * 30}/removal").status_code == 404
    assert client.post("/cart/lines/१/removal").status_code == 404


def test_form_from_an_origin_that_is_no_address_is_refused(client: ShopClient):
    assert client.post("/theme", data={"theme": "dark"}, headers={"Origin": "http://["}).status_code == 403


@pytest.mark.parametrize("referer", ["http://[x/", "http://localhost@evil.example/", "http://localhost//evil.example/"])
def test_form_from_a_page_that_is_no_address_of_ours_goes_home(client: ShopClient, referer: str):
    assert client.post("/theme", data={"theme": "dark"}, headers={"Referer": referer}).location == "/"


def test_json_and_files_are_not_taken_for_what_was_typed(client: ShopClient):
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    assert client.post("/cart/lines", json={"variant_id": {"$ne": 1}}).status_code == 303
    assert client.post("/cart/lines", data={"variant_id": (BytesIO(b"1"), "1.txt")}).status_code == 303
