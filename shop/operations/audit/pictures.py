"""Rows against the media folder."""

from __future__ import annotations

from shop.lib.files.storage import path_of
from shop.lib.files.sweeping import named_pictures


def pictures_without_file() -> list[str]:
    """Pictures that a row names and the media folder lacks. The other way round, the sweep puts it right."""
    return [f"picture {picture.url}" for picture in named_pictures() if not path_of(picture).is_file()]
