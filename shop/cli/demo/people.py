"""The owner, the customers and where they live. Only the two named accounts have a password anybody knows."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select

from shop.accounts.models import Address, Role, User, UserRole
from shop.accounts.permissions import CUSTOMER
from shop.accounts.services.passwords import hash_password
from shop.accounts.services.roles import ensure_owner
from shop.cli.demo.bulk import put, put_plain
from shop.cli.demo.source import Row, read
from shop.extensions import db

OWNER_ACCOUNT = ("owner@truestyle.example", "Owner-Demo-2026!")
CUSTOMER_ACCOUNT = ("customer@truestyle.example", "Customer-Demo-2026!")
ADDRESS_FIELDS = ("label", "house", "street", "landmark", "postal_code", "city", "state")


def load(moment: datetime) -> list[Row]:
    """Write owner, customers and addresses; return the customers with their ids and addresses."""
    ensure_owner(*OWNER_ACCOUNT)
    db.session.flush()
    nobody_knows = hash_password(secrets.token_urlsafe(32))
    known = {CUSTOMER_ACCOUNT[0]: hash_password(CUSTOMER_ACCOUNT[1])}
    rows = [_user(person, known.get(person["email"], nobody_knows), moment) for person in read("customers")]
    pairs = zip(put(User, rows), read("customers"), strict=True)
    customers = [{**row, "addresses": person["addresses"]} for row, person in pairs]
    role_id = db.session.scalars(select(Role.id).where(Role.name == CUSTOMER)).one()
    put_plain(UserRole, [{"user_id": row["id"], "role_id": role_id} for row in customers])
    put(Address, (row for customer in customers for row in _addresses(customer)))
    return customers


def address_of(customer: Row, place: int = 0) -> Row:
    """One of a customer's addresses as an order keeps it."""
    chosen = customer["addresses"][place % len(customer["addresses"])]
    name = f"{customer['first_name']} {customer['last_name']}".strip()
    kept = {field: chosen[field] for field in ADDRESS_FIELDS if field != "label"}
    return {"name": name, "phone": customer["phone"], **kept, "country": "IN"}


def _user(person: Row, password_hash: str, moment: datetime) -> Row:
    joined = moment - timedelta(days=person["joined_days_ago"])
    named = {key: person[key] for key in ("first_name", "last_name", "email", "phone")}
    return {**named, "password_hash": password_hash, "email_verified_at": joined, "created_at": joined}


def _addresses(customer: Row) -> list[Row]:
    """The first one is the default."""
    return [
        {
            "user_id": customer["id"],
            "label": address["label"],
            **address_of(customer, place),
            "created_at": customer["created_at"],
            "shipping_default_at": None if place else customer["created_at"],
            "billing_default_at": None if place else customer["created_at"],
        }
        for place, address in enumerate(customer["addresses"])
    ]
