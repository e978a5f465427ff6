"""Reads of the sandbox bank's book."""

from __future__ import annotations

from sqlalchemy import select

from shop.lib.queries import one_or_404
from shop.payments.models import SandboxIntent


def intent(intent_id: str) -> SandboxIntent:
    """An intent, or NotFound."""
    return one_or_404(select(SandboxIntent).where(SandboxIntent.id == intent_id))
