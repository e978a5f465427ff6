"""An owner at the desk: a signed-in client, and what its pages say."""

import html
import re
from typing import Any

from tests.factories import a_user, sign_in
from tests.support.shops import ShopClient

HTMX = {"HX-Request": "true"}


def as_role(client: ShopClient, role: str = "owner") -> ShopClient:
    """The client, signed in as a person with this role."""
    sign_in(client, a_user(role=role, first_name="Meera", last_name="Nair"))
    return client


def words(response: Any) -> str:
    """What a page says, without its marks."""
    text = re.sub(r"<(script|style).*?</\1>", " ", response.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def flashed(client: ShopClient) -> str:
    """What the shop is about to say to this visitor."""
    with client.session_transaction() as cookie:
        return " ".join(text for _, text in cookie.get("_flashes", []))
