"""What stock knows of people: who of the team moved it, under their name."""

from __future__ import annotations

from shop.lib.personal import Because, Holding
from shop.stock.models import LedgerEntry, StockTake

WORK = Because("Says who of the team did it, as the books need.")
HOLDINGS = (Holding((LedgerEntry.__tablename__, StockTake.__tablename__), "", WORK, WORK),)
