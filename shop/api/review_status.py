"""What the states of a review are called."""

from __future__ import annotations

from shop.api.lookups import lookup_blueprint
from shop.reviews.labels import REVIEW_STATUS

bp = lookup_blueprint("review_status", REVIEW_STATUS, "What the states of a review are called")
