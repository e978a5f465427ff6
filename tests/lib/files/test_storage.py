"""The media folder: a file for each row and a row for each file, whatever fails in between."""

import io
import os
import time
from contextlib import suppress
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from shop.accounts.models import User
from shop.extensions import db
from shop.lib.files import drawing, storage
from shop.lib.files.errors import BadPicture, Busy
from shop.lib.files.kinds import LOGO, PORTRAIT, StoredPicture
from shop.lib.files.stores.base import UNFINISHED
from shop.lib.files.sweeping import SETTLED, picture_columns, sweep
from shop.lib.unit_of_work import unit_of_work
from tests.factories import a_user
from tests.lib.files.folder import path_of
from tests.lib.files.parts import encoded, quarters

TWO_DAYS = 2 * 24 * 3600


class RowRefused(Exception):
    """The database did not take the row."""


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def a_picture() -> bytes:
    return encoded(quarters(), "PNG")


def keep(user: User | None = None) -> StoredPicture:
    """A stored portrait, of a person if one is given."""
    with storage.stored(a_picture(), PORTRAIT) as picture:
        if user:
            user.picture = picture
            db.session.commit()
    return picture


def age(picture: StoredPicture) -> None:
    """Let a file look as if it had been written two days ago."""
    long_ago = time.time() - TWO_DAYS
    os.utime(path_of(picture), (long_ago, long_ago))


@pytest.mark.one_engine
def test_a_picture_lies_under_a_name_of_our_own(media: Path) -> None:
    first, second = keep(), keep()
    assert first != second
    assert files(media) == sorted(map(path_of, (first, second)))
    assert all(path.parent.parent == media / "portraits" for path in files(media))


@pytest.mark.one_engine
def test_no_file_stays_where_its_row_failed(media: Path) -> None:
    with suppress(RowRefused), storage.stored(a_picture(), LOGO):
        assert len(files(media)) == 1
        raise RowRefused
    assert files(media) == []


@pytest.mark.one_engine
def test_no_file_is_begun_for_what_is_no_picture(media: Path) -> None:
    with pytest.raises(BadPicture), storage.stored(b"<svg/>", PORTRAIT):
        pass
    assert files(media) == []


@pytest.mark.one_engine
def test_a_write_that_breaks_off_leaves_nothing(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"), storage.stored(a_picture(), PORTRAIT):
        pass
    assert files(media) == []


@pytest.mark.one_engine
def test_a_picture_is_forgotten_when_the_unit_commits_and_not_before(media: Path) -> None:
    picture = keep()
    with suppress(RowRefused), unit_of_work():
        storage.forget(picture)
        raise RowRefused
    assert files(media) == [path_of(picture)]
    with unit_of_work():
        storage.forget(picture)
        assert files(media) == [path_of(picture)]
    assert files(media) == []


def test_the_sweep_removes_what_no_row_names_once_it_has_settled(media: Path) -> None:
    named, orphan, young = keep(a_user()), keep(), keep()
    age(named)
    age(orphan)
    assert sweep() == 1
    assert files(media) == sorted(map(path_of, (named, young)))


def test_the_sweep_would_take_a_picture_whose_row_let_go_of_it(media: Path) -> None:
    """The control: it is the row that keeps the file."""
    user = a_user()
    age(keep(user))
    user.picture = None
    db.session.commit()
    assert sweep() == 1
    assert files(media) == []


@pytest.mark.one_engine
def test_the_sweep_removes_what_was_never_finished(media: Path) -> None:
    unfinished = path_of(keep()).with_suffix(UNFINISHED)
    unfinished.write_bytes(b"RIFF")
    os.utime(unfinished, (time.time() - TWO_DAYS,) * 2)
    assert SETTLED.total_seconds() < TWO_DAYS
    sweep()
    assert unfinished not in files(media)


def test_every_column_that_names_pictures_is_looked_at(app: Flask) -> None:
    assert "user_account.picture" in {str(column) for column in picture_columns()}


@pytest.mark.one_engine
def test_pictures_are_decoded_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "WAIT_SECONDS", 0.01)
    with drawing.TURN, pytest.raises(Busy):
        drawing.drawn(a_picture(), PORTRAIT)
    assert drawing.drawn(a_picture(), PORTRAIT)


def test_the_frame_chooses_the_part_that_is_shown() -> None:
    wide = encoded(quarters(600, 300), "PNG")
    shown = {x: drawing.drawn(wide, PORTRAIT, drawing.Frame(x, 0.0, 2.0)) for x in (0.0, 1.0)}
    left, right = (Image.open(io.BytesIO(shown[x])).convert("RGB").getpixel((75, 75)) for x in (0.0, 1.0))
    assert left == pytest.approx((220, 40, 40), abs=16)
    assert right == pytest.approx((40, 160, 60), abs=16)
