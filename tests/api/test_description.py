"""The API's description: valid, complete, and shown by two pages that fetch nothing from elsewhere."""

import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from shop.api.specification import description
from shop.extensions import db
from tests.factories import PASSWORD, a_user
from tests.support.live import LiveShop

pytestmark = pytest.mark.one_engine
METHODS = {"get", "post", "put", "patch", "delete"}


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        yield from ((f"{method.upper()} {path}", item[method]) for method in METHODS & item.keys())


def references(node: Any) -> Iterator[str]:
    """Everything the document points to inside itself."""
    if isinstance(node, dict):
        yield from [node["$ref"]] if "$ref" in node else []
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from references(inner)


@pytest.mark.covers("API-02")
def test_the_document_is_valid_openapi_3_1(app: Flask) -> None:
    document = description(app)
    assert [error.message for error in OPENAPI_31_VALIDATOR.iter_errors(document)] == []
    for schema in document["components"]["schemas"].values():
        jsonschema_rs.meta.validate(schema)


def test_an_invalid_document_is_noticed(app: Flask) -> None:
    assert list(OPENAPI_31_VALIDATOR.iter_errors(description(app) | {"paths": []}))


@pytest.mark.covers("API-02")
def test_everything_the_document_points_to_is_in_it(app: Flask) -> None:
    document = description(app)
    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(references(document)) <= known


@pytest.mark.covers("API-02")
def test_every_operation_has_a_summary_a_tag_and_a_good_answer(app: Flask) -> None:
    document = description(app)
    tags = {tag["name"] for tag in document["tags"]}
    for name, operation in operations(document):
        assert operation.get("summary"), name
        assert set(operation["tags"]) <= tags, name
        assert any(status.startswith("2") for status in operation["responses"]), name


@pytest.mark.covers("API-02")
@pytest.mark.one_engine
def test_the_document_begins_with_how_to_speak_to_the_shop(app: Flask) -> None:
    document = description(app)
    assert "POST /api/v1/auth/login" in document["info"]["description"]
    assert list(document["components"]["schemas"]["Order"]["properties"])[:3] == ["id", "number", "status"]


@pytest.mark.covers("API-02")
def test_the_document_is_asked_for_anew_only_when_it_changed(client: FlaskClient) -> None:
    answer = client.get("/api/openapi.json")
    assert answer.json["openapi"].startswith("3.1")
    again = client.get("/api/openapi.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.covers("API-02")
@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_the_addresses_t_had_lead_to_ours(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.location) == (301, f"/api{path}")


@pytest.mark.covers("API-02")
@pytest.mark.parametrize("path", ["/api/docs", "/api/redoc"])
def test_the_viewers_are_made_of_our_own_files_under_a_strict_policy(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert all(url.startswith(("/static/", "/api/")) for url in re.findall(r'(?:src|href|-url)="([^"]+)"', answer.text))
    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert "script-src" not in policy
    assert "'unsafe-inline'" not in client.get("/").headers["Content-Security-Policy"]


@pytest.mark.covers("API-02")
@pytest.mark.browser
def test_swagger_ui_filters_logs_in_and_tries_an_operation(live_shop: LiveShop, page: Page) -> None:
    with live_shop.inside():
        email = a_user().email or ""
        db.session.commit()
    page.goto(f"{live_shop.url}/api/docs")
    page.get_by_role("button", name="Authorize").click()
    page.locator(".modal-ux #oauth_username").fill(email)
    page.locator(".modal-ux #oauth_password").fill(PASSWORD)
    with page.expect_response("**/api/v1/auth/login") as login:
        page.get_by_role("button", name="Apply given OAuth2 credentials").click()
    assert login.value.status == 200
    page.locator(".close-modal").click()
    page.locator(".operation-filter-input").fill("Wishlist")
    expect(page.get_by_text("Who makes it")).to_be_hidden()
    page.locator(".opblock-tag", has_text="What someone likes").click()
    page.locator(".opblock-get").first.click()
    page.get_by_role("button", name="Try it out").click()
    with page.expect_response("**/api/v1/wishlist-items/**") as asked:
        page.get_by_role("button", name="Execute").click()
    assert asked.value.status == 200


@pytest.mark.covers("API-02")
@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_redoc_shows_every_noun_and_asks_nobody_else(live_shop: LiveShop, page: Page, scheme: Any) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{live_shop.url}/api/redoc", wait_until="networkidle")
    expect(page.get_by_text("Wishlist items").first).to_be_visible()
    assert [url for url in asked if not url.startswith((live_shop.url, "data:", "blob:"))] == []
