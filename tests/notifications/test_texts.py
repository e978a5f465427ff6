"""Text messages leave through Twilio, or stand in a folder; what Twilio says decides whether they are tried again."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, current_app

from shop.accounts.events import EmailReminderAsked, PhoneVerificationAsked, PhoneVerified, ResetCodeAskedBySms
from shop.accounts.services import codes
from shop.accounts.services.codes import Purpose
from shop.extensions import db
from shop.lib.models import OutboxEvent
from shop.notifications import texts, twilio
from shop.notifications.errors import UnsafeHeader
from shop.notifications.services import Envelope
from shop.notifications.states import SendState
from shop.notifications.wording import Words
from tests.factories import a_user
from tests.notifications.letterbox import sends
from tests.notifications.test_sending import later, ring_in
from tests.support.outbox import happen, owed
from tests.support.twilio import SENDER, TOKEN, TwilioDouble

PHONE = "+919845012345"


@pytest.fixture
def provider() -> Iterator[TwilioDouble]:
    with TwilioDouble() as double:
        yield double


@pytest.fixture
def texting(app: Flask, configure: Callable[..., None], provider: TwilioDouble) -> Flask:
    """The shop with a provider."""
    configure(**provider.settings)
    return app


def somebody(**more: Any) -> int:
    return a_user("asha@example.com", phone=PHONE, **more).id


def happen_in(shop: Flask, event: Any) -> None:
    db.session.commit()
    with shop.app_context():
        happen(event)


def files() -> list[Path]:
    return sorted((Path(current_app.config["SHOP"].instance_path) / "sms").glob("*.txt"))


def code_in(words: str) -> str:
    return re.findall(r"\b[0-9]{6}\b", words)[0]


@pytest.mark.covers("ACC-07")
def test_code_goes_to_the_phone_and_nowhere_into_the_shops_records(texting: Flask, provider: TwilioDouble) -> None:
    user_id = somebody()
    happen_in(texting, PhoneVerificationAsked(user_id))
    (message,) = provider.messages
    assert (message["To"], message["From"]) == (PHONE, SENDER)
    code = code_in(message["Body"])
    assert message["Body"].endswith(f"@localhost #{code}")
    assert codes.check_code(user_id, Purpose.PHONE, PHONE, code)
    (send,) = sends()
    assert (send.channel, send.recipient, send.state, send.text) == ("sms", PHONE, SendState.SENT, None)
    assert not any(code in str(row.payload) for row in db.session.query(OutboxEvent))


@pytest.mark.covers("ACC-06")
def test_email_reminder_names_the_masked_address(texting: Flask, provider: TwilioDouble) -> None:
    happen_in(texting, EmailReminderAsked(somebody()))
    (message,) = provider.messages
    assert "as***@example.com" in message["Body"]
    assert sends()[0].text == message["Body"]


@pytest.mark.covers("ACC-05")
def test_unverified_phone_opens_no_account_that_has_an_email(texting: Flask, provider: TwilioDouble) -> None:
    user_id = somebody()
    happen_in(texting, ResetCodeAskedBySms(user_id))
    assert (provider.messages, owed()) == ([], [])


@pytest.mark.covers("ACC-05")
def test_phone_that_is_all_there_is_gets_the_code(texting: Flask, provider: TwilioDouble) -> None:
    user = a_user(phone=PHONE)
    user.email = None
    happen_in(texting, ResetCodeAskedBySms(user.id))
    assert len(provider.messages) == 1


def test_without_a_provider_the_message_is_written_and_logged(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    happen(PhoneVerificationAsked(somebody()))
    (file,) = files()
    assert file.name.endswith("-text_phone_code.txt")
    assert code_in(file.read_text()) in capsys.readouterr().out
    assert sends()[0].state == SendState.SENT


@pytest.mark.parametrize(
    "answer",
    [(429, 20429, "Too Many Requests"), (500, 20500, "Internal Server Error"), (503, 20503, "Service Unavailable"),
     (401, 20003, "Authenticate"), (302, 0, "Elsewhere")],
)  # fmt: skip
def test_provider_in_trouble_is_asked_again_later_with_a_new_code(
    texting: Flask, provider: TwilioDouble, answer: tuple[int, int, str]
) -> None:
    provider.answer = answer
    happen_in(texting, PhoneVerificationAsked(somebody()))
    assert (provider.messages, sends()[0].state) == ([], SendState.FAILED)
    assert str(answer[0]) in (sends()[0].error or "")
    provider.answer = None
    with later(20):
        ring_in(texting)
    db.session.expire_all()
    assert (len(provider.messages), sends()[0].state, owed()) == (1, SendState.SENT, [])


def test_provider_that_answers_nothing_sensible_is_asked_again(texting: Flask, provider: TwilioDouble) -> None:
    provider.answer, provider.raw = (502, 0, ""), b"<html>Bad gateway</html>"
    happen_in(texting, PhoneVerificationAsked(somebody()))
    assert [row.failures for row in owed()] == [1]


def test_provider_that_takes_too_long_is_asked_again(
    texting: Flask, provider: TwilioDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(twilio, "TIMEOUT", 0.2)
    provider.seconds = 1
    happen_in(texting, PhoneVerificationAsked(somebody()))
    assert (sends()[0].state, [row.failures for row in owed()]) == (SendState.FAILED, [1])
    assert "timed out" in (sends()[0].error or "")


def test_code_that_could_not_be_sent_in_time_is_not_sent_later(texting: Flask, provider: TwilioDouble) -> None:
    provider.answer = (503, 20503, "Service Unavailable")
    happen_in(texting, PhoneVerificationAsked(somebody()))
    provider.answer = None
    with later(11 * 60):
        ring_in(texting)
    assert (provider.messages, owed()) == ([], [])


@pytest.mark.parametrize("code", sorted(twilio.NEVER))
def test_number_that_can_never_be_reached_is_tried_once(texting: Flask, provider: TwilioDouble, code: int) -> None:
    provider.answer = (400, code, "The 'To' number is not a valid phone number.")
    happen_in(texting, PhoneVerificationAsked(somebody()))
    assert (sends()[0].state, owed()) == (SendState.FAILED, [])
    assert str(code) in (sends()[0].error or "")


def test_token_is_never_sent_to_another_address(texting: Flask, provider: TwilioDouble) -> None:
    provider.answer = (307, 0, "Elsewhere")
    happen_in(texting, PhoneVerificationAsked(somebody()))
    assert "307" in (sends()[0].error or "")


def test_token_stands_in_no_error(texting: Flask, provider: TwilioDouble) -> None:
    provider.answer = (401, 20003, "Authenticate")
    happen_in(texting, PhoneVerificationAsked(somebody()))
    assert TOKEN not in f"{sends()[0].error}{owed()[0].last_error}"


@pytest.mark.parametrize(
    "to", ["", "9845012345", "+91 98450 12345", "+919845012345\n", "+0123456789", "asha@example.com"]
)
def test_what_is_no_phone_number_is_not_handed_over(texting: Flask, provider: TwilioDouble, to: str) -> None:
    envelope = Envelope(1, "text_phone_code", "<1@localhost>", to, Words("Code", "Hi", None), "sms")
    with texting.app_context(), pytest.raises(UnsafeHeader):
        texts.post(envelope)
    assert provider.messages == []


@pytest.mark.covers("ACC-05")
def test_failing_deliveries_do_not_use_up_the_codes_of_an_hour(texting: Flask, provider: TwilioDouble) -> None:
    user_id = somebody()
    provider.answer = (503, 20503, "Service Unavailable")
    happen_in(texting, PhoneVerificationAsked(user_id))
    for seconds in (20, 60, 130, 280):
        with later(seconds):
            ring_in(texting)
    provider.answer = None
    with later(570):
        ring_in(texting)
    assert len(provider.messages) == 1


def told(texting: Flask, news: tuple[str, dict[str, str], dict[str, str]], **instead: str) -> int:
    address, said, header = news
    path = instead.pop("address", address).removeprefix("http://localhost")
    status: int = texting.test_client().post(path, data=said | instead, headers=header).status_code
    return status


def test_message_that_was_taken_and_not_delivered_is_noted_as_failed(texting: Flask, provider: TwilioDouble) -> None:
    happen_in(texting, PhoneVerificationAsked(somebody()))
    assert told(texting, provider.news("delivered")) == 204
    assert sends()[0].state == SendState.SENT
    assert told(texting, provider.news("undelivered", "30003")) == 204
    db.session.expire_all()
    assert (sends()[0].state, "30003" in (sends()[0].error or "")) == (SendState.FAILED, True)


def test_news_that_twilio_did_not_sign_is_refused(texting: Flask, provider: TwilioDouble) -> None:
    happen_in(texting, PhoneVerificationAsked(somebody()))
    address, said, header = provider.news("undelivered", "30003")
    assert told(texting, (address, said, {})) == 403
    assert told(texting, (address, said, {"X-Twilio-Signature": "\xe9"})) == 403
    assert told(texting, (address, said, header), ErrorCode="30005") == 403
    assert told(texting, (address, said, header), address=f"{address}0") == 403
    assert sends()[0].state == SendState.SENT


def test_shop_without_a_provider_hears_nobody(
    app: Flask, configure: Callable[..., None], provider: TwilioDouble
) -> None:
    provider.messages.append({"To": PHONE, "StatusCallback": "http://localhost/webhooks/texts/1"})
    configure(twilio_auth_token=None)
    assert told(app, provider.news("undelivered")) == 403


def test_news_of_a_mail_or_of_nothing_is_not_found(texting: Flask, provider: TwilioDouble) -> None:
    happen_in(texting, PhoneVerified(somebody()))
    for send_id in (sends()[0].id, 987654):
        provider.messages.append({"To": PHONE, "StatusCallback": f"http://localhost/webhooks/texts/{send_id}"})
        assert told(texting, provider.news("undelivered")) == 404
    assert sends()[0].state == SendState.SENT
