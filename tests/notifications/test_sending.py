"""Mails leave once, late rather than never, and carry nothing smuggled in."""

import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from shop.accounts.events import UserRegistered
from shop.extensions import db
from shop.lib import outbox
from shop.lib.clock import now
from shop.lib.events import HANDLERS
from shop.lib.unit_of_work import unit_of_work
from shop.notifications import handlers, postbox, services
from shop.notifications.errors import UnsafeHeader
from shop.notifications.services import Envelope
from shop.notifications.states import SendState
from shop.notifications.wording import Words
from shop.orders.models import Order
from tests.checkout.buying import an_order, an_order_id
from tests.factories import a_user
from tests.notifications.letterbox import mails, sends
from tests.support.mail import MailServer
from tests.support.outbox import happen, owed, run_outbox

Mailing = Callable[..., Flask]


@pytest.fixture
def mailing(make_shop: Mailing, smtp: MailServer) -> Flask:
    """The shop with a mail server."""
    return make_shop(mail_server="127.0.0.1", mail_port=smtp.port)


@contextmanager
def later(seconds: float) -> Iterator[None]:
    with time_machine.travel(now() + timedelta(seconds=seconds), tick=True):
        yield


def ring_in(shop: Flask) -> None:
    db.session.commit()
    with shop.app_context():
        run_outbox()


def test_mail_has_both_parts_one_recipient_and_the_shops_sender(mailing: Flask, smtp: MailServer) -> None:
    an_order()
    ring_in(mailing)
    (message,) = smtp.to("asha@example.com")
    assert message["From"] == "True Style <shop@truestyle.example>"
    assert [part.get_content_type() for part in message.walk()][-2:] == ["text/plain", "text/html"]
    assert sends()[0].state == SendState.SENT
    assert sends()[0].message_id == message["Message-ID"]


def test_no_line_is_longer_than_smtp_allows(app: Flask) -> None:
    an_order()
    run_outbox()
    file = postbox.file_of(sends()[0].id, "order_placed")
    assert max(map(len, file.read_bytes().splitlines())) <= 998


@pytest.mark.covers("ORD-01", "NOT-04")
def test_order_stands_while_the_mail_server_is_down_and_is_mailed_later(mailing: Flask, smtp: MailServer) -> None:
    smtp.down()
    order_id = an_order_id()
    ring_in(mailing)
    (send,) = sends()
    assert db.session.get_one(Order, order_id).state == "placed"
    assert send.state == SendState.FAILED
    assert "refused" in (send.error or "").lower()
    assert owed()[0].failures == 1
    smtp.up()
    with later(20):
        ring_in(mailing)
    db.session.expire_all()
    assert (send.state, send.retries, send.error, owed()) == (SendState.SENT, 1, None, [])
    assert smtp.messages[0]["Message-ID"] == send.message_id


def test_failed_mail_waits_before_it_is_tried_again(mailing: Flask, smtp: MailServer) -> None:
    smtp.answer = "451 come back later"
    an_order()
    ring_in(mailing)
    smtp.answer = "250 OK"
    with later(10):
        ring_in(mailing)
    assert smtp.messages == []


@pytest.mark.covers("NOT-04")
def test_mail_that_fails_ten_times_is_given_up_until_somebody_sends_it_again(mailing: Flask, smtp: MailServer) -> None:
    smtp.answer = "550 no such person"
    an_order()
    for attempt in range(12):
        with later(attempt * 7 * 3600):
            ring_in(mailing)
    (dead,) = owed()
    assert dead.dead_at is not None
    assert (dead.failures, sends()[0].retries) == (10, 9)
    smtp.answer = "250 OK"
    with unit_of_work():
        services.send_again(dead.id)
    ring_in(mailing)
    assert len(smtp.messages) == 1
    assert owed() == []


