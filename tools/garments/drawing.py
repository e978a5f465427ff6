"""From a variation's slug to its finished scene."""

import zlib
from collections.abc import Callable

from tools.garments.canvas import Frame
from tools.garments.families import dresses, hoodies, jackets, jeans, kurtas, polos, shirts, shorts, sweaters, tees
from tools.garments.paint import settle
from tools.garments.scene import Scene

Draw = Callable[[Scene], None]
FAMILIES = (tees, polos, shirts, hoodies, sweaters, jackets, jeans, shorts, dresses, kurtas)
DRAWN: dict[str, Draw] = {slug: draw for family in FAMILIES for slug, draw in family.DRAWN.items()}


def scene_of(variation: str, frame: Frame, *, is_back: bool = False) -> Scene:
    """Draw a variation from one side; its slug is its seed, so it never changes by accident."""
    name = f"{variation}/back" if is_back else variation
    scene = Scene(frame, zlib.crc32(name.encode()) % 9973, is_back=is_back)
    DRAWN[variation](scene)
    settle(scene)
    return scene
