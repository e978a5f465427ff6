"""The long work of fulfilment."""

from __future__ import annotations

from shop.accounts.permissions import Permission
from shop.fulfilment import waybills
from shop.lib.jobs.kinds import kind

kind(waybills.JOB, title="Shipping from a file", permission=Permission.ORDER_UPDATE, counts="rows")(waybills.ship_step)
