"""The shop itself through the API: where a pincode lies, whether the shop answers, which version it is."""

import pytest
from flask.testing import FlaskClient

from tests.api.asking import App
from tests.support.statements import statements

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.mark.covers("ACC-11")
def test_a_pincode_names_its_city_state_and_post_offices(client: FlaskClient) -> None:
    found = App(client).get("/address/560001").json
    assert (found["pincode"], found["city"], found["state"]) == ("560001", "Bengaluru Urban", "Karnataka")
    assert (found["district"], found["country"]) == ("Bengaluru Urban", "IN")
    assert "Vidhana Soudha" in found["post_offices"]


@pytest.mark.covers("ACC-11")
def test_a_pincode_the_directory_does_not_know_is_404(client: FlaskClient) -> None:
    assert App(client).get("/address/999999").status_code == 404


@pytest.mark.covers("API-03")
@pytest.mark.parametrize("odd", ["56000", "5600011", "060001", "56000a", "५६०००१", "560001%0A", "'"])
def test_what_is_no_pincode_is_refused_by_name(client: FlaskClient, odd: str) -> None:
    answer = client.get(f"/api/v1/address/{odd}")
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["pincode"])


def test_health_costs_one_statement(client: FlaskClient) -> None:
    App(client).get("/health")
    with statements() as seen:
        assert App(client).get("/health").json == {"status": "ok"}
    assert seen == ["SELECT 1"]


@pytest.mark.covers("API-02")
def test_the_version_is_that_of_the_description(client: FlaskClient) -> None:
    version = App(client).get("/version").json["version"]
    assert client.get("/api/openapi.json").json["info"]["version"] == version


@pytest.mark.covers("API-01")
@pytest.mark.parametrize("accept", ["application/json", "application/json, text/html;q=0.9"])
def test_who_prefers_json_is_told_that_the_shop_is_running(client: FlaskClient, accept: str) -> None:
    answer = client.get("/", headers={"Accept": accept})
    assert answer.json == {"message": "True Style is running"}
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.covers("API-01")
@pytest.mark.parametrize("accept", [BROWSER, "*/*", "", "text/html, application/json", "application/json;q=0, */*"])
def test_everyone_else_gets_the_home_page(client: FlaskClient, accept: str) -> None:
    client.get("/", headers={"Accept": "application/json"})
    answer = client.get("/", headers={"Accept": accept})
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
