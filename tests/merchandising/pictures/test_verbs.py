"""Pictures of a product: added, described, put in order, replaced, deleted, put back; the listing shows it at once."""

from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from shop.catalog.models import Picture, Product
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.errors import NotFound
from shop.lib.files.kinds import PRODUCT_PICTURE
from shop.lib.files.storage import stored
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising.pictures import files as picture_files
from shop.merchandising.pictures import rules, services
from shop.merchandising.pictures.arriving import NewPicture
from shop.merchandising.pictures.errors import NotDescribed, OtherColour, PrimaryStays, TooManyPictures
from shop.merchandising.products.editing import edit_product
from shop.merchandising.products.fields import ProductFields, fields_of, version_of
from shop.operations.audit import audit
from shop.orders.models import OrderLine
from tests.checkout.buying import an_order_id
from tests.factories import a_product
from tests.fulfilment.walk import act
from tests.merchandising.pictures.uploads import a_file, files, listed, row, shown, upload
from tests.support.outbox import run_outbox

pytestmark = pytest.mark.covers("CAT-05")


@pytest.fixture
def product_id(app: Flask, media: Path) -> int:
    """A product on the shelf with one picture that ships with the shop."""
    found: int = a_product(colours=("Indigo", "Ecru")).id
    db.session.commit()
    act(services.remove, shown(found)[1])
    act(picture_files_of_today)
    return found


def picture_files_of_today() -> None:
    """Forget what is deleted, however short ago."""
    for gone in db.session.scalars(select(Picture).where(Picture.deleted_at.is_not(None))):
        gone.deleted_at = now() - picture_files.PUT_BACK - timedelta(minutes=1)
    db.session.flush()
    picture_files.forget_deleted()


def test_an_uploaded_picture_shows_at_once_and_in_more_widths_after_the_job(product_id: int, media: Path) -> None:
    picture_id = upload(product_id, width=700)
    assert (row(picture_id).widths, files(media)) == ([700], [".webp"])
    assert row(picture_id).stem in listed(product_id)
    run_outbox()
    assert row(picture_id).widths == [320, 480, 640, 700]
    assert [name for name in files(media) if name.endswith("webp")] == ["-320.webp", "-480.webp", "-640.webp", ".webp"]
    assert audit() == []


def test_pictures_are_put_in_order_and_the_first_one_stands_for_the_product(product_id: int) -> None:
    first, second, third = shown(product_id)[0], upload(product_id), upload(product_id)
    act(services.arrange, product_id, [third, 987654, first])
    assert shown(product_id) == [third, first, second]
    assert listed(product_id)[0] == row(third).stem
    act(services.move, second, 0)
    assert shown(product_id) == [second, third, first]
    act(services.move, second, 99)
    act(services.move, third, -5)
    assert shown(product_id) == [third, first, second]


def test_a_text_and_a_colour_are_said_of_a_picture(product_id: int) -> None:
    picture_id = upload(product_id, alt="")
    colours = {one.colour.slug: one.colour_id for one in db.session.get_one(Product, product_id).variants}
    act(services.describe, picture_id, "Seen from the back", colours["ecru"])
    assert (row(picture_id).alt, row(picture_id).colour_id) == ("Seen from the back", colours["ecru"])
    with pytest.raises(OtherColour):
        act(services.describe, picture_id, "", 987654)


def test_the_first_picture_stays_while_there_are_others_or_the_product_is_on_the_shelf(product_id: int) -> None:
    first, second = shown(product_id)[0], upload(product_id)
    with pytest.raises(PrimaryStays):
        act(services.remove, first)
    act(services.remove, second)
    with pytest.raises(PrimaryStays):
        act(services.remove, first)
    db.session.get_one(Product, product_id).published_at = None
    db.session.commit()
    act(services.remove, first)
    assert shown(product_id) == []


def test_a_deleted_picture_can_be_put_back_where_it_was(product_id: int, media: Path) -> None:
    _, second, third = shown(product_id)[0], upload(product_id), upload(product_id)
    act(services.remove, second)
    assert second not in shown(product_id)
    assert row(second).stem not in listed(product_id)
    with pytest.raises(NotFound):
        act(services.describe, second, "", None)
    act(services.put_back, second)
    assert shown(product_id)[1:] == [second, third]
    with pytest.raises(NotFound):
        act(services.put_back, second)


def test_a_picture_deleted_for_good_leaves_no_file_and_one_of_today_stays(product_id: int, media: Path) -> None:
    old, young = upload(product_id), upload(product_id, width=320)
    run_outbox()
    act(services.remove, old)
    act(picture_files_of_today)
    assert db.session.scalar(select(Picture.id).where(Picture.id == old)) is None
    act(services.remove, young)
    act(picture_files.forget_deleted)
    assert (row(young).id, [name for name in files(media) if name.endswith("webp")]) == (young, [".webp"])
    assert audit() == []


