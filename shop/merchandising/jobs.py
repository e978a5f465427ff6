<<<<<<< Updated upstream
"""The long work of the shelf."""

from __future__ import annotations

from shop.accounts.permissions import Permission
from shop.lib.jobs.kinds import kind
from shop.merchandising.csv import exporting

kind(
    exporting.PRODUCT_EXPORT, title="Products to CSV", permission=Permission.PRODUCT_READ, counts="products"
)(exporting.product_step)  # fmt: skip
kind(
    exporting.STOCK_EXPORT, title="Stock to CSV", permission=Permission.PRODUCT_READ, counts="variants"
)(exporting.stock_step)  # fmt: skip
=======
"""The shelf's long work."""

from shop.merchandising import relisting  # noqa: F401 — registers itself
>>>>>>> Stashed changes
