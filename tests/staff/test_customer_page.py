"""What the team does with a customer's account: makes it, changes it, closes it, notes and groups."""

import re
from pathlib import Path

import pytest

from shop.accounts.customers.models import CustomerGroup, CustomerGroupMember, CustomerNote
from shop.accounts.models import User, UserStatus
from shop.accounts.queries.people import visitor_of
from shop.accounts.services import profiles, tokens
from shop.extensions import db
from shop.lib.files.kinds import PORTRAIT
from shop.lib.files.storage import stored
from tests.checkout.buying import an_order_id
from tests.factories import PASSWORD, a_customer, a_user, sign_in
from tests.lib.files.parts import encoded, quarters
from tests.staff.desk import flashed, words
from tests.storefront.people import NEW_PASSWORD, fresh, log_in
from tests.support.shops import ShopClient

LIST, GROUPS = "/staff/customers", "/staff/customer-groups"
GENERATED = re.compile(r"<code>([^<]+)</code>")
ILA = {"first_name": "Ila", "last_name": "Bose", "email": "ila@example.com", "gender": "female",
       "date_of_birth": "1991-05-17"}  # fmt: skip


def ila() -> User:
    db.session.rollback()
    return db.session.query(User).filter_by(email=ILA["email"]).one()


def a_group(owner: ShopClient, name: str = "Regulars") -> int:
    owner.post(GROUPS, data={"name": name})
    db.session.rollback()
    return db.session.query(CustomerGroup).filter_by(name=name).one().id


def members(group_id: int) -> set[int]:
    db.session.rollback()
    return {row.user_id for row in db.session.query(CustomerGroupMember).filter_by(group_id=group_id)}


@pytest.mark.covers("ACC-14")
def test_team_adds_a_customer_and_sees_the_password_once(owner: ShopClient) -> None:
    found = GENERATED.search(owner.post(f"{LIST}/new", data=ILA).text)
    assert found
    person = ila()
    assert (person.name, person.gender, str(person.date_of_birth)) == ("Ila Bose", "female", "1991-05-17")
    assert found[1] not in owner.get(f"{LIST}/{person.id}").text
    assert log_in(owner.application.test_client(), "ila@example.com", found[1]).location == "/account"


@pytest.mark.covers("ACC-14")
@pytest.mark.parametrize(("change", "status"), [
    ({"first_name": ""}, 422), ({"email": "ila@"}, 422), ({"email": ""}, 422), ({"password": "weak"}, 422),
    ({"gender": "shoe"}, 422), ({"date_of_birth": "2999-01-01"}, 422), ({"date_of_birth": "x"}, 422),
    ({"email": "taken@example.com"}, 409),
])  # fmt: skip
def test_refused_customer_keeps_what_was_typed(owner: ShopClient, change: dict[str, str], status: int) -> None:
    a_user("taken@example.com")
    answer = owner.post(f"{LIST}/new", data=ILA | change)
    assert answer.status_code == status
    assert 'value="Bose"' in answer.text
    assert "notice--error" in answer.text


@pytest.mark.covers("ACC-14")
def test_team_changes_a_customer(owner: ShopClient) -> None:
    a_user("taken@example.com")
    owner.post(f"{LIST}/new", data=ILA | {"password": NEW_PASSWORD})
    path = f"{LIST}/{ila().id}/edit"
    assert 'value="1991-05-17"' in owner.get(path).text
    assert owner.post(path, data=ILA | {"first_name": "Ilina", "gender": ""}).status_code == 303
    assert (ila().first_name, ila().gender) == ("Ilina", None)
    assert owner.post(path, data=ILA | {"email": "taken@example.com"}).status_code == 409
    assert owner.post(path, data=ILA | {"first_name": " "}).status_code == 422


