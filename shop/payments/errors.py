"""What can go wrong with money."""

from __future__ import annotations

from shop.lib.errors import ShopError


class AmountMismatch(ShopError):
    """A provider speaks of another amount, currency or order than the payment's; nothing is noted as paid."""

    def __init__(self) -> None:
        super().__init__("The bank reports another amount than this order's.")


class OtherTerms(ShopError):
    """An app means to pay something else than the order costs; `field` says whether amount or currency."""

    def __init__(self, field: str, is_really: str) -> None:
        super().__init__(f"This order costs {is_really}. Nothing else can be paid for it.", field=field)


class NothingToCollect(ShopError):
    """There is no open cash payment for this order."""

    status = 409

    def __init__(self) -> None:
        super().__init__("There is no cash to collect for this order.")


class NotByHand(ShopError):
    """The provider says how this payment stands, nobody else."""

    status = 409

    def __init__(self) -> None:
        super().__init__("The bank says how this payment stands. Only payments in cash are set by hand.")


class NothingToRefund(ShopError):
    """Nothing was chosen that money could go back for."""

    def __init__(self) -> None:
        super().__init__("Choose what goes back: pieces, the delivery or an amount.", field="amount")


class TooMuchToRefund(ShopError):
    """More than is left of what was paid, counting refunds on their way; somebody else may have come first."""

    status = 409

    def __init__(self, what: str = "this order", field: str = "amount") -> None:
        super().__init__(f"That is more than is left to give back for {what}.", field=field)


class RestStillDue(ShopError):
    """The order waits for money that is missing; what goes back would be asked for again."""

    status = 409

    def __init__(self) -> None:
        super().__init__("This order still waits for money. Change its lines or cancel it; money goes back by itself.")


class RefundKeyUsed(ShopError):
    """The same key came with another refund in it."""

    def __init__(self) -> None:
        super().__init__("This form was already used for another refund. Look at the order and begin again.")


class NoAccountForCredit(ShopError):
    """Store credit belongs to an account, and this order to none."""

    status = 409

    def __init__(self) -> None:
        super().__init__("A guest's order has no account for store credit.", field="way")


class PayeeUnknown(ShopError):
    """The buyer has not said where the money goes."""

    status = 409

    def __init__(self) -> None:
        super().__init__("The customer has not said yet where the money goes.")


class NoPayout(ShopError):
    """This refund is not paid out by hand, or it is done."""

    status = 409

    def __init__(self) -> None:
        super().__init__("This refund waits for no account.")


class ReferenceUsed(ShopError):
    """Another refund of the payment has this reference."""

    status = 409

    def __init__(self) -> None:
        super().__init__("Another refund has this reference already.", field="reference")


class GatewayAway(Exception):
    """A provider did not answer; what is owed is tried again later."""
