"""The one list of events and the mails and text messages they cause (NOT-01)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from shop.accounts import events as accounts
from shop.accounts.events import (
    AccountErased,
    DataExportReady,
    EmailChanged,
    MadeElsewhere,
    PasswordChanged,
    PasswordResetRequested,
    SignInLinked,
    TwoFactorSwitchedOff,
    TwoFactorSwitchedOn,
    UserRegistered,
)
from shop.lib.events import Event
from shop.notifications import letters, proofs
from shop.notifications.letters import Letter
from shop.notifications.states import Channel
from shop.orders import events as orders
from shop.payments.events import RefundMade


@dataclass(frozen=True)
class Mail:
    """One kind of mail. `subject` is filled from the letter's facts; the words are `templates/mail/<template>.*`.

    `about` names what it is about, so that one event delivered twice mails once.
    The words of a mail that `holds_secret` are never kept. After one that `is_last` the shop forgets whom it went to.
    """

    event: type[Event]
    template: str
    subject: str
    about: Callable[[Any], str]
    write: Callable[[Any], Letter | None]
    holds_secret: bool = False
    is_last: bool = False
    channel: ClassVar[Channel] = Channel.EMAIL

    @property
    def title(self) -> str:
        return self.template.replace("_", " ").capitalize()


class Sms(Mail):
    """One kind of text message. `subject` is what the log calls it; the words are `templates/sms/<template>.txt`."""

    channel = Channel.SMS


MAILS: tuple[Mail, ...] = (
    Mail(orders.OrderPlaced, "order_placed", "We have your order {order.number}",
         letters.about_order, letters.write_order),
    Mail(orders.OrderConfirmed, "order_confirmed", "Order {order.number} is confirmed",
         letters.about_order, letters.write_order),
    Mail(orders.OrderShipped, "order_shipped", "Order {order.number} is on its way",
         letters.about_order, letters.write_shipped),
    Mail(orders.OrderOutForDelivery, "order_out_for_delivery", "Order {order.number} arrives today",
         letters.about_codes, letters.write_out_for_delivery, holds_secret=True),
    Mail(orders.OrderDelivered, "order_delivered", "Order {order.number} is delivered",
         letters.about_order, letters.write_order),
    Mail(orders.OrderDeliveryFailed, "order_delivery_failed", "We could not deliver order {order.number}",
         letters.about_failed_delivery, letters.write_order),
    Mail(orders.OrderCancelled, "order_cancelled", "Order {order.number} is cancelled",
         letters.about_order, letters.write_cancelled),
    Mail(orders.OrderReturned, "order_returned", "Order {order.number} came back to us",
         letters.about_order, letters.write_order),
    Mail(RefundMade, "order_refunded", "Your refund for order {order.number}",
         letters.about_refund, letters.write_refunded),
    Mail(UserRegistered, "welcome", "Welcome to {shop.name}",
         letters.about_user, letters.write_welcome),
    Mail(MadeElsewhere, "welcome_link", "Welcome to {shop.name}: your login link",
         letters.about_occasion, letters.write_welcome_link, holds_secret=True),
    Mail(PasswordResetRequested, "password_reset", "Choose a new password",
         letters.about_occasion, letters.write_password_reset, holds_secret=True),
    Mail(accounts.ResetCodeAskedByMail, "reset_code", "Your code for a new password",
         letters.about_occasion, proofs.write_reset_code, holds_secret=True),
    Sms(accounts.ResetCodeAskedBySms, "text_reset_code", "Code for a new password",
        letters.about_occasion, proofs.text_reset_code, holds_secret=True),
    Sms(accounts.EmailReminderAsked, "text_email_reminder", "E-mail to log in with",
        letters.about_occasion, proofs.text_email_reminder),
    Mail(accounts.EmailVerificationAsked, "email_verification", "Confirm your e-mail address",
         letters.about_occasion, proofs.write_email_verification, holds_secret=True),
    Sms(accounts.PhoneVerificationAsked, "text_phone_code", "Code to confirm a phone number",
        letters.about_occasion, proofs.text_phone_code, holds_secret=True),
    Mail(accounts.PhoneVerified, "phone_verified", "Your phone number is confirmed",
         letters.about_occasion, proofs.write_phone_verified),
    Mail(PasswordChanged, "password_changed", "Your password was changed",
         letters.about_occasion, letters.write_password_changed),
    Mail(EmailChanged, "email_changed", "Your e-mail address was changed",
         letters.about_occasion, letters.write_email_changed),
    Mail(SignInLinked, "sign_in_linked", "A new way to sign in to your account",
         letters.about_occasion, letters.write_sign_in_linked),
    Mail(TwoFactorSwitchedOn, "two_factor_on", "Two-factor sign-in was switched on",
         letters.about_occasion, letters.write_two_factor_on),
    Mail(TwoFactorSwitchedOff, "two_factor_off", "Two-factor sign-in was switched off",
         letters.about_occasion, letters.write_two_factor_off),
    Mail(DataExportReady, "data_export_ready", "Your data is ready to download",
         letters.about_occasion, letters.write_export_ready),
    Mail(AccountErased, "account_erased", "Your account is deleted",
         letters.about_user, letters.write_farewell, is_last=True),
)  # fmt: skip
MAIL_OF: dict[type[Event], Mail] = {mail.event: mail for mail in MAILS}
