"""Showing once more who one is, and the form that was sent before that."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, Length

from shop.lib.http.answers import local_path
from shop.lib.http.incoming import stripped
from shop.staff.forms import StaffForm

PREFIX, AGAIN = "kept.", "typed_again"


class ConfirmForm(StaffForm):
    """The password of whoever is here."""

    current_password = PasswordField("Your own password", validators=[
        DataRequired("Enter your own password."), Length(max=128, message="No password is that long.")])  # fmt: skip

    @property
    def typed_code(self) -> str:
        """What was typed as a code, where one is asked for."""
        return ""


class ConfirmWithCodeForm(ConfirmForm):
    """The password, and a code where the person signs in with one."""

    code = StringField("Code", filters=[stripped], validators=[
        DataRequired("Enter a code."), Length(max=40, message="A code is shorter than that.")])  # fmt: skip

    @property
    def typed_code(self) -> str:
        return self.code.data or ""


@dataclass(frozen=True)
class KeptForm:
    """A form that was sent too early, kept in the page and nowhere else until its sender sends it again.

    Passwords in it are not kept: `passwords` names them, to be typed again.
    """

    to: str
    fields: list[tuple[str, str]]
    passwords: list[str]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What stands in the page that asks who is here, under names that no field of its own has."""
        kept = [(PREFIX + name, value) for name, value in self.fields]
        return [("to", self.to), *kept, *((AGAIN, name) for name in self.passwords)]


def kept_of_request() -> KeptForm:
    """The form that has just been sent."""
    sent = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    fields = [(name, value) for name, value in sent if "password" not in name]
    passwords = [name for name, value in sent if "password" in name and value]
    return KeptForm(request.full_path.rstrip("?"), fields, passwords)


def kept_before(sent: MultiDict[str, str]) -> KeptForm | None:
    """The form that the page which asked who is here has kept; None where it kept none."""
    to = local_path(sent.get("to"), "")
    fields = [(name.removeprefix(PREFIX), value) for name, value in sent.items(multi=True) if name.startswith(PREFIX)]
    return KeptForm(to, fields, sent.getlist(AGAIN)) if to else None
