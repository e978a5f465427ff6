"""Forms of the owner's door."""

from __future__ import annotations

from flask_wtf import FlaskForm

from shop.lib.http.forms import Blamable, TextOnly


class StaffForm(Blamable, FlaskForm):
    """Base of all forms. The cross-site check is done once for every request, not by each form."""

    class Meta(TextOnly):
        csrf = False
