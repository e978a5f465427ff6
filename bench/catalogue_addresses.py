"""The addresses `bin/bench catalogue` asks for: three facets, a search with a slip, words as they are typed."""

from __future__ import annotations

import random
import statistics
from collections.abc import Iterator
from urllib.parse import quote

from bench.addresses import Goods, first_category


def listing(goods: Goods) -> str:
    """The fullest category with three facets."""
    return f"{first_category(goods)}?{_three(goods)}"


def fragment(goods: Goods) -> str:
    """What a filter of the same listing is answered: it is made each time."""
    return f"/_f/listing?category={next(iter(goods.categories))}&{_three(goods)}"


def slip(goods: Goods) -> str:
    """The word most names have, with two letters in each other's place."""
    word = statistics.mode(word for name in goods.names for word in name.lower().split() if len(word) > 4)
    return f"/search?q={word[:2]}{word[3]}{word[2]}{word[4:]}"


def filtered(goods: Goods, dice: random.Random) -> Iterator[str]:
    """Full categories more often than empty ones, each with a colour, a size and a brand."""
    slugs, weights = list(goods.categories), list(goods.categories.values())
    facets = (("colour", goods.colours), ("size", goods.sizes), ("brand", goods.brands))
    while True:
        chosen = "&".join(f"{name}={dice.choice(values)}" for name, values in facets)
        yield f"/c/{dice.choices(slugs, weights)[0]}?{chosen}"


def typed(goods: Goods, dice: random.Random) -> Iterator[str]:
    """Words of names from their second letter on, one letter more each time."""
    while True:
        word = dice.choice(dice.choice(goods.names).lower().split())
        yield from (f"/search/suggest?q={quote(word[:end])}" for end in range(2, len(word) + 1))


def _three(goods: Goods) -> str:
    return f"colour={','.join(sorted(goods.colours[:3]))}&size=m&stock=in"
