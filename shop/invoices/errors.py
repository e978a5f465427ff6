"""What can go wrong with an invoice."""

from __future__ import annotations

from shop.lib.errors import ShopError


class HasInvoice(ShopError):
    """An order has one invoice that counts."""

    status = 409

    def __init__(self) -> None:
        super().__init__("This order has an invoice already. Void that one first.")


class NothingToInvoice(ShopError):
    """Nothing was sold."""

    status = 409

    def __init__(self) -> None:
        super().__init__("This order was not sold in the end, so there is nothing to invoice.")


class NotSentYet(ShopError):
    """An invoice goes with the goods."""

    status = 409

    def __init__(self) -> None:
        super().__init__("The invoice is issued when the first parcel leaves. Until then it stays a draft.")


class NoDraft(ShopError):
    """What was issued stays as it is."""

    status = 409

    def __init__(self) -> None:
        super().__init__("Only a draft can be changed. What was issued is corrected by a credit note.")


class CannotVoid(ShopError):
    """Somebody paid it, or a credit note stands against it."""

    status = 409

    def __init__(self) -> None:
        super().__init__("Only a draft, or an invoice that nobody has paid and no credit note corrects, can be voided.")


class NotIssued(ShopError):
    """A draft is nobody's business yet, and a void invoice nobody's any more."""

    status = 409

    def __init__(self) -> None:
        super().__init__("Only an invoice that counts can be sent: not a draft, and not a void one.")


class NobodyToSendTo(ShopError):
    """The buyer gave no e-mail."""

    field = "method"

    def __init__(self) -> None:
        super().__init__("This order has no e-mail address to send to.")


class WrongTaxNumber(ShopError):
    """No company has this number, and on an invoice it would be worth nothing to the buyer."""

    field = "tax_number"


class DueBeforeIssue(ShopError):
    """Due before it is there."""

    field = "due_on"

    def __init__(self) -> None:
        super().__init__("Choose today or a later day.")
