"""Says which test shows what a setting does; a house test asks for one of each."""

from collections.abc import Callable
from typing import Any, TypeVar

Test = TypeVar("Test", bound=Callable[..., Any])


def shows(*_settings: object) -> Callable[[Test], Test]:
    """The test shows the effect of these settings: `@shows(FEW_LEFT)`."""
    return lambda test: test
