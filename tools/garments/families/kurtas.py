"""Kurtas."""

from dataclasses import dataclass

import numpy as np

from tools.garments import back_parts, blocks
from tools.garments.back_parts import outline_of
from tools.garments.curves import CENTRE, Line, across, line, mirrored, shape
from tools.garments.motifs import both, stripes
from tools.garments.relief import FLAT, Relief
from tools.garments.scene import NONE, TRIM, Piece, Print, Scene, Shadow
from tools.garments.tailoring import SIDES, buttons, folds, inside, neck_label, panel, stitched, swing

BODY = "0,210* 32,194 68,132* 112,147 156,170* 170,222 180,290 184,364* 178,480 190,640 206,770 220,900* 112,911 0,914"
SHORT = "0,210* 32,194 68,132* 112,147 156,170* 170,222 180,290 184,364* 180,480 186,600 196,700 206,806* 104,816 0,818"
SLEEVE = "112,150* 157,171 208,230 246,346 282,490 312,624* 270,642 224,652* 212,560 196,450 187,374 126,352*"
FOLDS = (
    ("-180,370 -124,420 -94,530", 22, 7),
    ("180,370 128,420 98,520", 22, 7),
    ("-130,540 -138,720 -164,892", 26, 7),
    ("126,540 142,720 160,892", 26, 7),
    ("-50,580 -58,760 -66,892", 24, -5),
    ("52,580 62,760 70,892", 24, 5),
    ("-130,214 -98,280 -90,360", 15, 3.5),
    ("130,214 100,280 92,360", 15, 3.5),
)
SLEEVE_FOLDS = (
    ("196,270 240,420 270,580", 20, 6),
    ("198,430 236,450 274,438", 12, 6),
    ("208,510 246,532 288,518", 12, 6),
    ("222,590 256,608 300,592", 12, 5),
)


@dataclass(frozen=True)
class Cut:
    """What differs between one kurta and another."""

    texture: str
    body: str = BODY
    pattern: Print | None = None
    sleeve: Print | None = None
    placket: str = "main"
    button: str = "wood"
    collar: bool = True


def kurta(scene: Scene, cut: Cut) -> None:
    """Draw a kurta from its cut, back to front."""
    inside(scene, mirrored("0,124 40,124 72,138* 56,190 0,250"), cut.texture)
    if cut.collar:
        stand = mirrored("0,108 40,109 68,122* 60,142 34,152 0,154")
        slot = "stand" if cut.placket == "main" else cut.placket
        panel(scene, stand, cut.texture, Relief(5, 3.5, 0.3, 0), slot=slot)
    neck_label(scene, 156 if cut.collar else 142, 30, 18)
    for side in SIDES:
        _sleeve(scene, side, cut)
    _body(scene, cut)
    if scene.is_back:
        back_parts.yoke(scene, 240, 168)
        if cut.collar:
            back_parts.stand(scene, 108, cut.texture, slot=cut.placket)
        return
    _placket(scene, cut)
    for side in SIDES if cut.collar else ():
        _band(scene, side, cut)


def _sleeve(scene: Scene, side: int, cut: Cut) -> None:
    turn = swing(scene, side, -1.5, 3)
    laid = (side, turn, (156, 172))
    creases = folds(*SLEEVE_FOLDS, side=side, turn=turn, about=(156, 172))
    panel(
        scene,
        shape(SLEEVE, *laid),
        cut.texture,
        Relief(folds=creases, rumple=2.4, crease=1),
        shadow=NONE,
        pattern=cut.sleeve,
        grain=side * (16 + turn),
    )
    for text in ("223,640 266,630 308,612", "222,634 265,624 306,606"):
        scene.stitch(line(text, *laid))


def _body(scene: Scene, cut: Cut) -> None:
    hem, slit = (900, 690) if cut.body == BODY else (806, 640)
    seams = tuple(line("157,176 170,222 180,290 183,360", side) for side in SIDES)
    panel(
        scene,
        mirrored(outline_of(scene, cut.body, 4)),
        cut.texture,
        Relief(folds=folds(*FOLDS), seams=seams, rumple=2.4, crease=1),
        shadow=Shadow(0, 3, 7, 0.3),
        pattern=cut.pattern,
    )
    wide = 216 if cut.body == BODY else 202
    scene.stitch(across(f"0,{hem + 4} 112,{hem + 1} {wide},{hem - 9}"))
    for side in SIDES:
        _slit(scene, side, slit, hem, wide)


def _slit(scene: Scene, side: int, top: float, hem: float, wide: float) -> None:
    edge = line(f"{wide - 26},{top} {wide - 16},{(top + hem) / 2} {wide - 6},{hem - 4}", side)
    scene.stitch(edge)
    scene.shade(edge, 2, 2, 0.2)
    scene.draw(line(f"{wide - 28},{top} {wide - 18},{top}", side), 2.4, "edge", 0.6)


