"""What a full run notes of the API's operations."""

from pathlib import Path

import pytest

from tests.support import recording
from tests.support.shops import ShopClient

DOCUMENT = {"paths": {"/api/v1/cart-items/": {"get": {"security": [{"bearer": []}]}},
                      "/api/v1/brands/": {"get": {}},
                      "/api/v1/brands/{item_id}": {"delete": {}}}}  # fmt: skip


@pytest.fixture(autouse=True)
def _notes_of_this_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "_noted", set())
    monkeypatch.setattr(recording, "_file", lambda: tmp_path / "operations.jsonl")


def test_run_that_noted_nothing_proves_nothing():
    assert list(recording.unproven()) == ["No test said which operations the API has."]


@pytest.mark.one_engine
def test_operation_counts_when_it_answered_refused_strangers_and_its_effect_was_read_back(client: ShopClient):
    recording.note_description(DOCUMENT)
    client.get("/api/v1/brands/")
    client.get("/api/v1/cart-items/")
    assert list(recording.unproven()) == [
        "DELETE /api/v1/brands/{item_id} never answered with success.",
        "DELETE /api/v1/brands/{item_id} had no effect that a test read back from the database.",
        "GET /api/v1/cart-items/ never answered with success.",
    ]
    recording.note_effect("DELETE", "/api/v1/brands/<key:item_id>")
    assert len(list(recording.unproven())) == 2


@pytest.mark.one_engine
def test_refusal_of_a_bad_token_is_no_refusal_of_a_stranger(client: ShopClient):
    recording.note_description(DOCUMENT)
    client.get("/api/v1/cart-items/", headers={"Authorization": "Bearer nonsense"})
    assert "GET /api/v1/cart-items/ never refused a stranger." in list(recording.unproven())
