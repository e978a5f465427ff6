"""Which colour each slot of a garment takes."""

from tools.garments.paint import Rgb, encoded, linear
from tools.garments.palette import BY_SLUG

Dyes = dict[str, str]
SHARED: Dyes = {
    "label": "#F2F0EA",
    "label2": "#22262E",
    "button": "#EFEAE0",
    "horn": "#5B4636",
    "metal": "#8F9296",
    "copper": "#A8703F",
    "wood": "#5A3D28",
    "hole": "#2A2522",
    "pile": "#E6DAC2",
    "selvedge": "#F1EEE6",
    "selvedge2": "#A8322A",
}
TOBACCO = "#B98A4E"
CHALK = "#F2F0EA"


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
    return SHARED | {
        "main": main,
        "inside": scaled(main, 0.5),
        "stand": scaled(main, 0.86),
        "deep": scaled(main, 0.3),
        "edge": scaled(main, 0.35),
        "stitch": scaled(main, thread),
        "thread": _thread(main, light),
        "faded": mixed(main, "#DCE3EA", 0.55),
        "reverse": mixed(main, "#E8E6E0", 0.5),
        "cord": mixed(main, CHALK, 0.12 if light < 0.1 else 0.3),
    }


def _thread(main: str, light: float) -> str:
    """Denim is sewn with tobacco thread; pale and black cloth with thread of its own colour."""
    if light > 0.45:
        return scaled(main, 0.72)
    return scaled(main, 2.6) if light < 0.02 else TOBACCO
