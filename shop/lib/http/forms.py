"""What every form reads."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_wtf.form import _Auto, _is_submitted

from shop.lib.errors import NotFound, ShopError


class TextOnly:
    """Mixed into a form's Meta: fields get text. JSON and files, which put other things there, count as not sent."""

    def wrap_formdata(self, _form: Any, formdata: Any) -> Any:
        """What was posted, unless the form was given its values."""
        if formdata is not _Auto:
            return formdata
        return (request.form or None) if _is_submitted() else None


class Blamable:
    """Mixed into a form: it can show what the shop refused."""

    _fields: dict[str, Any]
    form_errors: list[str]

    def blame(self, error: ShopError) -> None:
        """Show a refusal of the shop at each field it is about, or above the form.

        That something is not there is nobody's slip of the pen: NotFound is raised again.
        """
        if isinstance(error, NotFound):
            raise error
        wrong = {name: sentences for name, sentences in error.wrong.items() if name in self._fields}
        for name, sentences in wrong.items():
            self._fields[name].errors = [*self._fields[name].errors, *sentences]
        if not wrong:
            self.form_errors.append(str(error))
