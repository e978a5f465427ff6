"""A listing as its templates show it; category pages, search and the fragments of both are made of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from shop.catalog import browsing, facets, values
from shop.catalog.cards import Card, cards
from shop.catalog.wants import FACETS, SORTS, Facets, Scope, Wants
from shop.lib.money import Money
from shop.store.formats import money
from shop.storefront.forms.listing import (
    MOST_SHOWN,
    STEP,
    Args,
    read_page,
    read_shown,
    read_wants,
    write_query,
)


@dataclass(frozen=True)
class Chip:
    """A chosen value, with the address that takes it away and how many products that would show."""

    group: str
    label: str
    url: str
    number: int = 0


@dataclass(frozen=True)
class Preset:
    """A ready price range as a link."""

    label: str
    url: str
    count: int
    is_on: bool


class Shelf:
    """One listing: what is asked, what there is, and the addresses of its other states."""

    sorts = tuple(SORTS.items())

    def __init__(self, args: Args, scope: Scope, path: str, hidden: tuple[str, str], text: str | None = None) -> None:
        self.scope, self.path, self.hidden, self.text = scope, path, hidden, text
        self.wants, self.names = values.known(read_wants(args))
        self.show = read_shown(args)
        self.number = min(read_page(args), self.pages)

    @cached_property
    def facets(self) -> Facets:
        return facets.facets(self.scope, self.wants)

    @property
    def total(self) -> int:
        return self.facets.total

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // MOST_SHOWN))

    @property
    def shown(self) -> int:
        """How many of all are on the page or the pages before it."""
        return min(self.total, self._start + self.show)

    @property
    def _start(self) -> int:
        return (self.number - 1) * MOST_SHOWN

    @cached_property
    def cards(self) -> list[Card]:
        return self.slice(0)

    def slice(self, offset: int) -> list[Card]:
        """The cards of this page from an offset on."""
        room = {"offset": self._start + offset, "limit": max(0, self.show - offset)}
        rows = browsing.listed(self.scope, self.wants, **room)
        return cards(rows, self.wants.colour)

    def url(self, wants: Wants | None = None, show: int = STEP, page: int = 1) -> str:
        """The address of this listing in another state."""
        return self.path + write_query(wants or self.wants, text=self.text, show=show, page=page)

    def page_url(self, number: int) -> str:
        return self.url(page=number)

    @property
    def here(self) -> str:
        return self.url(show=self.show, page=self.number)

    @property
    def fragment(self) -> str:
        """The address of the filter's answers; the form adds its own fields."""
        return f"/_f/listing?{urlencode([self.hidden])}"

    @property
    def can_load_more(self) -> bool:
        return self.show < MOST_SHOWN and self.shown < self.total

    @property
    def more_url(self) -> str | None:
        return self.url(show=self.show + STEP, page=self.number) if self.can_load_more else None

    @property
    def more_fragment(self) -> str:
        query = write_query(self.wants, show=self.show + STEP, page=self.number).removeprefix("?")
        return f"{self.fragment}&{query}&offset={self.show}"

    @property
    def count_text(self) -> str:
        return f"{self.total} product" if self.total == 1 else f"{self.total} products"

    @property
    def show_text(self) -> str:
        return f"Show {self.count_text}"

    @property
    def clear_url(self) -> str:
        return self.url(Wants(sort=self.wants.sort))

    @property
    def chips(self) -> list[Chip]:
        """The chosen values, facet by facet."""
        chosen = [(name, slug) for name in FACETS for slug in getattr(self.wants, name)]
        made = [Chip(FACETS[n], self.names[n, s], self.url(self.wants.without(n, s))) for n, s in chosen]
        price = self.wants.without("price")
        return [*made, Chip("Price", _range(self.wants), self.url(price))] if self.wants.has_price else made

    @property
    def ways_out(self) -> list[Chip]:
        """For a listing without a match: each chosen value with what removing it would bring back."""
        chosen = [(name, slug) for name in FACETS for slug in getattr(self.wants, name)]
        states = [self.wants.without(*one) for one in chosen]
        states += [self.wants.without("price")] if self.wants.has_price else []
        numbers = facets.counts_of(self.scope, tuple(states))
        return [Chip(c.group, c.label, c.url, n) for c, n in zip(self.chips, numbers, strict=True)]

    @property
    def presets(self) -> list[Preset]:
        """The ready price ranges; following the chosen one takes it away."""
        made = []
        for preset in self.facets.price:
            ranged = _priced(self.wants, preset.low, preset.high)
            target = self.wants.without("price") if preset.is_on else ranged
            made.append(Preset(_range(ranged), self.url(target), preset.count, preset.is_on))
        return made

    @property
    def is_indexable(self) -> bool:
        return self.wants.count <= 1 and not self.wants.has_price and bool(self.total)

    @property
    def canonical(self) -> str:
        """The address search engines should keep: filters, but neither order nor depth."""
        kept = Wants(**{name: getattr(self.wants, name) for name in FACETS})
        return self.url(kept, page=self.number)


def _priced(wants: Wants, low: int | None, high: int | None) -> Wants:
    return Wants(wants.size, wants.colour, wants.brand, low, high, wants.sort)


def _range(wants: Wants) -> str:
    if wants.low is None:
        return f"Up to {_rupees(wants.high)}"
    return f"{_rupees(wants.low)} and more" if wants.high is None else f"{_rupees(wants.low)} – {_rupees(wants.high)}"


def _rupees(amount: int | None) -> str:
    return money(Money((amount or 0) * 100))
