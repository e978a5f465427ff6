"""All blueprints of the owner's door."""

from __future__ import annotations

from flask import Blueprint

from shop.staff import mail

BLUEPRINTS: tuple[Blueprint, ...] = (mail.bp,)
