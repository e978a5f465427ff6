"""What the documents point to is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "tools").glob("**/*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_and_picture_of_a_document_exists(document: Path) -> None:
    missing = [target for target in LINK.findall(document.read_text()) if not (document.parent / target).exists()]
    assert missing == []


def macros(text: str, before: str) -> dict[str, str]:
    """Macros with their arguments as they are written, without blanks."""
    found = re.findall(before + r"(\w+)\(((?:[^()`]|\([^()]*\))*)\)", text)
    return {name: re.sub(r"\s", "", arguments) for name, arguments in found}


def documented() -> dict[str, dict[str, str]]:
    """The macros that the design page lists, by their file."""
    table = (ROOT / "docs/design.md").read_text().partition("## Macros")[2].partition("\n## ")[0]
    return {row[1]: macros(row[2], "`") for row in re.finditer(r"^\| `(\w+\.html)`[^|]*\|(.*)\|$", table, re.MULTILINE)}


@pytest.mark.parametrize("file", documented())
def test_the_design_page_lists_macros_with_the_arguments_they_take(file: str) -> None:
    written = macros((ROOT / "templates/shared" / file).read_text(), "macro ")
    wrong = {
        name: written.get(name) for name, arguments in documented()[file].items() if written.get(name) != arguments
    }
    assert wrong == {}