@pytest.mark.covers("ACC-10")
def test_sessions_and_tokens_of_who_is_deactivated_die_at_once(owner: ShopClient) -> None:
    person, theirs = a_user("ila@example.com"), owner.application.test_client()
    sign_in(theirs, person)
    made = tokens.issue(person.id, None, "an app", remember=True)
    owner.post(f"{LIST}/{person.id}/deactivation")
    assert theirs.get("/account").location.startswith("/login")
    assert visitor_of(made.session_id) is None
    assert tokens.renew(made.refresh_token) is None
    assert log_in(theirs, "ila@example.com").status_code == 422
    owner.post(f"{LIST}/{person.id}/activation")
    assert log_in(theirs, "ila@example.com").status_code == 303


@pytest.mark.covers("ACC-10")
def test_owner_deletes_an_account_with_their_own_password(owner: ShopClient) -> None:
    person, theirs = a_user("ila@example.com", first_name="Ila"), owner.application.test_client()
    sign_in(theirs, person)
    path = f"{LIST}/{person.id}/deletion"
    assert "This cannot be undone" in words(owner.get(path))
    assert owner.post(path, data={"current_password": "Wrong-Horse-7"}).status_code == 422
    assert fresh(person.id).first_name == "Ila"
    assert owner.post(path, data={"current_password": PASSWORD}).location == LIST
    assert theirs.get("/account").location.startswith("/login")
    assert "Ila" not in owner.get(LIST).text
    assert "Deleted on" in words(owner.get(f"{LIST}/{person.id}"))
    assert owner.get(path).status_code == 404


@pytest.mark.covers("ACC-10")
def test_account_with_an_open_order_stays(owner: ShopClient) -> None:
    visitor = a_customer(a_user(first_name="Ila"))
    an_order_id(visitor=visitor)
    path = f"{LIST}/{visitor.user_id}/deletion"
    assert "is still open" in words(owner.get(path))
    assert owner.post(path, data={"current_password": PASSWORD}).status_code == 409
    assert fresh(visitor.user_id or 0).first_name == "Ila"


@pytest.mark.covers("ACC-10", "ACC-14")
def test_whoever_looks_after_customers_does_not_reach_the_team(owner: ShopClient) -> None:
    member = a_user("bela@example.com", role="support", first_name="Bela")
    before = member.password_hash
    for way in ("deactivation", "deletion", "edit", "notes", "groups"):
        owner.post(f"{LIST}/{member.id}/{way}", data=ILA | {"text": "Note", "group": "1", "current_password": PASSWORD})
    member = fresh(member.id)
    assert (member.first_name, member.is_active, member.password_hash) == ("Bela", True, before)
    assert db.session.query(CustomerNote).count() == 0
    assert "Deactivate" not in words(owner.get(f"{LIST}/{member.id}"))


@pytest.mark.covers("ACC-14")
def test_notes_are_kept_with_author_and_taken_back_by_them_alone(owner: ShopClient) -> None:
    person = a_user()
    path = f"{LIST}/{person.id}"
    assert owner.post(f"{path}/notes", data={"text": " "}).status_code == 422
    owner.post(f"{path}/notes", data={"text": "Asks for <size> L\r\nCall after six"})
    assert "Asks for &lt;size&gt; L<br>Call after six" in owner.get(path).text
    note = db.session.query(CustomerNote).one()
    other = owner.application.test_client()
    sign_in(other, a_user(role="staff"))
    assert "Meera Nair" in words(other.get(path))
    assert other.post(f"{path}/notes/{note.id}/removal").status_code == 404
    assert owner.post(f"{LIST}/{a_user().id}/notes/{note.id}/removal").status_code == 404
    assert owner.post(f"{path}/notes/{note.id}/removal").status_code == 303
    assert db.session.query(CustomerNote).count() == 0


