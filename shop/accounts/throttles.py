"""How often strangers may try: per address and per account, counted where a guess fails (ACC-01, ACC-02, ACC-05)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from ipaddress import ip_address, ip_network

from flask import Response, request

from shop.accounts.contacts import login_name
from shop.accounts.visits import visitor
from shop.extensions import limiter
from shop.lib.unit_of_work import unit_of_work


def _failed(response: Response) -> bool:
    return response.status_code >= 400


def _address() -> str:
    """Where the visitor comes from; of IPv6 the network that one customer of a provider holds."""
    written = request.remote_addr or "unknown"
    try:
        here = ip_address(written)
    except ValueError:
        return written
    return str(here) if here.version == 4 else str(ip_network((here, 64), strict=False))


def _account_tried(field: str) -> Callable[[], str]:
    """The account a form names, however it is written; hashed, because the key may lie in Redis."""

    def key() -> str:
        typed = request.form.get(field, "")
        with unit_of_work(read_only=True):
            name = login_name(typed) or typed[:300]
        return "account:" + hashlib.sha256(name.encode()).hexdigest()

    return key


def _account_here() -> str:
    return f"person:{visitor().user_id}"


login_by_address = limiter.limit("30 per 15 minutes", methods=["POST"], key_func=_address, deduct_when=_failed)
login_by_account = limiter.limit(
    "10 per 15 minutes", methods=["POST"], key_func=_account_tried("identifier"), deduct_when=_failed
)
registration = limiter.limit("20 per hour", methods=["POST"], key_func=_address)
reset_by_address = limiter.limit("10 per 15 minutes", methods=["POST"], key_func=_address)
reset_by_account = limiter.limit("3 per 15 minutes", methods=["POST"], key_func=_account_tried("email"))
own_password = limiter.limit("10 per 15 minutes", methods=["POST"], key_func=_account_here, deduct_when=_failed)
