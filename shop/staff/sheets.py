"""A view of the owner's as a file for spreadsheets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response
from sqlalchemy import Select

from shop.extensions import db
from shop.lib.sheets import as_csv


def sheet(name: str, columns: Mapping[str, str], statement: Select[Any]) -> Response:
    """The rows of a select under their titles; `columns` says which column stands under each."""
    found = db.session.execute(statement)
    content = as_csv(columns, ([getattr(row, column) for column in columns.values()] for row in found))
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype="text/csv", headers=headers)
