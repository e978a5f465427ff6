"""The ways to pay: what each is called and says at the checkout."""

from __future__ import annotations

from dataclasses import dataclass

from shop.delivery.cash import CASH_ON_DELIVERY

PAYPAL, STORE_CREDIT = "paypal", "credit"


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
    PAYPAL: Way("PayPal", "PayPal", "PayPal", "PayPal", "You will go to PayPal's page.", "credit-card"),
}  # fmt: skip
WALLETS = tuple(code for code, way in WAYS.items() if way.is_wallet)
NAMES = {code: way.name for code, way in WAYS.items()} | {STORE_CREDIT: "Store credit"}
"""What each way to pay is called, also store credit, which is used beside them."""
