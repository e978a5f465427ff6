"""The long work of the shelf, and what it does by the clock."""

from __future__ import annotations

from datetime import timedelta

from shop.accounts.permissions import Permission as P
from shop.lib.jobs.kinds import kind
from shop.lib.timed import every
from shop.merchandising import relisting
from shop.merchandising.bulk import editing, low_points
from shop.merchandising.csv import exporting, importing
from shop.merchandising.named_pictures import importing as named
from shop.merchandising.pictures import files as picture_files
from shop.merchandising.products import publishing
from shop.merchandising.sales import clock

for name, title, permission, counts, step in (
    (editing.JOB, "Edit of many products", P.PRODUCT_UPDATE, "products", editing.edit_step),
    (low_points.JOB, "Undoing low-stock numbers", P.STOCK_ADJUST, "numbers", low_points.undo_step),
    (relisting.JOB, "Writing listings anew", P.CATALOG_MANAGE, "products", relisting.relist_step),
    (exporting.EXPORT, "Products to CSV", P.PRODUCT_READ, "products", exporting.export_step),
    (importing.CHECK, "Check of a product file", P.PRODUCT_UPDATE, "rows", importing.check_step),
    (importing.IMPORT, "Products from CSV", P.PRODUCT_UPDATE, "rows", importing.import_step),
    (named.CHECK, "Check of pictures", P.PRODUCT_UPDATE, "pictures", named.check_step),
    (named.IMPORT, "Pictures by their names", P.PRODUCT_UPDATE, "pictures", named.import_step),
):
    kind(name, title=title, permission=permission, counts=counts)(step)


@every(timedelta(minutes=1))
def publish_what_is_due() -> None:
    publishing.publish_due()


@every(timedelta(minutes=1), opens_own_units=True)
def begin_and_end_sales() -> None:
    """A planned sale begins and ends within a minute of its time."""
    clock.turn_sales()


@every(timedelta(hours=1))
def forget_deleted_pictures() -> None:
    """Take away pictures that were deleted a day ago, with their files."""
    picture_files.forget_deleted()
