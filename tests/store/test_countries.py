"""A country decides addresses, phones, formats, taxes and ways to pay; each is one file."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from flask import Flask

from shop.accounts.address_rules import filled, problem_of
from shop.accounts.contacts import login_name, phone_number
from shop.delivery.queries import methods
from shop.lib.money import Money
from shop.payments.offers import offered, ways_to_pay
from shop.payments.ways import WAYS
from shop.pricing.quoting import quote
from shop.pricing.values import Buyer, Goods
from shop.store import countries
from shop.store.countries import country, country_of, sign_of
from shop.store.formats import day_month_year, moment, money
from shop.store.places import place_of
from shop.store.postal_pack import PostalRow, pack_of, read_pack
from tests.store.moving import shop_in

DIVISIONS = ("Dhaka", "Chittagong", "Rajshahi", "Khulna", "Barisal", "Sylhet", "Rangpur", "Mymensingh")
NEPAL = """
from datetime import date
from shop.store.countries.profile import Banks, Country, NamedBuyers, Phones, PostalCodes, Taxes, TaxRow

COUNTRY = Country(
    code="NP", name="Nepal", currency="NPR", sign="रू", locale="en_GB", time_zone="Asia/Kathmandu",
    postal=PostalCodes("Postal code", "[1-5][0-9]{4}", "44600", "5 digits.", "Enter it.", "It has 5 digits.", False),
    phones=Phones(r"\\\\+9779[0-9]{9}", "Enter a mobile number of Nepal."),
    taxes=Taxes("VAT", True, (TaxRow("apparel", date(1997, 11, 16), 1300, "VAT Act 2052"),),
                NamedBuyers(6, None, "VAT Act 2052, s. 31")),
    payments=("card", "cod"), goods_code="HS code", state_word="Province",
    states=("Bagmati", "Gandaki"), books_begin=7,
    banks=Banks("Branch code", "[0-9]{4}", "A branch code has 4 digits."),
)
"""


@pytest.fixture
def nepal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A third country: one more file."""
    (tmp_path / "nepal.py").write_text(NEPAL.replace("\\\\", "\\"), "utf-8")
    monkeypatch.setattr(countries, "__path__", [*countries.__path__, str(tmp_path)])
    countries.countries.cache_clear()
    yield
    countries.countries.cache_clear()


@pytest.fixture(scope="module")
def postcodes() -> list[PostalRow]:
    return list(read_pack(pack_of("Bangladesh")))


@pytest.mark.covers("STO-02")
def test_two_countries_ship():
    assert set(countries.countries()) == {"BD", "IN"}
    india, bangladesh = country_of("IN"), country_of("BD")
    assert (india.currency, bangladesh.currency) == ("INR", "BDT")
    assert set(bangladesh.states) == set(DIVISIONS)
    assert len(bangladesh.districts) == 64
    assert india.payments == ("upi", "card", "cod")
    assert bangladesh.payments == ("bkash", "nagad", "rocket", "card", "cod")
    assert all(code in WAYS for one in (india, bangladesh) for code in one.payments)


@pytest.mark.covers("STO-02")
@pytest.mark.parametrize("code", ["IN", "BD"])
def test_a_countrys_own_example_fits_its_rule(code: str):
    postal = country_of(code).postal
    assert postal.fits(postal.example)
    for text in (postal.example[:-1], f"{postal.example}0", f" {postal.example}", "0" + postal.example[1:], "", None):
        assert not postal.fits(text)


@pytest.mark.covers("STO-02")
@pytest.mark.parametrize(
    ("typed", "kept"),
    [("01712345678", "+8801712345678"), ("+880 1912-345678", "+8801912345678"), ("01012345678", None),
     ("02 9551234", None), ("98450 12345", None), ("0171234567", None)],
)  # fmt: skip
def test_bangladesh_calls_mobile_numbers(typed: str, kept: str | None):
    if kept:
        assert phone_number(typed, "BD") == kept
    else:
        with pytest.raises(ValueError, match="11 digits"):
            phone_number(typed, "BD")


