"""The picture on the profile: sent under any name, cut square, replaced, removed."""

import io
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image

from shop.accounts.models import User
from shop.lib.files.drawing import MOST_ZOOM
from tests.lib.files.folder import path_of
from tests.lib.files.hostile import SVG
from tests.lib.files.parts import encoded, exif, quarters
from tests.storefront.people import browser_of, fresh, signed_in

PAGE = "/account/profile/picture"
NAMES = (
    "../../../etc/passwd",
    "..\\..\\shop.sqlite3",
    "/etc/cron.d/job",
    "picture.php.png",
    "picture.png.html",
    "picture.png\0.html",
    "..",
    ".",
    "",
    "CON.png",
    "a" * 5000 + ".png",
    "\u202egnp.exe",
    "ⅰmage.pnɡ",
    "\ufeff.png",
    "<script>alert(1)</script>.png",
    "'; DROP TABLE user_account; --.png",
    "$(reboot).png",
    "%2e%2e%2fshop.png",
    "picture.png;type=text/html",
    "pic\r\nSet-Cookie: a=b.png",
    ".htaccess",
    "a/b/c/d.png",
    "~/.ssh/authorized_keys",
    "http://example.com/picture.png",
)


def send(client: FlaskClient, data: bytes, name: str = "me.png", kind: str = "image/png", **more: Any) -> Any:
    return client.post(PAGE, data={"picture": (io.BytesIO(data), name, kind)} | more)


def a_picture(*size: int) -> bytes:
    return encoded(quarters(*size), "PNG")


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def shown(user: User) -> Image.Image:
    picture = fresh(user.id).picture
    assert picture
    return Image.open(path_of(picture)).convert("RGB")


@pytest.mark.covers("ACC-08")
def test_a_picture_is_sent_shown_replaced_and_removed(client: FlaskClient, media: Path):
    user = signed_in(client)
    assert ">AR</text>" in client.get("/account/profile").text
    assert send(client, a_picture()).status_code == 303
    first = fresh(user.id).picture
    assert first
    assert f'src="{first.url}"' in client.get("/account/profile").text
    assert client.get(first.url).data == path_of(first).read_bytes()
    send(client, a_picture())
    second = fresh(user.id).picture
    assert second
    assert files(media) == [path_of(second)]
    assert client.get(first.url).status_code == 404
    assert client.post(f"{PAGE}/removal").status_code == 303
    assert (fresh(user.id).picture, files(media)) == (None, [])
    assert ">AR</text>" in client.get("/account/profile").text


@pytest.mark.covers("ACC-08")
@pytest.mark.one_engine
@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_what_a_file_is_called_does_not_matter(client: FlaskClient, media: Path, tmp_path: Path, name: str):
    user = signed_in(client)
    answer = send(client, a_picture(), name, "text/html")
    picture = fresh(user.id).picture
    assert files(tmp_path) == ([path_of(picture)] if picture else [])
    assert answer.status_code == (303 if picture else 422)
    assert picture or "\n" in name, "a name that breaks the form open leaves no file in it"
    assert "a=b" not in str(answer.headers)


@pytest.mark.covers("ACC-08")
@pytest.mark.one_engine
@pytest.mark.parametrize(
    "data", [b"", SVG, a_picture()[:-40], b"\0" * (5 * 1024 * 1024 + 1)], ids=["none", "svg", "cut", "large"]
)
def test_what_is_no_picture_is_told_at_the_field_and_the_one_before_stays(
    client: FlaskClient, media: Path, data: bytes
):
    user = signed_in(client)
    send(client, a_picture())
    before = fresh(user.id).picture
    answer = send(client, data, "me.png")
    assert answer.status_code == 422
    assert 'id="picture-error"' in answer.text
    assert 'value="Asha"' in answer.text
    assert fresh(user.id).picture == before
    assert len(files(media)) == 1


@pytest.mark.covers("ACC-08")
@pytest.mark.one_engine
def test_the_middle_is_shown_or_the_square_that_was_chosen(client: FlaskClient, media: Path):
    user = signed_in(client)
    for asked, colour in (({}, (0, 0)), ({"x": "0", "y": "0", "zoom": "200"}, (220, 40, 40))):
        send(client, a_picture(800, 400), **asked)
        picture = shown(user)
        assert picture.width == picture.height
        assert colour == (0, 0) or picture.getpixel((100, 100)) == pytest.approx(colour, abs=16)


@pytest.mark.one_engine
@pytest.mark.parametrize("odd", ["-1", "101", "nan", "inf", "one", "1e9", ""])
def test_a_square_that_is_none_is_the_one_in_the_middle(client: FlaskClient, media: Path, odd: str):
    user = signed_in(client)
    assert send(client, a_picture(200, 100), x=odd, y="50", zoom=str(MOST_ZOOM)).status_code == 303
    assert shown(user).size == (100, 100)


@pytest.mark.covers("ACC-08")
@pytest.mark.one_engine
def test_where_a_picture_was_taken_is_not_kept(client: FlaskClient, media: Path):
    user = signed_in(client)
    place = exif(t34853={1: "N", 2: (23.0, 48.0, 37.0)}, t271="Telephone")
    send(client, encoded(quarters(), "JPEG", exif=place))
    picture = fresh(user.id).picture
    assert picture
    assert dict(Image.open(path_of(picture)).getexif()) == {}
    assert b"Telephone" not in path_of(picture).read_bytes()


@pytest.mark.one_engine
def test_a_picture_needs_a_login(client: FlaskClient, media: Path):
    assert send(browser_of(client), a_picture()).location.startswith("/login")
    assert files(media) == []


@pytest.mark.one_engine
def test_pictures_are_sent_so_many_an_hour(make_shop: Any, media: Path):
    client = make_shop(rate_limits=True).test_client()
    signed_in(client)
    answers = [send(client, b"no picture").status_code for _ in range(31)]
    assert answers == [422] * 30 + [429]
