"""`bin/bench prices` prices the bag it says, under rules that count."""

import pytest

from bench.prices import LINES, RULES, WAYS, Times, a_bag, quote, some_rules
from shop.lib.money import ZERO, total


@pytest.mark.parametrize("way", WAYS)
def test_the_measured_bag_has_so_many_lines_and_every_rule_is_tried(way: str) -> None:
    quoted = quote(a_bag(), some_rules(), WAYS[way])
    assert (len(quoted.lines), len({step.name for step in quoted.trace if step.name.startswith("Rule")})) == (20, 50)
    assert (LINES, RULES) == (20, 50)
    assert quoted.discount > ZERO
    assert total([step.amount for step in quoted.trace]) == quoted.total


def test_what_was_measured_is_a_row_of_a_table() -> None:
    assert str(Times("x", 0.9, 1.23)) == "| 20 lines, 50 rules, x | 0.90 | 1.23 | < 3 |"
