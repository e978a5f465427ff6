"""Brands, occasions, product types and categories: created, changed, moved and deleted through the API."""

import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from shop.extensions import db
from shop.lib.files import storage
from shop.merchandising.lookups.nouns import BRAND, OCCASION, PRODUCT_TYPE
from tests.api.asking import App
from tests.factories import a_product, a_user
from tests.lib.files.hostile import SVG
from tests.lib.files.parts import encoded, quarters
from tests.merchandising.sorted_by import a_category, a_product_in, a_row

pytestmark = pytest.mark.usefixtures("media")

TABLE = {"columns": ["Size", "Chest"], "rows": [["M", "104"], ["L", "110"]], "note": "Measured flat."}
NOUNS = (("brands", "name"), ("occasions", "occasion"), ("product-types", "name"), ("categories", "category"))


def upload(app: App, method: str, path: str, **body: Any) -> Any:
    """Send a multipart with what is bytes as files."""
    data = {name: (io.BytesIO(value), "any.png") if isinstance(value, bytes) else value for name, value in body.items()}
    return app.client.open(f"/api/v1{path}", method=method, data=data, headers=app.headers)


def picture() -> bytes:
    return encoded(quarters(), "PNG")


@pytest.mark.covers("CAT-01", "CAT-02")
@pytest.mark.parametrize(("noun", "field"), NOUNS)
def test_one_is_created_read_changed_and_deleted(owner: App, noun: str, field: str) -> None:
    made = owner.send("POST", f"/{noun}/", {field: "Neel Patri"})
    assert (made.status_code, made.json[field], made.json["slug"]) == (201, "Neel Patri", "neel-patri")
    path = f"/{noun}/{made.json['id']}"
    assert owner.get(path).json == made.json
    changed = owner.send("PUT", path, {field: "Neel", "slug": "neel"})
    assert changed.json == made.json | {field: "Neel", "slug": "neel"} | (
        {"path": "neel"} if "path" in made.json else {}
    )
    gone = owner.send("DELETE", path)
    assert (gone.status_code, gone.json["deleted"], gone.json["stats"]["products"]) == (200, True, 0)
    assert owner.get(path).status_code == 404
    assert owner.send("DELETE", path).status_code == 404


@pytest.mark.covers("CAT-01", "API-03")
@pytest.mark.parametrize(("noun", "field"), NOUNS)
def test_names_and_slugs_are_taken_whatever_their_case(owner: App, noun: str, field: str) -> None:
    owner.send("POST", f"/{noun}/", {field: "Neelpatri"})
    other = owner.send("POST", f"/{noun}/", {field: "Loom"}).json["id"]
    assert owner.send("POST", f"/{noun}/", {field: "NEELPATRI"}).status_code == 409
    assert owner.send("PUT", f"/{noun}/{other}", {field: "neelpatri"}).status_code == 409
    assert owner.send("PUT", f"/{noun}/{other}", {"slug": "neelpatri"}).status_code == 409
    assert owner.send("PUT", f"/{noun}/{other}", {}).status_code == 400
    assert owner.send("PUT", f"/{noun}/{other}", {"slug": "Not a slug"}).status_code == 422
    assert owner.send("POST", f"/{noun}/", {field: " "}).status_code == 422
    assert owner.send("POST", f"/{noun}/", {field: "x" * 81}).status_code == 422
    assert owner.send("POST", f"/{noun}/", {field: "New", "colour": "red"}).status_code == 422


@pytest.mark.covers("CAT-01")
@pytest.mark.parametrize(("noun", "file", "told"), [
    ("brands", "logo", "logo_url"), ("product-types", "thumbnail", "thumbnail_url"),
    ("product-types", "size_chart", "size_chart_url"), ("categories", "picture", "picture_url"),
])  # fmt: skip
def test_pictures_come_with_a_multipart_are_replaced_and_taken_away(
    owner: App, media: Path, noun: str, file: str, told: str
) -> None:
    field = "category" if noun == "categories" else "name"
    made = upload(owner, "POST", f"/{noun}/", **{field: "Loom", file: picture()})
    assert made.status_code == 201
    path = f"/{noun}/{made.json['id']}"
    assert owner.client.get(urlsplit(made.json[told]).path).mimetype == "image/webp"
    second = upload(owner, "PUT", path, **{file: picture()}).json[told]
    assert second != made.json[told]
    assert len(list(media.rglob("*.webp"))) == 1
    refused = upload(owner, "PUT", path, **{file: SVG})
    assert (refused.status_code, list(refused.json["errors"])) == (422, [file])
    assert owner.get(path).json[told] == second
    assert owner.send("PUT", path, {file: None}).json[told] is None
    assert list(media.rglob("*.webp")) == []


@pytest.mark.covers("CAT-01")
def test_a_refused_name_leaves_no_picture(owner: App, media: Path) -> None:
    owner.send("POST", "/brands/", {"name": "Loom"})
    assert upload(owner, "POST", "/brands/", name="LOOM", logo=picture()).status_code == 409
    assert list(media.rglob("*.webp")) == []


