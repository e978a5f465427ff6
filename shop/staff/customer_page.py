"""One customer as the team sees them, with the forms of what can be done."""

from __future__ import annotations

from flask import Response, request, url_for

from shop.accounts.customers import groups, queries, support
from shop.accounts.devices import session_name
from shop.accounts.models import User
from shop.accounts.permissions import Permission as P
from shop.accounts.queries.addresses import addresses_of
from shop.accounts.queries.people import users
from shop.accounts.queries.roles import permissions_of_person
from shop.accounts.queries.sessions import live_sessions_of
from shop.accounts.queries.two_factor import is_on
from shop.accounts.visits import visitor
from shop.checkout.trust import past_of, weigh
from shop.fulfilment.queries import desk
from shop.lib.http.answers import page
from shop.lib.money import ZERO
from shop.lib.queries import one_or_404, page_of, rows
from shop.orders.models import Order
from shop.payments.tenders import tenders_of
from shop.promotions.credit.queries import balance_of, entries_of
from shop.staff.forms import StaffForm
from shop.staff.forms.credit import CreditForm
from shop.staff.forms.customer import CashForm, ChosenGroup, HelpForm, NoteForm
from shop.staff.forms.paging import page_number
from shop.store.cash_settings import CASH_WEIGHED
from shop.store.settings import value_of

DEVICES_SHOWN, VISITS_SHOWN, CREDITS_SHOWN = 5, 10, 5


def customer_page(
    user_id: int, status: int = 200, *, password: str = "", told: str = "", **typed: StaffForm
) -> Response:
    """The page of a customer; `typed` holds forms that were refused, by name; a new password is shown this once."""
    person = one_or_404(users().where(User.id == user_id))
    theirs = desk.orders_matching(desk.OrderFilter()).where(Order.user_id == user_id)
    here, is_customer = visitor(), not person.erased_at and not permissions_of_person(user_id)
    return page(
        "staff/customers/show.html",
        status,
        person=person,
        addresses=rows(addresses_of(user_id)),
        orders_page=(found := page_of(theirs, page_number(request.args))),
        tenders=tenders_of([order.id for order in found.items]),
        page_url=lambda number: url_for("staff_customers.show", user_id=user_id, page=number),
        devices=[(session_name(one), one) for one in rows(live_sessions_of(user_id).limit(DEVICES_SHOWN))],
        visits=rows(support.visits_to(user_id).limit(VISITS_SHOWN)),
        notes=rows(queries.notes_about(user_id)),
        password=password,
        told=told,
        is_customer=is_customer,
        may_update=is_customer and here.can(P.CUSTOMER_UPDATE),
        may_deactivate=is_customer and here.can(P.CUSTOMER_DEACTIVATE),
        may_delete=is_customer and here.can(P.CUSTOMER_DELETE),
        may_help=is_customer and here.can(P.CUSTOMER_HELP),
        may_log_out=here.can(P.SESSION_END),
        may_credit=is_customer and here.can(P.CREDIT_UPDATE),
        credit=balance_of(user_id),
        credits=rows(entries_of(user_id).limit(CREDITS_SHOWN)),
        may_reset=is_customer and here.can(P.TWO_FACTOR_RESET) and is_on(user_id),
        **_blank() | _groups(user_id) | _trust(person) | typed,
    )


def _blank() -> dict[str, object]:
    """The forms as they begin."""
    credit_form = CreditForm(formdata=None)
    credit_form.renew_key()
    return {"note_form": NoteForm(formdata=None), "help_form": HelpForm(formdata=None), "credit_form": credit_form}


def _trust(person: User) -> dict[str, object]:
    """What counts for and against a customer who pays the courier, where the shop weighs that."""
    if not value_of(CASH_WEIGHED):
        return {"trust": None}
    trust = weigh(past_of(person.id, "", person.phone), person.phone or "", {}, ZERO)
    return {"trust": trust, "cash_form": CashForm(formdata=None, data={"answer": trust.override or ""})}


def _groups(user_id: int) -> dict[str, object]:
    """The groups a customer is in, and a form with the others."""
    theirs = {group.id: group.name for group in rows(groups.groups_of(user_id))}
    others = {group.id: group.name for group in rows(groups.groups()) if group.id not in theirs}
    form = ChosenGroup(formdata=None)
    form.offer(others)
    return {"groups": theirs, "group_form": form if others else None}
