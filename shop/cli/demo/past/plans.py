"""Draws from the stories who bought what, and when each step was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from shop.cli.demo.past.stories import NOT_PAID, STORIES, Story
from shop.cli.demo.past.wares import Ware
from shop.cli.demo.source import Row
from shop.orders.states import OrderState
from shop.pricing.values import Applied

S = OrderState
HOURS_BEFORE = {
    S.CONFIRMED: (1.0, 9.0), S.PACKED: (2.0, 8.0), S.SHIPPED: (1.0, 3.0), S.OUT_FOR_DELIVERY: (68.0, 116.0),
    S.DELIVERED: (1.5, 6.0), S.DELIVERY_FAILED: (3.0, 7.0), S.RETURNING: (18.0, 24.0), S.RETURNED: (60.0, 80.0),
    S.CANCELLED: (1.0, 5.0),
}  # fmt: skip
UNPAID_HOURS = 31 / 60
EXPRESS_HOURS = (16.0, 24.0)
PAYING_HOURS = (0.02, 0.1)
GUESTS = 0.25
GROWTH = 1.3  # above one: more orders lately than in the beginning


@dataclass
class Plan:
    """One order to be written; `used` and what stands below it is filled when it is."""

    story: Story
    customer: Row
    is_guest: bool
    when: dict[OrderState, datetime]
    goods: list[tuple[Ware, int]]
    is_express: bool
    used: tuple[Applied, ...] = ()
    id: int = 0
    order: Row = field(default_factory=dict)
    lines: list[Row] = field(default_factory=list)
    parcel_id: int = 0
    tracking: str = ""

    @property
    def placed_at(self) -> datetime:
        return self.when[S.PLACED]

    @property
    def has_left(self) -> bool:
        """Whether it was handed to a carrier."""
        return S.SHIPPED in self.when

    @property
    def is_back(self) -> bool:
        return S.RETURNED in self.when

    @property
    def is_cancelled(self) -> bool:
        return S.CANCELLED in self.when


def draw(customers: Sequence[Row], wares: Sequence[Ware], moment: datetime) -> list[Plan]:
    """All plans, the oldest order first."""
    chance = Random("past orders")  # noqa: S311
    plans = [
        _plan(story, customers[0] if place < story.named else None, customers, wares, moment, chance)
        for story in STORIES
        for place in range(story.count)
    ]
    return sorted(plans, key=lambda plan: plan.placed_at)


def _plan(
    story: Story, named: Row | None, customers: Sequence[Row], wares: Sequence[Ware], moment: datetime, chance: Random
) -> Plan:
    is_express = chance.random() < 0.2
    when = _moments(story, is_express, moment, chance)
    known = [ware for ware in wares if ware.published_at < when[S.PLACED] - timedelta(hours=2)]
    styles = chance.choices((1, 2, 3, 4), (50, 30, 15, 5))[0]
    bought = chance.sample(known, max(styles, story.parcels))
    goods = [(ware, chance.choices((1, 2), (88, 12))[0]) for ware in bought]
    customer = named or chance.choice(customers[1:])
    return Plan(story, customer, not named and chance.random() < GUESTS, when, goods, is_express)


def _moments(story: Story, is_express: bool, moment: datetime, chance: Random) -> dict[OrderState, datetime]:
    """Back from the last step to the placing."""
    least, most = story.ended
    at = moment - timedelta(hours=least + (most - least) * chance.random() ** GROWTH)
    when = {}
    for state in reversed(story.path):
        when[state] = at.replace(microsecond=0)
        at -= timedelta(hours=_hours(story, state, is_express, chance))
    when[S.PLACED] = at.replace(microsecond=0)
    return dict(reversed(when.items()))


def _hours(story: Story, state: OrderState, is_express: bool, chance: Random) -> float:
    if state == S.CONFIRMED and story.method != "cod":
        return chance.uniform(*PAYING_HOURS)
    if state == S.CANCELLED and story.reason == NOT_PAID:
        return UNPAID_HOURS
    if state == S.OUT_FOR_DELIVERY and is_express:
        return chance.uniform(*EXPRESS_HOURS)
    return chance.uniform(*HOURS_BEFORE[state])
