"""What the list of providers' webhooks is narrowed to."""

from __future__ import annotations

from typing import Any

from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice

from shop.payments.states import WebhookState
from shop.staff import words
from shop.staff.forms import StaffForm
from shop.staff.forms.logs import offered, text_in

STATES = {
    WebhookState.TAKEN: "Waiting",
    WebhookState.FOLLOWED: "Followed",
    WebhookState.UNKNOWN: "Not ours",
    WebhookState.REFUSED: "Not believed",
}
TELLING = ("stripe", "paypal", "sandbox")


class WebhookFilterForm(StaffForm):
    """Values that make no sense count as none."""

    reference = StringField("Search")
    provider = SelectField("Provider", choices=[
        SelectChoice("", "Any"), *(SelectChoice(code, words.PROVIDERS[code]) for code in TELLING)])  # fmt: skip
    state = SelectField("State", choices=[
        SelectChoice("", "Any"), *(SelectChoice(code.value, word) for code, word in STATES.items())])  # fmt: skip

    def wanted(self) -> dict[str, str]:
        """The filter as the query and addresses take it, without what is empty."""
        values = {"reference": text_in(self.reference, 80)}
        values |= {name: offered(self[name]) for name in ("provider", "state")}
        return {name: value for name, value in values.items() if value}

    def kept(self, **changes: Any) -> dict[str, Any]:
        """What addresses carry on."""
        return self.wanted() | changes
