"""The bag as pages and checkout read it: frozen, priced now, and honest about what changed (CRT-02)."""

from __future__ import annotations

from dataclasses import dataclass

from shop.catalog.pictures import ShownPicture
from shop.lib.money import Money, total
from shop.store.formats import money


@dataclass(frozen=True)
class BagLine:
    """One line. `price_seen` is the unit price the buyer last agreed to see."""

    id: int
    variant_id: int
    product_id: int
    colour_id: int
    sku: str
    slug: str
    name: str
    brand: str
    colour: str
    colour_slug: str
    size: str
    picture: ShownPicture | None
    quantity: int
    unit_price: Money
    regular_price: Money
    price_seen: Money
    for_sale: int
    is_on_shelf: bool
    hsn: str
    tax_class: str
    weight_grams: int
    brand_id: int
    category_id: int

    @property
    def called(self) -> str:
        """Product, colour and size."""
        return f"{self.name}, {self.colour}, {self.size}"

    @property
    def total(self) -> Money:
        return self.unit_price * self.quantity

    @property
    def is_for_sale(self) -> bool:
        """Whether at least one unit can be bought."""
        return self.is_on_shelf and self.for_sale > 0

    @property
    def problem(self) -> str | None:
        """The most important thing to tell: gone, sold_out, less_left, price_up or price_down."""
        if not self.is_on_shelf:
            return "gone"
        if self.for_sale <= 0:
            return "sold_out"
        return "less_left" if self.quantity > self.for_sale else self.price_change

    @property
    def problem_text(self) -> str | None:
        """The problem as a sentence for the buyer."""
        match self.problem:
            case "gone":
                return "No longer sold. Remove it to go on."
            case "sold_out":
                return "Sold out. Keep it on your wishlist or remove it to go on."
            case "less_left":
                return f"Only {self.for_sale} left; you have {self.quantity}. {self.price_words}".strip()
        return self.price_words or None

    @property
    def waiting_text(self) -> str | None:
        """The problem of a line that waits for later, which stops nobody."""
        match self.problem:
            case "gone":
                return "No longer sold."
            case "sold_out":
                return "Sold out for now."
            case "less_left":
                return f"Only {self.for_sale} left; you saved {self.quantity}. {self.price_words}".strip()
        return self.price_words or None

    @property
    def was(self) -> Money | None:
        """The regular price, while a sale price is in force."""
        return self.regular_price if self.regular_price > self.unit_price else None

    @property
    def price_change(self) -> str | None:
        """price_up or price_down since the buyer last looked."""
        if self.unit_price == self.price_seen:
            return None
        return "price_up" if self.unit_price > self.price_seen else "price_down"

    @property
    def price_words(self) -> str:
        """The change of the price as a sentence, or nothing."""
        if not self.price_change:
            return ""
        way = self.price_change.removeprefix("price_")
        return f"The price went {way} from {money(self.price_seen)} to {money(self.unit_price)}."


@dataclass(frozen=True)
class Bag:
    """All lines of a cart, in the order they were added. Amounts leave out what cannot be bought any more.

    They are before discounts and coupon, which the price of the bag knows. What is `saved` for later counts for none.
    """

    cart_id: int | None
    lines: tuple[BagLine, ...] = ()
    coupon_code: str | None = None
    saved: tuple[BagLine, ...] = ()

    @property
    def units(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def total(self) -> Money:
        return total([line.total for line in self.sold])

    @property
    def regular_total(self) -> Money:
        """What it would cost without sale prices."""
        return total([line.regular_price * line.quantity for line in self.sold])

    @property
    def savings(self) -> Money:
        return self.regular_total - self.total

    @property
    def weight_grams(self) -> int:
        return sum(line.weight_grams * line.quantity for line in self.sold)

    @property
    def is_empty(self) -> bool:
        return not self.lines

    @property
    def has_problems(self) -> bool:
        """Whether something changed that the buyer has not accepted yet."""
        return any(line.problem for line in self.lines)

    @property
    def price_changes(self) -> tuple[str, ...]:
        """What prices the buyer has not seen yet, as sentences."""
        return tuple(f"{line.called}: {line.price_words}" for line in self.lines if line.price_change)

    @property
    def sold(self) -> list[BagLine]:
        """The lines that can be bought."""
        return [line for line in self.lines if line.is_for_sale]
