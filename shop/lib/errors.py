"""Errors a person can do something about; each door turns them into a page, a fragment or problem+json."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class ShopError(Exception):
    """A situation the shop expects; `str(error)` is a sentence for the person who caused it.

    `status` is the HTTP status that fits; `field` names the input it belongs to, if one does.
    """

    status = 422
    field: str | None = None

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field or self.field

    @property
    def wrong(self) -> dict[str, list[str]]:
        """The sentences at each field that is wrong."""
        return {self.field: [str(self)]} if self.field else {}

    @property
    def more(self) -> dict[str, Any]:
        """What an app is told beside the sentence, as further members of the problem."""
        return {}


class WrongFields(ShopError):
    """Several fields are wrong at once, each with its own sentence."""

    def __init__(self, message: str, problems: Mapping[str, str]) -> None:
        super().__init__(message)
        self.problems = dict(problems)

    @property
    def wrong(self) -> dict[str, list[str]]:
        return {name: [problem] for name, problem in self.problems.items()}


class NotFound(ShopError):
    """Nothing here, or nothing here for this person; both answer alike."""

    status = 404

    def __init__(self, message: str = "There is nothing here.") -> None:
        super().__init__(message)
