"""What the model of orders knows of each, and what it expects of the shop; without the shop itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shop.lib.money import ZERO, Money

SIZES, UNITS = ("M", "L"), 12
PRICE = Money(149900)
OFF, AT_LEAST, USES = 10, PRICE * 2, 3
"""The coupon: so many percent off, of goods worth so much, for so many orders."""
GONE = ("cancelled", "returned")
SENT = ("shipped", "out_for_delivery", "delivered", "delivery_failed", "returning")
BEFORE_PACKING = ("placed", "confirmed")
MOVES = {
    "confirm": (("placed",), "confirmed"),
    "pack": (("confirmed",), "packed"),
    "ship": (("packed",), "shipped"),
    "send out": (("shipped", "delivery_failed"), "out_for_delivery"),
    "hand over": (("out_for_delivery",), "delivered"),
    "fail": (("out_for_delivery",), "delivery_failed"),
    "turn back": (("delivery_failed",), "returning"),
    "take back": (("returning",), "returned"),
    "cancel": (("placed", "confirmed", "packed"), "cancelled"),
}
OF_PARCELS = ("ship", "send out", "hand over", "fail", "turn back", "take back")


@dataclass
class Known:
    """What the model knows of an order: units by size, its one live parcel, and money.

    `box` is the state of that parcel and `boxed` what is in it; `is_dropped` says that the rest is not sent.
    """

    id: int
    units: dict[str, int]
    method: str
    has_coupon: bool = False
    is_reduced: bool = False
    state: str = "placed"
    box: str = ""
    boxed: dict[str, int] = field(default_factory=dict)
    is_dropped: bool = False
    is_open: bool = True
    paid: Money = ZERO
    cash_in: Money = ZERO
    given_back: Money = ZERO
    units_given_back: dict[str, int] = field(default_factory=dict)
    part: Money = ZERO

    @property
    def number(self) -> int:
        return sum(self.units.values())

    @property
    def each(self) -> Money:
        """What one unit costs; the coupon takes whole paise off each."""
        return PRICE.share(100 - OFF, 100) if self.is_reduced else PRICE

    @property
    def total(self) -> Money:
        return self.each * self.number

    @property
    def waits(self) -> bool:
        """Whether it is not taken on before a bank has taken all of it, or the part before cash."""
        return self.state == "placed" and (self.method == "card" or bool(self.part))

    @property
    def owes_rest(self) -> bool:
        """Whether it costs more by now than was paid, and is not packed before that is there."""
        return self.state == "confirmed" and self.method == "card" and self.paid < self.total

    @property
    def is_split(self) -> bool:
        """Whether some of it is in a parcel and some is not, and may still be sent."""
        return bool(self.box) and not self.is_dropped and self.boxed != self.units and self.state not in GONE

    @property
    def is_fixed(self) -> bool:
        """Whether its lines stay as they are."""
        went_back = any(self.units_given_back.values())
        return self.state not in BEFORE_PACKING or bool(self.box) or went_back or (self.waits and bool(self.part))

    def holds(self, size: str) -> int:
        """Units it keeps from being sold to others."""
        return 0 if self.state in GONE or self.is_dropped else self.units.get(size, 0) - self.has_left(size)

    def has_left(self, size: str) -> int:
        """Units that are not on the shelf any more."""
        return self.boxed.get(size, 0) if self.box in SENT else 0

    def may(self, name: str) -> bool:
        """Whether a move is allowed."""
        came_from, _ = MOVES[name]
        if name in OF_PARCELS:
            return self.box in came_from
        stopped = {"cancel": self.box in SENT, "confirm": self.waits, "pack": self.owes_rest}
        return self.state in came_from and not stopped[name]

    def moved(self, name: str) -> None:
        """It made an allowed move."""
        _, to = MOVES[name]
        if name in OF_PARCELS:
            self.box = to
            self.state = self.state if self.is_split else to
        else:
            self.box, self.boxed = ("packed", dict(self.units)) if name == "pack" else ("", {})
            self.state = to
        if to in GONE:
            self.is_open, self.given_back = False, self.paid

    @property
    def cash(self) -> Money:
        """What couriers collect of it, all parcels together."""
        return self.total - (self.paid - self.cash_in) if self.method == "cod" else ZERO

    @property
    def cash_of_box(self) -> Money:
        """What is collected with what is in its parcel."""
        return self.cash.share(sum(self.boxed.values()), self.number)

    def drop_rest(self) -> None:
        """What is in no parcel is not sent: its cash is not collected, what was paid for it goes back."""
        rest = {size: count - self.boxed.get(size, 0) for size, count in self.units.items()}
        left = {size: min(count, self.units[size] - self.units_given_back.get(size, 0)) for size, count in rest.items()}
        if self.cash:
            self.given_back += self.each * sum(rest.values()) - (self.cash - self.cash_of_box)
        else:
            self.given_back += self.each * sum(left.values())
        self.is_dropped, self.state = True, self.box
        self.is_open = self.method == "cod" and bool(self.cash) and not self.cash_in

    def change(self, units: Mapping[str, int], is_reduced: bool) -> None:
        """Other lines: money above goes back, money that is missing is asked for."""
        self.units, self.is_reduced = {size: count for size, count in units.items() if count}, is_reduced
        self.paid = min(self.paid, self.total)
        self.is_open = self.paid < self.total
