"""What the mail log is narrowed to."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice

from shop.notifications.catalogue import MAILS
from shop.notifications.queries import SendFilter
from shop.notifications.states import SendState
from shop.staff.forms import StaffForm

STATES = [SelectChoice("", "All"), *(SelectChoice(state.value, state.value.capitalize()) for state in SendState)]
TEMPLATES = [SelectChoice("", "All"), *(SelectChoice(mail.template, mail.title) for mail in MAILS)]
LAST_PAGE = 1_000_000


class MailFilterForm(StaffForm):
    """Values that are not on offer count as none, so an old link never breaks."""

    q = StringField("Recipient")
    state = SelectField("State", choices=STATES)
    template = SelectField("Mail", choices=TEMPLATES)

    def wanted(self) -> SendFilter:
        """The filter as plain values."""
        return SendFilter(_offered(self.state), _offered(self.template), (self.q.data or "").strip()[:254])

    def kept(self) -> dict[str, str]:
        """What links to other pages of the list carry along."""
        wanted = self.wanted()
        kept = {"q": wanted.recipient, "state": wanted.state, "template": wanted.template}
        return {name: value for name, value in kept.items() if value}


def page_number(args: MultiDict[str, str]) -> int:
    """The page asked for; anything else is the first."""
    wanted = args.get("page", "1")
    return min(int(wanted), LAST_PAGE) if wanted.isascii() and wanted.isdigit() and len(wanted) < 9 else 1


def _offered(field: SelectField) -> str:
    values = {choice.value for choice in field.choices}
    return field.data if field.data in values else ""
