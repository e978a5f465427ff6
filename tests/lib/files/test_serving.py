"""Stored pictures are sent as what they are, to be kept for good, and nothing else of the folder is ever sent."""

from pathlib import Path

import pytest
from flask import Flask

from shop.lib.files import storage
from shop.lib.files.kinds import LOGO, PORTRAIT, Kind, StoredPicture, picture_at
from shop.operations.audit import audit
from tests.factories import a_user
from tests.lib.files.folder import path_of
from tests.lib.files.parts import encoded, quarters
from tests.support.shops import ShopClient

ODD = (
    "../../../etc/passwd",
    "..%2f..%2fshop.sqlite3",
    "portraits/../logos/{token}.webp",
    "portraits/{token}.webp%00.html",
    "portraits/{token}.part",
    "portraits/{token}.html",
    "portraits/{TOKEN}.webp",
    "portraits/{token}%0a.webp",
    "portraits/{half}.webp",
    "portraits/{half}{half}{half}.webp",
    "logos/{token}.webp",
    "/{token}.webp",
    "portraits/.webp",
    "portraits/%e2%80%ae{token}.webp",
)


def a_stored_picture(kind: Kind = PORTRAIT) -> StoredPicture:
    with storage.stored(encoded(quarters(), "PNG"), kind) as picture:
        return picture


@pytest.mark.one_engine
@pytest.mark.parametrize(("kind", "kept"), [(PORTRAIT, "private"), (LOGO, "public")])
def test_a_picture_is_sent_as_a_picture_and_kept_for_good(
    client: ShopClient, media: Path, kind: Kind, kept: str
) -> None:
    picture = a_stored_picture(kind)
    answer = client.get(picture.url)
    assert answer.status_code == 200
    assert answer.mimetype == "image/webp"
    assert answer.data == path_of(picture).read_bytes()
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == f"{kept}, max-age=31536000, immutable"
    assert answer.headers["Content-Disposition"] == 'inline; filename="picture.webp"'
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.one_engine
def test_a_browser_that_has_the_picture_is_told_so(client: ShopClient, media: Path) -> None:
    url = a_stored_picture().url
    mark = client.get(url).headers["ETag"]
    assert client.get(url, headers={"If-None-Match": mark}).status_code == 304


@pytest.mark.one_engine
@pytest.mark.parametrize("odd", ODD)
def test_no_other_address_opens_a_file(client: ShopClient, media: Path, odd: str) -> None:
    token = a_stored_picture().token
    address = odd.format(token=token, TOKEN=token.upper(), half=token[:16])
    assert client.get(f"/media/{address}").status_code in {404, 308}


def test_a_name_is_hexadecimal_and_nothing_else() -> None:
    assert picture_at(f"portraits/{'0' * 32}.webp") is not None
    for token in ("0" * 31, "0" * 33, "g" * 32, "٠" * 32, "0" * 32 + "\n", "../" + "0" * 29):
        assert picture_at(f"portraits/{token}.webp") is None
    for key in (f"../{'0' * 32}.webp", f"portraits/{'0' * 32}.webp\n", f"portraits/{'0' * 32}.png"):
        assert picture_at(key) is None


def test_the_books_miss_a_picture_that_is_gone(app: Flask, media: Path) -> None:
    user = a_user()
    user.picture = a_stored_picture()
    assert audit() == []
    storage.remove(user.picture)
    assert [found.rule for found in audit()] == ["every picture a row names is there"]
