"""Who is here: a frozen value read once a request, never a mapped row."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from shop.accounts.permissions import Permission
from shop.lib.actor import Actor


@dataclass(frozen=True)
class Visitor:
    """A person or guest of this request. `session_id` is None until a guest first writes something.

    `helper` is who of the team acts as this person, or for this guest on the phone; what is done is done by them.
    `owes_two_factor` is somebody of the team who may nothing until they set up the second factor the shop asks for.
    `is_confirmed` is somebody of the team who showed by their password who they are, as short ago as the owner wants.
    """

    session_id: str | None = None
    user_id: int | None = None
    name: str = ""
    email: str | None = None
    phone: str | None = None
    permissions: frozenset[str] = field(default_factory=frozenset)
    owes_two_factor: bool = False
    is_confirmed: bool = False
    ip: str | None = None
    device: str | None = None
    seen_at: datetime | None = None
    helper: Visitor | None = None

    @property
    def is_authenticated(self) -> bool:
        return self.user_id is not None

    @property
    def is_active(self) -> bool:
        return self.is_authenticated

    @property
    def is_anonymous(self) -> bool:
        return not self.is_authenticated

    @property
    def is_staff(self) -> bool:
        """Whether any page of the owner's door opens for this person."""
        return bool(self.permissions)

    def get_id(self) -> str | None:
        """Flask-Login's name for who this is."""
        return self.session_id

    def can(self, permission: Permission) -> bool:
        return permission in self.permissions

    @property
    def actor(self) -> Actor:
        """This visitor as histories and ledgers name them."""
        if self.helper:
            return Actor("staff", self.helper.name, self.helper.user_id, self.ip, self.device)
        if not self.is_authenticated:
            return Actor("guest", "Guest", None, self.ip, self.device)
        return Actor("staff" if self.is_staff else "customer", self.name, self.user_id, self.ip, self.device)


ANONYMOUS = Visitor()
