"""The states of a review (REV-02): only an approved one shows, and its judgement may be changed."""

from enum import StrEnum


class ReviewState(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"


S = ReviewState
NEXT: dict[ReviewState, frozenset[ReviewState]] = {
    S.PENDING: frozenset({S.APPROVED, S.REJECTED}),
    S.APPROVED: frozenset({S.REJECTED}),
    S.REJECTED: frozenset({S.APPROVED}),
}
