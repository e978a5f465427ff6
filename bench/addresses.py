"""The addresses the bench asks for: as many different ones as are wanted, drawn from a shop's own goods."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import quote

from sqlalchemy import Engine, select

from shop.catalog.models import Brand, Category, ListingRow, Size
from shop.storefront.forms.listing import MOST_SHOWN

SORTS = ("", "sort=new", "sort=price", "sort=price-desc", "sort=discount")
API = "/api/v1"
MOST_DRAWN = 5000
SHOWN = (ListingRow.product_id, ListingRow.slug, ListingRow.name, ListingRow.category_path, ListingRow.colours)


@dataclass(frozen=True)
class Goods:
    """What addresses are made of; categories with their number of products, and like colours, the fullest first."""

    products: list[str]
    names: list[str]
    ids: list[int]
    categories: dict[str, int]
    category_ids: dict[str, int]
    colours: list[str]
    sizes: list[str]
    brands: list[str]


Maker = Callable[[Goods, random.Random], Iterator[str]]


def goods_in(engine: Engine) -> Goods:
    """Read them from a shop's database."""
    with engine.connect() as connection:
        shelf = connection.execute(select(*SHOWN).order_by(ListingRow.product_id)).all()
        tree = connection.execute(select(Category.id, Category.slug, Category.path)).all()
        slugs = [list(connection.scalars(select(model.slug).order_by(model.id))) for model in (Size, Brand)]
    paths = Counter(row.category_path for row in shelf)
    under = {slug: sum(paths[one] for one in paths if f"{one}/".startswith(f"{path}/")) for _, slug, path in tree}
    fullest = sorted((slug for slug in under if under[slug]), key=lambda slug: -under[slug])
    colours = Counter(colour["slug"] for row in shelf for colour in row.colours)
    return Goods(
        [row.slug for row in shelf],
        [row.name for row in shelf],
        [row.product_id for row in shelf],
        {slug: under[slug] for slug in fullest},
        {slug: number for number, slug, _ in tree},
        [slug for slug, _ in colours.most_common()],
        *slugs,
    )


def home(_goods: Goods, _dice: random.Random) -> Iterator[str]:
    """There is one."""
    yield "/"


def products(goods: Goods, dice: random.Random) -> Iterator[str]:
    """Product pages."""
    return (f"/p/{slug}" for slug in dice.sample(goods.products, len(goods.products)))


def categories(goods: Goods, dice: random.Random) -> Iterator[str]:
    """Every category in every order, page by page."""
    whole = []
    for slug, number in goods.categories.items():
        pages = ["", *(f"page={page}" for page in range(2, -(-number // MOST_SHOWN) + 1))]
        whole += [_address(f"/c/{slug}", sort, page) for sort in SORTS for page in pages]
    return iter(dice.sample(whole, len(whole)))


def filtered(goods: Goods, dice: random.Random) -> Iterator[str]:
    """Full categories more often than empty ones; a colour or a brand, and perhaps a size and a price range."""
    slugs, weights = list(goods.categories), list(goods.categories.values())
    while True:
        low = dice.randrange(3, 30) * 100
        first = dice.choice((f"colour={dice.choice(goods.colours)}", f"brand={dice.choice(goods.brands)}"))
        more = (f"size={dice.choice(goods.sizes)}", f"price={low}-{low + dice.randrange(5, 20) * 100}")
        chosen = [first, *(part for part in more if dice.random() < 0.4)]
        yield _address(f"/c/{dice.choices(slugs, weights)[0]}", *chosen)


def searches(goods: Goods, dice: random.Random) -> Iterator[str]:
    """One or two words of a product's name."""
    while True:
        words = dice.choice(goods.names).lower().split()
        asked = dice.sample(words, min(len(words), dice.choice((1, 2, 2))))
        yield f"/search?q={quote(' '.join(asked))}"


def api_lists(goods: Goods, dice: random.Random) -> Iterator[str]:
    """The same filters as apps ask for them, 24 products at a time."""
    slugs, weights = list(goods.categories), list(goods.categories.values())
    while True:
        slug, low = dice.choices(slugs, weights)[0], dice.randrange(3, 30) * 100
        some = dice.choice((f"color={dice.choice(goods.colours)}", f"min_price={low}", "skip=24"))
        order = dice.choice(("sort=recommended", "sort=new", "sort=price"))
        yield _address(f"{API}/products/", f"category_id={goods.category_ids[slug]}", "limit=24", some, order)


def api_products(goods: Goods, dice: random.Random) -> Iterator[str]:
    """Products as apps ask for them."""
    return (f"{API}/products/{number}" for number in dice.sample(goods.ids, len(goods.ids)))


def first_home(_goods: Goods) -> str:
    """The page everybody opens."""
    return "/"


def first_category(goods: Goods) -> str:
    """The fullest one."""
    return f"/c/{next(iter(goods.categories))}"


def first_filtered(goods: Goods) -> str:
    """The fullest one in its most frequent colour."""
    return f"{first_category(goods)}?colour={goods.colours[0]}"


def first_search(goods: Goods) -> str:
    """What most names have."""
    words = Counter(word for name in goods.names for word in name.lower().split())
    return f"/search?q={words.most_common(1)[0][0]}"


def first_product(goods: Goods) -> str:
    """Any product is like the other."""
    return f"/p/{goods.products[0]}"


def first_api_list(goods: Goods) -> str:
    """The fullest category."""
    return f"{API}/products/?category_id={goods.category_ids[next(iter(goods.categories))]}&limit=24"


def first_api_product(goods: Goods) -> str:
    """Any product is like the other."""
    return f"{API}/products/{goods.ids[0]}"


def draw(make: Maker, goods: Goods, seed: int, most: int = MOST_DRAWN) -> list[str]:
    """So many different addresses, or all there are; the same for the same seed."""
    found: dict[str, None] = {}
    for address in islice(make(goods, random.Random(seed)), most * 4):
        found[address] = None
        if len(found) == most:
            break
    return list(found)


def _address(path: str, *parts: str) -> str:
    query = "&".join(part for part in parts if part)
    return f"{path}?{query}" if query else path
