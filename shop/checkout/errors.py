"""Why an order cannot be placed as asked. Nothing is lost: bag and answers stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shop.delivery.zones import Place
from shop.lib.errors import ShopError
from shop.lib.money import Money


class EmptyBag(ShopError):
    """There is nothing to buy."""

    status = 409

    def __init__(self) -> None:
        super().__init__("Your bag is empty.")


class LoginNeeded(ShopError):
    """This shop sells to people with an account alone."""

    status = 403

    def __init__(self) -> None:
        super().__init__("Please log in or register to order. Your bag stays as it is.")


class StepMissing(ShopError):
    """An earlier step of the checkout is not answered yet; `step` names it."""

    status = 409

    def __init__(self, step: str) -> None:
        super().__init__(f"Please fill in the {step} step first.")
        self.step = step


class CreditGone(StepMissing):
    """There is less store credit than the buyer chose to use: it was spent in another window."""

    def __init__(self) -> None:
        super().__init__("payment")
        self.args = ("Your store credit has changed. Please choose again how you pay.",)


class PriceChanged(ShopError):
    """A price or the total is not what the buyer last saw; nothing was ordered. `changes` are sentences."""

    status = 409

    def __init__(self, old: Money, new: Money, changes: Sequence[str] = ()) -> None:
        what = "The total" if old != new else "A price"
        super().__init__(f"{what} has changed since you last saw it. Please look again before you order.")
        self.old, self.new, self.changes = old, new, tuple(changes)

    @property
    def more(self) -> dict[str, Any]:
        return {"total": self.new.plain, "changes": self.changes}


class NoLongerSold(ShopError):
    """Something in the bag, or that an order shall have, was taken off the shelf."""

    status = 409

    def __init__(self, names: list[str]) -> None:
        super().__init__(f"No longer sold: {', '.join(names)}. Take it out to go on.")


@dataclass(frozen=True)
class OpenOrder:
    """An order that is not paid yet, as its buyer may be told of it."""

    id: int
    number: str
    token: str
    total: Money
    waits_for_payment: bool


class TooManyUnpaid(ShopError):
    """The buyer has as many orders as one may have that are not paid yet; `orders` are those this visitor may see."""

    status = 409

    def __init__(self, most: int, orders: Sequence[OpenOrder] = ()) -> None:
        what, which = ("an order that is", "it") if most == 1 else (f"{most} orders that are", "one of them")
        super().__init__(f"You have {what} not paid or confirmed yet. Pay or cancel {which}, then order again.")
        self.most, self.orders = most, tuple(orders)

    @property
    def more(self) -> dict[str, Any]:
        return {"most": self.most, "open_orders": [{"id": str(one.id), "number": one.number} for one in self.orders]}


class TooManyFromHere(TooManyUnpaid):
    """Guests who come from one place have as many orders that are not paid yet as the shop keeps goods for."""

    def __init__(self, most: int, orders: Sequence[OpenOrder] = ()) -> None:
        super().__init__(most, orders)
        self.args = (
            f"{most} orders that guests placed over your internet connection are not paid or confirmed yet. "
            "Log in to order now, or try again in an hour.",
        )


class KeyReused(ShopError):
    """The same key came with another order in it."""

    def __init__(self) -> None:
        super().__init__("This form was already used for another order. Go back to your bag and start again.")


class NothingToPay(ShopError):
    """The order is paid, cancelled or paid in cash."""

    status = 409

    def __init__(self) -> None:
        super().__init__("There is nothing to pay for this order.")


class OrderFixed(ShopError):
    """The lines of an order can no longer be changed; the message says why."""

    status = 409


class NothingChanged(ShopError):
    """The order has these lines already."""

    def __init__(self) -> None:
        super().__init__("Nothing is changed: the order has these lines already.", field="lines")


class NothingLeft(ShopError):
    """An order without lines, or one that costs nothing any more."""

    def __init__(self) -> None:
        super().__init__("Nothing would be left to pay for. Cancel the order instead.", field="lines")


class OrderMoved(ShopError):
    """The order, or what it would come to, is not what was shown; nothing was changed."""

    status = 409

    def __init__(self) -> None:
        super().__init__("The order or its new total is not what you saw. Look at it once more.", field="lines")


class NoEmail(ShopError):
    """The account has no e-mail address and none was given: news of the order would reach nobody."""

    field = "email"

    def __init__(self) -> None:
        super().__init__("Your account has no e-mail address. Say where news of the order goes.")


class NotOffered(ShopError):
    """This bag is not sent that way."""

    field = "delivery_method_id"

    def __init__(self) -> None:
        super().__init__("This delivery is not on offer.")


class NotServed(StepMissing):
    """No delivery method goes to the address."""

    field = "address_id"

    def __init__(self, place: Place) -> None:
        super().__init__("address")
        self.args = (f"We do not deliver to {place} yet. Choose another address.",)


class NoCash(StepMissing):
    """Cash on delivery is not offered for this order."""

    field = "payment_type_id"

    def __init__(self, refusal: str) -> None:
        super().__init__("payment")
        self.args = (f"{refusal} Choose another way to pay.",)


class NotPaidSo(ShopError):
    """The store's country has no such way to pay."""

    def __init__(self, field: str = "payment_type_id") -> None:
        super().__init__("This way to pay is not on offer.", field=field)


class ElsewhereAddress(ShopError):
    """The address was saved when the shop was in another country."""

    field = "address_id"

    def __init__(self, country: str) -> None:
        super().__init__(f"We deliver in {country} only. Use an address there.")


class CouponRefused(ShopError):
    """The coupon does not count for this bag or order; nothing was changed."""

    field = "code"

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{code}: {reason}." if code else f"{reason}.")
