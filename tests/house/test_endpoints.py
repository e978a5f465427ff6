"""docs/endpoints.csv says which operation or page answers what the source documents list; here it is held to that."""

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from shop.api.specification import description

TABLE = Path(__file__).resolve().parents[2] / "docs/endpoints.csv"
with TABLE.open(newline="") as file:
    ROWS = list(csv.DictReader(file))
CLAIMS = sorted({row["answered_by"] for row in ROWS} - {""})
OURS: set[str] = {
    "DELETE /api/v1/users/profile/picture",
    "GET /api/v1/inventory/{variant_id}/ledger",
    "POST /api/v1/products/{item_id}/variants",
    "PUT /api/v1/products/{item_id}/variants/{variant_id}",
    "DELETE /api/v1/products/{item_id}/variants/{variant_id}",
    "POST /api/v1/auth/confirm-password",
    "POST /api/v1/auth/two-factor",
    "GET /api/v1/user-status/",
    "GET /api/v1/user-status/{item_id}",
    "POST /api/v1/user-status/",
    "PUT /api/v1/user-status/{item_id}",
    "DELETE /api/v1/user-status/{item_id}",
    "GET /api/v1/saved-sizes/",
    "PUT /api/v1/saved-sizes/{wearer}",
    "GET /api/v1/users/data-export",
    "POST /api/v1/users/data-export",
    "POST /api/v1/users/data-export/file",
    "GET /api/v1/payments/{payment_id}/refunds",
    "POST /api/v1/payments/{payment_id}/refunds/{refund_id}/attempts",
}
"""Operations no source document lists, as "GET /api/v1/…"."""
METHODS = {"get", "post", "put", "patch", "delete"}
OPERATION = re.compile(r"(GET|POST|PUT|PATCH|DELETE) (/\S*)")


def shape(path: str) -> str:
    """A path without the names of what is variable in it."""
    return re.sub(r"\{[^}]*\}|<[^>]*>", "{}", path)


def routes(app: Flask) -> set[tuple[str, str]]:
    return {(method, shape(rule.rule)) for rule in app.url_map.iter_rules() for method in rule.methods or ()}


def described(app: Flask) -> set[tuple[str, str]]:
    paths: dict[str, Any] = description(app)["paths"]
    return {(method.upper(), shape(path)) for path, item in paths.items() for method in METHODS & item.keys()}


def operations(claims: list[str]) -> set[tuple[str, str]]:
    return {(found[1], shape(found[2])) for claim in claims if (found := OPERATION.fullmatch(claim))}


def test_every_row_of_the_source_documents_has_its_line():
    keys = [(row["system"], row["method"], row["path"]) for row in ROWS]
    assert len(keys) == len(set(keys)) == 486
    assert all(re.fullmatch(r"[A-Z]{3}-\d\d", row["capability"]) for row in ROWS)


def test_a_claim_is_an_operation_or_a_page():
    assert [claim for claim in CLAIMS if not OPERATION.fullmatch(claim) and not claim.startswith("page /")] == []


@pytest.mark.covers("API-01", "API-02")
@pytest.mark.one_engine
def test_every_claimed_operation_is_served_and_described(app: Flask):
    claimed = operations(CLAIMS)
    assert claimed - routes(app) == set()
    assert claimed - described(app) == set()


@pytest.mark.covers("API-01")
@pytest.mark.one_engine
def test_every_claimed_page_is_served(app: Flask):
    pages = {("GET", shape(claim.removeprefix("page "))) for claim in CLAIMS if claim.startswith("page ")}
    assert pages - routes(app) == set()


@pytest.mark.covers("API-01")
@pytest.mark.one_engine
def test_every_operation_of_the_api_is_claimed_or_our_own(app: Flask):
    assert described(app) - operations(CLAIMS) == operations(sorted(OURS))


@pytest.mark.covers("API-01")
def test_what_t_documents_is_answered_at_its_own_path():
    mine = [row for row in ROWS if row["system"] == "true-style-api" and OPERATION.fullmatch(row["answered_by"])]
    moved = [row["path"] for row in mine if operations([row["answered_by"]]) != {(row["method"], shape(row["path"]))}]
    assert mine
    assert moved == []


@pytest.mark.one_engine
def test_a_claim_nobody_serves_is_noticed(app: Flask):
    assert operations(["GET /api/v1/nothing/{item_id}"]) - routes(app)
