"""`flask shop audit`: do the books balance?"""

from __future__ import annotations

import sys

import click

from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import CHECKS, audit

SHOWN = 20


@click.command("audit")
def audit_command() -> None:
    """Check stock, orders and money against their ledgers; exit 1 on any break."""
    with unit_of_work(read_only=True):
        breaks = audit()
    for broken in breaks:
        click.echo(f"BROKEN: {broken.rule}")
        for finding in broken.findings[:SHOWN]:
            click.echo(f"  {finding}")
    click.echo(f"{len(CHECKS) - len(breaks)} of {len(CHECKS)} checks hold.")
    sys.exit(1 if breaks else 0)
