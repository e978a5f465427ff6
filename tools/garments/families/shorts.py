"""Shorts."""

from tools.garments import back_parts
from tools.garments.curves import line, mirrored, shape, shifted
from tools.garments.relief import FLAT, Relief
from tools.garments.scene import NONE, TRIM, Scene, Shadow
from tools.garments.tailoring import SIDES, box, folds, panel, spaced

LEG = "0,296* 184,280* 208,370 236,500 270,716* 150,738 24,734* 10,630 0,566*"
CARGO = "0,286* 184,270* 210,370 240,500 276,756* 152,778 24,774* 10,650 0,566*"
FOLDS = (
    ("10,540 76,520 150,486", 14, 6),
    ("16,568 90,566 180,548", 14, 5),
    ("112,330 128,520 136,712", 20, 7),
    ("56,600 84,670 80,730", 24, 6),
    ("196,520 214,620 232,710", 22, 5),
)


def _legs(scene: Scene, leg: str, texture: str, hem: str) -> None:
    for side in SIDES:
        seam = line("180,290 204,370 232,500 262,706", side)
        shadow = Shadow(-3, 3, 7, 0.35) if side > 0 else NONE
        relief = Relief(folds=folds(*FOLDS, side=side), seams=(seam,), rumple=2.4)
        panel(scene, shape(leg, side), texture, relief, shadow=shadow)
        scene.stitch(line(hem, side))
        scene.shade(shifted(line(hem, side), 0, 2), 2, 1.4, 0.22)


def _slant(scene: Scene, side: int) -> None:
    mouth = line("104,296 132,356 196,424", side)
    scene.shade(shifted(mouth, 0, 3), 4, 3, 0.35)
    scene.draw(mouth, 1.8, "edge", 0.75)
    scene.stitch(shifted(mouth, -side * 6, 3))
    scene.shade(line("100,292 128,352 190,418", side), 1, 1, 0.1)


def _fly(scene: Scene) -> None:
    scene.shade(line("0,300 2,420 0,560"), 2.4, 1.6, 0.5)
    scene.draw(line("0,300 2,420 0,560"), 1.5, "edge", 0.6)
    scene.stitch(line("40,306 39,410 28,470 4,500"))


def _waistband(scene: Scene) -> None:
    bar = mirrored("0,268* 90,264 186,252* 189,298* 90,310 0,314*")
    panel(scene, bar, "twill", FLAT, shadow=Shadow(0, 4, 5, 0.45))
    for text in ("-183,259 0,275 183,259", "-184,292 0,307 184,292"):
        scene.stitch(line(text))
    for x in (-138, -70, 70, 138):
        top = 258 if abs(x) > 100 else 263
        panel(scene, box(x - 8, top, x + 8, top + 58), "twill", Relief(3, 3, 0, 0), shadow=TRIM)
        scene.stitch(line(f"{x - 4},{top + 4} {x - 4},{top + 54}"))
    if not scene.is_back:
        scene.button(0, 291, 9.5, "horn")


def _front(scene: Scene) -> None:
    for side in SIDES:
        _slant(scene, side)
    _fly(scene)


def _back(scene: Scene) -> None:
    back_parts.middle_seam(scene, 306, 566)
    back_parts.welts(scene, 372)


def _opening(scene: Scene, texture: str, drop: float = 0) -> None:
    if scene.is_back:
        return
    back = mirrored(f"0,{264 + drop}* 176,{252 + drop}* 176,{286 + drop}* 0,{304 + drop}*")
    panel(scene, back, texture, Relief(6, 2, 0.3, 0), slot="inside", shadow=NONE)


def chino(scene: Scene) -> None:
    """Flat-front chinos."""
    _opening(scene, "twill")
    _legs(scene, LEG, "twill", "24,706 150,710 266,690")
    _back(scene) if scene.is_back else _front(scene)
    _waistband(scene)


def drawstring(scene: Scene) -> None:
    """A gathered waist with a cord."""
    _legs(scene, LEG, "linen", "24,712 150,716 266,696")
    for side in () if scene.is_back else SIDES:
        _slant(scene, side)
    if scene.is_back:
        back_parts.middle_seam(scene, 312, 566)
    for x in spaced(-168, 168, 15):
        scene.shade(line(f"{x},308 {x * 1.03},350 {x * 1.06},384"), 4, 5, 0.16)
    pleats = tuple((f"{x:.0f},262 {x + 2:.0f},284 {x:.0f},312", 7, 1.9) for x in spaced(-172, 172, 24))
    bar = mirrored("0,264* 90,260 184,250* 188,306* 90,318 0,322*")
    panel(scene, bar, "linen", Relief(7, 5, 0.6, 0, folds(*pleats)), shadow=Shadow(0, 4, 5, 0.45))
    scene.stitch(line("-184,280 0,292 184,280"))
    cords = (1, "12,294 34,350 26,410 40,452"), (-1, "-12,294 -26,356 -36,402 -28,436")
    for side, text in () if scene.is_back else cords:
        scene.button(side * 14, 294, 4.6, "metal", 0)
        scene.cord(line(text), 6.5)


def cargo(scene: Scene) -> None:
    """Bellows pockets on the thighs."""
    _opening(scene, "twill", -2)
    _legs(scene, CARGO, "twill", "24,746 152,750 272,730")
    _back(scene) if scene.is_back else _front(scene)
    for side in SIDES:
        _bellows(scene, side)
    _waistband(scene)


def _bellows(scene: Scene, side: int) -> None:
    pouch = "138,520* 248,500* 262,640* 256,650 154,668 146,660*"
    panel(scene, shape(pouch, side), "twill", Relief(5, 6, 1, 0.5), shadow=Shadow(1, 5, 7, 0.5))
    for shift in (-6, 6):
        scene.shade(line(f"{196 + shift},530 {205 + shift},656", side), 2, 1.4, 0.3)
    flap = "132,504* 250,482* 254,524* 196,548 138,548*"
    panel(scene, shape(flap, side), "twill", FLAT, shadow=Shadow(1, 4, 5, 0.55))
    scene.draw(line("132,504 138,548 196,548 254,524 250,482", side), 1.1, "edge", 0.5)
    scene.stitch(line("138,510 143,541 195,541 248,519 246,490", side))
    for x, y in ((158, 530), (234, 515)):
        scene.button(side * x, y, 5.6, "horn")


DRAWN = {"shorts-chino": chino, "shorts-drawstring": drawstring, "shorts-cargo": cargo}
