"""What membership does by the clock."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from shop.extensions import db
from shop.lib.clock import now
from shop.lib.timed import every
from shop.membership.models import DataExport


@every(timedelta(hours=1))
def drop_expired_exports() -> None:
    """Remove exports whose days are over, with their files."""
    db.session.execute(delete(DataExport).where(DataExport.expires_at < now()))
