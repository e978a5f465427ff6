"""The rules of docs/architecture.md that no type checker sees."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from shop.extensions import Model
from shop.lib.audit_log.marks import KEY, Mark, OwnHistory, mark_of

SHOP = Path(__file__).resolve().parents[2] / "shop"
FILES = sorted(SHOP.rglob("*.py"))
DOORS = {"storefront", "staff", "cli"}
STEPS_VIEWS = {
    "api/auth.py", "api/elsewhere.py", "api/order_desk.py", "api/orders.py", "api/own_data.py",
    "api/passwords.py", "api/profile.py",
    "api/categories.py", "api/files.py", "api/product_images.py", "api/sorted_by.py", "api/team.py",
    "api/verifications.py",
    "lib/files/serving.py",
    "staff/confirm.py", "staff/couriers.py", "staff/order_bulk.py", "staff/shipping.py",
    "staff/parcels.py", "staff/pictures.py", "staff/roles.py", "staff/store.py", "staff/team.py",
    "storefront/data_export.py", "storefront/deletion.py", "storefront/elsewhere.py", "storefront/login_link.py",
    "staff/sizes.py", "staff/synonyms.py", "storefront/sign_ins.py", "storefront/track.py",
    "storefront/checkout_code.py",
    "storefront/checkout_review.py", "storefront/forgot_email.py", "storefront/login.py", "storefront/login_code.py",
    "storefront/new_password.py", "storefront/order_payment.py", "storefront/password.py",
    "storefront/password_code.py", "storefront/profile.py", "storefront/profile_picture.py", "storefront/register.py",
    "storefront/rider.py", "storefront/two_factor.py", "storefront/verifications.py",
    "storefront/payment_webhooks.py", "api/payment_intents.py",
    "api/users.py", "staff/customer_deletion.py", "staff/customer_groups.py", "staff/customers.py",
    "api/product_writes.py", "staff/delivery.py", "staff/new_product.py",
    "staff/categories.py", "staff/filters.py", "staff/size_tables.py", "staff/sorted_by.py", "staff/variant_matrix.py",
}  # fmt: skip


def name_of(path: Path) -> str:
    return path.relative_to(SHOP).as_posix()


def calls(path: Path, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            function = node.func
            called = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
            if called in names:
                yield node


def test_only_the_unit_of_work_commits() -> None:
    committing = {name_of(path) for path in FILES if "session.commit(" in path.read_text()}
    assert committing == {"lib/unit_of_work.py"}


def unlogged() -> set[str]:
    """Models whose changes the audit log leaves out, with a reason."""
    return {m.class_.__name__ for m in Model.registry.mappers if isinstance(m.local_table.info.get(KEY), OwnHistory)}


def left_out(model: str) -> set[str]:
    """Columns of a logged model that the audit log leaves out: sums and marks that others keep track of."""
    tables = [m.local_table for m in Model.registry.mappers if m.class_.__name__ == model]
    return {column.name for table in tables for column in table.columns if mark_of(column) is Mark.LEFT_OUT}


def updates(path: Path) -> Iterator[tuple[str, set[str | None]]]:
    """The model of each update(), and the columns named where it stands as `update(Model).values(...)`."""
    called = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    valued = {id(node.func.value): {one.arg for one in node.keywords}
              for node in called if isinstance(node.func, ast.Attribute) and node.func.attr == "values"}  # fmt: skip
    for node in called:
        if (
            getattr(node.func, "id", "") == "update"
            and isinstance(node.args[0], ast.Name)
            and node.args[0].id[0].isupper()
        ):
            yield node.args[0].id, valued.get(id(node), {None})


def test_update_is_used_only_where_a_ledger_or_history_keeps_track() -> None:
    allowed = unlogged()
    refused = [
        f"{name_of(path)}: update({model})"
        for path in FILES
        for model, columns in updates(path)
        if model not in allowed and not columns <= left_out(model)
    ]
    assert refused == []


@pytest.mark.parametrize("kind", ["services", "models", "queries", "states", "events"])
def test_areas_know_nothing_of_requests_and_templates(kind: str) -> None:
    words = ("import request", "flask import session", "render_template", "flask_login")
    areas = [path for path in FILES if name_of(path).split("/")[0] not in DOORS | {"lib"} and kind in path.as_posix()]
    assert [name_of(path) for path in areas if any(word in path.read_text() for word in words)] == []


def test_views_that_open_their_own_units_are_listed() -> None:
    marked = {name_of(path) for path in FILES if re.search(r"^\s*@steps$", path.read_text(), re.MULTILINE)}
    assert marked == STEPS_VIEWS


def test_nothing_imports_the_application() -> None:
    assert [name_of(path) for path in FILES if "from shop import" in path.read_text()] == []


def test_no_drawer_for_odds_and_ends() -> None:
    odd = {"utils", "helpers", "common", "manager", "misc"}
    assert [name_of(path) for path in SHOP.rglob("*") if path.stem in odd] == []
