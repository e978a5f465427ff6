"""Looking for one's own orders."""

from __future__ import annotations

from wtforms import IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from shop.lib.http.incoming import stripped
from shop.orders.states import OrderState
from shop.storefront.forms import ShopForm

S = OrderState
GROUPS: dict[str, tuple[str, frozenset[OrderState]]] = {
    "": ("All orders", frozenset()),
    "open": ("On the way", frozenset({S.PLACED, S.CONFIRMED, S.PACKED, S.SHIPPED, S.OUT_FOR_DELIVERY,
                                      S.DELIVERY_FAILED})),
    "delivered": ("Delivered", frozenset({S.DELIVERED})),
    "cancelled": ("Cancelled or returned", frozenset({S.CANCELLED, S.RETURNING, S.RETURNED})),
}  # fmt: skip


class OrderSearchForm(ShopForm):
    """A group of states and a text; what makes no sense counts as not given."""

    state = SelectField("Show", default="", validate_choice=False,
                        choices=[SelectChoice(code, words) for code, (words, _states) in GROUPS.items()])  # fmt: skip
    q = StringField("Order number or product", filters=[stripped])
    page = IntegerField()

    @property
    def states(self) -> frozenset[OrderState]:
        """The states asked for; none means any."""
        return GROUPS.get(self.state.data or "", GROUPS[""])[1]

    @property
    def page_number(self) -> int:
        """The page asked for, 1 where it is no number."""
        return self.page.data or 1

    @property
    def is_used(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.states or self.q.data)
