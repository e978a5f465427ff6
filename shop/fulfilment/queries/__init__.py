"""Reads of fulfilment: parcels, cash, and the owner's order desk."""

from shop.fulfilment.queries.parcels import (
    has_left,
    has_parcels,
    histories_of,
    is_with_courier,
    live_parcels,
    parcels_of,
    units_left,
)

__all__ = [
    "has_left",
    "has_parcels",
    "histories_of",
    "is_with_courier",
    "live_parcels",
    "parcels_of",
    "units_left",
]
