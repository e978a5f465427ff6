"""The owner's pages of the store's details."""

import io
import re
from typing import Any

import pytest
from flask import Flask, render_template
from sqlalchemy import select

from shop.accounts.events import UserRegistered
from shop.extensions import db
from shop.store import profiles
from shop.store.models import StoreProfile
from shop.store.queries import active_profile, store
from tests.checkout.buying import an_order_id
from tests.factories import a_user
from tests.lib.files.folder import path_of
from tests.lib.files.hostile import SVG
from tests.lib.files.parts import encoded, quarters
from tests.notifications.letterbox import html, mail
from tests.staff.desk import flashed, words
from tests.store.test_profiles import DETAILS, GSTIN
from tests.support.outbox import happen
from tests.support.shops import ShopClient

PAGE = "/staff/store"
TYPED = DETAILS | {"address_lines": "1 Loom Street\n\nBengaluru 560058", "gstin": GSTIN, "state": "Maharashtra",
                   "grievance_officer": "Sharada Hegde", "instagram": "https://instagram.example/kora"}  # fmt: skip


def records() -> list[StoreProfile]:
    db.session.rollback()
    return list(db.session.scalars(select(StoreProfile).order_by(StoreProfile.id)))


@pytest.mark.covers("STO-01")
def test_owner_adds_a_record_and_puts_it_in_force(owner: ShopClient) -> None:
    assert owner.post(f"{PAGE}/new", data=TYPED).location == PAGE
    first, added = records()
    assert added.address_lines == ["1 Loom Street", "Bengaluru 560058"]
    assert added.social == {"instagram": "https://instagram.example/kora"}
    assert "Not active" in words(owner.get(PAGE))
    owner.post(f"{PAGE}/{added.id}/activation")
    assert "Every page and mail" in flashed(owner)
    footer = owner.get("/cart").text
    for shown in ("Kora", "1 Loom Street", GSTIN, "Sharada Hegde", 'href="https://instagram.example/kora"'):
        assert shown in footer
    assert [bool(record.active_at) for record in records()] == [False, True]
    owner.post(f"{PAGE}/{first.id}/removal")
    assert len(records()) == 1


@pytest.mark.covers("STO-01")
def test_a_new_record_begins_in_the_country_of_the_shop(owner: ShopClient) -> None:
    assert '<option selected value="IN">' in owner.get(f"{PAGE}/new").text


@pytest.mark.covers("STO-01")
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(owner: ShopClient) -> None:
    answer = owner.post(f"{PAGE}/new", data=TYPED | {"gstin": "27AAPFU0939F1ZX", "email": "kora"})
    assert answer.status_code == 422
    assert "This is no GSTIN" in words(answer)
    assert "Enter an e-mail address" in words(answer)
    assert 'value="27AAPFU0939F1ZX"' in answer.text
    assert "Bengaluru 560058" in answer.text
    assert len(records()) == 1


@pytest.mark.covers("STO-01")
def test_a_tax_number_of_another_record_is_refused_at_its_field(owner: ShopClient) -> None:
    owner.post(f"{PAGE}/new", data=TYPED)
    answer = owner.post(f"{PAGE}/new", data=TYPED | {"name": "Kora two"})
    assert answer.status_code == 409
    assert "Another record has this GSTIN." in words(answer)
    assert 'value="Kora two"' in answer.text


@pytest.mark.covers("STO-01")
def test_the_active_record_stays(owner: ShopClient) -> None:
    [record] = records()
    assert owner.post(f"{PAGE}/{record.id}/removal").status_code in {303, 400}
    assert len(records()) == 1
    assert "Delete" not in words(owner.get(PAGE))


@pytest.mark.covers("STO-02")
def test_choosing_bangladesh_before_the_first_order_changes_the_shop(owner: ShopClient) -> None:
    [record] = records()
    typed = TYPED | {"country": "BD", "state": "Dhaka", "gstin": "", "phone": ""}
    assert owner.post(f"{PAGE}/{record.id}", data=typed).location == PAGE
    assert records()[0].currency == "BDT"
    assert "bKash" in owner.get("/cart").text


@pytest.mark.covers("STO-02")
def test_after_the_first_order_the_page_says_why_the_country_stays(owner: ShopClient) -> None:
    an_order_id()
    [record] = records()
    page = owner.get(f"{PAGE}/{record.id}")
    assert "There are orders already" in words(page)
    assert not re.search(r"<select[^>]*name=\"country\"", page.text)
    typed = TYPED | {"country": "BD", "state": "Dhaka", "gstin": "", "phone": ""}
    answer = owner.post(f"{PAGE}/{record.id}", data=typed)
    assert answer.status_code == 409
    assert "There are orders already" in words(answer)
    assert db.session.scalars(active_profile()).one().country == "IN"


@pytest.mark.covers("STO-01")
def test_a_mail_names_the_officer_and_the_tax_number(app: Flask, owner: ShopClient) -> None:
    record = records()[0]
    profiles.change_profile(record.id, {"gstin": GSTIN, "grievance_officer": "Sharada Hegde"})
    db.session.commit()
    with app.test_request_context():
        text = render_template("layouts/mail.txt", shop=store())
    assert f"GSTIN {GSTIN}" in text
    assert "Grievance officer: Sharada Hegde" in text


def send_logo(owner: ShopClient, data: bytes) -> Any:
    return owner.post(f"{PAGE}/{records()[0].id}/logo", data={"logo": (io.BytesIO(data), "logo.png")})


@pytest.mark.covers("STO-01")
def test_a_logo_stands_in_the_header_is_replaced_and_removed(owner: ShopClient) -> None:
    assert '<img src="/media/logos/' not in owner.get("/cart").text
    assert send_logo(owner, encoded(quarters(), "PNG")).status_code == 303
    first = records()[0].logo
    assert first is not None
    assert f'<img src="{first.url}" height="36" alt="True Style">' in owner.get("/cart").text
    assert owner.get(first.url).mimetype == "image/webp"
    send_logo(owner, encoded(quarters(), "JPEG"))
    second = records()[0].logo
    assert second is not None
    assert not path_of(first).exists()
    owner.post(f"{PAGE}/{records()[0].id}/logo/removal")
    assert (records()[0].logo, path_of(second).exists()) == (None, False)


@pytest.mark.covers("STO-01", "NOT-01")
def test_mails_show_the_logo_from_the_configured_address(owner: ShopClient) -> None:
    send_logo(owner, encoded(quarters(), "PNG"))
    logo = records()[0].logo
    assert logo is not None
    happen(UserRegistered(a_user("meera@example.com").id))
    assert f'<img src="http://localhost{logo.url}" height="36" alt="True Style"' in html(mail("welcome"))
    preview = owner.get("/staff/mail/1/html")
    assert "img-src 'self'" in preview.headers["Content-Security-Policy"]


@pytest.mark.covers("STO-01")
def test_what_is_no_picture_is_refused_and_the_logo_stays(owner: ShopClient) -> None:
    send_logo(owner, encoded(quarters(), "PNG"))
    before = records()[0].logo
    answer = send_logo(owner, SVG)
    assert answer.status_code == 422
    assert 'id="logo-error"' in answer.text
    assert records()[0].logo == before
    assert send_logo(owner, b"").status_code == 422