@pytest.mark.covers("ACC-14")
def test_groups_are_made_named_and_taken_away(owner: ShopClient) -> None:
    group_id = a_group(owner)
    assert owner.post(GROUPS, data={"name": "REGULARS!"}).status_code == 409
    assert owner.post(GROUPS, data={"name": "!"}).status_code == 422
    assert (
        owner.post(f"{GROUPS}/{group_id}", data={"name": "Friends", "description": "Of the house"}).status_code == 303
    )
    page = words(owner.get(GROUPS))
    assert ("Friends" in page, "Of the house" in page, "Regulars" in page) == (True, True, False)
    owner.post(f"{GROUPS}/{group_id}/removal")
    assert owner.get(f"{GROUPS}/{group_id}").status_code == 404


@pytest.mark.covers("ACC-14")
def test_a_customer_is_put_into_a_group_and_taken_out_by_hand(owner: ShopClient) -> None:
    group_id, person = a_group(owner), a_user(first_name="Ila")
    path = f"{LIST}/{person.id}"
    for _twice in range(2):
        owner.post(f"{path}/groups", data={"group": str(group_id)})
    assert members(group_id) == {person.id}
    assert "Regulars" in words(owner.get(path))
    assert "Ila Rao" in words(owner.get(f"{GROUPS}/{group_id}"))
    owner.post(f"{path}/groups/{group_id}/removal")
    assert members(group_id) == set()
    assert owner.post(f"{path}/groups", data={"group": "987654"}).status_code == 422


@pytest.mark.covers("ACC-14")
def test_ticked_customers_are_grouped_after_a_look(owner: ShopClient) -> None:
    group_id, (one, two, three) = a_group(owner), [a_user(first_name=name) for name in ("Ila", "Zoya", "Devi")]
    member = a_user(role="staff", first_name="Bela")
    ticked = {"user": [str(one.id), str(two.id), str(member.id), "x", "99999999999999999999"]}
    page = words(owner.get(f"{LIST}/grouping", query_string=ticked))
    assert ("Group 2 customers" in page, "Ila" in page, "Devi" in page, "Bela" in page) == (True, True, False, False)
    owner.post(f"{LIST}/grouping", data=ticked | {"do": "add", "into": str(group_id)})
    assert members(group_id) == {one.id, two.id}
    assert "2 customers are new in the group" in flashed(owner)
    both = {"user": [str(two.id), str(three.id)], "do": "remove", "into": str(group_id)}
    owner.post(f"{LIST}/grouping", data=both)
    assert members(group_id) == {one.id}


@pytest.mark.covers("ACC-14")
def test_everybody_the_list_shows_is_grouped(owner: ShopClient) -> None:
    group_id, women = a_group(owner), {a_user(gender="female").id for _ in range(30)}
    a_user(gender="male")
    a_user(gender="female", role="staff")
    wanted = {"gender": "female", "all": "1"}
    page = words(owner.get(f"{LIST}/grouping", query_string=wanted))
    assert ("Group 30 customers" in page, "and 5 more" in page) == (True, True)
    owner.post(f"{LIST}/grouping", data=wanted | {"do": "add", "into": str(group_id)})
    assert members(group_id) == women


@pytest.mark.covers("ACC-14")
def test_nothing_ticked_or_no_group_groups_nobody(owner: ShopClient) -> None:
    a_user(status=UserStatus.ACTIVE)
    assert "Nobody is ticked" in words(owner.get(f"{LIST}/grouping"))
    assert "No group yet" in words(owner.get(f"{LIST}/grouping?all=1"))
    assert owner.post(f"{LIST}/grouping", data={"all": "1", "do": "add", "into": ""}).status_code == 422
    assert db.session.query(CustomerGroupMember).count() == 0


@pytest.mark.covers("ACC-08", "ACC-14")
def test_the_page_shows_the_picture_or_the_initials(owner: ShopClient, media: Path) -> None:
    user = a_user(first_name="Ila", last_name="Bose")
    assert ">IB</text>" in owner.get(f"{LIST}/{user.id}").text
    with stored(encoded(quarters(), "PNG"), PORTRAIT) as picture:
        profiles.show_picture(user.id, picture)
        db.session.commit()
    assert f'src="{picture.url}"' in owner.get(f"{LIST}/{user.id}").text
