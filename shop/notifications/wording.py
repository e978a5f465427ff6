"""Turns a letter into subject, text and HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import current_app

from shop.lib.http.answers import absolute
from shop.notifications.catalogue import Mail
from shop.notifications.letters.letter import Letter
from shop.notifications.states import Channel
from shop.store.queries import store

ANY_TEXT = "sms/order.txt"
"""What a mail of an order without words of its own for a phone says there: its subject, and where to read more."""


@dataclass(frozen=True)
class Words:
    """A message as people read it; a text message has no HTML."""

    subject: str
    text: str
    html: str | None


def word(mail: Mail, letter: Letter) -> Words:
    """The message's words. Rendered without Flask's context processors: no request stands behind a mail."""
    shop = store()
    facts = {"shop": shop, "logo_url": absolute(shop.logo.url) if shop.logo else None, **letter.facts}
    subject = mail.subject.format(**facts)
    if channel_of(mail, letter) == Channel.SMS:
        named = (f"sms/{mail.template}.txt", ANY_TEXT)
        return Words(subject, _render(*named, subject=subject, **facts).strip(), None)
    html = _render(f"mail/{mail.template}.html", subject=subject, **facts)
    text = re.sub(r"\n{3,}", "\n\n", _render(f"mail/{mail.template}.txt", subject=subject, **facts))
    return Words(subject, text.strip() + "\n", html)


def channel_of(mail: Mail, letter: Letter) -> Channel:
    """How the letter leaves."""
    return Channel.SMS if letter.by_text else mail.channel


def _render(*templates: str, **facts: object) -> str:
    """The first of the templates that there is."""
    return current_app.jinja_env.select_template(templates).render(facts)
