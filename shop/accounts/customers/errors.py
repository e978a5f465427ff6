"""What can go wrong with customers and groups."""

from __future__ import annotations

from shop.lib.errors import ShopError


class OnTheTeam(ShopError):
    """Somebody with a part in running the shop: whoever changes customers does not reach them."""

    status = 409

    def __init__(self) -> None:
        super().__init__("This person works here. The team has pages of its own.")


class ReachFixed(ShopError):
    """Whoever sets another e-mail or phone can set a new password by it: only who may sign in as a customer may."""

    status = 403
    field = "email"

    def __init__(self) -> None:
        super().__init__("Your role does not allow to change a customer's e-mail or phone: they open the account.")


class GroupTaken(ShopError):
    """Another group is called that."""

    status = 409
    field = "name"

    def __init__(self) -> None:
        super().__init__("There is a group with this name already.")


class GroupInUse(ShopError):
    """A coupon or discount is for this group alone; without it that would be for nobody, or for everybody."""

    status = 409

    def __init__(self) -> None:
        super().__init__("A coupon or discount is for this group. Change that first, then delete the group.")
