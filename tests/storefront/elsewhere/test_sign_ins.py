"""The mailed login link, and sign-ins that are added to an account and taken away."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from shop.accounts.models import Session, UsedState, UserStatus
from shop.accounts.services import credentials
from shop.accounts.services.linked_sign_ins import linked_to
from shop.accounts.services.people import Person, change_person, set_status
from shop.accounts.services.roles import give_role
from shop.extensions import db
from shop.lib.clock import now
from tests.factories import PASSWORD
from tests.notifications.letterbox import mail, mails
from tests.notifications.letterbox import text as said
from tests.notifications.test_account_mails import token_in
from tests.staff.desk import flashed, words
from tests.storefront.elsewhere.going import PAGE, go, links, people, sent_back
from tests.storefront.people import browser_of, log_in, signed_in, use_token_of
from tests.support.outbox import run_outbox
from tests.support.providers import ProviderDouble
from tests.support.shops import ShopClient

pytestmark = pytest.mark.covers("ACC-09")


def test_new_person_is_mailed_a_link_that_logs_in_once(visitor: ShopClient, there: ProviderDouble) -> None:
    go(visitor, there)
    run_outbox()
    assert mails("welcome") == []
    token = token_in(said(mail("welcome_link")))
    other = browser_of(visitor.application.test_client())
    assert token in other.get("/login/link", query_string={"token": token}).text
    assert other.get("/account").status_code == 303
    assert other.post("/login/link", data={"token": token}).location == "/account"
    assert other.get("/account").status_code == 200
    third = browser_of(visitor.application.test_client())
    assert third.post("/login/link", data={"token": token}).status_code == 410


def test_login_link_is_over_after_fifteen_minutes(visitor: ShopClient, there: ProviderDouble) -> None:
    go(visitor, there)
    run_outbox()
    token = token_in(said(mail("welcome_link")))
    with time_machine.travel(now() + timedelta(minutes=16)):
        assert browser_of(visitor.application.test_client()).get(f"/login/link?token={token}").status_code == 410


@pytest.mark.parametrize("event", ["password", "email", "deactivation"])
def test_login_link_dies_with_the_other_links_of_its_person(
    visitor: ShopClient, there: ProviderDouble, event: str
) -> None:
    go(visitor, there)
    run_outbox()
    token = token_in(said(mail("welcome_link")))
    other = browser_of(visitor.application.test_client())
    assert other.get("/login/link", query_string={"token": token}).status_code == 200
    [user] = people()
    if event == "password":
        credentials.set_password(user, "another hash")
    elif event == "email":
        change_person(user.id, Person("Asha", email="moved@example.com"))
    else:
        set_status(user, UserStatus.INACTIVE)
        set_status(user, UserStatus.ACTIVE)
    db.session.commit()
    assert other.post("/login/link", data={"token": token}).status_code == 410


# The account's page.


def test_person_adds_a_sign_in_with_the_password_and_takes_it_away(visitor: ShopClient, there: ProviderDouble) -> None:
    user = signed_in(visitor, email="meera@example.com")
    page = visitor.get(PAGE)
    assert "Add Google" in words(page)
    assert f"form-action 'self' {there.url}" in page.headers["Content-Security-Policy"]
    left = visitor.post(f"{PAGE}/google", data={"current_password": PASSWORD})
    back = visitor.get("/login/google/callback", query_string=there.sign_in(left.location))
    assert back.location == PAGE
    assert [row.email for row in db.session.scalars(linked_to(user.id))] == ["asha@example.com"]
    assert go(visitor.application.test_client(), there).location == "/account"
    assert len(people()) == 1
    assert visitor.post(f"{PAGE}/google/removal").location == PAGE
    assert links() == 0


def test_session_alone_adds_no_way_in(visitor: ShopClient) -> None:
    signed_in(visitor)
    assert visitor.post(f"{PAGE}/google", data={"current_password": "Wrong-Horse-7"}).status_code == 422
    with visitor.session_transaction() as cookie:
        assert "away" not in cookie


def test_sign_in_that_opens_another_account_is_not_added(visitor: ShopClient, there: ProviderDouble) -> None:
    go(visitor.application.test_client(), there)
    signed_in(visitor, email="meera@example.com")
    left = visitor.post(f"{PAGE}/google", data={"current_password": PASSWORD})
    assert visitor.get("/login/google/callback", query_string=there.sign_in(left.location)).status_code == 409
    assert links() == 1


def test_sign_in_is_added_only_to_whoever_asked(visitor: ShopClient, there: ProviderDouble) -> None:
    signed_in(visitor, email="meera@example.com")
    left = visitor.post(f"{PAGE}/google", data={"current_password": PASSWORD})
    with visitor.session_transaction() as cookie:
        kept = cookie["away"]
    signed_in(visitor, email="ravi@example.com")
    with visitor.session_transaction() as cookie:
        cookie["away"] = kept
    assert visitor.get("/login/google/callback", query_string=there.sign_in(left.location)).status_code == 422
    assert links() == 0


def test_last_way_in_is_not_taken_away_and_a_password_is_set_by_mail(
    visitor: ShopClient, there: ProviderDouble
) -> None:
    go(visitor, there)
    assert "has no password yet" in words(visitor.get(PAGE))
    use_token_of(visitor)
    visitor.post(f"{PAGE}/google/removal")
    assert "Set a password first" in flashed(visitor)
    assert links() == 1
    visitor.post(f"{PAGE}/password")
    run_outbox()
    token = token_in(said(mail("password_reset")))
    form = {"token": token, "password": "Brass-Button-9", "password_again": "Brass-Button-9"}
    other = browser_of(visitor.application.test_client())
    assert other.post("/password/reset", data=form).location == "/login"
    assert people()[0].random_password_at is None
    assert log_in(other, "asha@example.com", "Brass-Button-9").location == "/account"
    use_token_of(other)
    other.post(f"{PAGE}/google/removal")
    assert links() == 0


def test_what_came_back_is_kept_as_a_hash(visitor: ShopClient, there: ProviderDouble) -> None:
    answer = sent_back(visitor, there, "github")
    visitor.get("/login/github/callback", query_string=answer)
    assert answer["state"] not in db.session.scalars(select(UsedState.state_hash)).one()


def test_owner_without_a_password_confirms_by_logging_in_there_again(
    visitor: ShopClient, there: ProviderDouble
) -> None:
    go(visitor, there)
    give_role(people()[0], "owner")
    db.session.execute(update(Session).values(password_confirmed_at=now() - timedelta(hours=1)))
    db.session.commit()
    asked = visitor.get("/staff/roles/new").location
    link = "/login/google?next=/staff/roles/new"
    assert f'href="{link}"' in visitor.get(asked).text
    assert go(visitor, there, next="/staff/roles/new").location == "/staff/roles/new"
    assert visitor.get("/staff/roles/new").status_code == 200
