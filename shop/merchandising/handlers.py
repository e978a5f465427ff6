"""What the shelf does when something has happened."""

from __future__ import annotations

from shop.lib.events import on
from shop.merchandising.pictures import files
from shop.merchandising.pictures.events import PictureStored


@on(PictureStored, opens_own_units=True)
def draw_widths(event: PictureStored) -> None:
    """Draw the widths a picture lacks; drawn twice, they are the same files."""
    files.draw(event.picture_id)
