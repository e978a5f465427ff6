"""Who waited too long for others is told to try again; nothing was changed, and nothing of it is our mistake."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event

from shop.extensions import db
from tests.factories import a_variant
from tests.support.shops import ShopClient

SHORT = {"sqlite": "PRAGMA busy_timeout = 50", "postgresql": "SET lock_timeout = 50"}


@pytest.fixture
def held(client: ShopClient, engine: str) -> Iterator[int]:
    """A variant's id, while another connection writes what everybody needs who writes; nobody waits long for it."""
    variant_id = a_variant().id
    db.session.commit()

    def hurry(connection: Any, *_rest: Any) -> None:
        connection.cursor().execute(SHORT[engine])
        connection.commit()

    event.listen(db.engine, "checkout", hurry)
    with db.engine.connect() as other:
        other.exec_driver_sql("LOCK TABLE cart IN SHARE MODE" if engine == "postgresql" else "SELECT 1")
        yield variant_id
    event.remove(db.engine, "checkout", hurry)
    db.engine.dispose()


@pytest.mark.parametrize("way", ["page", "htmx"])
def test_who_waits_too_long_may_try_again(client: ShopClient, held: int, way: str) -> None:
    headers = {"HX-Request": "true"} if way == "htmx" else {}
    answer = client.post("/cart/lines", data={"variant_id": held, "quantity": 1}, headers=headers)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert "A great many people are here at once" in answer.text
