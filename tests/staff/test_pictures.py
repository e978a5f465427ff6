"""The card with a product's pictures: many at once, described, put in order, replaced, deleted and put back."""

import io
import re
from pathlib import Path
from typing import Any

import pytest

from shop.catalog.models import Product
from shop.extensions import db
from shop.merchandising.pictures import services
from tests.factories import a_product
from tests.fulfilment.walk import act
from tests.lib.files.hostile import SVG
from tests.merchandising.pictures.uploads import a_file, files, row, shown, upload
from tests.staff.desk import HTMX, as_role, flashed, words
from tests.staff.test_products import typed
from tests.support.shops import ShopClient
from tests.support.statements import statements

pytestmark = [pytest.mark.covers("CAT-05"), pytest.mark.usefixtures("media")]


@pytest.fixture
def product_id(owner: ShopClient) -> int:
    """A product with one picture that ships with the shop."""
    found: int = a_product("Harbour tee").id
    db.session.commit()
    return found


def send(owner: ShopClient, product_id: int, *sent: tuple[str, bytes], **headers: str) -> Any:
    data = {"pictures": [(io.BytesIO(content), name) for name, content in sent]}
    return owner.post(f"/staff/products/{product_id}/pictures", data=data, headers=headers)


def form_of(*picture_ids: int, op: str = "save", **typed: str) -> dict[str, Any]:
    """The card's form as it is drawn, with changes."""
    drawn: dict[str, Any] = {"picture": [str(one) for one in picture_ids], "op": op}
    for one in picture_ids:
        kept = row(one)
        drawn[f"alt-{one}"] = kept.alt
        drawn[f"colour-{one}"] = str(kept.colour_id or "")
        drawn[f"seen-{one}"] = services.mark_of(kept.alt, kept.colour_id)
    return drawn | typed


def save(owner: ShopClient, product_id: int, form: dict[str, Any], **headers: str) -> Any:
    return owner.post(f"/staff/products/{product_id}/pictures/order", data=form, headers=headers)


def test_many_pictures_come_in_at_once(owner: ShopClient, product_id: int, media: Path) -> None:
    answer = send(owner, product_id, ("front.png", a_file()), ("back.png", a_file()))
    assert (answer.status_code, answer.location) == (303, f"/staff/products/{product_id}#pictures")
    assert "2 pictures are added." in flashed(owner)
    assert (len(shown(product_id)), len(files(media))) == (3, 2)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_bad_files_are_told_by_name_and_the_good_ones_stay(
    owner: ShopClient, product_id: int, media: Path, headers: dict[str, str]
) -> None:
    answer = send(owner, product_id, ("a.png", a_file()), ("<b>.svg", SVG), ("cut.png", a_file()[:200]), **headers)
    assert answer.status_code == 422
    said = words(answer)
    assert "<b>.svg: Send a JPEG, PNG or WebP picture." in said
    assert "cut.png: The picture is damaged" in said
    assert "&lt;b&gt;.svg" in answer.text
    assert re.search(r'role="alert" tabindex="-1" data-focus autofocus>.*Not added', answer.text, re.DOTALL)
    assert (len(shown(product_id)), len(files(media))) == (2, 1)


def test_no_file_at_all_is_told(owner: ShopClient, product_id: int) -> None:
    assert "Choose a picture." in words(send(owner, product_id, ("", b"")))
    assert owner.post(f"/staff/products/{product_id}/pictures").status_code == 422
    assert send(owner, 987654, ("a.png", a_file())).status_code == 404


def test_pictures_are_described_and_put_in_order(owner: ShopClient, product_id: int) -> None:
    first, second, third = shown(product_id)[0], upload(product_id, alt=""), upload(product_id)
    form = form_of(third, first, second, **{f"alt-{second}": " Seen from\n the back "})
    answer = save(owner, product_id, form)
    assert (answer.status_code, answer.location) == (303, f"/staff/products/{product_id}#pictures")
    assert shown(product_id) == [third, first, second]
    assert row(second).alt == "Seen from the back"


@pytest.mark.parametrize(
    ("op", "order"),
    [("earlier:{2}", [0, 2, 1]), ("later:{1}", [0, 2, 1]), ("first:{2}", [2, 0, 1]), ("earlier:{0}", [0, 1, 2]),
     ("later:{2}", [0, 1, 2]), ("first:x", [0, 1, 2]), ("earlier:٣", [0, 1, 2]), ("", [0, 1, 2]),
     ("first:987654", [0, 1, 2])],
)  # fmt: skip
def test_buttons_move_pictures(owner: ShopClient, product_id: int, op: str, order: list[int]) -> None:
    ids = [shown(product_id)[0], upload(product_id), upload(product_id)]
    assert save(owner, product_id, form_of(*ids, op=op.format(*ids)), **HTMX).status_code == 200
    assert shown(product_id) == [ids[place] for place in order]


