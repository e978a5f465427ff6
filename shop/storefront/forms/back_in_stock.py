"""Whom to tell when a size is back."""

from __future__ import annotations

from wtforms import StringField
from wtforms.validators import InputRequired

from shop.storefront.forms import ShopForm
from shop.storefront.forms.contacts import is_email


class WaitForm(ShopForm):
    """A guest's address."""

    email = StringField("E-mail", validators=[InputRequired("Enter your e-mail address."), is_email])
