"""Pictures for pages: sent, handed out, shown in a page's text, deleted."""

import io
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from shop.content.markdown import html_of
from shop.operations.audit import audit
from tests.api.asking import App
from tests.factories import a_user
from tests.lib.files.hostile import SVG
from tests.merchandising.pictures.uploads import a_file
from tests.support import recording

pytestmark = [pytest.mark.covers("OPS-07"), pytest.mark.usefixtures("media")]


def send(app: App, data: bytes | None, name: str = "../../etc/passwd") -> Any:
    sent = {"file": (io.BytesIO(data), name)} if data is not None else {}
    return app.client.post("/api/v1/files/upload", data=sent, headers=app.headers)


def left(media: Path) -> int:
    return len([path for path in media.rglob("*") if path.is_file()])


def test_a_picture_is_sent_handed_out_and_deleted(owner: App, client: FlaskClient, media: Path) -> None:
    told = send(owner, a_file())
    assert (told.status_code, told.json["media_type"]) == (201, "image/webp")
    recording.note_effect("POST", "/api/v1/files/upload")
    path = f"/files/{told.json['id']}"
    answer = App(client).get(path)
    assert (answer.status_code, answer.mimetype, len(answer.data)) == (200, "image/webp", told.json["size"])
    assert answer.headers["Content-Disposition"] == f'attachment; filename="picture-{told.json["id"]}.webp"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert client.get(told.json["url"]).data == answer.data
    assert audit() == []
    assert owner.send("DELETE", path).json == {"deleted": True}
    recording.note_effect("DELETE", "/api/v1/files/<key:file_id>")
    assert (App(client).get(path).status_code, left(media)) == (404, 0)


def test_a_part_of_it_or_nothing_new_is_handed_out_as_asked(owner: App, client: FlaskClient) -> None:
    url = f"/api/v1/files/{send(owner, a_file()).json['id']}"
    whole = client.get(url)
    part = client.get(url, headers={"Range": "bytes=4-11"})
    assert (part.status_code, part.data) == (206, whole.data[4:12])
    assert client.get(url, headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (None, 400),
        (b"", 400),
        (SVG, 415),
        (b"<html>", 415),
        (b"\0" * (5 * 1024 * 1024 + 1), 413),
        (a_file()[:300], 422),
    ],
)
def test_what_is_no_picture_is_refused_and_leaves_nothing(
    owner: App, media: Path, data: bytes | None, status: int
) -> None:
    assert (send(owner, data).status_code, left(media)) == (status, 0)


@pytest.mark.parametrize(("role", "status"), [(None, 401), ("support", 403)])
def test_only_who_may_change_pages_sends_and_deletes(client: FlaskClient, role: str | None, status: int) -> None:
    app = App(client, a_user(role=role) if role else None)
    assert send(app, a_file()).status_code == status
    assert app.send("DELETE", "/files/1").status_code == status


def test_pages_show_the_shops_pictures_and_nobody_elses(owner: App) -> None:
    ours = send(owner, a_file()).json["url"].removeprefix("http://localhost")
    assert f'<img src="{ours}" alt="Our loom">' in html_of(f"![Our loom]({ours})")
    for other in (
        "https://example.com/a.png",
        "//example.com/a.png",
        "/media/portraits/a.webp",
        "data:image/png;base64,",
    ):
        assert "src" not in html_of(f"![x]({other})")
