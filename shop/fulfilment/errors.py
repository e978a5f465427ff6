"""What can go wrong on the way to the buyer's door."""

from __future__ import annotations

from shop.lib.errors import ShopError


class NotPaidYet(ShopError):
    """A prepaid order is confirmed by its payment, not by hand."""

    status = 409

    def __init__(self) -> None:
        super().__init__("This order is not paid yet. It confirms itself when the money arrives.")


class RestUnpaid(ShopError):
    """The order costs more since its lines changed, and the buyer has not paid the rest."""

    status = 409

    def __init__(self) -> None:
        super().__init__("A part of this order is not paid yet. Pack it when the money is there.")


class StillBooked(ShopError):
    """A courier is to fetch the parcel."""

    status = 409

    def __init__(self) -> None:
        super().__init__("A courier is booked for this parcel. Cancel the booking first.")


class CashIsShared(ShopError):
    """A later parcel has left, or is booked, with its share of the cash: taking this one apart would change it."""

    status = 409

    def __init__(self) -> None:
        super().__init__("A later parcel of this order has left with its share of the cash. This one stays packed.")


class NothingToPack(ShopError):
    """A parcel needs something in it."""

    field = "units"

    def __init__(self) -> None:
        super().__init__("Say how many units go into the parcel: at least one.")


class TooManyUnits(ShopError):
    """More units than are left to pack: perhaps somebody else packed them a moment ago."""

    field = "units"

    def __init__(self, name: str, left: int) -> None:
        super().__init__(f"Of {name or 'that line'} {left} {'is' if left == 1 else 'are'} left to pack.")


class WrongCode(ShopError):
    """The code the courier typed is not the parcel's."""

    field = "otp"

    def __init__(self) -> None:
        super().__init__("That is not the code of this parcel. Ask the customer to read it once more.")


class CodeUsedUp(ShopError):
    """Too many wrong codes; the parcel needs a new one."""

    field = "otp"

    def __init__(self) -> None:
        super().__init__(
            "Too many wrong codes: this one no longer counts. Send a new code, or deliver without and say why."
        )


class ProofMissing(ShopError):
    """Delivered needs the customer's code, or a reason why there is none."""

    field = "otp"

    def __init__(self) -> None:
        super().__init__("Enter the customer's code, or write why it is delivered without one.")


class ReasonMissing(ShopError):
    """A step that needs a word of explanation."""

    field = "reason"

    def __init__(self, message: str = "Write a short reason; it goes into the order's history.") -> None:
        super().__init__(message)


class NotDelivered(ShopError):
    """Cash changes hands when the parcel does."""

    status = 409

    def __init__(self) -> None:
        super().__init__("Cash is collected when a parcel has been delivered.")


class NotBooked(ShopError):
    """The parcel has no courier that could be asked or told anything."""

    status = 409

    def __init__(self, message: str = "No courier is booked for this parcel.") -> None:
        super().__init__(message)


class CourierAway(ShopError):
    """The courier did not answer, or refused the shipment."""

    status = 409


class NotSigned(ShopError):
    """A message that says it is from a courier is not signed by it."""

    status = 403

    def __init__(self) -> None:
        super().__init__("The signature is not the courier's.")


class LinkOver(ShopError):
    """The rider's link is too old, was withdrawn, or its parcel is over."""

    status = 410

    def __init__(self) -> None:
        super().__init__("This link is over. Ask the shop for a new one if you still have the parcel.")
