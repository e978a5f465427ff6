"""What happens to pictures of products."""

from __future__ import annotations

from dataclasses import dataclass

from shop.lib.events import Event


@dataclass(frozen=True)
class PictureStored(Event):
    """A picture has new files, in one width so far."""

    picture_id: int