def _placket(scene: Scene, cut: Cut) -> None:
    panel(scene, shape("-17,206* 17,206* 17,440* 0,456* -17,440*"), cut.texture, FLAT, slot=cut.placket, shadow=TRIM)
    scene.stitch(line("-13,210 -13,437* 0,449* 13,437* 13,210"))
    buttons(scene, (240, 294, 348, 402), 5.8, slot=cut.button)


def _band(scene: Scene, side: int, cut: Cut) -> None:
    stand = "0,188* 30,168 54,138 64,116* 81,127 70,162 44,196 3,218*"
    panel(scene, shape(stand, side), cut.texture, Relief(5, 4, 0.3, 0), slot=cut.placket, shadow=Shadow(0, 4, 5, 0.45))
    stitched(scene, ("7,210 42,190 66,158 75,130",))


def band(scene: Scene) -> None:
    """A plain linen kurta."""
    kurta(scene, Cut("linen"))


def striped(scene: Scene) -> None:
    """A short, collarless one in a fine stripe."""
    thread, accent = (("stripe", 26, 2.6), 400), (("stripe2", 26, 1.6), 407)
    fine = both(*(stripes(*drawn, upright=True, phase=phase) for drawn, phase in (thread, accent)))
    kurta(scene, Cut("khadi", SHORT, fine, fine, collar=False, button="button"))
    front = "65,133* 30,190 0,204 -30,190 -65,133* -80,139* -43,206 0,225 43,206 80,139*"
    back = "66,131* 36,134 0,135 -36,134 -66,131* -80,137* -42,154 0,156 42,154 80,137*"
    rim = shape(back if scene.is_back else front)
    panel(scene, rim, "khadi", Relief(3, 2.5, 0, 0), slot="stripe", shadow=Shadow(0, 2, 3, 0.4))


def block_print(scene: Scene) -> None:
    """Small buti over the cloth, a border at hem and cuff."""
    body = both(blocks.border(836, 52), blocks.buti(stop=838))
    kurta(scene, Cut("cambric", pattern=body, sleeve=blocks.buti(), placket="trim"))


def embroidered(scene: Scene) -> None:
    """A yoke worked in thread."""
    kurta(scene, Cut("khadi", button="thread2"))
    for side in SIDES:
        _cuff_row(scene, side)
    for side in () if scene.is_back else SIDES:
        _vine(scene, side)
    for x in np.arange(-188, 196, 16):
        _bud(scene, CENTRE + x, 876 - abs(x) * 0.03, 90, 9, "thread1")


def _vine(scene: Scene, side: int) -> None:
    for rail in ("28,228 30,340 30,456 0,486", "84,146 66,190 48,216 28,228"):
        scene.draw(line(rail, side), 1.8, "thread2")
    stem = line("50,236 64,290 46,346 64,400 46,446 22,490", side)
    scene.draw(stem, 1.8, "thread1")
    for place in range(4, len(stem) - 2, 7):
        x, y = stem[place]
        for lean in (-1, 1):
            _bud(scene, x, y, 90 - side * lean * 62, 15, "thread1" if lean > 0 else "thread2")
    for x, y in ((92, 232), (96, 318), (92, 404)):
        _blossom(scene, CENTRE + side * x, y)


def _cuff_row(scene: Scene, side: int) -> None:
    for step in np.linspace(0, 1, 6):
        _bud(scene, CENTRE + side * (232 + 66 * step), 618 - 22 * step, 90 + side * 16, 9, "thread1")


def _blossom(scene: Scene, x: float, y: float) -> None:
    for leaf in range(6):
        _bud(scene, x, y, leaf * 60 + 30, 15, "thread2" if leaf % 2 else "thread1", 4)
    scene.button(x - CENTRE, y, 3.4, "thread2", 0)


def _bud(scene: Scene, x: float, y: float, angle: float, reach: float, slot: str, start: float = 2) -> None:
    scene.add(
        Piece(_leaf(x, y, angle, start, reach), "rib", slot, angle, Relief(1.6, 1.5, 0, 0), Shadow(0, 1, 1.2, 0.35))
    )


def _leaf(x: float, y: float, angle: float, start: float, reach: float) -> Line:
    t = np.linspace(0, 1, 12)
    along, half = start + (reach - start) * t, reach * 0.22 * np.sin(np.pi * t**0.8)
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    far, near = np.concatenate([along, along[::-1]]), np.concatenate([half, -half[::-1]])
    return np.stack([x + far * cos - near * sin, y - far * sin - near * cos], axis=1)


DRAWN = {
    "kurta-band": band,
    "kurta-embroidered": embroidered,
    "kurta-block-print": block_print,
    "kurta-stripe": striped,
}
