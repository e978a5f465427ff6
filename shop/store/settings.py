"""Every tunable of the shop: typed, with its default, unit and effect (STO-03).

A constant becomes a setting where an owner has a reason to change it. Limits that only keep the shop safe stay code.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from shop.extensions import db
from shop.lib.kept import kept_by_stamp
from shop.lib.unit_of_work import once_a_unit
from shop.store.cash_settings import CASH_SETTINGS
from shop.store.models import SettingValue
from shop.store.setting_types import Choice, Group, Setting, T, Whole, YesNo

RESERVATION_MINUTES = Whole(
    "reservation_minutes", "Time to pay", 30,
    "How long an order that is not paid yet keeps its goods. After that it is cancelled and the goods are for sale.",
    unit="minutes", minimum=5, maximum=1440)  # fmt: skip
RECONCILE_MINUTES = Whole(
    "reconcile_minutes", "Ask the bank again after", 10,
    "How long nothing may be heard of a payment or a refund until the shop asks the bank, every five minutes.",
    unit="minutes", minimum=1, maximum=1440)  # fmt: skip
GUEST_CHECKOUT = YesNo(
    "guest_checkout", "Buying without an account", True,
    "People may order with an e-mail and a phone alone. Without it the checkout asks them to log in or register first.",
)  # fmt: skip
UNPAID_ORDERS = Whole(
    "unpaid_orders", "Unpaid orders of one buyer", 5,
    "How many orders of one account, e-mail or phone may wait to be paid or, where the courier is paid, to be "
    "confirmed: each keeps its goods from others. Guests who share an internet connection may place four times as many "
    "in an hour. Orders that the team takes by phone are not limited; with 0 none are.",
    unit="orders", minimum=0, maximum=1000, one="order")  # fmt: skip
HANDOVER_TRIES = Whole(
    "handover_tries", "Tries of a delivery code", 5,
    "After so many wrong codes a parcel needs a new code, or a reason why it is handed over without one.",
    unit="tries", minimum=1, maximum=20, one="try")  # fmt: skip
RIDER_HOURS = Whole(
    "rider_hours", "Rider's link lives", 16,
    "How long the link works by which a rider sees the address and hands a parcel over. It holds for links from now "
    "on; a link also ends with its parcel.",
    unit="hours", minimum=1, maximum=72)  # fmt: skip
INVOICE_DAYS = Whole(
    "invoice_days", "Invoices are due after", 15,
    "How long after the day it was issued an unpaid invoice counts as overdue, where its draft named no day.",
    unit="days", minimum=0, maximum=120)  # fmt: skip
PROMOTIONS_COMBINE = Choice(
    "promotions_combine", "Several discounts on one article", "best",
    "What an article costs that two automatic discounts are for: less by the one that takes off most, or by one after "
    "another in the order of their priority. A discount that says it does not combine stays alone either way.",
    choices=(("best", "The best one"), ("all", "One after another")))  # fmt: skip
COUPON_ON_TOP = Choice(
    "coupon_on_top", "A coupon and automatic discounts", "top",
    "Whether a coupon takes from what automatic discounts have left, or the buyer gets the coupon or the discounts, "
    "whichever takes off more.",
    choices=(("top", "The coupon on top"), ("better", "Whichever takes off more")))  # fmt: skip
FEW_LEFT = Whole(
    "few_left", "Say how many are left", 5,
    "A product's page says how many are left of a size when there are fewer than this. With 0 it never does.",
    unit="pieces", minimum=0, maximum=100)  # fmt: skip
NEW_DAYS = Whole(
    "new_days", "New for", 21,
    "How long a product wears the badge New after it came on the shelf. With 0 none does.",
    unit="days", minimum=0, maximum=365)  # fmt: skip
STOCK_ALERTS_TO = Choice(
    "stock_alerts_to", "Mails about low stock go to", "owners",
    "Who gets a mail when sizes fall to the number at which they count as low: one mail for all of five minutes. "
    "Of each size it tells once, and again after new goods came in.",
    choices=(("owners", "Every owner"), ("store", "The store's e-mail address"), ("nobody", "Nobody")))  # fmt: skip
LOGIN_HOURS = Whole(
    "login_hours", "Logged in for", 12,
    "How long people stay logged in who did not tick Keep me logged in. It holds for logins from now on.",
    unit="hours", minimum=1, maximum=168)  # fmt: skip
REMEMBER_DAYS = Whole(
    "remember_days", "Stay logged in for", 30,
    "How long people stay logged in who ticked Keep me logged in. It holds for logins from now on.",
    unit="days", minimum=1, maximum=365)  # fmt: skip
GUEST_DAYS = Whole(
    "guest_days", "Keep a guest's bag for", 30,
    "How long the bag and wishlist of somebody without an account are kept. It holds for those begun from now on.",
    unit="days", minimum=1, maximum=365)  # fmt: skip
RESET_MINUTES = Whole(
    "reset_minutes", "Password links live", 5,
    "How long a mailed link to set a new password works.",
    unit="minutes", minimum=1, maximum=60)  # fmt: skip
CODE_MINUTES = Whole(
    "code_minutes", "Codes live", 10,
    "How long a six-digit code works that was sent by e-mail or text message.",
    unit="minutes", minimum=2, maximum=60)  # fmt: skip
CODE_TRIES = Whole(
    "code_tries", "Tries of a code", 5,
    "After so many wrong codes nobody can go on for an hour, however often a new code is asked for.",
    unit="tries", minimum=1, maximum=10, one="try")  # fmt: skip
TWO_FACTOR_FOR = Choice(
    "two_factor_for", "Two-factor sign-in is a must for", "nobody",
    "Who has to set up an authenticator app before they can do anything in the owner's pages. Owners are those who may "
    "do everything. It holds at once, also for who is logged in.",
    choices=(("nobody", "Nobody"), ("owners", "Owners"), ("team", "The whole team")))  # fmt: skip
CONFIRM_MINUTES = Whole(
    "confirm_minutes", "Ask the team who they are after", 15,
    "Whoever changes roles, people of the team or settings, gives money back or logs in as a customer is asked for the "
    "password again when they gave it longer ago than this. Logging in counts. It holds at once.",
    unit="minutes", minimum=5, maximum=240)  # fmt: skip
EXPORT_DAYS = Whole(
    "export_days", "Keep people's exports for", 7,
    "How long people can download the data they asked for. After that the file is deleted, and they ask anew.",
    unit="days", minimum=1, maximum=30)  # fmt: skip
LOGIN_LOG_DAYS = Whole(
    "login_log_days", "Keep the login log for", 180,
    "How long the login log remembers who came and went, and from where. What is older is deleted once a day. "
    "In India CERT-In asks for 180 days (directions of 28 April 2022).",
    unit="days", minimum=30, maximum=3650)  # fmt: skip
ADDRESSES_MOST = Whole(
    "addresses_most", "Addresses in a book", 30,
    "How many addresses one person can keep. Who has more keeps them, but adds none.",
    unit="addresses", minimum=1, maximum=200, one="address")  # fmt: skip
APP_DAYS = Whole(
    "app_days", "Apps stay logged in for", 30,
    "How long an app that asked to be remembered can renew its access without the password.",
    unit="days", minimum=3, maximum=365)  # fmt: skip
APP_HOURS = Whole(
    "app_hours", "Other apps are logged in for", 24,
    "The same for an app that did not ask to be remembered.",
    unit="hours", minimum=1, maximum=48)  # fmt: skip
ACCESS_MINUTES_REMEMBERED = Whole(
    "access_minutes_remembered", "Access of remembered apps", 30,
    "How long one access token works before a remembered app must renew it.",
    unit="minutes", minimum=1, maximum=60)  # fmt: skip
ACCESS_MINUTES = Whole(
    "access_minutes", "Access of other apps", 10,
    "The same for an app that did not ask to be remembered.",
    unit="minutes", minimum=1, maximum=60)  # fmt: skip

ORDERS = Group("Orders", (
    RESERVATION_MINUTES, RECONCILE_MINUTES, GUEST_CHECKOUT, UNPAID_ORDERS, HANDOVER_TRIES, RIDER_HOURS,
))  # fmt: skip
GROUPS = (
    ORDERS,
    Group("Prices", (PROMOTIONS_COMBINE, COUPON_ON_TOP)),
    Group("Invoices", (INVOICE_DAYS,)),
    Group("Stock", (STOCK_ALERTS_TO,)),
    CASH_SETTINGS,
    Group("Shop window", (FEW_LEFT, NEW_DAYS)),
    Group("People", (LOGIN_HOURS, REMEMBER_DAYS, GUEST_DAYS, RESET_MINUTES, CODE_MINUTES, CODE_TRIES, ADDRESSES_MOST)),
    Group("Team", (TWO_FACTOR_FOR, CONFIRM_MINUTES)),
    Group("Logs", (LOGIN_LOG_DAYS, EXPORT_DAYS)),
    Group("Apps", (APP_DAYS, APP_HOURS, ACCESS_MINUTES_REMEMBERED, ACCESS_MINUTES)),
)
SETTINGS = {setting.key: setting for group in GROUPS for setting in group.settings}
KEPT = select(SettingValue.key, SettingValue.value)


def value_of(setting: Setting[T]) -> T:
    """The owner's value of a setting, else its default; what no longer fits its limits counts as never set."""
    return setting.read(kept_values().get(setting.key))


def in_words(key: str) -> str:
    """A setting's value with its unit, as templates write it: 5 minutes."""
    setting: Any = SETTINGS[key]
    return str(setting.words(value_of(setting)))


def kept_values() -> dict[str, object]:
    """What the owner has set, by key; asked for at most once a unit, and in those that only read by the stamp."""
    return once_a_unit("settings", _read)


@kept_by_stamp(most=1, for_writers=True)
def _read() -> dict[str, object]:
    return {row.key: row.value for row in db.session.execute(KEPT)}
