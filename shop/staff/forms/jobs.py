"""What the list of jobs is narrowed to."""

from __future__ import annotations

from typing import Any

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from shop.lib.jobs.kinds import KINDS
from shop.staff import job_words
from shop.staff.forms import StaffForm
from shop.staff.forms.logs import offered


class JobFilterForm(StaffForm):
    """Values that are not on offer count as none, so an old link never breaks."""

    kind = SelectField("Kind", choices=lambda: [SelectChoice("", "All"), *_kinds()])
    state = SelectField(
        "State", choices=[SelectChoice("", "All"), *(SelectChoice(code, word) for code, word in job_words.states())]
    )

    def wanted(self) -> dict[str, Any]:
        """The filter as plain values."""
        return {"kind": offered(self.kind), "state": offered(self.state)}

    def kept(self) -> dict[str, str]:
        """What links to other pages of the list carry along."""
        return {name: value for name, value in self.wanted().items() if value}


def _kinds() -> list[SelectChoice]:
    return [SelectChoice(name, kind.title) for name, kind in sorted(KINDS.items())]
