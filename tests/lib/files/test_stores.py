"""Folder and bucket keep files alike; a bucket that does not answer spoils nothing that was saved."""

import dataclasses
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from shop.accounts.models import User
from shop.accounts.services import profiles
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.files import storage, sweeping
from shop.lib.files.kinds import LOGO, PORTRAIT, PRODUCT_PICTURE, StoredPicture
from shop.lib.files.stores import bucket as buckets
from shop.lib.files.stores.base import Store, StoreDown
from shop.lib.files.stores.bucket import Bucket
from shop.lib.files.stores.folder import LocalFolder
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising.pictures import services as pictures
from shop.merchandising.pictures.arriving import NewPicture
from shop.operations.audit import audit
from tests.factories import a_product, a_user
from tests.lib.files.parts import encoded, quarters
from tests.merchandising.pictures.uploads import row, upload
from tests.support import bucket as s3
from tests.support.outbox import run_outbox
from tests.support.shops import ShopClient

TOKEN = "0123456789abcdef" * 2
KEY = f"logos/{TOKEN}.webp"
pytestmark = pytest.mark.covers("OPS-07")


def a_bucket() -> Bucket:
    says = s3.new_bucket()
    return Bucket(says["media_bucket"], s3.REGION, says["media_endpoint"], "tests", "tests")


@pytest.fixture(params=["folder", "bucket"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return LocalFolder(tmp_path) if request.param == "folder" else a_bucket()


@pytest.fixture
def in_a_bucket(app: Flask) -> Iterator[Callable[..., dict[str, Any]]]:
    """Lets the shop keep its files in a new bucket, with other settings if any."""
    config = app.config["SHOP"]

    def use(**more: Any) -> dict[str, Any]:
        says = s3.new_bucket() | more
        app.config["SHOP"] = dataclasses.replace(config, **says)
        return says

    yield use
    app.config["SHOP"] = config


def keys(says: dict[str, Any]) -> list[str]:
    found = s3.client().list_objects_v2(Bucket=says["media_bucket"])
    return [one["Key"] for one in found.get("Contents", ())]


def keep(user: User | None = None) -> StoredPicture:
    with storage.stored(encoded(quarters(), "PNG"), PORTRAIT if user else LOGO) as picture:
        if user:
            user.picture = picture
            db.session.commit()
    return picture


def test_a_file_is_kept_found_replaced_and_taken_away(place: Store) -> None:
    assert (place.get(KEY), place.exists(KEY)) == (None, False)
    place.put(KEY, b"first", "image/webp", is_public=True)
    place.put(KEY, b"second", "image/webp", is_public=True)
    assert (place.get(KEY), place.exists(KEY)) == (b"second", True)
    place.delete(KEY)
    place.delete(KEY)
    assert (place.get(KEY), place.exists(KEY)) == (None, False)


def test_files_are_listed_by_how_their_keys_begin(place: Store) -> None:
    names = (f"{TOKEN}.webp", f"{TOKEN}-320.webp", f"ff{TOKEN[2:]}.webp")
    for name in names:
        place.put(f"logos/{name}", b"x", "image/webp", is_public=True)
    place.put(f"portraits/{TOKEN}.webp", b"x", "image/webp", is_public=False)
    assert {kept.key for kept in place.list("logos/")} == {f"logos/{name}" for name in names}
    assert {kept.key for kept in place.list(f"logos/{TOKEN}")} == {f"logos/{name}" for name in names[:2]}
    assert {kept.key for kept in place.list("brands/")} == set()
    assert all(abs(kept.written_at - now()) < timedelta(minutes=1) for kept in place.list("logos/"))


def test_a_bucket_lists_more_than_one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buckets, "PAGE", 2)
    place = a_bucket()
    for number in range(5):
        place.put(f"logos/{number}", b"", "image/webp", is_public=True)
    assert len(list(place.list("logos/"))) == 5


def test_a_bucket_says_what_a_file_is_and_who_may_keep_it() -> None:
    place = a_bucket()
    for key, is_public in ((KEY, True), (f"portraits/{TOKEN}.webp", False)):
        place.put(key, b"x", "image/webp", is_public=is_public)
        said = s3.client().head_object(Bucket=place.name, Key=key)
        whose = "public" if is_public else "private"
        assert (said["ContentType"], said["CacheControl"]) == ("image/webp", f"{whose}, max-age=31536000, immutable")


def test_a_picture_in_a_bucket_is_sent_and_goes(client: ShopClient, in_a_bucket: Callable[..., Any]) -> None:
    says, user = in_a_bucket(), a_user()
    user_id, picture = user.id, keep(user)
    assert keys(says) == [picture.key]
    answer = client.get(picture.url)
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "image/webp", storage.content_of(picture))
    with unit_of_work():
        profiles.show_picture(user_id, None)
    assert (keys(says), client.get(picture.url).status_code) == ([], 404)


