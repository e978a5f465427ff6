"""People take along what the shop knows of them."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from shop.accounts.models import User
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.files.kinds import PORTRAIT, new_picture
from shop.lib.personal import Because, Holding
from shop.lib.unit_of_work import unit_of_work
from shop.membership import exporting
from shop.membership import services as membership
from shop.membership.errors import AskedAlready, NoExport
from shop.membership.holdings import HOLDINGS
from shop.membership.jobs import drop_expired_exports
from shop.membership.models import DataExport
from shop.notifications.models import Send
from shop.store.setting_services import set_value
from shop.store.settings import EXPORT_DAYS
from tests.checkout.buying import an_order
from tests.factories import a_user
from tests.lib.files.folder import path_of
from tests.membership.lives import EMAIL, IP, PHONE, REASON, UPI, live, zenobia
from tests.notifications.letterbox import mail, mails, text
from tests.support.outbox import run_outbox
from tests.support.settings import shows

FILES = {one.file for one in HOLDINGS if not isinstance(one.told, Because)}


def ask(user_id: int) -> int:
    with unit_of_work():
        return exporting.ask_for_export(user_id).id


def packed(user_id: int) -> dict[str, Any]:
    """What is in somebody's ZIP, by file."""
    with zipfile.ZipFile(io.BytesIO(exporting.content_of(user_id))) as archive:
        return {name: json.loads(archive.read(name)) for name in archive.namelist() if name.endswith(".json")}


@pytest.mark.covers("ACC-10")
def test_export_holds_everything_in_json(app: Flask) -> None:
    user_id = zenobia().id
    live(db.session.get_one(User, user_id))
    ask(user_id)
    run_outbox()
    found = packed(user_id)
    assert found.keys() == FILES - {"picture.webp"}
    assert (found["profile.json"]["email"], found["profile.json"]["date_of_birth"]) == (EMAIL, "1990-05-04")
    assert found["addresses.json"][0]["house"] == "Marigold Villa"
    [order] = found["orders.json"]
    assert (order["phone"], order["state"], order["history"][-1]["note"]) == (PHONE, "cancelled", REASON)
    assert order["lines"][0]["total"] == order["lines_total"]
    [payment] = found["payments.json"]
    assert (payment["order"], payment["upi_id"]) == (order["number"], UPI)
    assert payment["refunds"][0]["reason"] == REASON
    assert (len(found["bag.json"]), len(found["wishlist.json"]), found["checkout.json"][0]["email"]) == (1, 1, EMAIL)
    assert {session["ip"] for session in found["sessions.json"]} >= {IP}
    assert {row["kind"] for row in found["login_log.json"]} == {"login", "failed"}
    assert {send["template"] for send in found["mails.json"]} >= {"order_placed", "order_cancelled", "password_reset"}
    assert (found["groups.json"], found["notes.json"][0]["text"]) == (["Friends"], "Zenobia calls on Fridays")
    assert found["support.json"][0]["reason"] == "Zenobia asked"
    assert {change["what"] for change in found["changes.json"]} >= {"Account", "Address"}


@pytest.mark.covers("ACC-10")
def test_no_secret_is_in_an_export(app: Flask) -> None:
    user = zenobia()
    user_id, secrets = user.id, [user.password_hash]
    here = live(user)
    ask(user_id)
    run_outbox()
    told = json.dumps(packed(user_id))
    assert here.session_id
    assert not any(secret in told for secret in [*secrets, here.session_id])


@pytest.mark.covers("ACC-10")
def test_nobody_elses_data_is_in_it(app: Flask) -> None:
    live(zenobia())
    other_id = a_user("asha@example.com").id
    ask(other_id)
    run_outbox()
    assert "enobia" not in json.dumps(packed(other_id))


@pytest.mark.covers("ACC-10")
@pytest.mark.parametrize("proven", [False, True])
def test_mails_of_a_guest_are_not_told_or_deleted_by_who_only_typed_the_address(app: Flask, proven: bool) -> None:
    guest = an_order().email
    run_outbox()
    sent = len(mails("order_placed"))
    user_id = a_user(guest, email_verified_at=now() if proven else None).id
    db.session.commit()
    ask(user_id)
    run_outbox()
    told = [send["template"] for send in packed(user_id)["mails.json"]]
    assert (sent, "order_placed" in told) == (1, proven)
    with unit_of_work():
        membership.erase(user_id, user_id)
    kept = db.session.scalars(select(Send.recipient).where(Send.template == "order_placed")).all()
    assert kept == ([] if proven else [guest])


@pytest.mark.covers("ACC-10")
def test_picture_goes_along(app: Flask) -> None:
    user = a_user()
    user.picture = new_picture(PORTRAIT)
    path = path_of(user.picture)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"a picture")
    user_id = user.id
    db.session.commit()
    ask(user_id)
    run_outbox()
    with zipfile.ZipFile(io.BytesIO(exporting.content_of(user_id))) as archive:
        assert archive.read("picture.webp") == b"a picture"


@pytest.mark.covers("ACC-10")
def test_person_is_told_when_it_is_ready(app: Flask) -> None:
    user_id = a_user("asha@example.com").id
    db.session.commit()
    ask(user_id)
    assert mails() == []
    with pytest.raises(NoExport):
        exporting.content_of(user_id)
    run_outbox()
    told = text(mail("data_export_ready"))
    assert "http://localhost/account/data" in told
    assert "7 days" in told


@pytest.mark.covers("ACC-10")
def test_it_is_made_once_a_day_and_the_old_one_goes(app: Flask) -> None:
    user_id = a_user().id
    db.session.commit()
    ask(user_id)
    run_outbox()
    with pytest.raises(AskedAlready):
        ask(user_id)
    with time_machine.travel(now() + timedelta(days=1, minutes=1)):
        ask(user_id)
        assert [one.ready_at for one in db.session.query(DataExport)] == [None]


@shows(EXPORT_DAYS)
@pytest.mark.covers("ACC-10")
def test_file_is_gone_after_its_days(app: Flask) -> None:
    user_id = a_user().id
    set_value(EXPORT_DAYS, 3)
    db.session.commit()
    ask(user_id)
    run_outbox()
    with time_machine.travel(now() + timedelta(days=2)):
        drop_expired_exports()
        assert exporting.content_of(user_id)
    with time_machine.travel(now() + timedelta(days=3, minutes=1)):
        with pytest.raises(NoExport):
            exporting.content_of(user_id)
        assert exporting.export_of(user_id) is None
        drop_expired_exports()
        assert db.session.query(DataExport).count() == 0


@pytest.mark.covers("ACC-10")
def test_data_of_somebody_who_left_meanwhile_reaches_nobody_who_got_their_number(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite gives the numbers of deleted rows again."""
    gone, other = a_user().id, a_user().id
    db.session.commit()
    export_id = ask(gone)

    def told_while_they_leave(_user_id: int) -> str:
        db.session.rollback()
        db.session.execute(update(DataExport).values(user_id=other))
        db.session.commit()
        return "Zenobia"

    leaving = Holding(("none",), "profile.json", told_while_they_leave, Because("A test."))
    monkeypatch.setattr(exporting, "HOLDINGS", (leaving,))
    exporting.make(export_id)
    db.session.rollback()
    theirs = db.session.query(DataExport).one()
    assert (theirs.user_id, theirs.parts_done, theirs.ready_at) == (other, 0, None)
