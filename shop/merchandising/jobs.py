"""The long work of the shelf."""

from __future__ import annotations

from shop.accounts.permissions import Permission
from shop.lib.jobs.kinds import kind
from shop.merchandising import relisting
from shop.merchandising.csv import exporting

kind(
    exporting.PRODUCT_EXPORT, title="Products to CSV", permission=Permission.PRODUCT_READ, counts="products"
)(exporting.product_step)  # fmt: skip
kind(
    exporting.STOCK_EXPORT, title="Stock to CSV", permission=Permission.PRODUCT_READ, counts="variants"
)(exporting.stock_step)  # fmt: skip
kind(
    relisting.JOB, title="Writing listings anew", permission=Permission.CATALOG_MANAGE, counts="products"
)(relisting.relist_step)  # fmt: skip
