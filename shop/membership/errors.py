"""What can go wrong with coming and going."""

from __future__ import annotations

from collections.abc import Sequence

from shop.lib.errors import NotFound, ShopError


class ClaimedByOther(ShopError):
    """The order lies in somebody's account."""

    status = 409

    def __init__(self) -> None:
        super().__init__("This order is in another account already.")


class StillNeeded(ShopError):
    """An account that something still needs; the text says what."""

    status = 409

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))


class AskedAlready(ShopError):
    """Somebody asks for their data again too soon."""

    status = 429

    def __init__(self) -> None:
        super().__init__("You asked for your data less than a day ago. Ask again tomorrow.")


class NoExport(NotFound):
    """There is no export that could be downloaded: none was asked for, it is not ready, or its days are over."""

    def __init__(self) -> None:
        super().__init__("There is no file to download. Ask for your data first.")
