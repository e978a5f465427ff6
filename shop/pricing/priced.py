"""Goods with their discounts and taxes, before anybody chose how they are sent and paid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shop.delivery.queries import Method
from shop.lib.money import ZERO, Money, total
from shop.pricing.combining import Tried
from shop.pricing.conditions import Asked
from shop.pricing.delivering import Delivery, deliver
from shop.pricing.explaining import fee_steps, goods_steps, tax_steps
from shop.pricing.taxes import delivery_rate, parted, tax_of
from shop.pricing.trace import Step
from shop.pricing.values import Applied, Quote, QuotedLine
from shop.promotions.rules import Rule
from shop.store.countries.profile import Taxes


@dataclass(frozen=True)
class Priced:
    """Lines after their discounts, every rule that was tried, and the rules that are left for delivery."""

    asked: Asked
    taxes: Taxes
    shares: int
    lines: tuple[QuotedLine, ...]
    settled: Sequence[Tried]
    delivery_rules: Sequence[Rule]
    unknown_code: str | None

    @property
    def goods_total(self) -> Money:
        """What the goods come to after discounts: what free delivery is asked of."""
        return total([line.total for line in self.lines])

    def delivery(self, method: Method | None) -> Delivery:
        """What sending them by a method costs."""
        return deliver(self.asked, self.delivery_rules, method, self.goods_total)

    def quote(self, method: Method | None, payment_fee: Money = ZERO, covered: Money = ZERO) -> Quote:
        """The whole price. No fee for the way to pay where what is `covered` besides leaves nothing to be paid so."""
        plain = self._quote(method, ZERO)
        if not payment_fee:
            return plain
        return self._quote(method, payment_fee) if covered < plain.total else self._quote(method, ZERO, is_waived=True)

    def _quote(self, method: Method | None, payment_fee: Money, is_waived: bool = False) -> Quote:
        delivery, goods_total = self.delivery(method), self.goods_total
        besides = delivery.charge + payment_fee
        besides_tax = tax_of(besides, delivery_rate(self.lines), self.taxes, self.shares)
        contained, added = parted(besides_tax, self.taxes)
        added += total([line.tax_added for line in self.lines])
        discount = total([line.discount for line in self.lines])
        return Quote(
            lines=self.lines,
            lines_total=goods_total + discount,
            discount=discount,
            delivery_charge=delivery.charge,
            payment_fee=payment_fee,
            delivery_tax=besides_tax,
            tax_added=added,
            tax_contained=contained + total([line.tax_contained for line in self.lines]),
            total=goods_total + besides + added,
            applied=(*self._applied(), *delivery.applied),
            trace=tuple(self._steps(delivery, payment_fee, besides_tax, is_waived)),
        )

    def _applied(self) -> Iterator[Applied]:
        for one in self.settled:
            if one.amount:
                yield Applied(one.rule.id, one.rule.name, one.rule.code, Money(one.amount))

    def _steps(self, delivery: Delivery, fee: Money, besides_tax: Money, is_waived: bool) -> Iterator[Step]:
        yield from goods_steps(self.asked, self.settled, self.unknown_code)
        yield from delivery.steps
        yield from fee_steps(fee, is_waived)
        yield from tax_steps(self.lines, delivery.charge + fee, besides_tax, self.taxes, self.asked.say)
