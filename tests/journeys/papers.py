"""What a shopper reads in a PDF file."""

import re
from io import BytesIO

from playwright.sync_api import Page
from pypdf import PdfReader


def read_paper(page: Page, name: str | re.Pattern[str]) -> str:
    """Follow the link to a paper of the order on the page; the words of the file."""
    link = page.get_by_role("link", name=name).get_attribute("href") or ""
    answer = page.request.get(link)
    assert answer.headers["content-type"] == "application/pdf"
    words = "\n".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.body())).pages)
    return " ".join(words.split())
