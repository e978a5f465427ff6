"""All blueprints of the shoppers' door."""

from __future__ import annotations

from flask import Blueprint

from shop.storefront import health

BLUEPRINTS: tuple[Blueprint, ...] = (health.bp,)
