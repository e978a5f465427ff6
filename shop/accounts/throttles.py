"""How often strangers may try: per address and per account, counted where a guess fails (ACC-01, ACC-02, ACC-04 …)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from flask import Response, request

from shop.accounts.contacts import LOGIN_FIELDS, login_name
from shop.accounts.networks import network_of
from shop.accounts.visits import visitor
from shop.extensions import limiter
from shop.lib.unit_of_work import unit_of_work


def failed(response: Response) -> bool:
    """Whether it counts as a wrong guess."""
    return response.status_code >= 400


def _unsigned(response: Response) -> bool:
    return response.status_code == 400


def _brought_file(_response: Response) -> bool:
    return bool(request.files)


def _address() -> str:
    """Where the visitor comes from."""
    return network_of(request.remote_addr)


def _account_tried(*fields: str) -> Callable[[], str]:
    """The account a form or a JSON body names, however it is written; hashed, because the key may lie in Redis."""

    def key() -> str:
        typed = _first_of(fields)
        with unit_of_work(read_only=True):
            name = login_name(typed) or typed[:300]
        return "account:" + hashlib.sha256(name.encode(errors="replace")).hexdigest()

    return key


def _first_of(fields: tuple[str, ...]) -> str:
    sent = request.form or request.get_json(silent=True)
    values = [sent.get(field) for field in fields] if isinstance(sent, dict) else []
    return next((value for value in values if value and isinstance(value, str)), "")


def _account_here() -> str:
    return f"person:{visitor().user_id}"


def _whoever_here() -> str:
    """The person who is here, else their session, hashed, else where they come from."""
    here = visitor()
    if here.user_id or not here.session_id:
        return _account_here() if here.user_id else _address()
    return "session:" + hashlib.sha256(here.session_id.encode()).hexdigest()


def _who_waits() -> str:
    """The address that is typed, else the person who is here, else where they come from."""
    if typed := _first_of(("email",)).strip().lower():
        return "waiting:" + hashlib.sha256(typed.encode(errors="replace")).hexdigest()
    return _account_here() if visitor().user_id else _address()


# Pages and the API count together: each of these has one counter, whichever door a try comes through.
login_by_address = limiter.shared_limit(
    "30 per 15 minutes", "login", methods=["POST"], key_func=_address, deduct_when=failed
)
login_by_account = limiter.shared_limit(
    "10 per 15 minutes", "login", methods=["POST"], key_func=_account_tried(*LOGIN_FIELDS), deduct_when=failed
)
sign_in_elsewhere = limiter.limit("30 per 15 minutes", methods=["GET"], key_func=_address, deduct_when=failed)
registration = limiter.shared_limit("20 per hour", "registration", methods=["POST"], key_func=_address)
asking_by_address = limiter.shared_limit("10 per 15 minutes", "asking", methods=["POST"], key_func=_address)
asking_by_account = limiter.shared_limit(
    "3 per 15 minutes", "asking", methods=["POST"], key_func=_account_tried(*LOGIN_FIELDS)
)
proof_by_address = limiter.shared_limit(
    "20 per 15 minutes", "proof", methods=["POST"], key_func=_address, deduct_when=failed
)
proof_by_account = limiter.shared_limit(
    "10 per 15 minutes", "proof", methods=["POST"], key_func=_account_tried(*LOGIN_FIELDS), deduct_when=failed
)
tracking_by_address = limiter.shared_limit(
    "20 per 15 minutes", "tracking", methods=["POST"], key_func=_address, deduct_when=failed
)
tracking_by_account = limiter.shared_limit(
    "10 per 15 minutes", "tracking", methods=["POST"], key_func=_account_tried(*LOGIN_FIELDS), deduct_when=failed
)
# PayPal has to be asked about each signature; who sends wrong ones keeps neither it nor our threads busy.
unsigned_by_address = limiter.shared_limit(
    "30 per 15 minutes", "unsigned", methods=["POST"], key_func=_address, deduct_when=_unsigned
)
own_asking = limiter.shared_limit("5 per 15 minutes", "own asking", methods=["POST"], key_func=_account_here)
waiting_by_address = limiter.shared_limit("20 per hour", "waiting", methods=["POST"], key_func=_address)
waiting_by_account = limiter.shared_limit("20 per hour", "waiting", methods=["POST"], key_func=_who_waits)
coupon_by_address = limiter.shared_limit(
    "60 per 15 minutes", "coupons", methods=["POST"], key_func=_address, deduct_when=failed
)
coupon_by_visitor = limiter.shared_limit(
    "20 per 15 minutes", "coupons", methods=["POST"], key_func=_whoever_here, deduct_when=failed
)
own_proof = limiter.shared_limit(
    "10 per 15 minutes", "own proof", methods=["POST"], key_func=_account_here, deduct_when=failed
)
own_password = limiter.shared_limit(
    "10 per 15 minutes", "own password", methods=["POST", "PUT", "DELETE"], key_func=_account_here, deduct_when=failed
)
own_pictures = limiter.shared_limit(
    "30 per hour", "pictures", methods=["POST", "PUT"], key_func=_account_here, deduct_when=_brought_file
)
