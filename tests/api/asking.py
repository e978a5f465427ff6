"""Asks the API as somebody: an access token, then requests that carry it."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from shop.accounts.models import User
from shop.accounts.services import tokens
from shop.extensions import db


class App:
    """An app that speaks for a person, or for nobody."""

    def __init__(self, client: FlaskClient, user: User | None = None) -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {_token(user.id)}"} if user else {}

    def get(self, path: str, **query: Any) -> TestResponse:
        return self.client.get(f"/api/v1{path}", query_string=query, headers=self.headers)

    def send(self, method: str, path: str, body: Any = None, **query: Any) -> TestResponse:
        sent = {} if body is None else {"json": body}
        return self.client.open(f"/api/v1{path}", method=method, query_string=query, headers=self.headers, **sent)


def _token(user_id: int) -> str:
    made = tokens.issue(user_id, "127.0.0.1", "tests", remember=True)
    db.session.commit()
    return made.access_token
