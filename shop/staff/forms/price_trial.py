"""A bag that an owner tries prices on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wtforms import Field, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice

from shop.accounts.customers.groups import groups
from shop.checkout.trials import Trial
from shop.delivery.queries import methods
from shop.lib.http.incoming import stripped
from shop.lib.queries import rows
from shop.promotions.queries import coupon_code
from shop.staff.forms import StaffForm
from shop.store.countries import country

MOST_LINES, MOST_PIECES = 50, 100
NEW, KNOWN = "new", "known"
BUYERS = ((NEW, "Buys for the first time"), (KNOWN, "Bought before"))


def _choices(found: Any, none: str) -> list[SelectChoice]:
    return [SelectChoice("", none), *(SelectChoice(str(one.id), one.name) for one in found)]


def _states() -> list[SelectChoice]:
    return [SelectChoice("", "The store's own"), *(SelectChoice(state, state) for state in country().states)]


class PriceTrialForm(StaffForm):
    """Goods by SKU, and who buys them how."""

    goods = TextAreaField("SKUs, one a line, with how many")
    buyer = SelectField("Customer", choices=[SelectChoice(*one) for one in BUYERS], default=NEW)
    group = SelectField("In the group", choices=lambda: _choices(rows(groups()), "None"), default="")
    state = SelectField("State", choices=_states, default="")
    coupon = StringField("Coupon", filters=[stripped])
    delivery = SelectField("Delivery", choices=lambda: _choices(methods(), "The cheapest"), default="")

    def validate_goods(self, field: Field) -> None:
        lines = list(self._lines())
        if not lines:
            raise ValidationError("Enter at least one SKU.")
        if len(lines) > MOST_LINES:
            raise ValidationError(f"Try at most {MOST_LINES} lines.")
        if wrong := [sku for sku, number in lines if not 0 < number <= MOST_PIECES]:
            raise ValidationError(f"Write a number from 1 to {MOST_PIECES} after {wrong[0]}.")

    def trial(self) -> Trial:
        """What was typed as plain values; lines of the same SKU are one."""
        pieces: dict[str, int] = {}
        for sku, number in self._lines():
            pieces[sku] = min(pieces.get(sku, 0) + number, MOST_PIECES)
        return Trial(
            pieces,
            is_first_order=self.buyer.data == NEW,
            group_id=int(self.group.data) if self.group.data else None,
            state=self.state.data or None,
            coupon_code=coupon_code(self.coupon.data or "") or None,
            method_id=int(self.delivery.data) if self.delivery.data else None,
        )

    def _lines(self) -> Iterator[tuple[str, int]]:
        """SKU and number of each line; 0 for what is no number."""
        for words in filter(None, (line.split() for line in (self.goods.data or "").splitlines())):
            *sku, last = words if len(words) > 1 else [*words, "1"]
            yield " ".join(sku), int(last) if last.isascii() and last.isdigit() and len(last) < 6 else 0
