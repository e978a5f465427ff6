"""One-time codes: they fit once, for one purpose and one address, and five wrong ones end it."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from shop.accounts.errors import WrongCode
from shop.accounts.models import OneTimeCode
from shop.accounts.services import codes
from shop.accounts.services.codes import Purpose
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.events import handling
from shop.lib.models import OutboxEvent
from shop.lib.unit_of_work import unit_of_work
from shop.store.setting_services import save_settings
from shop.store.settings import CODE_MINUTES, CODE_TRIES
from tests.factories import a_user
from tests.support.settings import shows

ASHA, RESET = "asha@example.com", Purpose.RESET


def a_code(user_id: int, purpose: Purpose = RESET, address: str = ASHA) -> str:
    with unit_of_work():
        code = codes.make_code(user_id, purpose, address)
    assert code is not None
    return code


def fits(user_id: int, code: object, purpose: Purpose = RESET, address: str = ASHA) -> bool:
    try:
        codes.check_code(user_id, purpose, address, code)
    except WrongCode:
        return False
    return True


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def somebody() -> int:
    user_id = a_user(ASHA).id
    db.session.commit()
    return user_id


def kept() -> OneTimeCode:
    db.session.rollback()
    return db.session.scalars(select(OneTimeCode).execution_options(populate_existing=True)).one()


@pytest.mark.covers("ACC-05")
def test_code_has_six_digits_fits_and_works_once(app: Flask):
    user_id = somebody()
    code = a_code(user_id)
    checked = codes.check_code(user_id, RESET, ASHA, code)
    with unit_of_work():
        codes.use_code(user_id, RESET, checked)
    with pytest.raises(WrongCode), unit_of_work():
        codes.use_code(user_id, RESET, checked)
    assert not fits(user_id, code)


@pytest.mark.covers("ACC-05")
def test_only_a_hash_of_it_is_kept_and_no_plain_one(app: Flask):
    user_id = somebody()
    code = a_code(user_id)
    assert code not in kept().code_hash
    assert len(kept().code_hash) == 64


@pytest.mark.covers("ACC-05")
@pytest.mark.parametrize(
    "odd", [True, [], None, 0, {}, "", "12345", "1234567", "１２３４５６", "12345\n", " 12345", b"123456"]
)
def test_what_is_no_code_never_passes_and_costs_no_try(app: Flask, odd: object):
    user_id = somebody()
    a_code(user_id)
    assert not fits(user_id, odd)
    assert kept().tries == 0


@pytest.mark.covers("ACC-05")
def test_code_in_full_width_digits_or_as_a_number_never_passes(app: Flask):
    user_id = somebody()
    code = a_code(user_id)
    assert not fits(user_id, code.translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)}))
    assert not fits(user_id, int(code))
    assert fits(user_id, code)


@pytest.mark.covers("ACC-05")
def test_after_five_wrong_codes_the_right_one_is_refused_too(app: Flask):
    user_id = somebody()
    code = a_code(user_id)
    assert not any(fits(user_id, wrong(code)) for _ in range(5))
    assert not fits(user_id, code)


@pytest.mark.covers("ACC-05")
def test_new_code_kills_the_older_one_and_gives_no_more_tries(app: Flask):
    user_id = somebody()
    older = a_code(user_id)
    assert not any(fits(user_id, wrong(older)) for _ in range(3))
    newer = a_code(user_id)
    assert kept().tries == 3
    assert newer == older or not fits(user_id, older)
    assert fits(user_id, newer)
    assert not fits(user_id, newer)


@pytest.mark.covers("ACC-05")
def test_five_codes_an_hour_are_sent_and_none_once_the_tries_are_gone(app: Flask):
    user_id = somebody()
    for _ in range(codes.MOST_SENT):
        a_code(user_id)
    with unit_of_work():
        assert codes.make_code(user_id, RESET, ASHA) is None
    with time_machine.travel(now() + timedelta(minutes=61)):
        code = a_code(user_id)
        assert not any(fits(user_id, wrong(code)) for _ in range(5))
        with unit_of_work():
            assert codes.make_code(user_id, RESET, ASHA) is None


@pytest.mark.covers("ACC-05")
def test_who_used_a_code_begins_anew(app: Flask):
    user_id = somebody()
    code = a_code(user_id)
    assert not fits(user_id, wrong(code))
    checked = codes.check_code(user_id, RESET, ASHA, code)
    with unit_of_work():
        codes.use_code(user_id, RESET, checked)
    a_code(user_id)
    assert (kept().tries, kept().sends) == (0, 1)


@pytest.mark.covers("ACC-05")
def test_code_dies_after_ten_minutes(app: Flask):
    user_id = somebody()
    code = a_code(user_id)
    with time_machine.travel(now() + timedelta(minutes=10, seconds=1)):
        assert not fits(user_id, code)


@shows(CODE_MINUTES, CODE_TRIES)
@pytest.mark.covers("ACC-05", "STO-03")
def test_owner_says_how_long_codes_live_and_how_often_they_are_tried(app: Flask):
    user_id = somebody()
    save_settings({"code_minutes": 30, "code_tries": 2})
    db.session.commit()
    code = a_code(user_id)
    with time_machine.travel(now() + timedelta(minutes=29)):
        assert not any(fits(user_id, wrong(code)) for _ in range(2))
        assert not fits(user_id, code)


@pytest.mark.covers("ACC-05", "ACC-07")
def test_code_opens_nothing_but_what_it_is_for(app: Flask):
    user_id, other = somebody(), a_user("ravi@example.com").id
    code = a_code(user_id)
    a_code(user_id, Purpose.PHONE, "+919845012345")
    a_code(other)
    assert not fits(user_id, code, Purpose.PHONE, "+919845012345")
    assert not fits(user_id, code, RESET, "+919845012345")
    assert not fits(other, code)
    assert not fits(0, code)
    assert fits(user_id, code)


@pytest.mark.covers("ACC-05")
def test_ended_codes_stay_counted(app: Flask):
    user_id = somebody()
    code = a_code(user_id)
    assert not fits(user_id, wrong(code))
    with unit_of_work():
        codes.end_codes_of(user_id)
    assert not fits(user_id, code)
    a_code(user_id)
    assert (kept().tries, kept().sends) == (1, 2)


@pytest.mark.covers("ACC-05")
def test_delivery_tried_again_counts_once_and_is_given_up_once_its_code_would_have_expired(app: Flask):
    user_id = somebody()
    for _ in range(7):
        with handling(4711):
            a_code(user_id)
    assert kept().sends == 1
    with time_machine.travel(now() + timedelta(minutes=11)), handling(4711), unit_of_work():
        assert codes.make_code(user_id, RESET, ASHA) is None


@pytest.mark.covers("ACC-05")
def test_try_writes_one_row_whether_a_code_is_open_or_not(app: Flask):
    user_id = somebody()
    code = a_code(user_id)
    assert not fits(user_id, wrong(code))
    assert (kept().tries, db.session.scalar(select(func.count(OutboxEvent.id)))) == (1, 0)
    assert not fits(0, code)
    assert (kept().tries, db.session.scalar(select(func.count(OutboxEvent.id)))) == (1, 1)
