"""One's own profile through the API."""

import io
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from shop.accounts.models import User
from shop.extensions import db
from shop.lib.clock import now
from tests.api.asking import App
from tests.factories import PASSWORD, a_user
from tests.lib.files.folder import path_of
from tests.lib.files.parts import encoded, quarters
from tests.support import recording

PROFILE, UPDATE = "/users/profile", "/users/profile-update"


@pytest.fixture
def user(client: FlaskClient) -> User:
    return a_user("asha@example.com", email_verified_at=now())


@pytest.fixture
def asha(client: FlaskClient, user: User) -> App:
    return App(client, user)


def fresh(user: User) -> User:
    db.session.rollback()
    return db.session.get_one(User, user.id, populate_existing=True)


def send_picture(app: App, data: bytes, **more: Any) -> TestResponse:
    body = {"image": (io.BytesIO(data), "me.html", "text/html")} | more
    return app.client.put(f"/api/v1{UPDATE}", data=body, headers=app.headers)


@pytest.mark.covers("ACC-08")
def test_the_profile_says_who_the_token_speaks_for(asha: App, user: User) -> None:
    told = asha.get(PROFILE).json
    known = {"id": str(user.id), "first_name": "Asha", "email": "asha@example.com"}
    unsaid = dict.fromkeys(("gender", "date_of_birth", "image", "phone", "phone_no", "country_code"))
    assert told.items() >= (known | unsaid).items()
    assert told["created_at"]
    assert "password" not in str(told)


@pytest.mark.covers("ACC-08")
def test_only_what_is_sent_changes(asha: App, user: User) -> None:
    about = {"last_name": "Iyer", "gender": "female", "date_of_birth": "1994-03-21"}
    phone = {"phone_no": "98450 12345", "country_code": "+91"}
    assert asha.send("PUT", UPDATE, about | phone).json["errors"].keys() == {"current_password"}
    told = asha.send("PUT", UPDATE, about | phone | {"current_password": PASSWORD})
    assert told.status_code == 200
    reached = {"phone": "+919845012345", "phone_no": "9845012345", "country_code": "+91"}
    assert told.json.items() >= (about | reached | {"first_name": "Asha"}).items()
    asha.send("PUT", UPDATE, {"gender": None})
    kept = fresh(user)
    assert (kept.name, kept.phone, kept.gender, str(kept.date_of_birth)) == (
        "Asha Iyer",
        "+919845012345",
        None,
        "1994-03-21",
    )
    assert kept.email_verified_at


@pytest.mark.covers("ACC-08")
@pytest.mark.parametrize(
    ("sent", "field"),
    [({"first_name": ""}, "first_name"), ({"gender": "robot"}, "gender"), ({"date_of_birth": "soon"}, "date_of_birth"),
     ({"date_of_birth": "2999-01-01"}, "date_of_birth"), ({"phone_no": "12"}, "phone_no"),
     ({"phone_no": "7911123456", "country_code": "+44"}, "phone_no"), ({"country_code": "+91"}, "country_code"),
     ({"user_status_id": "1"}, "user_status_id"), ({"status": "active"}, "status"),
     ({"created_at": "2001-01-01"}, "created_at"),
     ({"email": "new@example.com"}, "current_password"), ({"email": None}, "current_password"),
     ({"email": "new@example.com", "current_password": "Wrong-Horse-7"}, "current_password"),
     ({"phone": "9845012345", "phone_no": "9845012345"}, "phone_no"), ({"zoom": 99}, "zoom"), ({"x": "nan"}, "x")],
)  # fmt: skip
def test_what_does_not_fit_is_told_at_its_field_and_changes_nothing(
    asha: App, user: User, sent: Any, field: str
) -> None:
    answer = asha.send("PUT", UPDATE, {"last_name": "Iyer"} | sent)
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
    assert (fresh(user).name, fresh(user).email, fresh(user).phone) == ("Asha Rao", "asha@example.com", None)


@pytest.mark.covers("ACC-08")
def test_a_new_email_needs_the_password_and_is_not_verified(asha: App, user: User) -> None:
    answer = asha.send("PUT", UPDATE, {"email": "New@Example.com", "current_password": PASSWORD})
    assert (answer.status_code, answer.json["email"], answer.json["email_verified_at"]) == (
        200,
        "new@example.com",
        None,
    )
    assert fresh(user).email == "new@example.com"


@pytest.mark.covers("ACC-08")
def test_email_or_phone_of_someone_else_is_a_conflict(asha: App) -> None:
    a_user("ravi@example.com", phone="+919845012345")
    assert asha.send("PUT", UPDATE, {"email": "ravi@example.com", "current_password": PASSWORD}).status_code == 409
    assert asha.send("PUT", UPDATE, {"phone": "9845012345", "current_password": PASSWORD}).status_code == 409


@pytest.mark.covers("ACC-08")
def test_a_picture_comes_as_a_file_and_goes(asha: App, user: User, media: Path) -> None:
    told = send_picture(asha, encoded(quarters(300, 200), "JPEG"), first_name="Usha", zoom="200")
    assert (told.status_code, told.json["first_name"]) == (200, "Usha")
    picture = fresh(user).picture
    assert picture
    assert told.json["image"] == f"http://localhost{picture.url}"
    assert path_of(picture).is_file()
    assert asha.send("DELETE", "/users/profile/picture").json["image"] is None
    assert fresh(user).picture is None
    recording.note_effect("DELETE", "/api/v1/users/profile/picture")
    assert not path_of(picture).exists()


@pytest.mark.covers("ACC-08")
def test_a_bad_picture_is_told_and_nothing_else_is_changed(asha: App, user: User, media: Path) -> None:
    answer = send_picture(asha, b"<svg onload='alert(1)'/>", first_name="Usha")
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["image"])
    assert fresh(user).first_name == "Asha"


@pytest.mark.covers("ACC-08")
def test_a_picture_does_not_stay_when_the_rest_is_refused(asha: App, user: User, media: Path) -> None:
    a_user("ravi@example.com", phone="+919845012345")
    told = send_picture(asha, encoded(quarters(), "PNG"), phone="9845012345", current_password=PASSWORD)
    assert told.status_code == 409
    assert [path for path in media.rglob("*") if path.is_file()] == []


@pytest.mark.covers("API-03")
def test_a_change_without_a_field_is_400(asha: App) -> None:
    assert asha.send("PUT", UPDATE, {}).status_code == 400


@pytest.mark.covers("API-03")
@pytest.mark.parametrize(("method", "path"), [("GET", PROFILE), ("PUT", UPDATE), ("DELETE", "/users/profile/picture")])
def test_the_profile_needs_a_token(client: FlaskClient, method: str, path: str) -> None:
    assert App(client).send(method, path).status_code == 401


@pytest.mark.covers("ACC-08")
def test_passwords_are_tried_so_often_through_both_doors(make_shop: Any) -> None:
    client = make_shop(rate_limits=True).test_client()
    asha = App(client, a_user("asha@example.com"))
    wrong = {"email": "new@example.com", "current_password": "Wrong-Horse-7"}
    assert [asha.send("PUT", UPDATE, wrong).status_code for _ in range(11)] == [422] * 10 + [429]
