"""What the owner decides about paying the courier (STO-03): the fee, where and up to what, and who may."""

from __future__ import annotations

from shop.store.setting_types import Areas, Group, Sum, Whole, YesNo

CASH_FEE = Sum(
    "cash_fee", "Fee of cash on delivery", 0,
    "What an order costs more that is paid to the courier. The fee bears the tax of delivery, is shown before "
    "anybody chooses, and holds for orders from now on.",
    maximum=100_000, nothing="no fee")  # fmt: skip
CASH_MOST = Sum(
    "cash_most", "Cash on delivery up to", 0,
    "What an order may come to before the fee, so that it can be paid to the courier. With 0 there is no limit.",
    maximum=100_000_000, nothing="no limit")  # fmt: skip
CASH_WEIGHED = YesNo(
    "cash_weighed", "Points decide who may pay the courier", False,
    "Whether buyers get points before they may pay on delivery: 50, more for a confirmed phone, orders that arrived "
    "and a landmark, less for parcels that were refused at the door or came back, also with the same phone, and for a "
    "large order. Their page shows them.",
)  # fmt: skip
CASH_POINTS = Whole(
    "cash_points", "Points for cash on delivery", 40,
    "Where points decide: with as many or more a buyer may pay the courier at once.",
    unit="points", minimum=0, maximum=100)  # fmt: skip
CASH_POINTS_CODE = Whole(
    "cash_points_code", "Points for cash with a confirmed phone", 20,
    "With fewer points than above, but as many as this, a buyer may pay the courier once they confirmed their phone by "
    "a code.",
    unit="points", minimum=0, maximum=100)  # fmt: skip
CASH_POINTS_PART = Whole(
    "cash_points_part", "Points for cash with a part paid before", 10,
    "With fewer points than above, but as many as this, a buyer pays a part before, by card or however they choose, "
    "and the rest to the courier. With still fewer points there is no cash on delivery.",
    unit="points", minimum=0, maximum=100)  # fmt: skip
CASH_PART = Whole(
    "cash_part", "Part that is paid before", 20,
    "How much of an order such a buyer pays before; never less than its delivery costs. The order waits for it like "
    "one that is paid by card, and the courier collects the rest.",
    unit="%", minimum=1, maximum=90)  # fmt: skip
CASH_LARGE = Sum(
    "cash_large", "Large order", 500_000,
    "An order of this much or more counts against a buyer who wants to pay the courier. With 0 none does.",
    maximum=100_000_000, nothing="none")  # fmt: skip
CASH_NOT_TO = Areas(
    "cash_not_to", "No cash on delivery in", "",
    "Postal codes where nothing is paid to the courier. Write one, all that begin alike with a star, or a range: "
    "560001, 5600*, 560001-560103.",
    nothing="nowhere")  # fmt: skip

CASH_SETTINGS = Group("Cash on delivery", (
    CASH_FEE, CASH_MOST, CASH_NOT_TO, CASH_WEIGHED, CASH_POINTS, CASH_POINTS_CODE, CASH_POINTS_PART, CASH_PART,
    CASH_LARGE,
))  # fmt: skip
