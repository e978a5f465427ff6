"""What can go wrong with the store's details, country, settings and labels."""

from __future__ import annotations

from collections.abc import Mapping

from shop.lib.errors import ShopError, WrongFields


class BadDetails(WrongFields):
    """Details of a store with something wrong."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("Please check the store's details.", problems)


class NumberTaken(ShopError):
    """Another record has this tax number."""

    status = 409

    def __init__(self, field: str) -> None:
        super().__init__(f"Another record has this {field.upper()}.", field=field)


class InForce(ShopError):
    """The record every page shows cannot go."""

    status = 400

    def __init__(self) -> None:
        super().__init__("The active record stays. Make another one active first.")


class CountryFixed(ShopError):
    """There are orders in the country's currency."""

    status = 409
    field = "country"

    def __init__(self) -> None:
        super().__init__(
            "There are orders already. Their amounts, taxes and addresses are of this country, so it stays."
        )


class CountryChanged(ShopError):
    """The owner chose another country while an order was being placed."""

    status = 409

    def __init__(self) -> None:
        super().__init__("The shop has just moved to another country. Please look at your bag again.")


class SavedMeanwhile(ShopError):
    """Two saved settings at one moment."""

    status = 409

    def __init__(self) -> None:
        super().__init__("Somebody else saved settings at this moment. Have a look, then save again.")


class UnknownCode(ShopError):
    """The shop's code knows no such state or way to pay."""

    field = "code"


class AlreadyThere(ShopError):
    """Another row of the lookup has this name or this place."""

    status = 409


class LabelNeeded(ShopError):
    """The label is built in, or the shop shows it for something it has."""

    status = 400
