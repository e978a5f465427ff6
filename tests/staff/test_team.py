"""The owner's pages of the team."""

import re
from datetime import timedelta

import pytest

from shop.accounts.models import User, UserStatus
from shop.accounts.permissions import Permission
from shop.accounts.queries.people import visitor_of
from shop.accounts.services import tokens
from shop.extensions import db
from shop.lib.clock import now
from tests.accounts.test_roles import a_role, role_named
from tests.factories import PASSWORD, a_user, sign_in
from tests.staff.desk import flashed, words
from tests.storefront.people import NEW_PASSWORD, fresh, log_in
from tests.support.shops import ShopClient
from tests.support.statements import BUDGET, statements

TEAM = "/staff/team"
GENERATED = re.compile(r"<code>([^<]+)</code>")
RAVI = {"first_name": "Ravi", "last_name": "Iyer", "email": "ravi@example.com"}


def me(client: ShopClient) -> User:
    return db.session.query(User).filter_by(first_name="Meera").one()


def add_ravi(owner: ShopClient, **more: object) -> str:
    """Adds somebody and returns the password that is shown."""
    answer = owner.post(f"{TEAM}/new", data=RAVI | {"role": str(role_named("staff").id)} | more)
    found = GENERATED.search(answer.text)
    assert found, words(answer)
    return found[1]


def ravi() -> User:
    db.session.rollback()
    return db.session.query(User).filter_by(email=RAVI["email"]).one()


@pytest.mark.covers("ACC-13")
def test_owner_adds_somebody_and_sees_the_password_once(owner: ShopClient) -> None:
    password = add_ravi(owner)
    assert password not in owner.get(f"{TEAM}/{ravi().id}").text
    assert password not in ravi().password_hash
    assert log_in(owner.application.test_client(), RAVI["email"], password).location == "/staff"


@pytest.mark.covers("ACC-13")
def test_owner_chooses_the_password(owner: ShopClient) -> None:
    assert add_ravi(owner, password=NEW_PASSWORD) == NEW_PASSWORD
    assert log_in(owner.application.test_client(), RAVI["email"], NEW_PASSWORD).status_code == 303


@pytest.mark.covers("ACC-13")
@pytest.mark.parametrize(("change", "status"), [
    ({"first_name": ""}, 422), ({"email": "ravi@"}, 422), ({"email": "", "phone": ""}, 422), ({"phone": "12"}, 422),
    ({"password": "weak"}, 422), ({"role": "987654"}, 422), ({"email": "taken@example.com"}, 409),
])  # fmt: skip
def test_refused_member_keeps_what_was_typed(owner: ShopClient, change: dict[str, str], status: int) -> None:
    a_user("taken@example.com")
    answer = owner.post(f"{TEAM}/new", data=RAVI | {"role": str(role_named("staff").id)} | change)
    assert answer.status_code == status
    assert 'value="Iyer"' in answer.text
    assert "notice--error" in answer.text


@pytest.mark.covers("ACC-13")
def test_list_is_searched_narrowed_and_sorted(owner: ShopClient) -> None:
    customer, early = a_user("customer@example.com"), a_user("early@example.com", role="support", first_name="Zoya")
    early.last_login_at = now() + timedelta(days=1)
    late = a_user("late@example.com", role="staff", first_name="Bela", status=UserStatus.INACTIVE)
    with statements() as seen:
        page = words(owner.get(TEAM))
    assert len(seen) <= BUDGET
    assert customer.email not in page
    assert page.index("Bela Rao") < page.index("Meera Nair") < page.index("Zoya Rao")
    page = words(owner.get(f"{TEAM}?sort=login"))
    assert page.index("Zoya Rao") < page.index("Bela Rao")
    assert late.email not in owner.get(f"{TEAM}?active=yes").text
    assert "Nobody fits" in words(owner.get(f"{TEAM}?active=no&q=zoya"))
    for odd in ("sort=nope", "active=perhaps", "page=x", "q=%00%25"):
        assert owner.get(f"{TEAM}?{odd}").status_code == 200


