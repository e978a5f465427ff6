"""Second colours: what stripes, trims, prints and yarns take in each dye of a variation."""

from collections.abc import Callable

from tools.garments.dyes import Dyes, basics, hue, mixed, scaled

Recipe = Callable[[str, str], Dyes]
CREAM = "#E4DCCB"


def dyes(variation: str, colour: str) -> Dyes:
    """All slots of one variation in one colour."""
    main = hue(colour)
    special = RECIPES[variation](main, colour) if variation in RECIPES else {}
    return basics(special.get("main", main)) | special


def _ground(ground: str) -> Recipe:
    """A pale ground with the dye as its stripe."""
    return lambda main, colour: {"main": ground, "stripe": main}


def _slots(slots: tuple[str, ...], by_colour: dict[str, str]) -> Recipe:
    """Palette colours for some slots, listed for each dye."""
    return lambda main, colour: {slot: hue(slug) for slot, slug in zip(slots, by_colour[colour].split(), strict=True)}


def _check(main: str, colour: str) -> Dyes:
    over = {"madder": "ink", "moss": "navy", "indigo": "ink", "mustard": "cocoa", "cocoa": "ink"}[colour]
    return {
        "main": mixed(main, hue("ecru"), 0.62),
        "check1": main,
        "check2": mixed(hue(over), main, 0.25),
        "check3": hue("ecru"),
        "inside": mixed(scaled(main, 0.6), "#555550", 0.3),
        "stand": mixed(main, hue("ecru"), 0.3),
    }


def _rugby(main: str, colour: str) -> Dyes:
    return {"stripe": hue("turmeric" if colour == "navy" else "ecru"), "collar": "#EFEDE6"}


def _colour_block(main: str, colour: str) -> Dyes:
    line = "navy" if colour == "rust" else "turmeric"
    return {"yoke": CREAM, "line": hue(line), "deep": scaled(CREAM, 0.3), "cord": "#EFEDE6"}


def _flowers(main: str, colour: str) -> Dyes:
    leaves = {"indigo": "washed-blue", "madder": "turmeric", "moss": "turmeric", "turmeric": "madder", "rose": "madder"}
    return {"ink1": hue("ecru"), "ink2": hue(leaves[colour]), "ground2": scaled(main, 0.62)}


def _buti(main: str, colour: str) -> Dyes:
    accents = {"indigo": "madder", "rust": "moss", "turmeric": "madder", "rose": "moss", "teal": "rust"}
    return {
        "main": mixed(hue("ecru"), main, 0.06),
        "ink1": main,
        "ink2": hue(accents[colour]),
        "trim": main,
        "ground2": mixed(hue("ecru"), main, 0.16),
    }


def _woven_stripe(main: str, colour: str) -> Dyes:
    return {"main": mixed(main, "#F4F3EF", 0.35), "stripe": mixed(main, hue("navy"), 0.7), "stripe2": hue("madder")}


RECIPES: dict[str, Recipe] = {
    "tee-breton": _ground("#EFE9DB"),
    "tee-ringer": _slots(
        ("trim",), {"ecru": "madder", "sky": "navy", "turmeric": "cocoa", "sage": "moss", "blush": "plum"}
    ),
    "tee-sun": _slots(
        ("ink1", "ink2"),
        {
            "ink": "turmeric rust",
            "white": "madder indigo",
            "moss": "ecru turmeric",
            "rust": "ecru turmeric",
            "indigo": "ecru turmeric",
            "rose": "white madder",
        },
    ),
    "polo-tipped": _slots(
        ("tip",), {"navy": "ecru", "ecru": "navy", "moss": "turmeric", "plum": "blush", "charcoal": "white"}
    ),
    "polo-rugby": _rugby,
    "shirt-stripe": _ground("#F3F1EB"),
    "shirt-check": _check,
    "hoodie-block": _colour_block,
    "hoodie-zip": lambda main, colour: {"tape": scaled(main, 0.6)},
    "sweater-fair-isle": _slots(
        ("yarn1", "yarn2", "yarn3"),
        {
            "navy": "ecru turmeric madder",
            "madder": "ecru turmeric navy",
            "moss": "ecru turmeric rust",
            "charcoal": "ecru sky rust",
            "teal": "ecru turmeric blush",
        },
    ),
    "sweater-v-neck": _slots(("tip",), {"navy": "madder", "charcoal": "turmeric", "sage": "ecru", "rose": "ecru"}),
    "dress-block-print": _flowers,
    "dress-stripe": _ground("#F1EEE6"),
    "kurta-block-print": _buti,
    "kurta-embroidered": _slots(
        ("thread1", "thread2"),
        {
            "madder": "turmeric ecru",
            "plum": "rose turmeric",
            "moss": "ecru turmeric",
            "ecru": "madder indigo",
            "navy": "ecru rust",
        },
    ),
    "kurta-stripe": _woven_stripe,
}
