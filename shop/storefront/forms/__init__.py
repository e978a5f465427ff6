"""Forms of the shoppers' door: parse and validate input into plain values."""

from __future__ import annotations

from flask_wtf import FlaskForm

from shop.lib.http.forms import Blamable, TextOnly


class ShopForm(Blamable, FlaskForm):
    """Base of all forms. The cross-site check is done once for every request, not by each form."""

    class Meta(TextOnly):
        csrf = False
