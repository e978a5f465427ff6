"""Forms of the shoppers' door: parse and validate input into plain values."""

from __future__ import annotations

from flask_wtf import FlaskForm


class ShopForm(FlaskForm):
    """Base of all forms. The cross-site check is done once for every request, not by each form."""

    class Meta:
        csrf = False
