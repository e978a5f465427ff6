"""The owner's mail log."""

import pytest
from flask import Flask
from sqlalchemy import select

from shop.accounts.events import PasswordResetRequested
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.events import emit
from shop.lib.models import OutboxEvent
from shop.notifications.models import Send
from shop.orders.events import OrderPlaced
from tests.checkout.buying import an_order, an_order_id
from tests.factories import a_user, sign_in
from tests.notifications.letterbox import mails, sends
from tests.support.outbox import happen, run_outbox
from tests.support.shops import ShopClient
from tests.support.statements import BUDGET, statements

OPENED = "/staff/mail"


def a_send(**changes: object) -> Send:
    number = db.session.query(Send).count() + 1
    values = {
        "template": "welcome", "about": f"user-{number}", "recipient": f"p{number}@example.com", "subject": "Welcome",
        "message_id": f"<{number}@localhost>", "state": "sent", "text": "Hello", "html": "<p>Hello</p>", "retries": 0,
    }  # fmt: skip
    send = Send(**(values | changes))
    db.session.add(send)
    db.session.flush()
    return send


def a_dead_letter(order_id: int = 1) -> int:
    emit(OrderPlaced(order_id))
    db.session.flush()
    row = db.session.scalars(select(OutboxEvent).order_by(OutboxEvent.id.desc()).limit(1)).one()
    row.failures, row.dead_at, row.last_error = 10, now(), "ConnectionRefusedError: nobody listens"
    db.session.flush()
    return row.id


@pytest.mark.covers("NOT-04")
def test_owner_sees_every_mail_with_recipient_kind_and_state(owner: ShopClient) -> None:
    an_order()
    run_outbox()
    body = owner.get(OPENED).text
    for words in ("asha@example.com", "We have your order", "Order placed", "Sent"):
        assert words in body


@pytest.mark.covers("NOT-04")
def test_owner_reads_text_and_html_of_a_mail(owner: ShopClient) -> None:
    an_order()
    run_outbox()
    send_id = sends()[0].id
    body = owner.get(f"{OPENED}/{send_id}").text
    assert "Church Street" in body
    assert f'src="/staff/mail/{send_id}/html"' in body
    assert "<iframe" in body
    assert "sandbox" in body


@pytest.mark.covers("NOT-04")
def test_html_of_a_mail_is_locked_in_a_sandbox(owner: ShopClient) -> None:
    send = a_send(html="<script>alert(1)</script>")
    answer = owner.get(f"{OPENED}/{send.id}/html")
    policy = answer.headers["Content-Security-Policy"]
    assert answer.status_code == 200
    assert "sandbox" in policy.split("; ")
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "allow" not in policy


def test_mail_with_a_code_is_readable_only_from_the_folder_of_a_shop_without_a_mail_server(
    app: Flask, owner: ShopClient
) -> None:
    send = a_send(template="order_out_for_delivery", text=None, html=None)
    assert "not kept" in owner.get(f"{OPENED}/{send.id}").text
    assert owner.get(f"{OPENED}/{send.id}/html").status_code == 404
    user_id = a_user("meera@example.com").id
    happen(PasswordResetRequested(user_id))
    mailed = sends()[-1]
    assert mailed.text is None
    assert "/password/reset?token=" in owner.get(f"{OPENED}/{mailed.id}").text


@pytest.mark.covers("NOT-04")
def test_log_is_narrowed_by_state_kind_and_recipient(owner: ShopClient) -> None:
    a_send(recipient="meera@example.com", state="failed", error="refused")
    a_send(recipient="ravi@example.com", template="order_placed", subject="We have it")
    assert "ravi@" not in owner.get(f"{OPENED}?state=failed").text
    assert "meera@" not in owner.get(f"{OPENED}?template=order_placed").text
    found = owner.get(f"{OPENED}?q=MEERA").text
    assert "meera@" in found
    assert "ravi@" not in found


@pytest.mark.parametrize("query", ["state=nope", "template=%00", "page=-1", "page=99999999999999", "page=x", "q=%25_"])
def test_odd_filters_answer_a_page(owner: ShopClient, query: str) -> None:
    a_send()
    assert owner.get(f"{OPENED}?{query}").status_code == 200


@pytest.mark.covers("NOT-04")
def test_long_log_has_pages_that_keep_the_filter(owner: ShopClient) -> None:
    for _ in range(26):
        a_send()
    assert "state=sent&amp;page=2" in owner.get(f"{OPENED}?state=sent").text
    assert "1–25 of 26" in owner.get(f"{OPENED}?page=1").text
    assert "26–26 of 26" in owner.get(f"{OPENED}?page=2").text


def test_log_takes_few_statements_whatever_its_length(owner: ShopClient) -> None:
    for number in range(30):
        a_send()
        a_dead_letter(number + 1)
    with statements() as seen:
        assert owner.get(OPENED).status_code == 200
    assert len(seen) <= BUDGET, seen


@pytest.mark.covers("NOT-04")
def test_dead_letter_is_sent_again_by_the_owner(owner: ShopClient) -> None:
    order_id = an_order_id()
    run_outbox()
    for send in sends():
        db.session.delete(send)
    letter = a_dead_letter(order_id)
    assert "nobody listens" in owner.get(OPENED).text
    answer = owner.post(f"{OPENED}/owed/{letter}/attempts")
    assert (answer.status_code, answer.location) == (303, OPENED)
    run_outbox()
    db.session.expire_all()
    assert db.session.get_one(OutboxEvent, letter).done_at is not None
    assert len(sends()) == 1
    assert len(mails("order_placed")) >= 1


def test_only_what_failed_can_be_sent_again(owner: ShopClient) -> None:
    an_order()
    run_outbox()
    done = db.session.scalars(select(OutboxEvent.id).limit(1)).one()
    assert owner.post(f"{OPENED}/owed/{done}/attempts").status_code == 404
    assert owner.post(f"{OPENED}/owed/999999/attempts").status_code == 404


@pytest.mark.parametrize(
    ("role", "reading", "resending"), [("staff", 200, 403), ("support", 200, 403), ("customer", 403, 403)]
)
def test_roles_open_what_they_may(client: ShopClient, role: str, reading: int, resending: int) -> None:
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    sign_in(client, a_user(role=role))
    letter = a_dead_letter()
    page = client.get(OPENED)
    assert page.status_code == reading
    assert "Send again" not in page.text
    assert client.post(f"{OPENED}/owed/{letter}/attempts").status_code == resending


def test_stranger_is_asked_to_sign_in(client: ShopClient) -> None:
    send = a_send()
    for path in (OPENED, f"{OPENED}/{send.id}", f"{OPENED}/{send.id}/html"):
        answer = client.get(path)
        assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/login")


def test_unknown_mail_is_a_missing_page(owner: ShopClient) -> None:
    assert owner.get(f"{OPENED}/999999").status_code == 404
    assert owner.get(f"{OPENED}/999999/html").status_code == 404


@pytest.mark.covers("NOT-04")
def test_text_messages_are_called_what_they_are_for(owner: ShopClient) -> None:
    a_send(channel="sms", template="text_phone_code", recipient="+919845012345")
    db.session.commit()
    body = owner.get(OPENED).text
    assert "Code to confirm a phone number" in body
    assert "Text phone code" not in body
