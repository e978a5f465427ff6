"""Sizes people save, and the switch that lists what is in stock in them."""

import re
from html import unescape
from typing import Any

import pytest

from shop.accounts.models import User
from shop.catalog.models import SavedSize
from shop.extensions import db
from shop.membership.holdings import HOLDINGS
from tests.api.asking import App
from tests.factories import a_product, a_user, sign_in
from tests.storefront.test_category import cards

SIZES = "/account/sizes"


@pytest.fixture
def asha(client: Any) -> User:
    a_product("Small", category="tees", sizes=("S",))
    a_product("Medium", category="tees", sizes=("M",))
    a_product("Gone", category="tees", sizes=("M",), units=0)
    user = a_user()
    sign_in(client, user)
    return user


def switch(answer: Any, title: str = "In my sizes") -> str | None:
    found = re.search(rf'href="([^"]+)">{title}<', answer.text)
    return unescape(found[1]) if found else None


@pytest.mark.covers("CAT-06")
def test_one_switch_limits_a_list_to_saved_sizes(client: Any, asha: User) -> None:
    assert switch(client.get("/c/tees")) is None
    assert client.post(f"{SIZES}/own", data={"sizes": ["upper:m"]}).location == SIZES
    assert 'value="upper:m" checked' in client.get(SIZES).text
    place = switch(client.get("/c/tees?sort=new"))
    assert place == "/c/tees?mine=upper:m&sort=new"
    limited = client.get(place)
    assert cards(limited) == ["Medium"]
    assert "Saved sizes: M" in limited.text
    assert 'content="noindex,follow"' in limited.text
    assert switch(limited) is None
    fragment = client.get("/_f/listing?category=tees&colour=indigo", headers={"HX-Request": "true"})
    assert switch(fragment) == "/c/tees?colour=indigo&mine=upper:m"


@pytest.mark.covers("CAT-06")
def test_a_list_in_saved_sizes_is_the_same_for_everyone_and_nobody_sees_whose(
    client: Any, app: Any, asha: User
) -> None:
    client.post(f"{SIZES}/own", data={"sizes": ["upper:m"]})
    client.post(f"{SIZES}/child", data={"sizes": ["upper:s"]})
    mine = client.get("/c/tees")
    assert switch(mine, "In my child’s sizes") == "/c/tees?mine=upper:s"
    stranger = app.test_client()
    assert switch(stranger.get("/c/tees")) is None
    assert cards(stranger.get("/c/tees?mine=upper:s")) == ["Small"]
    assert cards(stranger.get("/c/tees")) == cards(mine)


def test_sizes_nobody_knows_are_refused_and_change_nothing(client: Any, asha: User) -> None:
    client.post(f"{SIZES}/own", data={"sizes": ["upper:m"]})
    assert client.post(f"{SIZES}/own", data={"sizes": ["upper:m", "tail:m"]}).status_code == 422
    assert client.post(f"{SIZES}/own", data={"sizes": ["upper:huge\0"]}).status_code == 422
    assert [row.garment for row in db.session.query(SavedSize)] == ["upper"]


@pytest.mark.covers("CAT-06", "API-04")
def test_apps_keep_sizes_and_ask_for_products_in_them(client: Any, asha: User) -> None:
    app = App(client, asha)
    sizes = {"sizes": ["upper:s"]}
    assert app.send("PUT", "/saved-sizes/partner", sizes).json == {"wearer": "partner", **sizes}
    assert [row["sizes"] for row in app.get("/saved-sizes/").json] == [[], ["upper:s"], []]
    assert [product["name"] for product in app.get("/products/", saved_sizes="upper:s").json] == ["Small"]


@pytest.mark.covers("ACC-10")
def test_saved_sizes_are_handed_out_and_go_with_the_account(client: Any, asha: User) -> None:
    client.post(f"{SIZES}/own", data={"sizes": ["upper:m"]})
    holding = next(one for one in HOLDINGS if one.file == "sizes.json")
    assert holding.told(asha.id) == [{"wearer": "own", "sizes": ["upper:m"]}]  # type: ignore[operator]
    holding.erase(asha.id)  # type: ignore[operator]
    assert db.session.query(SavedSize).all() == []
