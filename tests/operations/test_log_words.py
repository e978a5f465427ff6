"""The audit log speaks of the shop in words, not in codes."""

import pytest
from flask import Flask

from shop.accounts.permissions import Permission as P
from shop.accounts.services import role_changes
from shop.accounts.services.role_changes import RoleFields
from shop.lib.queries import rows
from shop.operations.log.queries import ChangeFilter, changes
from shop.operations.log.reading import read_changes
from tests.accounts.test_roles import a_role


@pytest.mark.covers("OPS-03", "ACC-12")
def test_what_a_role_may_is_told_in_words(app: Flask) -> None:
    role = a_role("Till", frozenset({P.ORDER_READ}))
    role_changes.change_role(role.id, RoleFields("Till", "", frozenset({P.TWO_FACTOR_RESET})), frozenset(P))
    told = read_changes(rows(changes(ChangeFilter(table="role_permission", record=f"{role.id},{P.TWO_FACTOR_RESET}"))))
    [line] = [line for line in told[0].lines if line.field == "Permission"]
    assert (told[0].record, line.before, line.after) == ("Till · Two factor: reset", "–", "Two factor: reset")
