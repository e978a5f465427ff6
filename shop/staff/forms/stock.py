"""Forms of the stock desk: what the list is narrowed to, and corrections of one variant."""

from __future__ import annotations

import secrets
from typing import Any

from flask import request
from wtforms import Field, HiddenField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from shop.lib.http.incoming import stripped
from shop.staff.forms import StaffForm
from shop.staff.forms.fields import WholeField, seen_whole
from shop.stock.models import BY_HAND, LedgerReason
from shop.stock.queries.desk import SORTS, VIEWS, StockFilter
from shop.stock.services import Correction

VIEW_TITLES = {"": "All", "low": "Low", "out": "Sold out", "reserved": "Kept for orders"}
SORT_TITLES = {"newest": "Newest product", "sku": "SKU", "fewest": "Fewest for sale", "most": "Most for sale",
               "restocked": "Last restock"}  # fmt: skip
WAYS = {"add": "Add", "take": "Take away", "count": "Counted: there are exactly"}
REASONS: dict[str, str] = {
    LedgerReason.RESTOCK: "Restock: new goods came in",
    LedgerReason.RETURN: "Return: a customer brought it back",
    LedgerReason.DAMAGE: "Damage: it cannot be sold",
    LedgerReason.MANUAL: "Correction: counted, found or lost",
}


class StockFilterForm(StaffForm):
    """What is looked for; a value that is not on offer counts as none."""

    q = StringField("Search")
    sort = SelectField("Sort by", choices=[SelectChoice(code, SORT_TITLES[code]) for code in SORTS])

    def wanted(self, view: str) -> StockFilter:
        """The filter as plain values."""
        text = (self.q.data or "").strip()[:100]
        sort = self.sort.data if self.sort.data in SORTS else StockFilter.sort
        return StockFilter(text, (view,) if view in VIEWS else (), sort)


def view_of(wanted: StockFilter) -> str:
    """The view the list shows; "" is all."""
    return next(iter(wanted.views), "")


def kept(wanted: StockFilter, **more: Any) -> dict[str, Any]:
    """What links to other pages of the list carry along, without what is as always."""
    sort = wanted.sort if wanted.sort != StockFilter.sort else ""
    values = {"q": wanted.text, "view": view_of(wanted), "sort": sort} | more
    return {name: value for name, value in values.items() if value}


class AdjustForm(StaffForm):
    """A correction of what is on hand: by how many, or to what was counted, and why."""

    way = SelectField("What to do", choices=[SelectChoice(*way) for way in WAYS.items()])
    units = WholeField("Pieces", description="Pieces kept for orders are counted too.")
    reason = SelectField("Why", choices=[
        SelectChoice("", "Choose why"), *(SelectChoice(code.value, REASONS[code]) for code in BY_HAND),
    ], validators=[DataRequired("Choose why.")])  # fmt: skip
    note = StringField("Note", filters=[stripped], validators=[Length(max=300, message="Use at most 300 characters.")])
    key = HiddenField()

    def validate_units(self, field: Field) -> None:
        if field.data is None:
            raise ValidationError("Enter how many.")
        if field.data == 0 and self.way.data != "count":
            raise ValidationError("Enter a number from 1.")

    def correction(self) -> Correction:
        """What was entered. A count holds only while the stock is what whoever counted was shown."""
        reason, note, units = LedgerReason(self.reason.data), self.note.data or "", self.units.data or 0
        if self.way.data == "count":
            return Correction(reason, to_on_hand=units, note=note, seen=seen_whole(request.form))
        return Correction(reason, by_units=units if self.way.data == "add" else -units, note=note)

    def renew_key(self) -> None:
        """Let what is sent from here on be something new."""
        self.key.data = secrets.token_urlsafe(12)


class ReorderPointForm(StaffForm):
    """From which number for sale on a variant counts as low."""

    reorder_point = WholeField("Low at", description="At this number for sale, or fewer, the variant counts as low.")

    def validate_reorder_point(self, field: Field) -> None:
        if field.data is None:
            raise ValidationError("Enter a number; 0 means only when it is sold out.")
