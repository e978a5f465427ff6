"""Forms of the customers' pages: what the list is narrowed to, and the account of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice

from shop.accounts.customers.queries import OLDEST, SORTS, Choices, CustomerFilter
from shop.accounts.models import Gender
from shop.staff import words
from shop.staff.forms import StaffForm

PROVEN = {"yes": "Verified", "no": "Not verified"}
ANSWERS = {"yes": True, "no": False}
GENDERS: dict[str, str] = {Gender.FEMALE: "Female", Gender.MALE: "Male", Gender.OTHER: "Other"}
FOLDED = ("email", "phone", "gender", "age_from", "age_to", "role")
FIELDS = ("q", "status", "group", *FOLDED)


def _choice(label: str, anything: str, known: Callable[[], dict[str, str]]) -> SelectField:
    """A field of one of `known`, which is asked anew for each form: the owner may call it something else."""

    def choices() -> list[SelectChoice]:
        return [SelectChoice("", anything), *(SelectChoice(code, title) for code, title in known().items())]

    return SelectField(label, choices=choices)


class CustomerFilterForm(StaffForm):
    """Who is looked for; a value that makes no sense counts as none."""

    q = StringField("Search")
    status = _choice("Account", "Any", words.accounts)
    email = _choice("E-mail", "Any", lambda: PROVEN)
    phone = _choice("Phone", "Any", lambda: PROVEN)
    gender = _choice("Gender", "Any", lambda: GENDERS)
    age_from = StringField("Age from")
    age_to = StringField("Age to")
    role = SelectField("Role")
    group = SelectField("Group")

    def offer(self, choices: Choices) -> None:
        """The roles and groups to choose from."""
        for field, known in ((self.role, choices.roles), (self.group, choices.groups)):
            anything = SelectChoice("", "Any" if known else "None yet")
            field.choices = [anything, *(SelectChoice(str(key), label) for key, label in known.items())]

    def wanted(self, sort: str = "", *, with_team: bool = False) -> CustomerFilter:
        """The filter as plain values; the team is only listed where a role is chosen."""
        kept = self._kept()
        return CustomerFilter(
            text=kept["q"],
            status=kept["status"],
            is_email_verified=ANSWERS.get(kept["email"]),
            is_phone_verified=ANSWERS.get(kept["phone"]),
            gender=kept["gender"],
            age_from=_number(kept["age_from"]),
            age_to=_number(kept["age_to"]),
            role_id=_number(kept["role"]),
            group_id=_number(kept["group"]),
            sort=sort if sort in SORTS else CustomerFilter.sort,
            with_team=with_team and bool(kept["role"]),
        )

    def kept(self, **more: Any) -> dict[str, Any]:
        """What links to other pages of the list carry along, without what is empty."""
        return {name: value for name, value in (self._kept() | more).items() if value}

    def chips(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Each filter that narrows the list: its words, and what a link carries along that leaves it out."""
        for name, value in self._kept().items():
            if value:
                yield f"{self[name].label.text}: {self._words(name, value)}", self.kept(**{name: ""})

    @property
    def asks_more(self) -> bool:
        """Whether a filter is set that the page keeps folded up."""
        return any(self._kept()[name] for name in FOLDED)

    def _kept(self) -> dict[str, str]:
        return {name: self._sane(name) for name in FIELDS}

    def _sane(self, name: str) -> str:
        value = str(self[name].data or "").strip()
        if name == "q":
            return value[:100]
        if name in ("age_from", "age_to"):
            return value if _is_age(value) else ""
        return value if value in {choice.value for choice in self[name].choices} else ""

    def _words(self, name: str, value: str) -> str:
        choices = getattr(self[name], "choices", ())
        return next((choice.label for choice in choices if choice.value == value), value)


def _is_age(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 4 and int(text) <= OLDEST


def _number(text: str) -> int | None:
    return int(text) if text else None