def test_a_replaced_picture_keeps_its_place_and_leaves_no_file(product_id: int, media: Path) -> None:
    picture_id = upload(product_id, alt="Front")
    run_outbox()
    before = row(picture_id).stem
    with stored(a_file(330, 400), PRODUCT_PICTURE) as picture, unit_of_work():
        services.replace(picture_id, NewPicture(picture, (330, 400)))
    assert [name for name in files(media) if name.endswith("webp")] == [".webp"]
    run_outbox()
    after = row(picture_id)
    assert (after.stem != before, after.alt, after.widths) == (True, "Front", [320, 330])
    assert shown(product_id)[-1] == picture_id
    assert audit() == []


def test_orders_show_the_picture_that_took_its_place_and_none_that_is_gone(product_id: int, media: Path) -> None:
    picture_id = upload(product_id, width=320)
    act(services.move, picture_id, 0)
    variant = db.session.get_one(Product, product_id).variants[0]
    act(services.describe, picture_id, "Front", variant.colour_id)
    an_order_id(db.session.get_one(Product, product_id).variants[0])
    line = select(OrderLine).where(OrderLine.product_id == product_id).execution_options(populate_existing=True)
    assert db.session.scalars(line).one().picture["stem"] == row(picture_id).stem
    with stored(a_file(330, 400), PRODUCT_PICTURE) as picture, unit_of_work():
        services.replace(picture_id, NewPicture(picture, (330, 400)))
    run_outbox()
    assert db.session.scalars(line).one().picture == {"stem": picture.stem, "widths": [320, 330], "alt": "Front"}
    act(services.move, picture_id, 9)
    act(services.remove, picture_id)
    act(picture_files_of_today)
    assert db.session.scalars(line).one().picture is None


def test_widths_drawn_of_a_picture_that_was_replaced_meanwhile_are_taken_away(
    product_id: int, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture_id = upload(product_id, width=700)
    drawn: Any = picture_files.draw_widths

    def replaced_meanwhile(before: Any) -> Any:
        monkeypatch.setattr(picture_files, "draw_widths", drawn)
        found = drawn(before)
        with stored(a_file(330, 400), PRODUCT_PICTURE) as picture, unit_of_work():
            services.replace(picture_id, NewPicture(picture, (330, 400)))
        return found

    monkeypatch.setattr(picture_files, "draw_widths", replaced_meanwhile)
    run_outbox()
    assert [name for name in files(media) if name.endswith("webp")] == ["-320.webp", ".webp"]
    assert row(picture_id).widths == [320, 330]


def test_a_product_does_not_go_on_the_shelf_with_a_picture_nobody_described(product_id: int) -> None:
    upload(product_id, alt="")
    product = db.session.get_one(Product, product_id)
    product.published_at = None
    db.session.commit()
    fields = fields_of(product)
    wanted = {name: getattr(fields, name) for name in fields.__dataclass_fields__} | {"is_published": True}
    mark = version_of(product)
    with pytest.raises(NotDescribed, match="A picture has no description"):
        act(edit_product, product_id, ProductFields(**wanted), mark)
    act(services.describe, shown(product_id)[-1], "Front", None)
    act(edit_product, product_id, ProductFields(**wanted), mark)
    assert db.session.get_one(Product, product_id, populate_existing=True).is_on_shelf


def test_a_product_has_only_so_many_pictures(product_id: int, media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST", 2)
    upload(product_id)
    with pytest.raises(TooManyPictures):
        upload(product_id)
    assert len(files(media)) == 1


def put_first_and_delete(app: Flask, product_id: int) -> list[str]:
    """One person puts a picture first, while another deletes it; what the second is told."""
    _, second = shown(product_id)
    began, failed = Event(), []
    # SQLite lets nobody write while this context still reads.
    db.session.rollback()

    def make_first() -> None:
        with app.app_context(), unit_of_work():
            services.move(second, 0)
            began.set()
            Event().wait(0.3)

    def delete() -> None:
        began.wait(5)
        try:
            with app.app_context(), unit_of_work():
                services.remove(second)
        except PrimaryStays:
            failed.append("stays")

    threads = [Thread(target=make_first), Thread(target=delete)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def test_a_picture_that_becomes_the_first_meanwhile_is_not_deleted(app: Flask, product_id: int) -> None:
    second = upload(product_id)
    assert put_first_and_delete(app, product_id) == ["stays"]
    assert shown(product_id)[0] == second


def test_without_the_lock_the_first_would_be_deleted(
    app: Flask, product_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: who deletes looks at the order as it was, as without a lock."""
    upload(product_id)
    monkeypatch.setattr(services, "check_not_primary", lambda _product, _picture: None)
    assert put_first_and_delete(app, product_id) == []
