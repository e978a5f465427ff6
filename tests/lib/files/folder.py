"""The media folder, as tests look into it."""

from pathlib import Path

from flask import current_app

from shop.lib.files.kinds import StoredPicture
from shop.lib.files.stores.folder import LocalFolder


def path_of(picture: StoredPicture) -> Path:
    """Where the file of a picture lies."""
    return LocalFolder(current_app.config["SHOP"].media_path).path(picture.key)
