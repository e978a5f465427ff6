"""What can go wrong with stock."""

from __future__ import annotations

from collections.abc import Mapping

from shop.lib.errors import ShopError


class OutOfStock(ShopError):
    """Fewer units are for sale than wanted; `left` says how many of each short variant (by id) there are."""

    status = 409
    field = "variant_id"

    def __init__(self, left: Mapping[int, int], names: Mapping[int, str]) -> None:
        self.left = dict(left)
        super().__init__(" ".join(_sentence(names.get(id, "This piece"), units) for id, units in sorted(left.items())))


class BelowReserved(ShopError):
    """The new number would be less than what is kept for orders, or less than nothing."""

    field = "on_hand"

    def __init__(self, reserved: int) -> None:
        why = f": {reserved} are kept for orders" if reserved else ""
        super().__init__(f"There cannot be fewer than {reserved}{why}.")


class NotHeld(ShopError):
    """The order does not hold these units (any more)."""

    status = 409

    def __init__(self) -> None:
        super().__init__("These pieces are not kept for this order any more.")


class PointSetMeanwhile(ShopError):
    """The number at which a variant counts as low is not the one that was to be replaced."""

    status = 409
    field = "reorder_point"

    def __init__(self, reorder_point: int) -> None:
        super().__init__(f"It changed since: it counts as low at {reorder_point} now.")


class CountedMeanwhile(ShopError):
    """What is on hand is not what whoever counted was shown."""

    status = 409
    field = "units"

    def __init__(self, on_hand: int) -> None:
        super().__init__(f"It changed meanwhile: {on_hand} in stock now. Save again to replace it.")


class TooMany(ShopError):
    """More than anybody counts, and than a column holds."""

    field = "units"

    def __init__(self, most: int) -> None:
        super().__init__(f"There cannot be more than {most}.")


class WrongDirection(ShopError):
    """A reason that only adds was given for taking away, or the other way round."""

    field = "reason"

    def __init__(self, reason: str) -> None:
        does = "takes pieces away" if reason == "damage" else "adds pieces"
        super().__init__(f"{reason.capitalize()} {does}. Choose another reason.")


class NotToUndo(ShopError):
    """Only what a person corrected is undone, and only once."""

    status = 409

    def __init__(self) -> None:
        super().__init__("Only a correction by hand can be undone, and only once.")


class StillThere(ShopError):
    """Nobody has to wait for what is for sale."""

    status = 409

    def __init__(self) -> None:
        super().__init__("This size is in stock: you can buy it now.")


class TooManyWaits(ShopError):
    """An account waits for more than anybody looks through."""

    status = 409

    def __init__(self, most: int) -> None:
        super().__init__(f"You wait for {most} sizes already. Take one away in your account first.")


class TakeClosed(ShopError):
    """A stock take is applied once."""

    status = 409

    def __init__(self) -> None:
        super().__init__("This stock take was applied already.")


class KeyUsed(ShopError):
    """A key that came before, with something else."""

    def __init__(self) -> None:
        super().__init__("This was sent before with other values. Look at the stock as it is now, then try again.")


def _sentence(name: str, units: int) -> str:
    return f"{name} is sold out." if units <= 0 else f"Only {units} left of {name}."
