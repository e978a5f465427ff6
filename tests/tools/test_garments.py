"""The drawn garments: the same every time, one for every colour the catalogue names, and light enough to commit."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tools.garments.canvas import Frame
from tools.garments.catalogue import BY_SLUG, CLOTHS, VARIATIONS, WIDTHS
from tools.garments.drawing import scene_of
from tools.garments.editorial import SIZES
from tools.garments.index import OUT, contents, macro_path
from tools.garments.macro import macro
from tools.garments.paint import photograph
from tools.garments.palette import BY_SLUG as DYES
from tools.garments.recipes import dyes

SMALL = Frame(0.2)
LIMIT = 22_000_000
PICTURES = [(variation.slug, colour) for variation in VARIATIONS for colour in variation.colours]


def small(slug: str, colour: str) -> np.ndarray:
    return np.asarray(photograph(scene_of(slug, SMALL), dyes(slug, colour)))


def committed() -> set[str]:
    return {path.relative_to(OUT).as_posix() for path in OUT.rglob("*.webp")}


def wanted() -> set[str]:
    fronts = {f"{slug}/{colour}-{width}.webp" for slug, colour in PICTURES for width in WIDTHS}
    backs = {f"{slug}/{colour}-back-{width}.webp" for slug, colour in PICTURES for width in WIDTHS}
    stories = {f"editorial/{name}-{width}.webp" for name, widths in SIZES.items() for width in widths}
    return fronts | backs | stories | {macro_path(*cloth) for cloth in CLOTHS}


def size_of(path: Path) -> tuple[int, int]:
    with Image.open(path) as picture:
        return picture.size


def test_a_garment_is_drawn_with_the_same_pixels_every_time() -> None:
    assert np.array_equal(small("kurta-embroidered", "madder"), small("kurta-embroidered", "madder"))


def test_two_variations_of_a_type_differ() -> None:
    difference = np.abs(small("tee-plain", "indigo").astype(int) - small("tee-breton", "indigo"))
    assert difference.mean() > 5


def test_a_dyed_garment_shows_its_palette_colour() -> None:
    middle = small("tee-plain", "moss")[90:130, 60:100].reshape(-1, 3).mean(axis=0)
    moss = [int(DYES["moss"].hex[start : start + 2], 16) for start in (1, 3, 5)]
    assert np.abs(middle - moss).max() < 10


@pytest.mark.parametrize(("fabric", "colour"), CLOTHS)
def test_a_close_up_shows_its_palette_colour(fabric: str, colour: str) -> None:
    middle = np.median(np.asarray(macro(fabric, colour)).reshape(-1, 3), axis=0)
    dye = [int(DYES[colour].hex[start : start + 2], 16) for start in (1, 3, 5)]
    assert np.abs(middle - dye).max() < 6


@pytest.mark.parametrize("is_back", [False, True], ids=["front", "back"])
@pytest.mark.parametrize("slug", BY_SLUG)
def test_a_garment_lies_inside_its_picture_and_every_part_has_a_dye(slug: str, is_back: bool) -> None:
    scene = scene_of(slug, SMALL, is_back=is_back)
    edges = (scene.alpha[0], scene.alpha[-1], scene.alpha[:, 0], scene.alpha[:, -1])
    assert max(edge.max() for edge in edges) == 0
    assert all(set(scene.slots) <= set(dyes(slug, colour)) for colour in BY_SLUG[slug].colours)


def test_from_behind_nobody_sees_the_inside_or_its_label() -> None:
    for slug, inner in (("shirt-oxford", "label2"), ("tee-plain", "label"), ("kurta-band", "inside")):
        assert inner in scene_of(slug, SMALL).slots
        assert inner not in scene_of(slug, SMALL, is_back=True).slots


def test_every_type_comes_in_at_least_three_variations_of_four_to_eight_colours() -> None:
    types = [variation.type for variation in VARIATIONS]
    assert len(set(types)) == 10
    assert all(types.count(kind) >= 3 for kind in types)
    assert all(4 <= len(variation.colours) <= 8 for variation in VARIATIONS)


def test_every_colour_and_fabric_has_its_pictures_and_no_picture_is_left_over() -> None:
    assert committed() == wanted()


def test_fronts_backs_and_close_ups_are_four_to_five_in_their_named_widths() -> None:
    for side in ("ink", "ink-back"):
        sizes = {width: size_of(OUT / f"tee-plain/{side}-{width}.webp") for width in WIDTHS}
        assert sizes == {width: (width, width * 5 // 4) for width in WIDTHS}
    assert {size_of(OUT / macro_path(*cloth)) for cloth in CLOTHS} == {(400, 500)}


def test_the_index_says_what_the_catalogue_says() -> None:
    assert json.loads((OUT / "index.json").read_text("utf-8")) == json.loads(json.dumps(contents()))


def test_all_pictures_together_stay_under_twenty_two_megabytes() -> None:
    assert sum(path.stat().st_size for path in OUT.rglob("*") if path.is_file()) <= LIMIT


def test_a_hero_of_middle_width_stays_under_sixty_kilobytes() -> None:
    assert all((OUT / f"editorial/hero-{shape}-960.webp").stat().st_size <= 60_000 for shape in ("wide", "tall"))
