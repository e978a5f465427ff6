"""Pictures of products for apps: read by everybody, sent, described, put in order and deleted by the owner's people."""

import io
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from shop.catalog.models import Product
from shop.extensions import db
from tests.api.asking import App
from tests.factories import a_product, a_user
from tests.lib.files.hostile import SVG
from tests.merchandising.pictures.uploads import a_file, files, row, shown, upload
from tests.support import recording
from tests.support.outbox import run_outbox

IMAGES = "/product-images/"
pytestmark = [pytest.mark.covers("CAT-05"), pytest.mark.usefixtures("media")]


@pytest.fixture
def product_id(owner: App) -> int:
    found: int = a_product("Harbour tee", colours=("Indigo",)).id
    db.session.commit()
    return found


def send(app: App, method: str, path: str, data: bytes | None = None, **more: Any) -> Any:
    sent = {"image": (io.BytesIO(data), "a.png")} if data is not None else {}
    return app.client.open(f"/api/v1{path}", method=method, data=more | sent, headers=app.headers)


def test_a_picture_is_sent_and_read(owner: App, product_id: int, client: FlaskClient) -> None:
    told = send(owner, "POST", IMAGES, a_file(700, 875), product_id=str(product_id), alt="Front", color="Indigo")
    assert told.status_code == 201
    recording.note_effect("POST", "/api/v1/product-images/")
    assert told.json | {"url": "", "files": [], "id": ""} == {
        "id": "", "product_id": str(product_id), "url": "", "alt": "Front", "color": "indigo", "position": 1,
        "is_primary": False, "width": 700, "height": 875, "files": [],
    }  # fmt: skip
    assert [one["width"] for one in told.json["files"]] == [700]
    run_outbox()
    read = App(client).get(f"{IMAGES}{told.json['id']}")
    assert [one["width"] for one in read.json["files"]] == [320, 480, 640, 700]
    assert client.get(read.json["files"][0]["url"]).status_code == 200


def test_pictures_are_listed_in_order_with_their_number(owner: App, product_id: int, client: FlaskClient) -> None:
    ids = [shown(product_id)[0], upload(product_id), upload(product_id)]
    a_product()
    answer = App(client).get(IMAGES, product_id=product_id, limit=2, skip=1)
    assert [one["id"] for one in answer.json] == [str(one) for one in ids[1:]]
    assert answer.headers["X-Total-Count"] == "3"
    assert len(App(client).get(IMAGES).json) == 4


def test_pictures_of_hidden_products_are_for_those_who_may_see_them(
    owner: App, product_id: int, client: FlaskClient
) -> None:
    picture_id = shown(product_id)[0]
    db.session.get_one(Product, product_id).published_at = None
    db.session.commit()
    assert App(client).get(IMAGES, product_id=product_id).json == []
    assert App(client).get(f"{IMAGES}{picture_id}").status_code == 404
    assert owner.get(f"{IMAGES}{picture_id}").status_code == 200


def test_a_picture_is_changed_put_first_and_replaced(owner: App, product_id: int, media: Path) -> None:
    first, second = shown(product_id)[0], upload(product_id)
    told = owner.send("PUT", f"{IMAGES}{second}", {"alt": "The back", "color": "indigo", "is_primary": True})
    recording.note_effect("PUT", "/api/v1/product-images/<key:item_id>")
    assert (told.status_code, told.json["alt"], told.json["color"]) == (200, "The back", "indigo")
    assert (told.json["is_primary"], shown(product_id)) == (True, [second, first])
    told = owner.send("PUT", f"{IMAGES}{second}", {"position": 1, "color": None})
    assert (told.json["color"], told.json["alt"], shown(product_id)) == (None, "The back", [first, second])
    before = row(second).stem
    assert send(owner, "PUT", f"{IMAGES}{second}", a_file(330, 400)).json["width"] == 330
    assert (row(second).stem != before, files(media)) == (True, [".webp"])


def test_a_picture_is_deleted_but_not_the_primary_one(owner: App, product_id: int) -> None:
    first, second = shown(product_id)[0], upload(product_id)
    assert owner.send("DELETE", f"{IMAGES}{first}").status_code == 409
    assert owner.send("DELETE", f"{IMAGES}{second}").json == {"deleted": True}
    recording.note_effect("DELETE", "/api/v1/product-images/<key:item_id>")
    assert owner.get(f"{IMAGES}{second}").status_code == 404
    assert owner.send("DELETE", f"{IMAGES}{second}").status_code == 404


@pytest.mark.parametrize(
    ("data", "status"),
    [(None, 400), (b"", 400), (SVG, 415), (b"\0" * (5 * 1024 * 1024 + 1), 413), (a_file()[:300], 422)],
)
def test_what_is_no_picture_is_refused_and_leaves_nothing(
    owner: App, product_id: int, media: Path, data: bytes | None, status: int
) -> None:
    told = send(owner, "POST", IMAGES, data, product_id=str(product_id))
    assert (told.status_code, told.content_type) == (status, "application/problem+json")
    assert (len(shown(product_id)), files(media)) == (1, [])


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"product_id": "987654"}, 404), ({"product_id": "x"}, 422), ({}, 422), ({"color": "madder"}, 422),
     ({"variant_id": "987654"}, 404), ({"position": "-1"}, 422), ({"is_primary": "false"}, 422),
     ({"alt": "a" * 201}, 422), ({"stem": "media/x"}, 422)],
)  # fmt: skip
def test_what_does_not_fit_is_refused_and_leaves_no_file(
    owner: App, product_id: int, media: Path, sent: dict[str, str], status: int
) -> None:
    body = sent if "product_id" in sent or not sent else {"product_id": str(product_id)} | sent
    assert send(owner, "POST", IMAGES, a_file(), **body).status_code == status
    assert (len(shown(product_id)), files(media)) == (1, [])


@pytest.mark.covers("API-03")
def test_a_change_without_a_field_is_400(owner: App, product_id: int) -> None:
    assert owner.send("PUT", f"{IMAGES}{shown(product_id)[0]}", {}).status_code == 400


@pytest.mark.covers("API-03")
@pytest.mark.parametrize(("role", "status"), [(None, 401), ("support", 403)])
def test_only_who_may_change_products_sends_pictures(
    client: FlaskClient, product_id: int, role: str | None, status: int
) -> None:
    app = App(client, a_user(role=role) if role else None)
    picture_id = shown(product_id)[0]
    assert send(app, "POST", IMAGES, a_file(), product_id=str(product_id)).status_code == status
    assert app.send("PUT", f"{IMAGES}{picture_id}", {"alt": "x"}).status_code == status
    assert app.send("DELETE", f"{IMAGES}{picture_id}").status_code == status
