"""Jeans."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tools.garments import back_parts
from tools.garments.canvas import Layer
from tools.garments.curves import CENTRE, line, mirrored, shape, shifted
from tools.garments.motifs import band
from tools.garments.relief import FLAT, Fold, Relief
from tools.garments.scene import NONE, TRIM, Print, Scene, Shadow
from tools.garments.tailoring import SIDES, box, folds, panel

STRAIGHT = "0,126* 154,112* 180,216 194,330 196,560 192,780 182,944* 108,953 34,946* 25,760 14,560 5,410 0,364*"
SLIM = "0,126* 152,112* 176,216 188,330 182,560 164,780 150,944* 102,952 52,945* 38,760 22,560 9,410 0,360*"
TURNED = "0,126* 154,112* 178,216 191,330 190,560 182,780 176,912* 112,920 46,913* 36,760 21,560 8,410 0,362*"
WIDE = "0,120* 155,106* 176,210 200,330 226,600 252,944* 146,956 40,947* 26,720 12,500 4,430 0,384*"
WHISKERS = (("16,336 66,322 124,292", 9, 5), ("18,358 78,354 146,334", 9, 5), ("24,386 84,394 156,382", 9, 4))
KNEES = (("50,610 104,630 176,614", 13, 5), ("52,662 112,674 178,654", 13, 5), ("50,704 108,720 176,706", 14, 4))
HEMS = (("54,872 108,888 166,870", 11, 5), ("56,908 108,918 164,904", 9, 4))
FALLS = (("62,420 78,600 84,820", 26, 5), ("150,420 148,620 140,860", 24, -4))


@dataclass(frozen=True)
class Cut:
    """What differs between one pair and another."""

    leg: str
    fade: Print | None = None
    creases: tuple[tuple[str, float, float], ...] = WHISKERS + KNEES + HEMS
    hem: str | None = "40,932 108,938 180,930"
    finish: Callable[[Scene], None] | None = None


def jeans(scene: Scene, cut: Cut) -> None:
    """Draw a pair from its cut, back to front."""
    if not scene.is_back:
        panel(scene, mirrored("0,99* 148,87* 148,122* 0,142*"), "denim", Relief(6, 2, 0, 0), slot="inside", shadow=NONE)
    for side in SIDES:
        _leg(scene, side, cut)
    back_parts.seat(scene) if scene.is_back else _front(scene)
    if cut.finish:
        cut.finish(scene)
    _waistband(scene)


def _leg(scene: Scene, side: int, cut: Cut) -> None:
    lying = [crease for crease in cut.creases if not (scene.is_back and crease in WHISKERS)]
    creases: tuple[Fold, ...] = folds(*lying, *FALLS, side=side)
    seam = (
        line("172,150 188,330 188,560 176,936", side)
        if cut.leg != WIDE
        else line("168,150 196,340 222,600 246,940", side)
    )
    shadow = Shadow(-3, 3, 7, 0.35) if side > 0 else NONE
    panel(
        scene,
        shape(cut.leg, side),
        "denim",
        Relief(folds=creases, seams=(seam,), rumple=2.5),
        shadow=shadow,
        pattern=cut.fade,
    )
    if cut.hem:
        scene.stitch(line(cut.hem, side), "thread")


def _front(scene: Scene) -> None:
    for side in SIDES:
        _scoop(scene, side)
    _fly(scene)


def _scoop(scene: Scene, side: int) -> None:
    mouth = "70,138 88,196 158,218"
    lining = shape("70,138* 88,196 158,218 168,220* 160,134*", side)
    panel(scene, lining, "denim", Relief(3, 1, 0.4, 0), shadow=NONE)
    scene.shade(shifted(line(mouth, side), 0, 3), 5, 3, 0.4)
    scene.draw(line(mouth, side), 1.8, "edge", 0.85)
    for drop in (6, 12):
        scene.stitch(shifted(line(mouth, side), -side * drop * 0.4, drop), "thread")
    for x, y in ((158, 214), (76, 152)):
        scene.button(side * x, y, 4, "copper", 0)
    if side > 0:
        scene.stitch(line("102,196 104,172 148,176 150,210", side), "thread")


def _fly(scene: Scene) -> None:
    scene.shade(line("0,140 2,250 0,366"), 2.4, 1.6, 0.55)
    scene.draw(line("0,140 2,250 0,366"), 1.6, "edge", 0.7)
    for shift in (0, 6):
        scene.stitch(line(f"{40 - shift},148 {39 - shift},250 {26 - shift * 0.6},318 4,346"), "thread")
    scene.stitch(line("-5,140 -3,250 -5,352"), "thread")


def _waistband(scene: Scene) -> None:
    bar = mirrored("0,104* 80,100 157,88* 159,132* 80,144 0,148*")
    panel(scene, bar, "denim", FLAT, shadow=Shadow(0, 4, 5, 0.5))
    for text in ("-153,95 0,111 153,95", "-154,127 0,141 154,127"):
        scene.stitch(line(text), "thread")
    for x in (-118, 0, 118) if scene.is_back else (-114, -58, 58, 114):
        _loop(scene, x)
    if scene.is_back:
        back_parts.patch(scene, 72, 124)
        return
    scene.button(0, 126, 11, "copper", 0)


def _loop(scene: Scene, x: float) -> None:
    top = 92 if abs(x) > 80 else 98
    panel(scene, box(x - 8, top, x + 8, top + 58), "denim", Relief(3, 3, 0, 0), shadow=TRIM)
    for inset in (-4, 4):
        scene.stitch(line(f"{x + inset},{top + 3} {x + inset},{top + 55}"), "thread")


def _faded(strength: float, knees: float) -> Print:
    """Thighs, knees and the lines at the hip, worn pale."""

    def pattern(u: Layer, v: Layer) -> dict[str, Layer]:
        x = np.abs(u - CENTRE)
        thigh = np.exp(-(((x - 98) / 48) ** 2) - ((v - 440) / 150) ** 2)
        knee = knees * np.exp(-(((x - 108) / 44) ** 2) - ((v - 640) / 90) ** 2)
        lines = 0.4 * np.cos((v + x * 0.22 - 340) / 12 * np.pi) * band(v, 300, 410, 60) * band(x, 20, 150, 50)
        return {"faded": np.clip((thigh + knee + lines * thigh) * strength, 0, 0.9)}

    return pattern


def straight(scene: Scene) -> None:
    """The regular pair."""
    jeans(scene, Cut(STRAIGHT, _faded(0.34, 0.5)))


def slim_faded(scene: Scene) -> None:
    """Tapered and worn."""
    jeans(scene, Cut(SLIM, _faded(0.78, 0.9), hem="58,931 102,937 148,930"))


def selvedge(scene: Scene) -> None:
    """Unwashed, with turn-ups."""
    jeans(scene, Cut(TURNED, creases=WHISKERS + KNEES[:2], hem=None, finish=_turn_ups))


def wide(scene: Scene) -> None:
    """Full legs, few creases."""
    loose = (("30,420 80,640 96,930", 34, 8), ("120,380 150,640 176,930", 34, -7), ("190,420 206,640 226,930", 30, 6))
    jeans(scene, Cut(WIDE, _faded(0.22, 0.2), creases=WHISKERS[:2] + loose, hem="46,932 146,940 246,930"))


def _turn_ups(scene: Scene) -> None:
    for side in SIDES:
        cuff = "41,866* 112,874 184,864* 184,936* 112,946 40,938*"
        panel(scene, shape(cuff, side), "denim", Relief(6, 6, 0.5, 0.2), slot="reverse", shadow=Shadow(0, -4, 6, 0.45))
        tape = line("166,870 166,904 165,940", side)
        scene.draw(tape, 13, "selvedge")
        scene.draw(tape, 2.2, "selvedge2")
        scene.stitch(line("46,873 112,881 160,874", side), "thread")


DRAWN = {"jeans-straight": straight, "jeans-slim-faded": slim_faded, "jeans-selvedge": selvedge, "jeans-wide": wide}
