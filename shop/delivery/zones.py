"""Where a method delivers: whole states, cities, and areas of postal codes. One that names nothing goes everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shop.store.places import place_of
from shop.store.postal_areas import is_within


@dataclass(frozen=True)
class Place:
    """Where something goes, as far as it is known."""

    postal_code: str = ""
    city: str = ""
    state: str = ""

    def __str__(self) -> str:
        return f"{self.city} {self.postal_code}".strip() or self.state


@dataclass(frozen=True)
class Zones:
    """What a method serves; a place in any of them is served."""

    states: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    postal_codes: tuple[str, ...] = ()

    @property
    def is_everywhere(self) -> bool:
        return not (self.states or self.cities or self.postal_codes)

    def serve(self, place: Place) -> bool:
        """Whether parcels go there. A city's parts belong to it: Bengaluru Urban to Bengaluru, in any letters."""
        there = f"{place.city.casefold()} "
        is_named = place.state in self.states or any(there.startswith(f"{city.casefold()} ") for city in self.cities)
        return self.is_everywhere or is_named or is_within(place.postal_code, self.postal_codes)


EVERYWHERE = Zones()


def place_in(address: Mapping[str, str] | None) -> Place | None:
    """The place of an address as orders keep them; None while there is none."""
    if not address:
        return None
    return Place(*(address.get(part, "") for part in ("postal_code", "city", "state")))


def place_at(postal_code: str) -> Place:
    """What the postal directory makes of a code; where it does not know it, the code alone."""
    known = place_of(postal_code)
    return Place(postal_code, known.city, known.state) if known else Place(postal_code)
