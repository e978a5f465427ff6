"""Reads of fulfilment: parcels, and the owner's order desk."""

from shop.fulfilment.queries.parcels import live_parcels, parcels_of

__all__ = ["live_parcels", "parcels_of"]