@pytest.mark.covers("STO-02", "ACC-11")
def test_the_directory_of_bangladesh_knows_its_districts(postcodes: list[PostalRow]):
    bangladesh = country_of("BD")
    assert len(postcodes) == 1353
    assert [row.code for row in postcodes] == sorted({row.code for row in postcodes})
    assert all(bangladesh.postal.fits(row.code) for row in postcodes)
    assert {row.district: row.state for row in postcodes} == dict(bangladesh.districts)
    gulshan = next(row for row in postcodes if row.code == "1212")
    assert gulshan == ("1212", "Dhaka", "Dhaka", ("Gulshan Model Town",))


@pytest.mark.covers("STO-02")
def test_choosing_bangladesh_changes_words_checks_and_formats(app: Flask):
    assert (money(Money(149900)), login_name("98450 12345")) == ("₹1,499", "+919845012345")
    shop_in("BD")
    assert (money(Money(14990050)), money(Money(-500))) == ("৳1,49,900.50", "−৳5")
    assert money(Money(100), "INR") == "₹1"
    assert day_month_year(date(2026, 11, 24)) == "24 Nov 2026"
    assert moment(datetime.fromisoformat("2026-11-24T06:30:00+00:00")) == "24 Nov 2026, 12:30 pm"
    assert login_name("01712345678") == "+8801712345678"
    assert login_name("98450 12345") == ""
    assert problem_of("phone", "98450 12345") == country().phones.wrong
    assert problem_of("postal_code", "560001") == "A postcode has 4 digits, like 1205."
    assert problem_of("postal_code", "") == "Enter the 4-digit postcode."
    assert problem_of("state", "Karnataka") == "Choose the division from the list."
    assert ways_to_pay() == "bKash, Nagad, Rocket, card or cash on delivery"


@pytest.mark.covers("STO-02", "ACC-11")
def test_a_postcode_of_bangladesh_fills_district_and_division_where_it_is_known(app: Flask):
    shop_in("BD")
    empty = {"city": "", "state": ""}
    assert filled({"postal_code": "3100"} | empty) == {"postal_code": "3100", "city": "Sylhet", "state": "Sylhet"}
    place = place_of("1212")
    assert place is not None
    assert (place.district, place.post_offices) == ("Dhaka", ["Gulshan Model Town"])
    assert problem_of("postal_code", "9999") is None
    assert filled({"postal_code": "9999", "city": "Cumilla", "state": ""})["state"] == "Chittagong"


@pytest.mark.covers("STO-02")
def test_vat_of_bangladesh_comes_on_top_and_bears_on_delivery(app: Flask):
    shop_in("BD")
    delivery = next(method for method in methods() if method.code == "standard")
    goods = [Goods(1, 2, Money(50000)), Goods(2, 1, Money(9995))]
    priced = quote(goods, Buyer("BD"), delivery, date(2026, 11, 24))
    assert (priced.lines_total, priced.delivery_charge) == (Money(109995), Money(7900))
    assert priced.tax_added == Money(10000 + 1000 + 790)
    assert (priced.tax_contained, priced.total) == (Money(0), Money(109995 + 7900 + 11790))
    assert {line.tax_rate for line in priced.lines} == {1000}
    assert "On top of ৳1,099.95" in [step.reason for step in priced.trace]


@pytest.mark.covers("STO-02")
@pytest.mark.parametrize(
    ("day", "rate"), [(date(2024, 6, 1), 750), (date(2025, 1, 9), 1500), (date(2025, 1, 22), 1000)]
)
def test_the_rate_is_that_of_the_day(app: Flask, day: date, rate: int):
    line = quote([Goods(1, 1, Money(100000))], Buyer("BD"), None, day).lines[0]
    assert line.tax_rate == rate


@pytest.mark.covers("STO-02")
def test_a_third_country_is_one_file(app: Flask, nepal: None):
    shop_in("NP")
    assert (country().name, money(Money(149900))) == ("Nepal", "रू1,499")
    assert sign_of("INR") == "₹"
    assert login_name("9812345678") == "+9779812345678"
    assert problem_of("postal_code", "4460") == "It has 5 digits."
    assert problem_of("state", "Dhaka") == "Choose the province from the list."
    assert list(offered()) == ["card", "cod"]
    assert quote([Goods(1, 1, Money(100000))], Buyer("NP"), None, date(2026, 11, 24)).tax_added == Money(13000)
