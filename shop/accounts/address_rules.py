"""What an address must say (ACC-11): one set of rules and words for the pages and the API.

The country has the words for postal codes and states, and says which there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from shop.accounts.contacts import phone_number
from shop.accounts.errors import BadAddress
from shop.lib.http.incoming import stripped
from shop.store.countries import country
from shop.store.places import place_of
from shop.store.queries import store


@dataclass(frozen=True)
class Rule:
    """How long a part may be, and what to say; without `missing` it may stay empty."""

    shortest: int
    longest: int
    too_long: str
    missing: str = ""


RULES = {
    "label": Rule(1, 40, "Use at most 40 characters for the label.", "Give the address a label, like Home."),
    "name": Rule(2, 120, "Use between 2 and 120 characters for the name.",
                 "Enter the name of the person who receives the parcel."),
    "phone": Rule(1, 30, "A phone number is shorter than that.", "Enter a phone number for the courier."),
    "postal_code": Rule(1, 10, "", "Enter the postal code."),
    "house": Rule(1, 120, "Use at most 120 characters here.",
                  "Enter the flat or house number, so that the courier finds the door."),
    "street": Rule(2, 160, "Use between 2 and 160 characters for the street.", "Enter the street or area."),
    "landmark": Rule(0, 120, "Use at most 120 characters for the landmark."),
    "city": Rule(2, 80, "Use between 2 and 80 characters for the city.", "Enter the city or district."),
    "state": Rule(1, 60, "", "Choose the state."),
}  # fmt: skip


def checked(values: Mapping[str, str]) -> dict[str, str]:
    """An address as it is kept, city and state filled from its code; raises BadAddress with all that is wrong."""
    kept = filled({name: tidy(name, values.get(name, "")) for name in RULES})
    wrong = {name: problem for name, value in kept.items() if (problem := problem_of(name, value))}
    if wrong:
        raise BadAddress(wrong)
    return kept | {"phone": phone_number(kept["phone"], store().country), "country": store().country}


def tidy(name: str, value: Any) -> Any:
    """A part without what nobody meant to type; 560 001 is written 560001."""
    value = stripped(value)
    return "".join(value.split()) if name == "postal_code" and isinstance(value, str) else value


def filled(values: Mapping[str, str], *, anew: bool = False) -> dict[str, str]:
    """The parts with city and state from the postal code where they are empty, or in any case.

    Where only the city was given, and it is one of the country's districts, the state is the one it lies in.
    """
    place = place_of(values["postal_code"])
    state = country().districts.get(values["city"])
    found = {"city": place.district, "state": place.state} if place else {"state": state} if state else {}
    return {name: found[name] if name in found and (anew or not value) else value for name, value in values.items()}


def rule_of(name: str) -> Rule:
    """A part's rule in the country's words."""
    here = country()
    if name == "postal_code":
        return replace(RULES[name], too_long=here.postal.wrong, missing=here.postal.missing)
    if name == "state":
        word = here.state_word.lower()
        return replace(RULES[name], too_long=f"Choose the {word} from the list.", missing=f"Choose the {word}.")
    return RULES[name]


def problem_of(name: str, value: str) -> str | None:
    """What is wrong with a part, as a sentence; None when it fits."""
    rule = rule_of(name)
    if not value:
        return rule.missing or None
    if not rule.shortest <= len(value) <= rule.longest:
        return rule.too_long
    return _CHECKS[name](value) if name in _CHECKS else None


def _check_phone(value: str) -> str | None:
    try:
        phone_number(value, store().country)
    except ValueError as error:
        return str(error)
    return None


def _check_postal_code(value: str) -> str | None:
    codes = country().postal
    if not codes.fits(value):
        return codes.wrong
    return codes.unknown(value) if codes.is_whole and place_of(value) is None else None


def _check_state(value: str) -> str | None:
    return None if value in country().states else rule_of("state").too_long


_CHECKS = {"phone": _check_phone, "postal_code": _check_postal_code, "state": _check_state}
