"""Rows against the files."""

from __future__ import annotations

from shop.lib.files.sweeping import kept_keys, named_pictures


def pictures_without_file() -> list[str]:
    """Pictures that a row names and that are not there. The other way round, the sweep puts it right.

    Files are listed, not asked for one by one, which a bucket with many of them would take hours to answer.
    """
    there = kept_keys()
    return [f"picture {picture.url}" for picture in named_pictures() if picture.key not in there]
