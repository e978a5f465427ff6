"""Says which test shows what a setting does; a house test asks for one of each."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import delete

from shop.extensions import db
from shop.store.models import SettingValue

Test = TypeVar("Test", bound=Callable[..., Any])


def shows(*_settings: object) -> Callable[[Test], Test]:
    """The test shows the effect of these settings: `@shows(FEW_LEFT)`."""
    return lambda test: test


def nothing_is_set() -> None:
    """Also what lets a buyer of the tests place as many orders as it likes."""
    db.session.execute(delete(SettingValue))
    db.session.commit()
