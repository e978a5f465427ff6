"""Hoodies."""

from dataclasses import dataclass

import numpy as np

from tools.garments import back_parts
from tools.garments.back_parts import outline_of
from tools.garments.curves import Line, line, mirrored, shape
from tools.garments.motifs import blocks
from tools.garments.relief import Relief
from tools.garments.scene import NONE, Print, Scene, Shadow
from tools.garments.tailoring import SIDES, box, folds, panel, swing

BODY = "0,262* 60,238 104,214 128,204* 168,222* 190,280 201,340 206,420* 202,560 204,744* 110,754 0,756"
HEM = "0,746* 110,744 207,734* 200,800* 108,811 0,813"
SLEEVE = (
    "122,202* 169,223 228,280 270,394 308,530 333,642 331,664 300,680 258,690 250,676 234,592 212,492 203,426 146,404*"
)
CUFF = "335,652* 296,669 257,678* 263,744* 300,740 335,726*"
HOOD = "0,92* 70,92 126,132 142,206* 112,252 58,302 -6,336* 40,270 76,204 64,148 0,126*"
FOLDS = (
    ("-202,424 -142,470 -110,570", 26, 9),
    ("202,424 146,468 112,560", 26, 9),
    ("-180,560 -160,660 -170,750", 26, 6),
    ("176,560 158,660 176,750", 26, 6),
    ("-20,340 12,430 -10,540", 30, 4),
)
SLEEVE_FOLDS = (
    ("212,320 268,460 306,620", 24, 7),
    ("214,500 258,526 306,512", 15, 7),
    ("226,580 268,610 322,596", 15, 8),
    ("240,640 284,664 330,648", 14, 7),
    ("210,430 240,452 276,446", 12, 4),
)
CORDS = ("20,316 30,380 22,446 28,500", "-20,318 -28,390 -18,450 -25,488")


@dataclass(frozen=True)
class Cut:
    """What differs between one hoodie and another."""

    body: Print | None = None
    sleeve: Print | None = None
    hood: str = "main"
    zip: bool = False


def hoodie(scene: Scene, cut: Cut) -> None:
    """Draw a hoodie from its cut, back to front."""
    for side in SIDES:
        _sleeve(scene, side, cut)
    seams = tuple(line("169,224 190,280 201,340 206,414", side) for side in SIDES)
    panel(
        scene,
        mirrored(outline_of(scene, BODY, -24)),
        "fleece",
        Relief(folds=folds(*FOLDS), seams=seams, rumple=2.8),
        shadow=Shadow(0, 3, 8, 0.3),
        pattern=cut.body,
    )
    panel(scene, mirrored(HEM), "rib", Relief(6, 4.5, 0.4, 0), shadow=Shadow(0, -4, 5, 0.35))
    if scene.is_back:
        back_parts.hood(scene, cut.hood)
        return
    _split_pockets(scene) if cut.zip else _pouch(scene)
    if cut.zip:
        _zip(scene)
    _hood(scene, cut)


def _sleeve(scene: Scene, side: int, cut: Cut) -> None:
    turn = swing(scene, side, -1.5, 3)
    laid = (side, turn, (168, 224))
    grain = side * (16 + turn)
    creases = Relief(folds=folds(*SLEEVE_FOLDS, side=side, turn=turn, about=(168, 224)), rumple=3)
    panel(scene, shape(SLEEVE, *laid), "fleece", creases, shadow=NONE, pattern=cut.sleeve, grain=grain)
    panel(scene, shape(CUFF, *laid), "rib", Relief(6, 4, 0.3, 0), shadow=Shadow(0, -3, 5, 0.3), grain=grain)


def _pouch(scene: Scene) -> None:
    pouch = mirrored("0,560* 86,560* 144,650* 150,748* 70,752 0,752")
    panel(scene, pouch, "fleece", Relief(7, 5, 1.5, 0.5), shadow=Shadow(0, 3, 6, 0.5))
    for side in SIDES:
        scene.stitch(line("81,567 136,653 142,744", side))
    scene.stitch(line("-80,567 80,567"))


def _split_pockets(scene: Scene) -> None:
    for side in SIDES:
        pouch = shape("16,570* 92,570* 146,654* 152,748* 70,752 14,752*", side)
        panel(scene, pouch, "fleece", Relief(7, 4.5, 1.2, 0.5), shadow=Shadow(0, 3, 5, 0.45))
        scene.stitch(line("22,577 87,577 138,657 144,744", side))


def _zip(scene: Scene) -> None:
    panel(scene, box(-13, 300, 13, 812), "rib", Relief(3, 2, 0.2, 0), slot="tape", shadow=Shadow(0, 2, 3, 0.4), grain=0)
    panel(scene, box(-4.5, 306, 4.5, 812), "smooth", Relief(2, 2, 0, 0), slot="metal", shadow=Shadow(0, 1, 2, 0.4))
    for y in np.arange(308, 812, 5.0):
        scene.draw(line(f"-4.5,{y} 4.5,{y}"), 1.6, "hole", 0.6)
    for side in SIDES:
        scene.stitch(line("18,300 18,560 18,806", side))
    panel(scene, _pull(), "smooth", Relief(2.5, 3, 0, 0), slot="metal", shadow=Shadow(1, 4, 3, 0.5))


def _pull() -> Line:
    return shape("-7,330* 7,330* 5,352 7,386 0,394 -7,386 -5,352")


def _hood(scene: Scene, cut: Cut) -> None:
    hollow = mirrored("0,116* 60,120 102,176 72,266 0,322*")
    panel(
        scene,
        hollow,
        "jersey",
        Relief(8, 3, 1.5, 0.5, folds(("-20,140 -6,220 0,304", 16, -6))),
        slot="deep",
        shadow=NONE,
    )
    scene.shade(mirrored("0,130 60,134 96,178 70,258 0,312"), 8, 14, 0.35)
    for side in SIDES:
        creases = folds(("40,106 108,152 118,226", 14, 5), ("130,204 92,264 32,316", 12, 5), side=side)
        panel(scene, shape(HOOD, side), "fleece", Relief(folds=creases), slot=cut.hood, shadow=Shadow(0, 4, 8, 0.45))
        scene.stitch(line("6,134 58,154 70,202 34,268 0,318", side))
    for text, side in zip(CORDS, (1, -1), strict=True):
        _cord(scene, line(text), side)


def _cord(scene: Scene, hanging: Line, side: int) -> None:
    scene.cord(hanging, 6.5)
    scene.cord(np.stack([hanging[-1], hanging[-1] + (side, 17)]), 7.5, "metal")
    scene.button(side * 20, 312, 5.6, "metal", 0)


def plain(scene: Scene) -> None:
    """The pullover."""
    hoodie(scene, Cut())


def colour_block(scene: Scene) -> None:
    """A pale yoke and one bright line over the main colour."""
    parts = ("yoke", 0, 398), ("line", 398, 424)
    hoodie(scene, Cut(blocks(*parts), blocks(("yoke", 0, 408), ("line", 408, 434)), hood="yoke"))


def zipped(scene: Scene) -> None:
    """A full zip."""
    hoodie(scene, Cut(zip=True))


DRAWN = {"hoodie-plain": plain, "hoodie-block": colour_block, "hoodie-zip": zipped}
