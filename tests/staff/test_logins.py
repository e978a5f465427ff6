"""The owner's page of the login log."""

import re
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, text

from shop.accounts.login_log.changing import Noted, enter
from shop.accounts.login_log.models import LoginEntry, LoginKind
from shop.extensions import db
from shop.lib.actor import acting_as
from shop.lib.clock import now
from shop.lib.models import AuditEntry
from tests.accounts.test_login_log import SOMEBODY
from tests.factories import a_user
from tests.staff.desk import as_role, flashed, words
from tests.storefront.people import log_in
from tests.support.shops import ShopClient
from tests.support.statements import BUDGET, statements

LOG = "/staff/logins"
LONG_AGO = datetime(2026, 1, 1, 12, tzinfo=UTC)


def a_row(kind: LoginKind = LoginKind.LOGIN, user_id: int = 1, **more: object) -> LoginEntry:
    row = LoginEntry(**{"kind": kind, "user_id": user_id, "at": now(), "ip": "203.0.113.7"} | more)
    db.session.add(row)
    db.session.flush()
    return row


def count() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(LoginEntry.id))) or 0


@pytest.mark.covers("ACC-16")
def test_owner_sees_who_came_and_who_was_refused(owner: ShopClient) -> None:
    user = a_user("bela@example.com", first_name="Bela")
    stranger: FlaskClient = owner.application.test_client()
    log_in(stranger, "bela@example.com", "Wrong-Horse-7")
    log_in(stranger, "bela@example.com")
    with statements() as seen:
        answer = owner.get(LOG)
    assert len(seen) <= BUDGET
    page = words(answer)
    assert page.index("Logged in") < page.index("Bela Rao be***@example.com Refused")
    assert f'href="/staff/customers/{user.id}"' in answer.text


@pytest.mark.covers("ACC-16")
def test_log_is_narrowed_by_kind_person_address_and_day(owner: ShopClient) -> None:
    bela, ravi = a_user("bela@example.com", first_name="Bela"), a_user(first_name="Ravi", phone="+919845012345")
    a_row(LoginKind.LOGIN, bela.id)
    a_row(LoginKind.LOGOUT, ravi.id, ip="2001:db8::1", at=LONG_AGO)
    for narrowed in ("kind=logout", "who=98450 12345", f"who={ravi.id}", "ip=2001:db8::1", "until=2026-01-01"):
        page = words(owner.get(f"{LOG}?{narrowed}"))
        assert ("Ravi Rao" in page, "Bela Rao" in page) == (True, False), narrowed
    assert "Ravi Rao" not in words(owner.get(f"{LOG}?who=bela@example.com&since=2026-01-02"))
    assert "Nobody fits" in words(owner.get(f"{LOG}?who=nobody@example.com"))
    for odd in ("kind=nope", "who=%00", "since=x&until=9999-12-31", "before=x", "ip=' OR 1"):
        assert owner.get(f"{LOG}?{odd}").status_code == 200


@pytest.mark.covers("ACC-16")
def test_older_rows_are_below_and_stay_there_while_new_ones_come(owner: ShopClient) -> None:
    for number in range(55):
        a_row(ip=f"203.0.113.{number}")
    first = owner.get(f"{LOG}?kind=login")
    [older] = re.findall(r'href="([^"]+before=\d+)"', first.text)
    a_row(ip="198.51.100.1")
    second = words(owner.get(older.replace("&amp;", "&")))
    assert [f"203.0.113.{number} " in second for number in (0, 4, 5)] == [True, True, False]
    assert "Newest" in second


@pytest.mark.covers("ACC-16")
def test_owner_is_asked_before_a_row_goes_for_good(owner: ShopClient) -> None:
    row = a_row(user_id=a_user(first_name="Bela").id)
    assert f'href="{LOG}/{row.id}/removal"' in owner.get(LOG).text
    asked = words(owner.get(f"{LOG}/{row.id}/removal"))
    assert "Bela Rao" in asked
    assert "Nothing brings it back." in asked
    assert count() == 1
    assert owner.get(f"{LOG}/{row.id + 1}/removal").status_code == 404


