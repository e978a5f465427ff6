"""What every form reads."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_wtf.form import _Auto, _is_submitted

from shop.lib.errors import ShopError


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
        """Show a refusal of the shop at the field it is about, or above the form."""
        field = self._fields.get(error.field or "")
        if field is None:
            self.form_errors.append(str(error))
        else:
            field.errors = [*field.errors, str(error)]
