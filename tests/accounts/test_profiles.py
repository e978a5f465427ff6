"""What people say of themselves, and the picture of which no file is left behind."""

from datetime import date, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask

from shop.accounts.models import User
from shop.accounts.services import profiles
from shop.accounts.services.profiles import About
from shop.extensions import db
from shop.lib.errors import ShopError
from shop.lib.files.kinds import PORTRAIT, StoredPicture
from shop.lib.files.storage import stored
from shop.lib.unit_of_work import unit_of_work
from shop.store.days import today
from tests.factories import a_user
from tests.lib.files.folder import path_of
from tests.lib.files.parts import encoded, quarters


def a_picture() -> StoredPicture:
    with stored(encoded(quarters(), "PNG"), PORTRAIT) as picture:
        return picture


@pytest.mark.covers("ACC-08")
@pytest.mark.parametrize("day", [date(1850, 1, 1), date(2999, 1, 1)])
def test_nobody_was_born_long_ago_or_will_be(app: Flask, day: date) -> None:
    user = a_user()
    with pytest.raises(ShopError) as refusal:
        profiles.describe(user.id, About(date_of_birth=day))
    assert refusal.value.field == "date_of_birth"


@pytest.mark.covers("ACC-08")
def test_somebody_may_be_born_today_and_not_tomorrow(app: Flask) -> None:
    user = a_user()
    profiles.describe(user.id, About("other", today()))
    assert (user.gender, user.date_of_birth) == ("other", today())
    with pytest.raises(ShopError):
        profiles.describe(user.id, About(date_of_birth=today() + timedelta(days=1)))


def show_two_at_once(app: Flask, user_id: int) -> list[StoredPicture]:
    """Two units show a picture each; the first commits only once the second has begun. Returns both."""
    pictures, first_wrote = [a_picture(), a_picture()], Event()

    def first() -> None:
        with app.app_context(), unit_of_work():
            profiles.show_picture(user_id, pictures[0])
            first_wrote.set()
            second_began.wait(0.5)

    def second() -> None:
        first_wrote.wait()
        with app.app_context(), unit_of_work():
            second_began.set()
            profiles.show_picture(user_id, pictures[1])

    second_began = Event()
    threads = [Thread(target=run) for run in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return pictures


def left(media: Path) -> set[Path]:
    return {path for path in media.rglob("*") if path.is_file()}


@pytest.mark.covers("ACC-08")
def test_of_two_pictures_at_once_one_file_stays(app: Flask, media: Path) -> None:
    user_id = a_user().id
    db.session.commit()
    _, last = show_two_at_once(app, user_id)
    assert left(media) == {path_of(last)}


def test_without_the_lock_a_file_would_stay_behind(app: Flask, media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the row is read before the other unit has committed, as without a lock."""
    user_id = a_user().id
    db.session.commit()

    def unlocked(_statement: object) -> User:
        user = db.session.get_one(User, user_id)
        user.picture = None
        return user

    monkeypatch.setattr(profiles, "one_or_404", unlocked)
    assert left(media) == set()
    first, last = show_two_at_once(app, user_id)
    assert left(media) == {path_of(first), path_of(last)}
