"""Every message has its words, and all words belong to a message."""

import ast
from pathlib import Path

import pytest

from shop.notifications.catalogue import MAIL_OF, MAILS
from shop.notifications.states import Channel
from shop.notifications.wording import ANY_TEXT

SHOP = Path(__file__).resolve().parents[2] / "shop"
TEMPLATES = SHOP.parent / "templates"
ENDINGS = {Channel.EMAIL: ("html", "txt"), Channel.SMS: ("txt",)}
FOLDERS = {Channel.EMAIL: "mail", Channel.SMS: "sms"}


def written() -> set[str]:
    """The templates of whole messages; one that begins with an underscore is a part of others."""
    found = (path for folder in FOLDERS.values() for path in (TEMPLATES / folder).iterdir())
    return {path.relative_to(TEMPLATES).as_posix() for path in found if not path.name.startswith("_")}


def mentioned() -> set[str]:
    """The names that code uses which makes events happen: all but the events' own files and the catalogue."""
    told = {path for path in SHOP.rglob("*.py") if path.name != "events.py" and "notifications" not in path.parts}
    nodes = [node for path in told for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    return names | {node.attr for node in nodes if isinstance(node, ast.Attribute)}


@pytest.mark.covers("NOT-01")
def test_every_message_has_its_words_and_no_words_are_left_over():
    wanted = {f"{FOLDERS[m.channel]}/{m.template}.{ending}" for m in MAILS for ending in ENDINGS[m.channel]}
    # What a mail says as a text message to those without an e-mail.
    instead = {ANY_TEXT} | {f"sms/{m.template}.txt" for m in MAILS}
    assert wanted <= written() <= wanted | instead


@pytest.mark.covers("NOT-01")
def test_an_event_causes_one_message():
    assert len(MAIL_OF) == len(MAILS)


@pytest.mark.covers("NOT-01")
def test_every_event_that_causes_a_message_happens_somewhere():
    assert {mail.event.__name__ for mail in MAILS} - mentioned() == set()
