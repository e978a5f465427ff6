"""What happened to a membership."""

from __future__ import annotations

from dataclasses import dataclass

from shop.lib.events import Event


@dataclass(frozen=True)
class DataExportAsked(Event):
    export_id: int
