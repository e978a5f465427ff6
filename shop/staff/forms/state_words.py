"""What states and ways to pay are called, as a form: a field for each, empty where the shop's own word stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shop.accounts.labels import USER_STATUS
from shop.lib.errors import ShopError
from shop.orders.labels import ORDER_STATUS, PAYMENT_STATUS
from shop.payments.labels import PAYMENT_TYPES
from shop.promotions.labels import COUPON_STATUS
from shop.store.labels import BuiltIn, Lookup, own_words

LONGEST = 60
SEEN = "seen-"
GROUPS = (
    ("Orders", ORDER_STATUS),
    ("The money of orders", PAYMENT_STATUS),
    ("Ways to pay", PAYMENT_TYPES),
    ("Coupons", COUPON_STATUS),
    ("Accounts", USER_STATUS),
)


@dataclass
class WordField:
    """One code's word; `typed` is what stands in its field, `seen` what the page was made with."""

    lookup: Lookup
    built_in: BuiltIn
    typed: str
    seen: str
    errors: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.lookup.name}.{self.built_in.code}"

    @property
    def id(self) -> str:
        return f"word-{self.lookup.name}-{self.built_in.code.replace('_', '-')}"


class StateWordsForm:
    """All words by lookup. Only what somebody touched is saved, so two people do not undo each other."""

    def __init__(self, posted: Mapping[str, str] | None = None) -> None:
        self.groups = [(title, _fields(lookup, posted or {})) for title, lookup in GROUPS]
        self.fields = [one for _title, fields in self.groups for one in fields]

    def touched(self) -> list[WordField]:
        """The fields that somebody changed on the page; what is too long says so."""
        found = [one for one in self.fields if one.typed != one.seen]
        for one in found:
            if len(one.typed) > LONGEST:
                one.errors = [f"{one.built_in.label}: use at most {LONGEST} characters."]
        return found

    @property
    def wrong(self) -> list[WordField]:
        """The fields that have an error."""
        return [one for one in self.fields if one.errors]

    def blame(self, one: WordField, error: ShopError) -> None:
        """Show a refusal at the field it is about."""
        one.errors.append(f"{one.built_in.label}: {error}")


def _fields(lookup: Lookup, posted: Mapping[str, str]) -> list[WordField]:
    own = own_words(lookup)
    here = lookup.offered() if lookup.offered else {one.code for one in lookup.built_in}
    return [_field(lookup, one, own.get(one.code, ""), posted) for one in lookup.built_in if one.code in here]


def _field(lookup: Lookup, built_in: BuiltIn, now: str, posted: Mapping[str, str]) -> WordField:
    found = WordField(lookup, built_in, now, now)
    if found.name in posted:
        found.typed = " ".join(posted[found.name].split())
        found.seen = posted.get(f"{SEEN}{found.name}", now)
    return found