@pytest.mark.covers("ACC-13")
def test_owner_changes_a_member(owner: ShopClient) -> None:
    add_ravi(owner)
    path = f"{TEAM}/{ravi().id}"
    assert owner.post(path, data=RAVI | {"first_name": "Ravindra"}).status_code == 303
    assert ravi().first_name == "Ravindra"
    assert owner.post(path, data=RAVI | {"email": me(owner).email}).status_code == 409
    assert owner.post(path, data=RAVI | {"first_name": " "}).status_code == 422


@pytest.mark.covers("ACC-13")
@pytest.mark.parametrize("way", ["deactivation", "password"])
def test_sessions_and_tokens_of_a_member_die_at_once(owner: ShopClient, way: str) -> None:
    member = a_user(role="staff")
    theirs = owner.application.test_client()
    sign_in(theirs, member)
    made = tokens.issue(member.id, None, "an app", remember=True)
    owner.post(f"{TEAM}/{member.id}/{way}")
    assert theirs.get("/staff").location.startswith("/login")
    assert visitor_of(made.session_id) is None
    assert tokens.renew(made.refresh_token) is None


@pytest.mark.covers("ACC-13")
def test_new_password_takes_the_place_of_the_old_one(owner: ShopClient) -> None:
    member = a_user("ravi@example.com", role="staff")
    answer = owner.post(f"{TEAM}/{member.id}/password")
    found = GENERATED.search(answer.text)
    assert found
    browser = owner.application.test_client()
    assert log_in(browser, "ravi@example.com", PASSWORD).status_code == 422
    assert log_in(browser, "ravi@example.com", found[1]).status_code == 303
    assert owner.post(f"{TEAM}/{member.id}/password", data={"password": "weak"}).status_code == 422


@pytest.mark.covers("ACC-13")
def test_who_is_deactivated_logs_in_again_only_when_activated(owner: ShopClient) -> None:
    member, browser = a_user("ravi@example.com", role="staff"), owner.application.test_client()
    owner.post(f"{TEAM}/{member.id}/deactivation")
    assert log_in(browser, "ravi@example.com").status_code == 422
    owner.post(f"{TEAM}/{member.id}/activation")
    assert log_in(browser, "ravi@example.com").status_code == 303


@pytest.mark.covers("ACC-13")
def test_nobody_deactivates_themselves(owner: ShopClient) -> None:
    a_user(role="owner")
    mine = me(owner).id
    owner.post(f"{TEAM}/{mine}/deactivation")
    assert "cannot deactivate yourself" in flashed(owner)
    assert fresh(mine).is_active
    assert owner.post(f"{TEAM}/{mine}/password").status_code == 409


@pytest.mark.covers("ACC-13", "ACC-08")
def test_own_email_is_not_changed_here_where_nobody_asks_for_the_password(owner: ShopClient) -> None:
    mine = me(owner)
    user_id, email = mine.id, mine.email
    refused = owner.post(f"{TEAM}/{user_id}", data={"first_name": "Meera", "email": "taken.over@example.com"})
    assert (refused.status_code, fresh(user_id).email) == (409, email)
    assert "there it asks for your password" in words(refused)
    renamed = owner.post(f"{TEAM}/{user_id}", data={"first_name": "Mira", "email": email})
    assert (renamed.status_code, fresh(user_id).first_name) == (303, "Mira")


@pytest.mark.covers("ACC-13")
def test_nobody_touches_the_account_of_somebody_who_may_more(client: ShopClient) -> None:
    a_role("Head", frozenset({Permission.TEAM_READ, Permission.TEAM_UPDATE}))
    sign_in(client, a_user(role="head"))
    boss = a_user("boss@example.com", role="owner")
    before = boss.password_hash
    for way in ("deactivation", "activation", "password"):
        client.post(f"{TEAM}/{boss.id}/{way}")
    client.post(f"{TEAM}/{boss.id}", data=RAVI)
    boss = fresh(boss.id)
    assert (boss.is_active, boss.password_hash, boss.email) == (True, before, "boss@example.com")
    page = client.get(f"{TEAM}/new").text
    assert "Head</option>" in page
    assert "Owner</option>" not in page


@pytest.mark.covers("ACC-13")
def test_customer_is_no_member(owner: ShopClient) -> None:
    customer = a_user()
    for path in ("", "/password", "/deactivation", "/activation"):
        assert owner.post(f"{TEAM}/{customer.id}{path}", data=RAVI).status_code == 404
