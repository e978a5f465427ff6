"""Every mapped table says whether the audit log holds its changes, and no secret gets in unmarked."""

import re

from sqlalchemy import Column, Table

from shop.extensions import Model
from shop.lib.audit_log.marks import KEY, SECRET, Audited, Mark, OwnHistory, audit_of, mark_of
from shop.lib.columns import EncryptedText
from tests.house.test_architecture import SHOP

SECRETIVE = re.compile(r"pass(word|phrase)|secret|token|hash|otp|totp|recovery|session_id|cvv|(^|_)(pin|code|key)$")
NO_SECRET = {"setting_value.key", "lookup_label.code", "delivery_method.code", "promotion.code", "address.postal_code"}
"""Names of things, under which nobody gets in anywhere."""
ABOUT_PEOPLE = re.compile(r"(^|_)(name|email|phone|birth|gender|house|street|landmark|postal_code|city)($|_)|^state$")


def tables() -> list[Table]:
    mapped = {mapper.local_table for mapper in Model.registry.mappers}
    return sorted((table for table in mapped if isinstance(table, Table)), key=lambda table: table.name)


def unmarked_secrets(table: Table) -> list[str]:
    """Columns that smell of a secret, or are encrypted, and would be written into the log."""
    return [
        f"{table.name}.{column.name}"
        for column in table.columns
        if (SECRETIVE.search(column.name) or isinstance(column.type, EncryptedText))
        and mark_of(column) not in {Mark.SECRET, Mark.LEFT_OUT}
        and f"{table.name}.{column.name}" not in NO_SECRET
    ]


def unmarked_personal(table: Table) -> list[str]:
    """Columns of a table with a person's rows that say something about them and would stay when they go."""
    return [
        f"{table.name}.{column.name}"
        for column in table.columns
        if ABOUT_PEOPLE.search(column.name) and not column.name.endswith("_at") and mark_of(column) is None
    ]


def test_every_table_is_in_the_log_or_says_why_not() -> None:
    assert [table.name for table in tables() if KEY not in table.info] == []
    said = [table.info[KEY] for table in tables()]
    assert all(isinstance(one, Audited) or (isinstance(one, OwnHistory) and one.reason) for one in said)


def test_no_secret_enters_the_log() -> None:
    assert [name for table in tables() if audit_of(table) for name in unmarked_secrets(table)] == []


def test_a_secret_nobody_marked_is_noticed() -> None:
    """The control."""
    for name in ("password_hash", "reset_token", "otp", "totp_secret", "session_id", "api_key", "recovery_codes"):
        assert unmarked_secrets(Table("careless", Model.metadata.__class__(), Column(name))) == [f"careless.{name}"]
    careful = Table("careful", Model.metadata.__class__(), Column("password_hash", info=SECRET))
    assert unmarked_secrets(careful) == []
    assert unmarked_secrets(Table("odd", Model.metadata.__class__(), Column("note", EncryptedText()))) == ["odd.note"]


def test_what_is_said_about_people_enters_under_their_key() -> None:
    logged = [(table, said) for table in tables() if (said := audit_of(table)) and said.person]
    assert [name for table, _said in logged for name in unmarked_personal(table)] == []
    assert [table.name for table, said in logged if said.person not in table.columns] == []


def test_personal_columns_name_whose_they_are() -> None:
    keyless = [
        table.name
        for table in tables()
        if (said := audit_of(table)) and not said.person
        if any(mark_of(column) is Mark.PERSONAL for column in table.columns)
    ]
    assert keyless == []


def test_models_are_marked_where_they_are_mapped() -> None:
    naming = [path for path in SHOP.rglob("*.py") if "audit_log.marks import" in path.read_text()]
    odd = [path.relative_to(SHOP).as_posix() for path in naming if "model" not in path.relative_to(SHOP).as_posix()]
    readers = ("lib/audit_log/", "lib/personal.py", "operations/log/")
    assert [path for path in odd if not path.startswith(readers)] == []
