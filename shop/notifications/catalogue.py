"""The one list of events and the mails and text messages they cause (NOT-01)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from shop.accounts import events as accounts
from shop.checkout import events as checkout
from shop.invoices import events as invoices
from shop.lib.events import Event
from shop.notifications.letters import proofs, to_buyers, to_owners, to_people, to_shoppers
from shop.notifications.letters.about import (
    about_alert,
    about_codes,
    about_edit,
    about_failed_delivery,
    about_occasion,
    about_order,
    about_person,
    about_refund,
    about_sending,
    about_wait,
)
from shop.notifications.letters.letter import Letter
from shop.notifications.states import Channel
from shop.orders import events as orders
from shop.payments import events as payments
from shop.stock import events as stock


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

    @property
    def title(self) -> str:
        return self.subject


MAILS: tuple[Mail, ...] = (
    Mail(orders.OrderPlaced, "order_placed", "We have your order {order.number}",
         about_order, to_buyers.write_order),
    Mail(orders.OrderConfirmed, "order_confirmed", "Order {order.number} is confirmed",
         about_order, to_buyers.write_order),
    Mail(orders.OrderEdited, "order_changed", "Order {order.number} was changed",
         about_edit, to_buyers.write_edited),
    Mail(orders.OrderShipped, "order_shipped", "Order {order.number} is on its way",
         about_sending, to_buyers.write_shipped),
    Mail(orders.OrderOutForDelivery, "order_out_for_delivery", "Order {order.number} arrives today",
         about_codes, to_buyers.write_out_for_delivery, holds_secret=True),
    Mail(orders.OrderDelivered, "order_delivered", "Order {order.number} is delivered",
         about_order, to_buyers.write_order),
    Mail(orders.OrderDeliveryFailed, "order_delivery_failed", "We could not deliver order {order.number}",
         about_failed_delivery, to_buyers.write_order),
    Mail(orders.OrderCancelled, "order_cancelled", "Order {order.number} is cancelled",
         about_order, to_buyers.write_cancelled),
    Mail(orders.OrderRestCancelled, "order_rest_cancelled", "A part of order {order.number} is not sent",
         about_order, to_buyers.write_rest_cancelled),
    Mail(orders.OrderReturned, "order_returned", "Order {order.number} came back to us",
         about_order, to_buyers.write_order),
    Mail(payments.RefundMade, "order_refunded", "Your refund for order {order.number}",
         about_refund, to_buyers.write_refunded),
    Mail(payments.PayeeAsked, "refund_account", "Where shall the money for order {order.number} go?",
         about_occasion, to_buyers.write_payee_asked),
    Mail(invoices.InvoiceSent, "invoice", "{invoice.title} {invoice.number} for order {order.number}",
         about_occasion, to_buyers.write_invoice),
    Mail(accounts.UserRegistered, "welcome", "Welcome to {shop.name}",
         about_person, to_people.write_welcome),
    Mail(accounts.MadeElsewhere, "welcome_link", "Welcome to {shop.name}: your login link",
         about_occasion, to_people.write_welcome_link, holds_secret=True),
    Mail(accounts.PasswordResetRequested, "password_reset", "Choose a new password",
         about_occasion, to_people.write_password_reset, holds_secret=True),
    Mail(accounts.ResetCodeAskedByMail, "reset_code", "Your code for a new password",
         about_occasion, proofs.write_reset_code, holds_secret=True),
    Sms(accounts.ResetCodeAskedBySms, "text_reset_code", "Code for a new password",
        about_occasion, proofs.text_reset_code, holds_secret=True),
    Sms(accounts.EmailReminderAsked, "text_email_reminder", "E-mail to log in with",
        about_occasion, proofs.text_email_reminder),
    Mail(accounts.EmailVerificationAsked, "email_verification", "Confirm your e-mail address",
         about_occasion, proofs.write_email_verification, holds_secret=True),
    Sms(accounts.PhoneVerificationAsked, "text_phone_code", "Code to confirm a phone number",
        about_occasion, proofs.text_phone_code, holds_secret=True),
    Mail(checkout.CashCodeAsked, "cash_code", "Your code to pay on delivery",
         about_occasion, proofs.write_cash_code, holds_secret=True),
    Mail(accounts.PhoneVerified, "phone_verified", "Your phone number is confirmed",
         about_occasion, proofs.write_phone_verified),
    Mail(accounts.PasswordChanged, "password_changed", "Your password was changed",
         about_occasion, to_people.write_password_changed),
    Mail(accounts.EmailChanged, "email_changed", "Your e-mail address was changed",
         about_occasion, to_people.write_email_changed),
    Mail(accounts.SignInLinked, "sign_in_linked", "A new way to sign in to your account",
         about_occasion, to_people.write_sign_in_linked),
    Mail(accounts.TwoFactorSwitchedOn, "two_factor_on", "Two-factor sign-in was switched on",
         about_occasion, to_people.write_two_factor_on),
    Mail(accounts.TwoFactorSwitchedOff, "two_factor_off", "Two-factor sign-in was switched off",
         about_occasion, to_people.write_two_factor_off),
    Mail(accounts.DataExportReady, "data_export_ready", "Your data is ready to download",
         about_occasion, to_people.write_export_ready),
    Mail(stock.LowStockFound, "low_stock", "Running low: {title}",
         about_alert, to_owners.write_low_stock),
    Mail(stock.CameBack, "back_in_stock", "Back in stock: {title}",
         about_wait, to_shoppers.write_back_in_stock),
    Mail(accounts.AccountErased, "account_erased", "Your account is deleted",
         about_person, to_people.write_farewell, is_last=True),
    Sms(accounts.PhoneAccountErased, "text_account_erased", "Account is deleted",
        about_person, to_people.text_farewell, is_last=True),
)  # fmt: skip
MAIL_OF: dict[type[Event], Mail] = {mail.event: mail for mail in MAILS}
