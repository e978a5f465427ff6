"""A listing as its templates show it; category pages, search and the fragments of both are made of it."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from itertools import groupby
from urllib.parse import urlencode

from shop.catalog import browsing, facets, values
from shop.catalog.cards import Card, cards
from shop.catalog.wants import FACETS, SORTS, Facets, Scope, Wants
from shop.storefront.forms.listing import (
    MOST_SHOWN,
    STEP,
    Args,
    read_page,
    read_shown,
    read_wants,
    write_query,
)
from shop.storefront.shelf_parts import PLACE_OF_SIZES, Chip, Group, Preset, range_text


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
    def mine_url(self) -> str:
        """The address in sizes that are put in place of PLACE_OF_SIZES; "" for a listing that is in some."""
        return "" if self.wants.mine else self.url(replace(self.wants, mine=(PLACE_OF_SIZES,)))

    @property
    def clear_url(self) -> str:
        return self.url(Wants(sort=self.wants.sort))

    @property
    def chips(self) -> list[Chip]:
        """The chosen values, facet by facet."""
        return [Chip(title, label, self.url(without)) for title, label, without in self._removals]

    @property
    def ways_out(self) -> list[Chip]:
        """For a listing without a match: each chosen value with what removing it would bring back."""
        numbers = facets.counts_of(self.scope, tuple(without for _, _, without in self._removals))
        return [Chip(c.group, c.label, c.url, n) for c, n in zip(self.chips, numbers, strict=True)]

    @property
    def _removals(self) -> list[tuple[str, str, Wants]]:
        """What may be taken away: its facet's title, its name, and what is wanted then."""
        wants = self.wants
        found = [(FACETS[name], self.names[name, value], wants.without(name, value)) for name, value in wants.chosen]
        found += [("Price", range_text(wants), wants.without("price"))] if wants.has_price else []
        sizes = ", ".join(dict.fromkeys(self.names["mine", saved] for saved in wants.mine))
        return [*found, ("Saved sizes", f"Saved sizes: {sizes}", wants.without("mine"))] if wants.mine else found

    @property
    def groups(self) -> list[Group]:
        """The facets the form has: those with a choice, each attribute as one of its own."""
        found = []
        for name in FACETS:
            of_facet = groupby(self.facets.values[name], key=lambda value: value.title)
            found += [Group(title or FACETS[name], name, list(values)) for title, values in of_facet]
        return [group for group in found if group.is_choice]

    @property
    def presets(self) -> list[Preset]:
        """The ready price ranges; following the chosen one takes it away."""
        made = []
        for preset in self.facets.price:
            ranged = replace(self.wants, low=preset.low, high=preset.high)
            target = self.wants.without("price") if preset.is_on else ranged
            made.append(Preset(range_text(ranged), self.url(target), preset.count, preset.is_on))
        return made

    @property
    def is_indexable(self) -> bool:
        """Whether search engines may keep it: a part of the shop, or one value of it."""
        is_one_page = self.wants.count <= 1 and not self.wants.has_price and not self.wants.mine
        return is_one_page and bool(self.total)

    @property
    def canonical(self) -> str:
        """The address search engines should keep: filters, but neither order nor depth, nor anybody's sizes."""
        return self.url(replace(self.wants, low=None, high=None, mine=(), sort="recommended"), page=self.number)
