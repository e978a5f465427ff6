"""All blueprints of the owner's door."""

from __future__ import annotations

from flask import Blueprint

from shop.staff import (
    audit,
    customer_deletion,
    customer_grouping,
    customer_groups,
    customer_notes,
    customer_story,
    customers,
    dashboard,
    exports,
    jobs,
    logins,
    mail,
    orders,
    parcels,
    products,
    roles,
    sessions,
    settings,
    stock,
    store,
    support,
    team,
    two_factor,
    variants,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    dashboard.bp,
    orders.bp,
    parcels.bp,
    products.bp,
    variants.bp,
    stock.bp,
    customers.bp,
    customer_notes.bp,
    customer_story.bp,
    customer_deletion.bp,
    support.bp,
    customer_grouping.bp,
    customer_groups.bp,
    sessions.bp,
    mail.bp,
    exports.bp,
    jobs.bp,
    logins.bp,
    team.bp,
    two_factor.bp,
    roles.bp,
    audit.bp,
    settings.bp,
    store.bp,
)