def test_event_delivered_twice_mails_once(mailing: Flask, smtp: MailServer) -> None:
    happened = UserRegistered(a_user("meera@example.com").id)
    db.session.commit()
    with mailing.app_context():
        handlers.send_mail(happened)
        handlers.send_mail(happened)
    assert len(smtp.messages) == 1


def test_control_without_the_log_the_same_event_mails_twice(
    mailing: Flask, smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened = UserRegistered(a_user("meera@example.com").id)
    db.session.commit()
    monkeypatch.setattr(services, "note_sent", lambda _send_id: None)
    with mailing.app_context():
        handlers.send_mail(happened)
        handlers.send_mail(happened)
    assert len(smtp.messages) == 2


def test_crash_after_sending_mails_a_second_copy_under_the_same_id(
    mailing: Flask, smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(services, "note_sent", lambda _send_id: 1 / 0)
        an_order()
        ring_in(mailing)
    with later(20):
        ring_in(mailing)
    assert len(smtp.messages) == 2
    assert len({message["Message-ID"] for message in smtp.messages}) == 1
    assert owed() == []


def test_nothing_is_locked_while_the_mail_server_takes_its_time(
    app: Flask, mailing: Flask, smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    came_through: list[bool] = []
    deliver = smtp.handle_DATA

    async def write_meanwhile(*arguments: Any) -> str:
        with app.app_context(), unit_of_work():
            a_user("meanwhile@example.com")
        came_through.append(True)
        return await deliver(*arguments)

    monkeypatch.setattr(smtp, "handle_DATA", write_meanwhile)
    an_order()
    ring_in(mailing)
    assert came_through == [True]
    assert len(smtp.messages) == 1


@pytest.mark.parametrize(
    "recipient",
    [
        "a@b.example\nBcc: x@y.example",
        "a@b.example\r\n\r\nHello",
        "a@b.example, x@y.example",
        "A <a@b.example>",
        "",
        "a@b c",
    ],
)
def test_recipient_cannot_smuggle_in_headers_or_more_recipients(
    mailing: Flask, smtp: MailServer, recipient: str
) -> None:
    with mailing.app_context(), pytest.raises(UnsafeHeader):
        postbox.post(Envelope(1, "welcome", "<1@localhost>", recipient, Words("Hi", "Hi", "Hi")))
    assert smtp.messages == []


@pytest.mark.parametrize("subject", ["Hi\nBcc: x@y.example", "Hi\r\n there", "Hi\x0bthere", "Hi\u2028there"])
def test_subject_cannot_smuggle_in_headers(mailing: Flask, smtp: MailServer, subject: str) -> None:
    with mailing.app_context(), pytest.raises(UnsafeHeader):
        postbox.post(Envelope(1, "welcome", "<1@localhost>", "a@b.example", Words(subject, "Hi", "Hi")))
    assert smtp.messages == []


def test_refused_mail_says_so_in_the_log(app: Flask) -> None:
    user = a_user("meera@example.com")
    user.email = "meera@example.com\nBcc: x@y.example"
    happen(UserRegistered(user.id))
    assert mails() == []
    assert sends()[0].state == SendState.FAILED


def test_mail_folder_never_shows_half_a_mail(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.fsync", lambda _file: 1 / 0)
    an_order()
    run_outbox()
    assert mails() == []
    monkeypatch.undo()
    with later(20):
        run_outbox()
    assert len(mails()) == 1


def test_server_that_hangs_up_after_taking_the_mail_counts_as_sent(
    mailing: Flask, smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hang_up(_host: smtplib.SMTP) -> None:
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(smtplib.SMTP, "quit", hang_up)
    an_order()
    ring_in(mailing)
    assert (len(smtp.messages), owed()) == (1, [])


def test_every_mail_is_owed_by_a_handler_that_holds_no_unit_open(app: Flask) -> None:
    mine = [handler for name, handler in HANDLERS.items() if name.startswith("notifications.handlers:")]
    assert all(handler.opens_own_units for handler in mine)
    assert outbox.MAX_FAILURES == 10