@pytest.mark.covers("ACC-16")
def test_owner_deletes_one_row_and_all_old_ones(owner: ShopClient) -> None:
    kept, old, one = a_row().id, a_row(at=LONG_AGO).id, a_row().id
    owner.post(f"{LOG}/{one}/removal")
    assert owner.post(f"{LOG}/{one}/removal").status_code == 404
    assert owner.post(f"{LOG}/removal", data={"before": "2026-01-02"}).location == LOG
    assert "1 row is deleted." in flashed(owner)
    assert count() == 1
    assert db.session.scalars(select(LoginEntry.id)).one() == kept != old


@pytest.mark.covers("ACC-16", "OPS-03")
def test_who_deletes_rows_stands_in_the_audit_log_without_whose_they_were(owner: ShopClient) -> None:
    one = a_row(typed="as***@example.com").id
    a_row(at=LONG_AGO)
    owner.post(f"{LOG}/{one}/removal")
    owner.post(f"{LOG}/removal", data={"before": "2026-01-02"})
    found = db.session.scalars(select(AuditEntry).where(AuditEntry.table_name == "login_entry").order_by(AuditEntry.id))
    entries = [(entry.action, entry.record_id, sorted(entry.before), entry.actor_kind) for entry in found]
    assert entries == [("delete", str(one), ["at", "kind"], "staff"), ("delete", "older", ["before", "rows"], "staff")]
    page = words(owner.get("/staff/audit"))
    assert "Login log" in page
    assert "as***" not in page


@pytest.mark.covers("ACC-16")
@pytest.mark.parametrize("before", ["", "tomorrow", "2999-01-01", "0001-01-01"])
def test_nothing_is_deleted_without_a_day_that_is_over(owner: ShopClient, before: str) -> None:
    a_row(at=LONG_AGO)
    assert owner.post(f"{LOG}/removal", data={"before": before}).status_code == 422
    assert count() == 1


@pytest.mark.covers("ACC-16")
def test_flood_is_one_line_and_what_was_entered_by_hand_says_so(owner: ShopClient) -> None:
    me = a_user(first_name="Zoya")
    a_row(LoginKind.FAILED, tries=37, place="203.0.113.7 2026-11-21T08", number=20)
    with acting_as(SOMEBODY):
        enter(Noted(LoginKind.LOGOUT, me.id), me.id)
    page = words(owner.get(LOG))
    assert "37 tries this hour" in page
    assert "Entered by hand: Zoya Rao" in page


@pytest.mark.covers("ACC-16")
def test_customer_and_team_pages_lead_to_the_log_for_those_who_may_read_it(owner: ShopClient) -> None:
    person = a_user(role="support")
    for path in (f"/staff/customers/{person.id}", f"/staff/team/{person.id}"):
        assert f'href="{LOG}?who={person.id}"' in owner.get(path).text
    clerk = as_role(owner.application.test_client(), "staff")
    assert LOG not in clerk.get(f"/staff/customers/{person.id}").text
    assert clerk.get(LOG).status_code == 403


@pytest.mark.covers("ACC-16")
@pytest.mark.parametrize(("narrowed", "index"), [
    ("kind = 'failed'", "ix_login_entry_kind"), ("user_id = 7", "ix_login_entry_user"),
    ("ip = '203.0.113.7'", "ix_login_entry_ip"),
])  # fmt: skip
def test_every_filter_has_an_index(app: object, engine: str, narrowed: str, index: str) -> None:
    if engine != "postgresql":
        pytest.skip("SQLite tells it otherwise")
    rows = ({"kind": "login", "at": now(), "user_id": n % 500, "ip": f"10.0.{n % 200}.{n % 97}"} for n in range(5000))
    db.session.execute(LoginEntry.__table__.insert(), list(rows))
    db.session.execute(text("ANALYZE login_entry"))
    asked = f"EXPLAIN SELECT * FROM login_entry WHERE {narrowed} ORDER BY id DESC LIMIT 51"
    assert index in "\n".join(db.session.scalars(text(asked)))
