"""Polo shirts: the tee's body with a placket and a ribbed collar."""

from tools.garments import back_parts
from tools.garments.canvas import Layer
from tools.garments.curves import line, mirrored, shape
from tools.garments.families.tees import Cut, base
from tools.garments.motifs import stripes
from tools.garments.relief import FLAT, Relief
from tools.garments.scene import TRIM, Scene, Shadow
from tools.garments.tailoring import SIDES, box, buttons, neck_label, panel

LEAF = "0,262* 26,242 54,212 74,162* 92,172 104,204 104,240 92,286* 60,276 26,262"


def finish(
    scene: Scene, *, collar: str = "main", tipping: bool = False, placket: str = "main", texture: str = "rib"
) -> None:
    """Placket, buttons and collar; from behind the collar alone."""
    _stand(scene, collar, texture)
    if scene.is_back:
        _fall(scene, collar, tipping, texture)
        return
    panel(scene, box(-18, 250, 18, 400), "pique", FLAT, slot=placket, shadow=TRIM)
    scene.stitch(line("-14,252 -14,396* 14,396* 14,252"))
    scene.stitch(line("-14,384 14,396"))
    scene.stitch(line("14,384 -14,396"))
    buttons(scene, (280, 324, 368), 6.2)
    for side in SIDES:
        panel(
            scene,
            shape(LEAF, side),
            texture,
            Relief(5, 4, 0.5, 0.3),
            slot=collar,
            shadow=Shadow(0, 5, 6, 0.5),
            grain=side * -18,
        )
        if tipping:
            _tip(scene, side)


def _stand(scene: Scene, collar: str, texture: str) -> None:
    panel(scene, mirrored("0,150 44,151 76,164* 68,190 38,199 0,201"), texture, Relief(5, 3.5, 0.3, 0), slot=collar)
    neck_label(scene, 204)


def _fall(scene: Scene, collar: str, tipping: bool, texture: str) -> None:
    back_parts.collar(scene, 150, texture, slot=collar)
    for y in (218, 226) if tipping else ():
        scene.draw(line(f"-94,{y - 6} -50,{y} 0,{y - 2} 50,{y} 94,{y - 6}"), 3.2, "tip")


def _tip(scene: Scene, side: int) -> None:
    for text in ("29,255 60,268 86,276 97,238 97,206 88,180", "32,247 60,259 80,265 89,236 89,208 81,186"):
        scene.draw(line(text, side), 3.2, "tip")


def plain(scene: Scene) -> None:
    """One colour throughout."""
    base(scene, Cut("pique", cuff="main"))
    finish(scene)


def tipped(scene: Scene) -> None:
    """Two lines on collar and cuffs."""
    base(scene, Cut("pique", cuff="main", cuff_print=_cuff_lines))
    finish(scene, tipping=True)


def rugby(scene: Scene) -> None:
    """Broad stripes and a pale twill collar."""
    base(scene, Cut("pique", stripes("stripe", 116, 58, phase=40), stripes("stripe", 116, 58, phase=10), cuff="main"))
    finish(scene, collar="collar", placket="collar", texture="twill")


def _cuff_lines(u: Layer, v: Layer) -> dict[str, Layer]:
    """Two lines round the sleeve's end, which lies across the cloth's v."""
    edge = v.max()
    return stripes("tip", 7, 3.2, start=edge - 29, stop=edge - 10)(u, v)


DRAWN = {"polo-plain": plain, "polo-tipped": tipped, "polo-rugby": rugby}