def test_who_moves_a_picture_stays_at_it_with_and_without_scripts(owner: ShopClient, product_id: int) -> None:
    ids = [shown(product_id)[0], upload(product_id), upload(product_id)]
    moved = save(owner, product_id, form_of(*ids, op=f"later:{ids[0]}"))
    assert moved.location.endswith(f"/{product_id}#picture-{ids[0]}")
    card = save(owner, product_id, form_of(*shown(product_id), op=f"later:{ids[1]}"), **HTMX)
    assert f'id="later-{ids[1]}"' in card.text


def test_a_button_saves_what_was_typed_beside_another_picture(owner: ShopClient, product_id: int) -> None:
    ids = [shown(product_id)[0], upload(product_id), upload(product_id)]
    save(owner, product_id, form_of(*ids, op=f"remove:{ids[2]}", **{f"alt-{ids[1]}": "The back"}))
    assert (shown(product_id), row(ids[1]).alt) == (ids[:2], "The back")


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_somebody_else_wrote_meanwhile_is_not_overwritten_unseen(
    owner: ShopClient, product_id: int, headers: dict[str, str]
) -> None:
    picture_id = upload(product_id, alt="Front")
    form = form_of(picture_id, **{f"alt-{picture_id}": "My words"})
    act(services.describe, picture_id, "Their words", None)
    answer = save(owner, product_id, form, **headers)
    assert (answer.status_code, row(picture_id).alt) == (409, "Their words")
    assert "“Their words”" in answer.text
    assert 'value="My words"' in answer.text
    form = form_of(picture_id, **{f"alt-{picture_id}": "My words"})
    assert save(owner, product_id, form).status_code == 303
    assert row(picture_id).alt == "My words"


def test_the_first_picture_is_not_deleted(owner: ShopClient, product_id: int) -> None:
    ids = [shown(product_id)[0], upload(product_id)]
    answer = save(owner, product_id, form_of(*ids, op=f"remove:{ids[0]}"))
    assert (answer.status_code, shown(product_id)) == (409, ids)
    assert "stands for the product" in words(answer)


def test_a_picture_of_another_product_is_not_touched(owner: ShopClient, product_id: int) -> None:
    other_id = a_product().id
    db.session.commit()
    upload(other_id)
    theirs = shown(other_id)
    form = form_of(*theirs, op=f"remove:{theirs[1]}", **{f"alt-{theirs[0]}": "Mine"})
    assert save(owner, product_id, form).status_code == 404
    save(owner, product_id, form | {"op": "save"})
    assert (shown(other_id), row(theirs[0]).alt == "Mine") == (theirs, False)


def test_a_deleted_picture_is_put_back_from_the_card(owner: ShopClient, product_id: int) -> None:
    picture_id = upload(product_id)
    save(owner, product_id, form_of(picture_id, op=f"remove:{picture_id}"))
    assert "Put back" in words(owner.get(f"/staff/products/{product_id}"))
    assert owner.post(f"/staff/pictures/{picture_id}/restoration").status_code == 303
    assert picture_id in shown(product_id)
    assert owner.post(f"/staff/pictures/{picture_id}/restoration").status_code == 404


def test_a_picture_is_replaced_and_a_bad_file_changes_nothing(owner: ShopClient, product_id: int, media: Path) -> None:
    picture_id = upload(product_id)
    before, url = row(picture_id).stem, f"/staff/pictures/{picture_id}/file"
    refused = owner.post(url, data={"file": (io.BytesIO(SVG), "a.png")})
    assert (refused.status_code, row(picture_id).stem) == (422, before)
    in_place = owner.post(url, data={"file": (io.BytesIO(SVG), "a.png")}, headers=HTMX)
    assert in_place.text.lstrip().startswith('<section class="card-staff form" id="pictures"')
    assert owner.post(url, data={"file": (io.BytesIO(a_file()), "a.png")}).status_code == 303
    assert row(picture_id).stem != before
    assert files(media) == [".webp"]


def test_a_product_without_pictures_says_so_and_readers_change_nothing(client: ShopClient) -> None:
    product = a_product(colours=())
    reader = as_role(client, "support")
    page = reader.get(f"/staff/products/{product.id}")
    assert "No picture yet." in words(page)
    assert 'type="file"' not in page.text


def test_the_page_costs_the_same_for_many_pictures(owner: ShopClient, product_id: int) -> None:
    def cost() -> int:
        with statements() as seen:
            assert owner.get(f"/staff/products/{product_id}").status_code == 200
        return len(seen)

    upload(product_id)
    cost()
    few = cost()
    for _ in range(3):
        upload(product_id)
    cost()
    assert cost() == few


def test_a_product_goes_on_the_shelf_once_its_pictures_are_described(owner: ShopClient, product_id: int) -> None:
    upload(product_id, alt="")
    product = db.session.get_one(Product, product_id)
    product.published_at = None
    db.session.commit()
    answer = owner.post(f"/staff/products/{product_id}", data=typed(product))
    assert answer.status_code == 422
    assert "A picture has no description yet" in words(answer)
