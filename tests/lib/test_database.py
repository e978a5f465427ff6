"""Connections that broke while they rested are replaced before anybody notices."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from shop.extensions import db
from shop.lib import database
from tests.support import ground

SELF = text("SELECT pg_backend_pid()")


@pytest.fixture
def on_postgresql(app: Flask, engine: str) -> None:
    if engine == "sqlite":
        pytest.skip("a file has no server that could end a connection")


def end_connection() -> int:
    """Let the server end the connection that is used next, as a restart would; returns its process."""
    db.session.commit()
    db.engine.dispose()
    with db.engine.connect() as connection:
        number: int = connection.scalar(SELF)
    with ground.administrate() as line:
        line.execute("SELECT pg_terminate_backend(%s, 5000)", (number,))
    return number


@pytest.mark.usefixtures("on_postgresql")
def test_a_connection_that_broke_while_it_rested_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "RESTED", 0.0)
    ended = end_connection()
    assert db.session.scalar(SELF) != ended


@pytest.mark.usefixtures("on_postgresql")
def test_control_a_broken_connection_that_is_not_asked_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "RESTED", float("inf"))
    end_connection()
    with pytest.raises(OperationalError):
        db.session.scalar(SELF)


@pytest.mark.usefixtures("on_postgresql")
def test_a_connection_that_was_just_used_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(db.engine.dialect, "do_ping", asked.append)
    for _ in range(3):
        db.session.execute(SELF)
        db.session.commit()
    assert asked == []
