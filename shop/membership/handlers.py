"""What membership does on its own events."""

from __future__ import annotations

from shop.lib.events import on
from shop.membership import exporting
from shop.membership.events import DataExportAsked


@on(DataExportAsked, opens_own_units=True)
def make_export(event: DataExportAsked) -> None:
    """Pack somebody's data; rung twice it is packed once more, or is there already."""
    exporting.make(event.export_id)