@pytest.mark.covers("CAT-02")
def test_a_picture_that_would_not_go_is_told_and_the_brand_is_gone(owner: App, monkeypatch: pytest.MonkeyPatch) -> None:
    made = upload(owner, "POST", "/brands/", name="Loom", logo=picture()).json

    def refuse(_picture: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(storage, "remove", refuse)
    gone = owner.send("DELETE", f"/brands/{made['id']}").json
    assert gone["deleted"]
    assert "Permission denied" in gone["file_cleanup_warnings"][0]


@pytest.mark.covers("CAT-01")
def test_a_size_table_comes_as_json_and_as_a_form(owner: App) -> None:
    made = owner.send("POST", "/product-types/", {"name": "Kurta", "size_table": TABLE, "garment": "upper"}).json
    assert (made["size_table"], made["garment"]) == (TABLE, "upper")
    path = f"/product-types/{made['id']}"
    shorter = TABLE | {"rows": [["M", "104"]]}
    assert upload(owner, "PUT", path, size_table=json.dumps(shorter)).json["size_table"] == shorter
    empty = {"columns": [], "rows": [], "note": ""}
    assert owner.send("PUT", path, {"size_table": empty}).json["size_table"] == empty


@pytest.mark.covers("CAT-01")
@pytest.mark.parametrize("change", [
    {"columns": ["Size"]}, {"rows": []}, {"rows": [["M"]]}, {"columns": ["Size", "size"]}, {"rows": [["", "104"]]},
    {"columns": ["Size", ""]}, {"note": "x" * 401}, {"rows": [["M", "x" * 41]]}, {"rows": [["M", "1"]] * 61},
])  # fmt: skip
def test_a_size_table_that_does_not_hang_together_is_refused(owner: App, change: dict[str, Any]) -> None:
    answer = owner.send("POST", "/product-types/", {"name": "Kurta", "size_table": TABLE | change})
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["size_table"])


@pytest.mark.covers("CAT-02")
def test_what_is_in_use_answers_409_with_counts_and_goes_with_cascade(owner: App) -> None:
    product = a_product("Tee")
    db.session.commit()
    path = f"/brands/{product.brand_id}"
    refused = owner.send("DELETE", path)
    assert (refused.status_code, refused.content_type) == (409, "application/problem+json")
    assert (refused.json["stats"]["products"], refused.json["stats"]["on_shelf"]) == (1, 1)
    gone = owner.send("DELETE", path, cascade="true").json
    assert (gone["deleted"], gone["stats"]["products"]) == (True, 1)
    assert owner.get("/products/").json == []


@pytest.mark.covers("CAT-02")
def test_products_move_before_what_they_stood_in_goes(owner: App) -> None:
    occasion, other = a_row(OCCASION, "Festive"), a_row(OCCASION, "Work")
    a_product("Tee", occasion_id=occasion.id)
    db.session.commit()
    assert owner.send("DELETE", f"/occasions/{occasion.id}", move_to=other.id).status_code == 200
    assert len(owner.get("/products/", occasion_id=other.id).json) == 1


@pytest.mark.covers("CAT-02")
def test_a_product_type_in_use_answers_400(owner: App) -> None:
    product = a_product()
    db.session.commit()
    assert owner.send("DELETE", f"/product-types/{product.product_type_id}", cascade="true").status_code == 400
    spare = a_row(PRODUCT_TYPE, "Scarf").id
    db.session.commit()
    assert owner.send("DELETE", f"/product-types/{spare}").status_code == 200


@pytest.mark.covers("CAT-02")
def test_a_branch_is_moved_and_never_below_itself(owner: App) -> None:
    men, women = a_category("Men"), a_category("Women")
    shirts = a_category("Shirts", men)
    a_product_in(shirts)
    db.session.commit()
    moved = owner.send("PATCH", f"/categories/{shirts.id}/move", {"parent_id": str(women.id)}).json
    assert (moved["path"], moved["level"], moved["product_count"]) == ("women/men-shirts", 2, 1)
    assert owner.send("PATCH", f"/categories/{women.id}/move", {"parent_id": str(shirts.id)}).status_code == 422
    assert owner.send("PATCH", f"/categories/{women.id}/move", {}).status_code == 422
    top = owner.send("PATCH", f"/categories/{shirts.id}/move", {"parent_id": None, "before_id": str(men.id)}).json
    assert (top["path"], top["parent_id"]) == ("men-shirts", None)
    assert [row["category"] for row in owner.get("/categories/").json] == ["Shirts", "Men", "Women"]
    assert owner.send("PUT", f"/categories/{shirts.id}", {"parent_id": str(men.id)}).json["path"] == "men/men-shirts"
    below = owner.get("/categories/", parent_id=men.id).json
    assert [row["category"] for row in below] == ["Shirts"]


@pytest.mark.covers("CAT-02")
def test_what_rests_is_read_by_the_owner_alone(owner: App, client: FlaskClient) -> None:
    men = a_category("Men")
    a_category("Shirts", men)
    brand = a_row(BRAND, "Loom", active=False)
    db.session.commit()
    assert owner.send("PUT", f"/categories/{men.id}", {"is_active": False}).json["is_active"] is False
    anybody = App(client)
    assert anybody.get("/categories/").json == []
    assert anybody.get(f"/categories/{men.id}").status_code == 404
    assert len(owner.get("/categories/").json) == 2
    assert [row["category"] for row in owner.get("/categories/", is_active="false").json] == ["Men"]
    assert anybody.get("/brands/").json == []
    assert [row["id"] for row in owner.get("/brands/").json] == [str(brand.id)]


@pytest.mark.covers("CAT-01", "ACC-12")
@pytest.mark.parametrize(("noun", "field"), NOUNS)
def test_only_who_may_writes(client: FlaskClient, noun: str, field: str) -> None:
    assert App(client).send("POST", f"/{noun}/", {field: "Loom"}).status_code == 401
    assert App(client, a_user()).send("POST", f"/{noun}/", {field: "Loom"}).status_code == 403
    assert App(client, a_user(role="support")).send("DELETE", f"/{noun}/1").status_code == 403
    assert App(client, a_user(role="staff")).send("POST", f"/{noun}/", {field: "Loom"}).status_code == 201
