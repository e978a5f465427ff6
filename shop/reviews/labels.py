"""What the states of a review are called, unless the owner says otherwise."""

from __future__ import annotations

from shop.reviews.states import ReviewState as S
from shop.store.labels import BuiltIn, Lookup

REVIEW_STATUS = Lookup("review-status", "status", (
    BuiltIn(1, S.PENDING, "Waiting for approval"),
    BuiltIn(2, S.APPROVED, "Approved"),
    BuiltIn(3, S.REJECTED, "Rejected"),
))  # fmt: skip
