"""No table with people in it is forgotten: what the shop knows of them is handed out and let go, or says why not."""

import re

import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table

from shop.extensions import Model
from shop.lib.audit_log.marks import Mark, mark_of
from shop.lib.personal import Because
from shop.membership.holdings import HOLDINGS

PEOPLE = ("user_account", "session")
SAYS_WHO = re.compile(
    r"(^|_)(user_id|person_id|email|phone|recipient|ip|user_agent|upi_id|last_four|first_name|last_name|birth|gender"
    r"|street|actor|typed|last_error|device)$|^(address|author|entered_by|erased_by)$"
)
THE_SHOPS_OWN = {"store_profile"}


def has_people(table: Table) -> bool:
    """Whether rows belong to somebody, or tell who somebody is."""
    owners = {key.column.table.name for column in table.columns for key in column.foreign_keys}
    tells = any(mark_of(column) is Mark.PERSONAL or SAYS_WHO.search(column.name) for column in table.columns)
    return table.name not in THE_SHOPS_OWN and (tells or not owners.isdisjoint(PEOPLE))


def listed() -> set[str]:
    return {table for holding in HOLDINGS for table in holding.tables}


def forgotten(tables: list[Table]) -> set[str]:
    return {table.name for table in tables if has_people(table)} - listed()


@pytest.mark.covers("ACC-10")
def test_every_table_with_people_is_listed_for_export_and_erasure() -> None:
    """What is missing goes into `personal.py` of its area."""
    assert forgotten(Model.metadata.sorted_tables) == set()
    assert listed() - {table.name for table in Model.metadata.sorted_tables} == set()


def test_a_table_nobody_listed_is_noticed() -> None:
    """The control."""
    metadata = MetaData()
    Table("user_account", metadata, Column("id", Integer, primary_key=True))
    owned = Table("diary", metadata, Column("whose", ForeignKey("user_account.id")))
    telling = [Table(f"odd_{name}", metadata, Column(name)) for name in ("user_id", "billing_email", "ip", "address")]
    assert forgotten([owned, *telling]) == {"diary", "odd_user_id", "odd_billing_email", "odd_ip", "odd_address"}
    assert forgotten([Table("colour", metadata, Column("name"))]) == set()


@pytest.mark.covers("ACC-10")
def test_reasons_are_given_and_files_have_names_of_their_own() -> None:
    reasons = [way.reason for one in HOLDINGS for way in (one.told, one.erase) if isinstance(way, Because)]
    assert all(reason.endswith(".") for reason in reasons)
    files = [one.file for one in HOLDINGS if not isinstance(one.told, Because)]
    assert len(files) == len(set(files))
    assert all(re.fullmatch(r"[a-z_]+\.(json|webp)", file) for file in files)
