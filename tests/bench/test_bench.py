"""The bench reads wrk rightly, draws the same addresses every time, and writes only into its own place."""

import random
from datetime import date
from itertools import islice

import pytest

from bench import addresses, report, wrk
from bench.addresses import Goods, draw
from bench.scenes import LARGE, PLACE_ORDER, SMALL, USUAL, Result, Run, Way
from bench.targets import shortfalls
from bench.wrk import Load

pytestmark = pytest.mark.one_engine
SAID = """Running 3s test @ http://127.0.0.1:8000
  8 threads and 8 connections
{"requests": 3900, "seconds": 3.000000, "p50": 5.100, "p99": 19.250, "refused": 1, "failed": 0}
"""
GOODS = Goods(
    products=[f"tee-{number}" for number in range(50)],
    names=["Kaveri Sunday Crew Tee", "Malabar Oxford Shirt"],
    ids=list(range(50)),
    categories={"men": 400, "men-shirts": 130},
    category_ids={"men": 1, "men-shirts": 2},
    colours=["indigo", "madder"],
    sizes=["s", "m"],
    brands=["lampstreet", "ferrystop"],
)


def a_load(rate: float = 100.0, p99: float = 20.0) -> Load:
    return Load(requests=int(rate * 10), seconds=10, p50=5, p99=p99)


def a_result(page: str, way: Way, ratio: float, *, products: int = USUAL, load: Load | None = None) -> Result:
    return Result(products, page, way, load or a_load(), ratio, statements=5, raw=90_000, packed=9_000)


def test_figures_are_read_from_the_line_the_script_writes() -> None:
    load = wrk.parse(SAID)
    assert (load.rate, load.p50, load.p99, load.refused, load.failed) == (1300, 5.1, 19.25, 1, 0)


def test_output_without_figures_is_shown_instead_of_guessed() -> None:
    with pytest.raises(wrk.NoWrk, match="unable to connect"):
        wrk.parse("unable to connect to 127.0.0.1:8000 Connection refused")


def test_a_missing_wrk_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(wrk.NoWrk, match="apt-get install wrk"):
        wrk.require()


@pytest.mark.parametrize(
    "make",
    [addresses.products, addresses.categories, addresses.filtered, addresses.searches, addresses.api_lists],
    ids=lambda one: one.__name__,
)
def test_drawn_addresses_differ_and_come_again_with_the_same_seed(make: addresses.Maker) -> None:
    drawn = draw(make, GOODS, seed=7, most=10)
    assert len(set(drawn)) == len(drawn) == len(draw(make, GOODS, seed=7, most=10))
    assert drawn == draw(make, GOODS, seed=7, most=10) != draw(make, GOODS, seed=8, most=10)


def test_a_category_is_asked_page_by_page_as_far_as_there_are_products() -> None:
    pages = set(islice(addresses.categories(GOODS, random.Random(1)), 100))
    assert "/c/men?sort=price&page=4" in pages
    assert not any("page=5" in page or "men-shirts?page=3" in page for page in pages)


def test_a_run_that_keeps_every_promise_falls_short_of_nothing() -> None:
    run = Run(results=[a_result("home", Way.HOT, 2.0), a_result("bag", Way.GUEST, 0.15)], memory={USUAL: 110})
    assert shortfalls(run) == []


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (a_result("home", Way.HOT, 1.9), "home, one address, again and again: 1.90 of the floor, wanted 2.0"),
        (a_result("search", Way.COLD, 0.1), "search, different addresses, each once: 0.10 of the floor, wanted 0.2"),
        (a_result(PLACE_ORDER, Way.GUEST, 0.1, load=a_load(28)), "place order: 28.0 a second, wanted 30"),
        (
            a_result("category", Way.ALONE, 0.1, products=LARGE, load=a_load(p99=450)),
            "category: cold at 100,000 products 450 ms (p99), wanted 400",
        ),
    ],
)
def test_what_falls_short_is_named(result: Result, said: str) -> None:
    assert shortfalls(Run(results=[result])) == [said]


def test_a_listing_may_not_slow_down_with_the_size_of_the_shop() -> None:
    sizes = [a_result("category", Way.HOT, 2.6, products=SMALL), a_result("category", Way.HOT, 1.9, products=LARGE)]
    assert shortfalls(Run(results=sizes)) == ["category: hot at 100,000 products 1.37 times 1,000's time"]


def test_the_section_tells_each_ratio_with_what_was_wanted() -> None:
    run = Run(floors=[a_load(1300)], constant=a_load(4000), results=[a_result("home", Way.HOT, 2.5)])
    text = report.section(run, date(2026, 11, 21), seed=1, server="18")
    assert "Measured on 21 November 2026 (seed 1)" in text
    assert "| home | one address, again and again | 100 | 2.50 | ≥ 2.0 | 5.0 | 20.0 | 5 | 90.0 | 9.0 |" in text


def test_only_the_place_between_the_markers_is_rewritten() -> None:
    document = f"# Measured\n{report.BEGIN}\nold\n{report.END}\nafter\n"
    assert report.rewritten(document, "new") == f"# Measured\n{report.BEGIN}\nnew\n{report.END}\nafter\n"


def test_a_document_without_markers_is_left_alone() -> None:
    with pytest.raises(ValueError, match="no place"):
        report.rewritten("# Measured\n", "new")
