"""People at the shop's pages: browsers that say where a form comes from, and tokens read from the pages they see."""

import re
from typing import Any

from flask.testing import FlaskClient

from shop.accounts.models import Session, User
from shop.accounts.visits import COOKIE_KEY
from shop.extensions import db
from tests.factories import PASSWORD, a_user, sign_in

NEW_PASSWORD = "Brass-Button-9"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def browser_of(client: FlaskClient) -> FlaskClient:
    """The client says, as browsers do, that its forms come from our own pages."""
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client


def signed_in(client: FlaskClient, user: User | None = None, **more: Any) -> User:
    """A signed-in person in this client."""
    user = user or a_user(**more)
    sign_in(browser_of(client), user)
    return user


def log_in(client: FlaskClient, name: str, password: str = PASSWORD, **more: Any) -> Any:
    """Send the login form."""
    return browser_of(client).post("/login", data={"identifier": name, "password": password} | more)


def session_id(client: FlaskClient) -> str | None:
    """The session the client's cookie names."""
    with client.session_transaction() as cookie:
        return cookie.get(COOKIE_KEY)


def is_live(row_id: str | None) -> bool:
    """Whether a session still opens anything."""
    db.session.rollback()
    row = db.session.get(Session, row_id, populate_existing=True)
    return row is not None and row.ended_at is None


def fresh(user_id: int) -> User:
    """The account as it is in the database now."""
    db.session.rollback()
    return db.session.get_one(User, user_id, populate_existing=True)


def use_token_of(client: FlaskClient, path: str = "/account") -> str:
    """The token in the forms of a page, sent with everything from now on."""
    found = TOKEN.search(client.get(path).text)
    assert found
    client.environ_base["HTTP_X_CSRFTOKEN"] = found[1]
    return found[1]


def body(answer: Any) -> bytes:
    """An answer's bytes without the reference number of the request."""
    number: str = answer.headers["X-Request-ID"]
    return answer.data.replace(number.encode(), b"")
