"""What can go wrong with roles, and with who may give them."""

from __future__ import annotations

from collections.abc import Sequence

from shop.lib.errors import ShopError


class RoleTaken(ShopError):
    """Another role is called that."""

    status = 409
    field = "label"

    def __init__(self) -> None:
        super().__init__("There is a role with this name already.")


class RoleFixed(ShopError):
    """A built-in role stays, under its name; owner and customer also keep their permissions."""

    status = 409


class RoleInUse(ShopError):
    """A role that people have; the text says who."""

    status = 409

    def __init__(self, names: Sequence[str], people: int) -> None:
        rest = f" and {people - len(names)} more" if people > len(names) else ""
        super().__init__(
            f"{', '.join(names)}{rest} {'has' if people == 1 else 'have'} this role. Take it from them first."
        )


class LastOwner(ShopError):
    """The shop would be left without an owner who can log in."""

    status = 409

    def __init__(self) -> None:
        super().__init__("That is the last owner. Make somebody else an owner first.")


class BeyondYou(ShopError):
    """Somebody would give or take more than they may do themselves."""

    status = 403

    def __init__(self) -> None:
        super().__init__("That takes permissions you do not have yourself. Ask an owner.")


class NotYourself(ShopError):
    """Something one does to others only."""

    status = 409
