"""What the team keeps of customers. What somebody of the team wrote or did there stays under their number."""

from __future__ import annotations

from sqlalchemy import select

from shop.accounts.customers.models import CustomerGroup, CustomerGroupMember, CustomerNote, SupportVisit
from shop.lib.personal import Holding, delete_rows, told_rows
from shop.lib.queries import rows


def _groups(user_id: int) -> list[str]:
    mine = select(CustomerGroup.name).join(CustomerGroupMember, CustomerGroupMember.group_id == CustomerGroup.id)
    return rows(mine.where(CustomerGroupMember.user_id == user_id).order_by(CustomerGroup.name))


HOLDINGS = (
    Holding((CustomerGroupMember.__tablename__,), "groups.json", _groups, delete_rows(CustomerGroupMember.user_id)),
    Holding((CustomerNote.__tablename__,), "notes.json", told_rows(CustomerNote.user_id, "id", "author_id"),
            delete_rows(CustomerNote.user_id)),
    Holding((SupportVisit.__tablename__,), "support.json",
            told_rows(SupportVisit.user_id, "id", "helper_id", "session_id"), delete_rows(SupportVisit.user_id)),
)  # fmt: skip
