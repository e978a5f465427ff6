"""What the way of parcels and cash knows of people: who of the team did something, under their name."""

from __future__ import annotations

from shop.fulfilment.models import CashCollection
from shop.lib.personal import Because, Holding

WORK = Because("Says who of the team did it, as the books need.")
HOLDINGS = (Holding((CashCollection.__tablename__,), "", WORK, WORK),)
