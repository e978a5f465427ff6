"""What the details of a store must say (STO-01): one set of rules and words for the page and the API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from stdnum.exceptions import ValidationError
from stdnum.in_ import gstin as gst_number
from stdnum.in_ import pan as pan_number

from shop.lib.http.incoming import stripped
from shop.store.countries import countries, country_of
from shop.store.countries.profile import Country
from shop.store.errors import BadDetails

SOCIAL = {"instagram": "Instagram", "facebook": "Facebook", "youtube": "YouTube", "x": "X"}
LONGEST = {"name": 80, "legal_name": 160, "email": 254, "phone": 30, "state": 60, "gstin": 20, "pan": 14,
           "grievance_officer": 120, "announcement": 160, "country": 2} | dict.fromkeys(SOCIAL, 200)  # fmt: skip
NEEDED = {"name": "Enter what the shop is called.", "legal_name": "Enter the name of the company or person who sells.",
          "email": "Enter the e-mail address customers write to."}  # fmt: skip
MOST_LINES, LONGEST_LINE = 6, 80


def checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """Details as they are kept; `values` has every field, as text. Raises BadDetails with all that is wrong."""
    if values["country"] not in countries():
        raise BadDetails({"country": "Choose a country of the list."})
    country, kept, wrong = country_of(values["country"]), dict(values), dict[str, str]()
    for name in kept:
        try:
            kept[name] = _written(name, kept[name], country)
        except ValueError as error:
            wrong[name] = str(error)
    if not wrong and kept["gstin"] and kept["pan"] and kept["gstin"][2:12] != kept["pan"]:
        wrong["pan"] = "The GSTIN belongs to another PAN."
    if wrong:
        raise BadDetails(wrong)
    return kept


def _written(name: str, value: Any, country: Country) -> Any:
    """One detail as it is kept; ValueError with what to say."""
    if name == "address_lines":
        return _lines(value)
    value = stripped(value or "")
    if not value and name in NEEDED:
        raise ValueError(NEEDED[name])
    if len(value) > LONGEST[name]:
        raise ValueError(f"Use at most {LONGEST[name]} characters here.")
    if name in SOCIAL:
        return value and _link(value)
    return CHECKS[name](value, country) if value and name in CHECKS else value


def _lines(lines: list[str]) -> list[str]:
    kept = [line for line in map(stripped, lines) if line]
    if not kept:
        raise ValueError("Enter the address customers find you at.")
    if len(kept) > MOST_LINES or any(len(line) > LONGEST_LINE for line in kept):
        raise ValueError(f"Use at most {MOST_LINES} lines of {LONGEST_LINE} characters.")
    return kept


def _email(value: str, _country: Country) -> str:
    try:
        return validate_email(value, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        raise ValueError("Enter an e-mail address like care@example.com.") from None


def _phone(value: str, country: Country) -> str:
    """Any number of the country: shops may have a landline."""
    try:
        number = phonenumbers.parse(value, country.code)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number_for_region(number, country.code):
        raise ValueError(f"Enter a phone number of {country.name}.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _state(value: str, country: Country) -> str:
    if value not in country.states:
        raise ValueError(f"Choose a {country.state_word.lower()} of {country.name}.")
    return value


def _tax_number(name: str, validate: Callable[[str], str], wrong: str) -> Callable[[str, Country], str | None]:
    def check(value: str, country: Country) -> str | None:
        if name not in country.tax_numbers:
            raise ValueError(f"Stores in {country.name} have none of these.")
        try:
            return validate(value)
        except ValidationError:
            raise ValueError(wrong) from None

    return check


def company_number(value: str, country: Country) -> str:
    """The tax number of a company that buys, as it is to be written; nothing stays nothing. Raises ValueError."""
    return CHECKS["gstin"](value, country) or "" if value and "gstin" in country.tax_numbers else value


def _link(value: str) -> str:
    """An address that opens safely from every page."""
    parts = urlsplit(value)
    if parts.scheme != "https" or not parts.hostname or "." not in parts.hostname or any(map(str.isspace, value)):
        raise ValueError("Enter a whole address that begins with https://.")
    return value


CHECKS: dict[str, Callable[[str, Country], str | None]] = {
    "email": _email,
    "phone": _phone,
    "state": _state,
    "gstin": _tax_number("gstin", gst_number.validate, "This is no GSTIN: its 15 characters or its check do not fit."),
    "pan": _tax_number("pan", pan_number.validate, "This is no PAN. One looks like AAPFU0939F."),
}
