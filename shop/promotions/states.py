"""The states of a coupon or discount: three that somebody chose, and three that follow from its dates and limits."""

from enum import StrEnum


class CouponState(StrEnum):
    """What is stored is active, paused or archived; an active one may be scheduled, expired or used up."""

    ACTIVE = "active"
    SCHEDULED = "scheduled"
    EXPIRED = "expired"
    USED_UP = "used_up"
    PAUSED = "paused"
    ARCHIVED = "archived"


S = CouponState
CHOSEN = (S.ACTIVE, S.PAUSED, S.ARCHIVED)
NEXT: dict[CouponState, frozenset[CouponState]] = {
    S.ACTIVE: frozenset({S.PAUSED, S.ARCHIVED}),
    S.PAUSED: frozenset({S.ACTIVE, S.ARCHIVED}),
    S.ARCHIVED: frozenset({S.PAUSED}),
}
"""The moves somebody may make; what comes out of the archive is looked at before it counts again."""
