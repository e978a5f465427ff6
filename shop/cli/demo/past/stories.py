"""What happened to the orders of the last sixty days, as a table."""

from __future__ import annotations

from dataclasses import dataclass

from shop.orders.states import OrderState

S = OrderState
CONFIRMED = (S.CONFIRMED,)
PACKED = (*CONFIRMED, S.PACKED)
SHIPPED = (*PACKED, S.SHIPPED)
OUT = (*SHIPPED, S.OUT_FOR_DELIVERY)
DELIVERED = (*OUT, S.DELIVERED)
FAILED = (*OUT, S.DELIVERY_FAILED)
RETURNING = (*FAILED, S.RETURNING)
RETURNED = (*RETURNING, S.RETURNED)
LONG_AGO = (30.0, 1310.0)
NOT_PAID = "Not paid in time"


@dataclass(frozen=True)
class Story:
    """A course some orders took. `path` follows "placed"; `ended` is how many hours ago its last step was, at least
    and at most; `payments` are the outcomes of the tenders in turn; `refunds` those of the refunds of the last one.
    `named` of the orders belong to the customer whose password is known. They gave a `coupon`, which counts where its
    terms are met, and left in so many `parcels`. `is_cut_short` are those of which the first parcel left and the rest
    is cancelled.
    """

    count: int
    method: str
    path: tuple[OrderState, ...]
    ended: tuple[float, float]
    payments: tuple[str, ...]
    refunds: tuple[str, ...] = ()
    part: int = 100
    reason: str = ""
    by_staff: bool = False
    named: int = 0
    coupon: str | None = None
    parcels: int = 1
    is_cut_short: bool = False

    @property
    def state(self) -> OrderState:
        return self.path[-1] if self.path else S.PLACED


REFUSED = "Refused at the door"
PENDING, PAID, BEFORE = ("pending",), ("paid",), ("failed", "paid")
STORIES = (
    Story(5, "cod", (), (0.4, 40), PENDING, named=1),
    Story(3, "cod", CONFIRMED, (1, 44), PENDING),
    Story(2, "cod", PACKED, (0.5, 30), PENDING),
    Story(3, "cod", SHIPPED, (3, 90), PENDING),
    Story(2, "cod", OUT, (0.3, 3), PENDING),
    Story(26, "cod", DELIVERED, LONG_AGO, PAID, named=1),
    Story(6, "cod", DELIVERED, LONG_AGO, PAID, coupon="SAVE10"),
    Story(5, "cod", DELIVERED, (3, 60), PENDING),
    Story(2, "cod", FAILED, (2, 20), PENDING, reason="Nobody at home"),
    Story(1, "cod", RETURNING, (3, 20), PENDING, reason="The buyer did not answer the phone"),
    Story(2, "cod", RETURNED, (40, 900), ("cancelled",), reason="The address could not be found"),
    Story(1, "cod", RETURNED, (40, 900), ("cancelled",), reason=REFUSED),
    Story(4, "cod", (S.CANCELLED,), LONG_AGO, ("cancelled",), reason="Ordered the wrong size"),
    Story(2, "cod", (*PACKED, S.CANCELLED), LONG_AGO, ("cancelled",), reason="Stain found when packing", by_staff=True),
    Story(1, "card", (), (0.06, 0.2), PENDING),
    Story(1, "upi", (), (0.06, 0.2), PENDING),
    Story(1, "card", (), (0.06, 0.2), ("failed",)),
    Story(3, "card", CONFIRMED, (1, 44), PAID),
    Story(2, "card", PACKED, (0.5, 30), PAID),
    Story(3, "card", SHIPPED, (3, 90), PAID, named=1),
    Story(2, "card", OUT, (0.3, 3), PAID, named=1),
    Story(23, "card", DELIVERED, LONG_AGO, PAID, named=3),
    Story(10, "card", DELIVERED, LONG_AGO, PAID, coupon="SAVE10"),
    Story(6, "card", DELIVERED, LONG_AGO, PAID, coupon="FREESHIP"),
    Story(4, "card", DELIVERED, LONG_AGO, BEFORE, named=1),
    Story(2, "card", DELIVERED, LONG_AGO, PAID, refunds=("done",), part=30, reason="A seam was open"),
    Story(1, "card", FAILED, (2, 20), PAID, reason="Nobody at home"),
    Story(1, "card", RETURNING, (3, 20), PAID, reason=REFUSED),
    Story(2, "card", RETURNED, (40, 900), PAID, refunds=("done",), reason=REFUSED),
    Story(3, "card", (S.CANCELLED,), LONG_AGO, ("cancelled",), reason=NOT_PAID),
    Story(2, "card", (*CONFIRMED, S.CANCELLED), LONG_AGO, PAID, refunds=("done",), reason="Changed my mind", named=1,
          coupon="SAVE10"),
    Story(1, "card", (*CONFIRMED, S.CANCELLED), (0.5, 1), PAID, refunds=("pending",), reason="Ordered twice"),
    Story(1, "card", (*CONFIRMED, S.CANCELLED), LONG_AGO, PAID, refunds=("failed", "done"), reason="Found it cheaper"),
    Story(1, "upi", CONFIRMED, (1, 44), PAID),
    Story(1, "upi", PACKED, (2, 30), PAID, parcels=2, reason="Stain found when packing", is_cut_short=True),
    Story(1, "upi", SHIPPED, (3, 90), PAID),
    Story(1, "upi", OUT, (0.3, 3), PAID),
    Story(11, "upi", DELIVERED, LONG_AGO, PAID, named=1),
    Story(2, "upi", DELIVERED, LONG_AGO, PAID, parcels=2),
)  # fmt: skip
