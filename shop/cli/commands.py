"""`flask shop …`: what the operator does from a shell."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from shop.accounts.queries.people import active_id_of
from shop.accounts.services import roles, two_factor
from shop.accounts.services.sessions import end_sessions_of
from shop.cli.audit import audit_command
from shop.cli.demo.command import demo_command
from shop.cli.setup import ensure_basics
from shop.lib.unit_of_work import unit_of_work

shop_commands = AppGroup("shop", help="Set up, fill and check the shop.")
shop_commands.add_command(audit_command)
shop_commands.add_command(demo_command)


@shop_commands.command("two-factor-off")
@click.argument("email")
def two_factor_off(email: str) -> None:
    """Switch two-factor sign-in off for an owner who lost phone and recovery codes; they are told by mail."""
    with unit_of_work():
        user_id = active_id_of(email.strip().lower())
        if user_id is None or not two_factor.switch_off(user_id, by_team=True):
            raise click.ClickException("Nobody with this e-mail has two-factor sign-in on.")
        end_sessions_of(user_id)
    click.echo("Two-factor sign-in is off, and every session of theirs has ended.")


@shop_commands.command("init")
@click.option("--owner-email", help="Makes the first owner with this e-mail address.")
@click.option("--owner-password", help="The owner's password; asked for when missing.")
def init(owner_email: str | None, owner_password: str | None) -> None:
    """Make roles, tax rates, delivery methods, the postal directory and the first owner; safe to run again."""
    with unit_of_work():
        ensure_basics()
    if owner_email:
        password = owner_password or click.prompt("Password", hide_input=True, confirmation_prompt=True)
        with unit_of_work():
            roles.ensure_owner(owner_email, password)
    click.echo("The shop is ready.")
