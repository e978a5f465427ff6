"""A picture in several widths: one at once, the others drawn from it, AVIF only where it is smaller."""

import io
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from shop.catalog.pictures import ShownPicture, picture_from, picture_json
from shop.lib.files import storage, widths
from shop.lib.files.errors import BadPicture
from shop.lib.files.kinds import PRODUCT_PICTURE, StoredPicture, picture_at
from tests.lib.files import hostile
from tests.lib.files.parts import encoded, exif, quarters
from tests.support.shops import ShopClient

pytestmark = [pytest.mark.covers("CAT-05"), pytest.mark.one_engine]


def keep(image: Image.Image) -> StoredPicture:
    with storage.stored(encoded(image, "PNG"), PRODUCT_PICTURE) as picture:
        return picture


def a_photo(width: int = 1200, height: int = 1500) -> Image.Image:
    """Soft colours with some grain, as a camera sees cloth."""
    return Image.effect_noise((width // 4, height // 4), 60).resize((width, height)).convert("RGB")


def sizes(media: Path) -> dict[str, tuple[int, int]]:
    return {path.name[32:]: Image.open(path).size for path in media.rglob("*") if path.is_file()}


def test_one_width_is_there_at_once_and_the_others_after_the_job(media: Path) -> None:
    picture = keep(quarters(1000, 1250))
    assert sizes(media) == {".webp": (1000, 1250)}
    drawn = widths.draw_widths(picture)
    assert drawn == widths.Drawn((320, 480, 640, 960, 1000), drawn.has_avif if drawn else False)
    webps = {name: size for name, size in sizes(media).items() if name.endswith("webp")}
    assert webps == {"-320.webp": (320, 400), "-480.webp": (480, 600), "-640.webp": (640, 800),
                     "-960.webp": (960, 1200), ".webp": (1000, 1250)}  # fmt: skip


def test_the_widest_is_no_wider_than_anyone_needs_and_a_small_one_is_not_blown_up(media: Path) -> None:
    with storage.stored(encoded(quarters(3000, 3600), "JPEG"), PRODUCT_PICTURE) as wide:
        assert widths.size_of(storage.content_of(wide) or b"") == (1600, 1920)
    assert widths.draw_widths(keep(quarters(300, 375))) == widths.Drawn((300,), False)


def test_avif_is_kept_where_every_width_of_it_is_smaller(media: Path) -> None:
    drawn = widths.draw_widths(keep(a_photo()))
    assert drawn
    assert drawn.has_avif
    there = {path.name[32:]: path.stat().st_size for path in media.rglob("*") if path.is_file()}
    assert len(there) == 10
    assert all(there[name.replace(".avif", ".webp")] > size for name, size in there.items() if name.endswith("avif"))


def test_avif_that_is_not_smaller_is_not_kept(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(widths, "AVIF_QUALITY", 100)
    drawn = widths.draw_widths(keep(a_photo(500, 600)))
    assert drawn == widths.Drawn((320, 480, 500), False)
    assert not [name for name in sizes(media) if name.endswith("avif")]


def test_drawing_again_leaves_no_other_files(media: Path) -> None:
    picture = keep(quarters(800, 1000))
    widths.draw_widths(picture)
    before = sizes(media)
    widths.draw_widths(picture)
    assert sizes(media) == before


def test_all_files_of_a_picture_go_together(media: Path) -> None:
    picture, other = keep(quarters(800, 1000)), keep(quarters(400, 500))
    widths.draw_widths(picture)
    storage.remove(picture)
    assert sizes(media) == {".webp": (400, 500)}
    assert widths.draw_widths(picture) is None
    storage.remove(other)


def test_nothing_of_the_file_that_was_sent_stays(media: Path) -> None:
    data = encoded(quarters(800, 1000), "JPEG", exif=exif(6, t270="Taken at home"))
    with storage.stored(data, PRODUCT_PICTURE) as picture:
        widths.draw_widths(picture)
    for path in (path for path in media.rglob("*") if path.is_file()):
        image = Image.open(path)
        assert dict(image.getexif()) == {}
        assert b"Taken at home" not in path.read_bytes()
        assert image.height < image.width, "it stands upright"


@pytest.mark.filterwarnings("ignore::UserWarning", "ignore::RuntimeWarning")
def test_hostile_pictures_are_refused_at_this_door_too(media: Path) -> None:
    """Recognition and decoding are the same for every kind, so every eighth of the corpus is asked here."""
    for name, data in list(hostile.refused())[::8]:
        with pytest.raises(BadPicture), storage.stored(data, PRODUCT_PICTURE):
            pytest.fail(name)
    assert sizes(media) == {}


def test_each_file_is_sent_as_what_it_is(client: ShopClient, media: Path) -> None:
    picture = keep(a_photo(500, 600))
    drawn = widths.draw_widths(picture)
    assert drawn
    shown = ShownPicture(picture.stem, drawn.widths, "Front", drawn.has_avif)
    for url, media_type, width in ((shown.url(320), "image/webp", 320), (shown.url(2000), "image/webp", 500),
                                   (shown.srcset((320,), "avif").split()[0], "image/avif", 320)):  # fmt: skip
        answer = client.get(url)
        assert (answer.status_code, answer.mimetype) == (200, media_type)
        assert Image.open(io.BytesIO(answer.data)).width == width
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_a_srcset_names_each_file_once_and_with_its_own_width(app: Flask) -> None:
    small = ShownPicture(f"media/products/{'0' * 32}", (320, 400))
    base = f"/media/products/{'0' * 32}"
    assert small.srcset((320, 480, 640, 960)) == f"{base}-320.webp 320w, {base}.webp 400w"
    assert (small.url(320), small.url(321), small.url(9999)) == (f"{base}-320.webp", f"{base}.webp", f"{base}.webp")


def test_a_snapshot_brings_back_what_it_kept() -> None:
    for picture in (ShownPicture("garments/tee/ink", (320, 640), "Front"),
                    ShownPicture("media/products/0", (320,), "", has_avif=True)):  # fmt: skip
        assert picture_from(picture_json(picture)) == picture


def test_names_of_widths_belong_to_their_picture() -> None:
    token = "0123456789abcdef" * 2
    whole = StoredPicture(PRODUCT_PICTURE, token)
    for name in (f"{token}.webp", f"{token}-320.webp", f"{token}-1600.avif", f"{token}.avif"):
        assert picture_at(f"products/{name}") == whole
    for name in (f"{token}-.webp", f"{token}-32.webp", f"{token}-32000.webp", f"{token}-320.png", f"{token}-٣٢٠.webp"):
        assert picture_at(f"products/{name}") is None
