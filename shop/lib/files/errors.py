"""What can be wrong with an upload."""

from __future__ import annotations

from shop.lib.errors import ShopError


class BadPicture(ShopError):
    """The upload is no picture the shop takes; the text says why."""

    field = "picture"


class TooLarge(BadPicture):
    """The upload has more bytes than the shop takes."""


class OtherFormat(BadPicture):
    """The upload is nothing the shop reads."""


class Busy(ShopError):
    """Other pictures are being worked on, and take long."""

    status = 503

    def __init__(self) -> None:
        super().__init__("Other pictures are being worked on right now. Please send yours again in a minute.")