@pytest.mark.covers("CAT-05")
def test_every_width_of_a_products_picture_lies_in_a_bucket_until_it_is_replaced(
    client: ShopClient, in_a_bucket: Callable[..., Any]
) -> None:
    says, product_id = in_a_bucket(), a_product().id
    picture_id = upload(product_id, width=1200)
    assert [key[-5:] for key in keys(says)] == [".webp"]
    run_outbox()
    drawn, address = row(picture_id).widths, row(picture_id).stem
    assert drawn == [320, 480, 640, 960, 1200]
    formats = {key.rpartition(".")[2] for key in keys(says)}
    assert len(keys(says)) == len(drawn) * len(formats)
    assert client.get(f"/{address}-480.webp").status_code == 200
    with storage.stored(encoded(quarters(300, 375), "PNG"), PRODUCT_PICTURE) as picture, unit_of_work():
        pictures.replace(picture_id, NewPicture(picture, (300, 375)))
    assert (keys(says), audit()) == ([picture.key], [])


def test_what_is_public_is_seen_at_the_address_of_the_bucket_and_what_is_personal_is_not(
    client: ShopClient, in_a_bucket: Callable[..., Any]
) -> None:
    in_a_bucket(media_url="https://cdn.example.com/shop")
    logo, portrait = keep(), keep(a_user())
    assert logo.url == f"https://cdn.example.com/shop/logos/{logo.token}.webp"
    assert portrait.url == f"/media/portraits/{portrait.token}.webp"
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "img-src 'self' data: https://cdn.example.com;" in policy


def test_no_file_stays_in_a_bucket_where_its_row_failed(in_a_bucket: Callable[..., Any]) -> None:
    says = in_a_bucket()
    with suppress(KeyError), storage.stored(encoded(quarters(), "PNG"), LOGO):
        assert len(keys(says)) == 1
        raise KeyError
    assert keys(says) == []


def test_the_sweep_and_the_books_look_into_a_bucket(
    in_a_bucket: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    says, user = in_a_bucket(), a_user()
    named, orphan = keep(user), keep()
    s3.client().put_object(Bucket=says["media_bucket"], Key="logos/somebody-elses.txt", Body=b"x")
    assert sweeping.sweep() == 0
    monkeypatch.setattr(sweeping, "SETTLED", timedelta(0))
    assert sweeping.sweep() == 1
    assert set(keys(says)) == {named.key, "logos/somebody-elses.txt"}
    assert audit() == []
    storage.remove(named)
    assert [found.rule for found in audit()] == ["every picture a row names is there"]
    assert orphan.key not in keys(says)


def test_a_bucket_that_does_not_answer_is_told_and_asked_again_no_longer_than_a_person_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(buckets, "READ_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        place = Bucket("media", s3.REGION, f"http://127.0.0.1:{deaf.getsockname()[1]}", "tests", "other")
        with pytest.raises(StoreDown):
            place.get(KEY)
    with pytest.raises(StoreDown):
        list(place.list("logos/"))


def test_a_bucket_that_is_gone_spoils_nothing_that_was_saved(in_a_bucket: Callable[..., Any]) -> None:
    says, user = in_a_bucket(), a_user()
    user_id = user.id
    keep(user)
    with unit_of_work():
        profiles.show_picture(user_id, None)
        s3.client().delete_object(Bucket=says["media_bucket"], Key=keys(says)[0])
        s3.client().delete_bucket(Bucket=says["media_bucket"])
    assert db.session.get_one(User, user_id).picture is None
    with pytest.raises(StoreDown), storage.stored(encoded(quarters(), "PNG"), LOGO):
        pass
