"""The ways to pay: what each is called and says at the checkout. The country decides which are offered."""

from __future__ import annotations

from dataclasses import dataclass

from shop.store.countries import country

CASH_ON_DELIVERY = "cod"


@dataclass(frozen=True)
class Way:
    """A way to pay. `name` stands in lists, `title` where one is chosen, `mark` in the footer, `spoken` in sentences.

    A wallet is paid from a phone number and confirmed by a code.
    """

    name: str
    title: str
    mark: str
    spoken: str
    text: str
    icon: str
    is_wallet: bool = False


def _wallet(name: str) -> Way:
    text = f"Your {name} number and the code it sends you. You will go to the payment page."
    return Way(name, name, name, name, text, "smartphone", is_wallet=True)


WAYS = {
    "upi": Way("UPI", "UPI", "UPI", "UPI", "Any UPI app. You will go to the bank's page.", "smartphone"),
    "bkash": _wallet("bKash"),
    "nagad": _wallet("Nagad"),
    "rocket": _wallet("Rocket"),
    "card": Way("Card", "Credit or debit card", "Cards", "card", "You will go to the bank's page.", "credit-card"),
    CASH_ON_DELIVERY: Way("Cash on delivery", "Cash on delivery", "Cash on delivery", "cash on delivery",
              "Pay the courier when the parcel arrives.", "banknote"),
}  # fmt: skip
WALLETS = tuple(code for code, way in WAYS.items() if way.is_wallet)


def offered() -> dict[str, Way]:
    """The ways to pay in the store's country, in the order they are offered."""
    return {code: WAYS[code] for code in country().payments}


def ways_to_pay() -> str:
    """The same in a sentence: UPI, card or cash on delivery."""
    *others, last = (way.spoken for way in offered().values())
    return f"{', '.join(others)} or {last}" if others else last
