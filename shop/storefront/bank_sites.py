"""Lets the forms of a page end at a bank's: browsers look at where a form's answer sends them."""

from __future__ import annotations

from flask import Response

from shop.lib.http.headers import let_forms_lead_to
from shop.payments.gateways import sites


def lead_to_banks(response: Response) -> Response:
    """A blueprint's after_request: its forms are answered with the way to a bank's page."""
    return let_forms_lead_to(response, *found) if (found := sites()) else response
