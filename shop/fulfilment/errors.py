"""What can go wrong on the way to the buyer's door."""

from __future__ import annotations

from shop.lib.errors import ShopError


class NotPaidYet(ShopError):
    """A prepaid order is confirmed by its payment, not by hand."""

    status = 409

    def __init__(self) -> None:
        super().__init__("This order is not paid yet. It confirms itself when the money arrives.")


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
        super().__init__("Cash is collected when the order has been delivered.")
