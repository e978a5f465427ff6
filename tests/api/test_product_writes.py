"""Products made, changed and deleted through the API."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.accounts.permissions import Permission
from shop.accounts.services import roles
from shop.catalog.models import Category, Colour, ListingRow, Product, Size, Variant
from shop.extensions import db
from shop.operations.audit import audit
from tests.accounts.test_roles import a_role
from tests.api.asking import App
from tests.factories import a_product, a_user
from tests.lib.files.hostile import SVG
from tests.merchandising.pictures.uploads import a_file

pytestmark = [pytest.mark.covers("CAT-03", "CAT-04"), pytest.mark.usefixtures("media")]


def said(**more: Any) -> dict[str, Any]:
    """A new product beside one that is there, which brings brand, category, type, colours and sizes."""
    known = a_product("Known tee", colours=("Indigo", "Ecru"), sizes=("S", "M"))
    body = {"name": "Harbour tee", "brand_id": str(known.brand_id), "category_id": str(known.category_id),
            "product_type_id": str(known.product_type_id), "hsn": "6109", "mrp": "1499.00",
            "price": "1299.00"}  # fmt: skip
    wanted = body | more
    return {name: value for name, value in wanted.items() if value is not None}


def multipart(app: App, **body: Any) -> Any:
    data = {name: (io.BytesIO(value), "any.png") if isinstance(value, bytes) else value for name, value in body.items()}
    return app.client.post("/api/v1/products/", data=data, headers=app.headers)


def test_a_product_comes_with_its_colours_and_sizes(owner: App) -> None:
    variants = [
        {"color": "indigo", "size": "S", "price": "1299.00", "quantity": 3, "weight_grams": 220},
        {"color": "Ecru", "size": "M", "price": "1399", "sale_price": "999.50", "sku": "HT-1"},
    ]
    body = said(price=None, variants=variants, specifications={"Fit": "Regular"}, featured=True, maker="Kora, Erode")
    made = owner.send("POST", "/products/", body)
    assert made.status_code == 201
    assert (made.json["slug"], made.json["published"], made.json["featured"]) == ("harbour-tee", False, True)
    assert (made.json["specifications"], made.json["legal"]["maker"]) == ({"Fit": "Regular"}, "Kora, Erode")
    first, second = made.json["variants"]
    assert (first["sku"], first["quantity"], first["weight_grams"]) == ("HARBOUR-TEE-INDIGO-S", 3, 220)
    assert (second["sku"], second["price"], second["sale_price"]) == ("HT-1", "1399.00", "999.50")
    assert owner.get(f"/products/{made.json['id']}").status_code == 404
    assert audit() == []


def test_a_plain_quantity_is_one_colour_in_one_size(owner: App) -> None:
    made = owner.send("POST", "/products/", said(quantity=7)).json
    [only] = made["variants"]
    assert (only["color"]["name"], only["size"], only["quantity"], only["price"]) == (
        "One colour", "One size", 7, "1299.00")  # fmt: skip
    again = owner.send("POST", "/products/", said(name="Harbour tee", quantity=1)).json
    assert (again["slug"], again["variants"][0]["sku"]) == ("harbour-tee-2", "HARBOUR-TEE-2-ONE-COLOUR-ONE-SIZE")
    assert len(db.session.scalars(select(Size).where(Size.slug == "one-size")).all()) == 1
    assert len(db.session.scalars(select(Colour).where(Colour.name == "One colour")).all()) == 1


def test_with_its_picture_it_goes_on_the_shelf_at_once(owner: App) -> None:
    body = said(price=None, published="true", specifications=json.dumps({"Fit": "Slim"}), thumbnail=a_file())
    made = multipart(owner, **body, variants=json.dumps({"color": "Indigo", "size": "M", "price": "1299.00"}))
    assert (made.status_code, made.json["published"], made.json["specifications"]) == (201, True, {"Fit": "Slim"})
    shown = owner.get(f"/products/{made.json['id']}").json
    assert [picture["alt"] for picture in shown["pictures"]] == ["Harbour tee"]
    assert db.session.get_one(ListingRow, int(made.json["id"])).name == "Harbour tee"


def test_without_a_picture_nothing_goes_on_the_shelf(owner: App, media: Path) -> None:
    refused = owner.send("POST", "/products/", said(published=True))
    assert (refused.status_code, refused.json["detail"][:13]) == (422, "Add a picture")
    assert db.session.scalar(select(Product.id).where(Product.name == "Harbour tee")) is None
    made = owner.send("POST", "/products/", said()).json["id"]
    assert owner.send("PUT", f"/products/{made}", {"published": True}).status_code == 422


def test_a_refused_product_leaves_no_file(owner: App, media: Path) -> None:
    assert multipart(owner, **said(sale_price="1400", thumbnail=a_file())).status_code == 422
    refused = multipart(owner, **said(thumbnail=SVG))
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["thumbnail"])
    assert list(media.rglob("*.webp")) == []


def test_a_category_is_made_along_with_a_product(owner: App) -> None:
    path = ["Men", "Shirts", "Linen"]
    made = owner.send("POST", "/products/", said(category_id=None, category_path=path)).json
    assert made["category_path"] == "men/men-shirts/men-shirts-linen"
    owner.send("POST", "/products/", said(category_id=None, category_path=["men", "SHIRTS"]))
    below = db.session.scalars(select(Category.name).where(Category.parent_id.is_not(None)))
    assert sorted(below) == ["Linen", "Shirts"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": None}, "name"), ({"hsn": "12"}, "hsn"), ({"mrp": "0"}, "mrp"), ({"mrp": "1200"}, "price"),
        ({"price": "0"}, "price"), ({"sale_price": "1299"}, "sale_price"), ({"brand_id": "987654"}, "brand_id"),
        ({"product_type_id": "987654"}, "product_type_id"), ({"kind": "digital"}, "kind"),
        ({"tax_class": "gold"}, "tax_class"), ({"slug": "Not a slug"}, "slug"), ({"color": "Nowhere"}, "variants"),
        ({"size": "XXXL"}, "variants"), ({"price": None}, "price"), ({"variants": [{"price": "9"}]}, "price"),
        ({"category_path": ["Men"]}, "category_id"), ({"category_id": None}, "category_id"),
        ({"specifications": {"Fit: odd": "x"}}, "specifications"), ({"quantity": -1}, "quantity"),
        ({"colour": "red"}, "colour"), ({"version": "1"}, "version"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_by_its_field(owner: App, wrong: dict[str, Any], field: str) -> None:
    refused = owner.send("POST", "/products/", said(**wrong))
    assert (refused.status_code, list(refused.json["errors"])) == (422, [field])
    assert db.session.scalar(select(Product.id).where(Product.name == "Harbour tee")) is None


def test_addresses_and_skus_are_there_once(owner: App) -> None:
    body = said(slug="harbour")
    assert owner.send("POST", "/products/", body).status_code == 201
    assert owner.send("POST", "/products/", body).status_code == 409
    twin = [{"color": "Indigo", "size": "S", "price": "9"}] * 2
    assert owner.send("POST", "/products/", said(price=None, variants=twin)).json["errors"].keys() == {"variants"}
    sku = db.session.scalars(select(Variant.sku)).first()
    taken = [{"color": "Indigo", "size": "S", "price": "9", "sku": sku}]
    assert owner.send("POST", "/products/", said(price=None, variants=taken)).status_code == 409


def test_a_change_says_only_what_it_changes(owner: App) -> None:
    product = a_product("Harbour tee", maker="Kora")
    path = f"/products/{product.id}"
    changed = owner.send("PUT", path, {"name": "Quay tee", "featured": True}).json
    assert (changed["name"], changed["featured"], changed["legal"]["maker"], changed["published"]) == (
        "Quay tee", True, "Kora", True)  # fmt: skip
    assert owner.get(path).json["name"] == "Quay tee"
    assert owner.send("PUT", path, {}).status_code == 400
    assert owner.send("PUT", path, {"mrp": "1"}).status_code == 422
    assert owner.send("PUT", path, {"published": False}).json["published"] is False
    assert owner.get(path).status_code == 404


def test_a_product_comes_on_the_shelf_at_a_moment_to_come(owner: App) -> None:
    id = a_product("Festive kurta", published=False).id
    path, at = f"/products/{id}", "2191-10-20T09:30:00+05:30"
    changed = owner.send("PUT", path, {"publish_at": at})
    assert (changed.status_code, changed.json["publish_at"]) == (200, "2191-10-20T04:00:00+00:00")
    assert (changed.json["published"], owner.get(path).status_code) == (False, 404)
    for wrong in ("2020-01-01T00:00:00Z", "2191-10-20T09:30:00", "soon"):
        refused = owner.send("PUT", path, {"publish_at": wrong})
        assert (refused.status_code, list(refused.json["errors"])) == (422, ["publish_at"])
    assert owner.send("PUT", path, {"publish_at": None}).json["publish_at"] is None
    assert owner.send("PUT", path, {"publish_at": at, "published": True}).status_code == 422


def test_a_slug_that_is_given_up_leads_to_the_new_one(owner: App) -> None:
    product, other = a_product("Harbour tee"), a_product("Other tee")
    id, old, taken = product.id, product.slug, other.slug
    changed = owner.send("PUT", f"/products/{id}", {"slug": "quay-tee"})
    assert (changed.status_code, changed.json["slug"]) == (200, "quay-tee")
    assert owner.client.get(f"/p/{old}").location == "/p/quay-tee"
    for slug, status in ((taken, 409), ("Quay Tee", 422), ("", 422)):
        refused = owner.send("PUT", f"/products/{id}", {"slug": slug})
        assert (refused.status_code, list(refused.json["errors"])) == (status, ["slug"])


def test_a_version_guards_against_somebody_elses_change(owner: App) -> None:
    path = f"/products/{a_product('Harbour tee').id}"
    seen = owner.send("PUT", path, {"name": "Quay tee"}).json["version"]
    owner.send("PUT", path, {"hsn": "6105"})
    assert owner.send("PUT", path, {"name": "Pier tee", "version": seen}).status_code == 409
    assert owner.send("PUT", path, {"name": "Pier tee"}).json["name"] == "Pier tee"


def test_a_deleted_product_is_gone_and_its_address_stays_its_own(owner: App) -> None:
    made = owner.send("POST", "/products/", said()).json
    path = f"/products/{made['id']}"
    assert owner.send("DELETE", path).json == {"deleted": True}
    assert owner.send("DELETE", path).status_code == 404
    assert owner.send("PUT", path, {"name": "Back"}).status_code == 404
    assert owner.send("POST", "/products/", said(slug=made["slug"])).status_code == 409


def test_categories_and_stock_need_permissions_of_their_own(client: FlaskClient, media: Path) -> None:
    role = a_role("Shelf", frozenset({Permission.PRODUCT_UPDATE}))
    clerk = a_user()
    roles.give_role(clerk, role.name)
    app = App(client, clerk)
    assert app.send("POST", "/products/", said(quantity=1)).status_code == 403
    assert app.send("POST", "/products/", said(category_id=None, category_path=["Men"])).status_code == 403
    assert app.send("POST", "/products/", said(quantity=0)).status_code == 201
