"""Saves and deletes what products are sorted by, as its forms say, and tells what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from flask import flash

from shop.lib.errors import NotFound, ShopError
from shop.lib.files.errors import BadPicture
from shop.lib.files.serving import uploaded
from shop.lib.files.storage import clean_up, stored
from shop.lib.jobs.models import Job
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising.lookups.removal import Gone
from shop.staff.forms.sorted_by import NamedForm, RemovalForm
from shop.staff.saves import flash_saved


def saved(form: NamedForm, model: Any, write: Callable[[dict[str, Any]], int]) -> tuple[int | None, int]:
    """Write a form with the pictures that came along; the row's id, or None and the status of a refusal."""
    if not form.validate():
        return None, 422
    try:
        with sent(form, model) as pictures, unit_of_work():
            return write(pictures), 200
    except NotFound:
        raise
    except ShopError as error:
        form.blame(error)
        return None, error.status


@contextmanager
def sent(form: NamedForm, model: Any) -> Iterator[dict[str, Any]]:
    """The pictures of a form by the columns that keep them, while their rows are written. Raises BadPicture."""
    with ExitStack() as stack:
        found = {}
        for file, column in form.pictures.items():
            try:
                if data := uploaded(file):
                    kind = model.__table__.columns[column].type.kind
                    found[column] = stack.enter_context(stored(data, kind))
            except BadPicture as error:
                raise BadPicture(str(error), field=file) from error
        yield found


def removed(form: RemovalForm, name: str, take: Callable[..., Gone]) -> ShopError | None:
    """Delete something as its form says, then its pictures; what was refused, which the form shows, or None."""
    try:
        _refuse_no_place(form)
        confirmed = _is_confirmed(form, name)
        with unit_of_work():
            gone = take(form, cascade=confirmed)
            tell(gone.job, _report(name, gone))
    except NotFound:
        raise
    except ShopError as error:
        form.blame(error)
        return error
    for warning in clean_up(gone.files):
        flash(warning, "warn")
    return None


def _report(name: str, gone: Gone) -> str:
    """What went with it, or was on it and stays."""
    if not gone.stats.is_anything:
        return f"{name} is deleted."
    return f"{name} is deleted. {'Kept in the shop' if gone.stays else 'Deleted with it'}: {gone.stats}."


def _refuse_no_place(form: RemovalForm) -> None:
    """Raise ShopError where things are to move, and nobody said to what."""
    if form.to.raw_data and not form.to.data:
        raise ShopError("Choose where they go.", field="to")


def _is_confirmed(form: RemovalForm, name: str) -> bool:
    """Whether the name was typed to let go what hangs on it. Raises ShopError where another was."""
    typed = (form.name.data or "").casefold()
    if typed and typed != name.casefold():
        raise ShopError(f"Type “{name}” to confirm.", field="name")
    return bool(typed)


def tell(job: Job | None, words: str = "Saved.") -> None:
    """Say that it is done, and what a job still does."""
    more = f" Listings and search show it once {job.total} products are written anew; see Jobs." if job else ""
    flash_saved(f"{words}{more}")
