"""Forms of the shoppers' door: parse and validate input into plain values."""

from __future__ import annotations

from flask_wtf import FlaskForm

from shop.lib.errors import ShopError
from shop.lib.http.forms import TextOnly


class ShopForm(FlaskForm):
    """Base of all forms. The cross-site check is done once for every request, not by each form."""

    class Meta(TextOnly):
        csrf = False

    def blame(self, error: ShopError) -> None:
        """Show a refusal of the shop at the field it is about, or above the form."""
        field = self._fields.get(error.field or "")
        if field is None:
            self.form_errors.append(str(error))
        else:
            field.errors = [*field.errors, str(error)]
