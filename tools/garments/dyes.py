"""Which colour each slot of a garment takes, for every variation and dye."""

from collections.abc import Callable

from tools.garments.paint import Rgb, encoded, linear
from tools.garments.palette import BY_SLUG

SHARED = {"label": "#F2F0EA", "label2": "#22262E", "button": "#EFEAE0", "horn": "#5B4636", "metal": "#8F9296",
          "copper": "#A8703F", "wood": "#5A3D28", "hole": "#2A2522", "tobacco": "#B98A4E", "white": "#EFEDE6",
          "pile": "#E6DAC2", "selvedge": "#F1EEE6", "selvedge2": "#A8322A", "leather": "#A9713F"}  # fmt: skip
Dyes = dict[str, str]
Recipe = Callable[[str, str], Dyes]


def hue(slug: str) -> str:
    """The hex of a palette colour."""
    return BY_SLUG[slug].hex


def _hex(light: Rgb) -> str:
    red, green, blue = (encoded(light) * 255).round().astype(int)
    return f"#{red:02X}{green:02X}{blue:02X}"


def scaled(hex_code: str, factor: float) -> str:
    """A colour with its light multiplied."""
    return _hex(linear(hex_code) * factor)


def mixed(one: str, other: str, share: float) -> str:
    """Two colours mixed in linear light; `share` of the other."""
    return _hex(linear(one) * (1 - share) + linear(other) * share)


def basics(main: str) -> Dyes:
    """Slots every garment has, derived from its main colour."""
    light = float(linear(main).mean())
    thread = 2.2 if light < 0.035 else 0.55 if light < 0.5 else 0.74
    return SHARED | {"main": main, "inside": scaled(main, 0.5), "stand": scaled(main, 0.86),
                     "stitch": scaled(main, thread), "edge": scaled(main, 0.35), "deep": scaled(main, 0.3), "thread": _thread(main),
                     "faded": mixed(main, "#DCE3EA", 0.55), "reverse": mixed(main, "#E8E6E0", 0.5),
                     "cord": mixed(main, "#F2F0EA", 0.12 if light < 0.1 else 0.3)}  # fmt: skip


def _thread(main: str) -> str:
    """Denim is sewn with tobacco thread; pale and black cloth with thread of its own colour."""
    light = float(linear(main).mean())
    return scaled(main, 0.72) if light > 0.45 else scaled(main, 2.6) if light < 0.02 else SHARED["tobacco"]


def dyes(variation: str, colour: str) -> Dyes:
    """All slots of one variation in one colour."""
    main = hue(colour)
    special = RECIPES[variation](main, colour) if variation in RECIPES else {}
    return basics(special.get("main", main)) | special


def _ground(ground: str, slot: str = "stripe") -> Recipe:
    """A pale ground with the dye as its stripe."""
    return lambda main, colour: {"main": ground, slot: main}


def _pairs(slot: str, pairs: dict[str, str]) -> Recipe:
    """A second palette colour chosen for each dye."""
    return lambda main, colour: {slot: hue(pairs[colour])}


def _sun(main: str, colour: str) -> Dyes:
    rays = {"ink": "turmeric", "white": "madder", "moss": "ecru", "rust": "ecru", "indigo": "ecru", "rose": "white"}
    discs = {"ink": "rust", "white": "indigo", "moss": "turmeric", "rust": "turmeric", "indigo": "turmeric", "rose": "madder"}
    return {"ink1": hue(rays[colour]), "ink2": hue(discs[colour])}


def _check(main: str, colour: str) -> Dyes:
    over = {"madder": "ink", "moss": "navy", "indigo": "ink", "mustard": "cocoa", "cocoa": "ink"}[colour]
    return {"main": mixed(main, hue("ecru"), 0.62), "check1": main, "check2": mixed(hue(over), main, 0.25), "check3": hue("ecru"),
            "inside": mixed(scaled(main, 0.6), "#555550", 0.3), "stand": mixed(main, hue("ecru"), 0.3)}  # fmt: skip


RECIPES: dict[str, Recipe] = {
    "tee-breton": _ground("#EFE9DB"),
    "tee-ringer": _pairs("trim", {"ecru": "madder", "sky": "navy", "turmeric": "cocoa", "sage": "moss", "blush": "plum"}),
    "tee-sun": _sun,
    "polo-tipped": _pairs("tip", {"navy": "ecru", "ecru": "navy", "moss": "turmeric", "plum": "blush", "charcoal": "white"}),
    "polo-rugby": lambda main, colour: {"stripe": hue("turmeric" if colour == "navy" else "ecru"), "collar": "#EFEDE6"},
    "shirt-stripe": _ground("#F3F1EB"),
    "shirt-check": _check,
}
RECIPES |= {
    "hoodie-block": lambda main, colour: {"yoke": "#E4DCCB", "line": hue("turmeric" if colour != "rust" else "navy"),
                                          "deep": scaled("#E4DCCB", 0.3), "cord": "#EFEDE6"},
    "hoodie-zip": lambda main, colour: {"tape": scaled(main, 0.6)},
    "sweater-fair-isle": lambda main, colour: _yarns(colour),
    "sweater-v-neck": _pairs("tip", {"navy": "madder", "charcoal": "turmeric", "sage": "ecru", "rose": "ecru"}),
}  # fmt: skip


def _yarns(colour: str) -> Dyes:
    accents = {"navy": ("ecru", "turmeric", "madder"), "madder": ("ecru", "turmeric", "navy"), "moss": ("ecru", "turmeric", "rust"),
               "charcoal": ("ecru", "sky", "rust"), "teal": ("ecru", "turmeric", "blush")}[colour]  # fmt: skip
    return {f"yarn{place}": hue(slug) for place, slug in enumerate(accents, 1)}


def _flowers(main: str, colour: str) -> Dyes:
    leaf = {"indigo": "washed-blue", "madder": "turmeric", "moss": "turmeric", "turmeric": "madder", "rose": "madder"}[colour]
    return {"ink1": hue("ecru"), "ink2": hue(leaf), "ground2": scaled(main, 0.62)}


def _buti(main: str, colour: str) -> Dyes:
    accent = {"indigo": "madder", "rust": "moss", "turmeric": "madder", "rose": "moss", "teal": "rust"}[colour]
    ground = mixed(hue("ecru"), main, 0.06)
    return {"main": ground, "ink1": main, "ink2": hue(accent), "trim": main, "ground2": mixed(hue("ecru"), main, 0.16)}


def _worked(main: str, colour: str) -> Dyes:
    threads = {"madder": ("turmeric", "ecru"), "plum": ("rose", "turmeric"), "moss": ("ecru", "turmeric"),
               "ecru": ("madder", "indigo"), "navy": ("ecru", "rust")}[colour]  # fmt: skip
    return {"thread1": hue(threads[0]), "thread2": hue(threads[1])}


RECIPES |= {
    "dress-block-print": _flowers,
    "dress-stripe": _ground("#F1EEE6"),
    "kurta-block-print": _buti,
    "kurta-embroidered": _worked,
    "kurta-stripe": lambda main, colour: {"stripe": mixed(main, hue("navy"), 0.7), "stripe2": hue("madder"),
                                          "main": mixed(main, "#F4F3EF", 0.35)},
}  # fmt: skip
