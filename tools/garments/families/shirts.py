"""Woven shirts."""

from dataclasses import dataclass

from tools.garments import back_parts
from tools.garments.back_parts import outline_of
from tools.garments.curves import CENTRE, across, line, mirrored, points, shape
from tools.garments.motifs import check, stripes
from tools.garments.relief import FLAT, Relief
from tools.garments.scene import NONE, TRIM, Print, Scene, Shadow
from tools.garments.tailoring import SIDES, box, buttons, folds, inside, neck_label, panel, stitched, swing

BODY = "0,254* 34,232 76,178* 122,191 168,212* 186,264 196,330 200,410* 192,520 191,640 199,752 178,808 98,826 0,830"
SLEEVE = "128,196* 169,212 222,264 260,380 300,540 334,698* 296,712 256,722* 236,610 214,480 194,414 140,396*"
CUFF = "332,690* 294,704 253,714* 266,776* 310,768 348,752*"
LEAF = "0,256* 30,226 60,190 76,160* 92,172 104,212 102,252 90,304* 54,284 22,262"
CUTAWAY = "0,256* 30,226 60,190 76,160* 94,172 112,208 122,240 128,280* 76,280 26,264"
SHOULDER = (168, 214)
FOLDS = (
    ("-196,416 -136,462 -104,580", 22, 8),
    ("196,416 140,460 108,560", 22, 8),
    ("-166,580 -130,700 -142,800", 26, 6),
    ("156,560 116,690 138,800", 26, 7),
    ("-80,480 -60,640 -80,810", 20, 5),
    ("76,520 58,660 82,810", 20, 5),
    ("-140,250 -104,320 -96,400", 15, 3.5),
    ("142,250 110,320 98,400", 15, 3.5),
)
SLEEVE_FOLDS = (
    ("206,300 256,450 292,640", 20, 6),
    ("206,480 244,500 288,486", 12, 6),
    ("218,560 258,584 304,572", 12, 7),
    ("236,654 274,676 318,658", 12, 5),
    ("208,420 236,440 262,436", 11, 4),
)


@dataclass(frozen=True)
class Cut:
    """What differs between one shirt and another."""

    texture: str
    pattern: Print | None = None
    sleeve: Print | None = None
    leaf: str | None = LEAF
    pockets: str = "one"
    placket_end: float = 828
    button: str = "button"


def shirt(scene: Scene, cut: Cut) -> None:
    """Draw a shirt from its cut, back to front."""
    inside(scene, mirrored("0,168 44,168 78,182* 60,230 0,296"), cut.texture)
    stand = mirrored("0,146 46,147 78,162* 68,192 38,204 0,208")
    panel(scene, stand, cut.texture, Relief(5, 4, 0.3, 0), slot="stand", pattern=cut.pattern)
    neck_label(scene, 212, 40, 22, "label2")
    for side in SIDES:
        _sleeve(scene, side, cut)
    _body(scene, cut)
    if scene.is_back:
        _back(scene, cut)
        return
    _placket(scene, cut)
    _pockets(scene, cut)
    for side in SIDES:
        _leaf(scene, side, cut) if cut.leaf else _band(scene, side, cut)


def _sleeve(scene: Scene, side: int, cut: Cut) -> None:
    turn = swing(scene, side, -2, 1.5)
    laid = (side, turn, SHOULDER)
    grain = side * (16 + turn)
    creases = Relief(folds=folds(*SLEEVE_FOLDS, side=side, turn=turn, about=SHOULDER), rumple=2.6, crease=1.1)
    panel(
        scene, shape(SLEEVE, *laid), cut.texture, creases, shadow=NONE, pattern=cut.sleeve or cut.pattern, grain=grain
    )
    panel(
        scene,
        shape(CUFF, *laid),
        cut.texture,
        Relief(5, 4, 0.5, 0.3),
        shadow=Shadow(0, -3, 4, 0.35),
        pattern=cut.sleeve or cut.pattern,
        grain=grain + side * 90 * (cut.sleeve is None),
    )
    for text in ("270,767 310,759 342,745", "258,721 296,711 334,697"):
        scene.stitch(line(text, *laid))
    x, y, _ = points("280,752", side=side, turn=turn, about=SHOULDER)[0]
    scene.button(x - CENTRE, y, 5.4, cut.button)


def _body(scene: Scene, cut: Cut) -> None:
    seams = tuple(line("169,214 186,264 196,330 200,406", side) for side in SIDES)
    panel(
        scene,
        mirrored(outline_of(scene, BODY)),
        cut.texture,
        Relief(folds=folds(*FOLDS), seams=seams, rumple=2.5, crease=0.3 if scene.is_back else 1.1),
        shadow=Shadow(0, 3, 7, 0.3),
        pattern=cut.pattern,
    )
    scene.stitch(across("0,821 96,817 172,800 193,750"))


def _back(scene: Scene, cut: Cut) -> None:
    back_parts.yoke(scene, 282, 182)
    back_parts.box_pleat(scene, 300, 560)
    if cut.leaf:
        back_parts.collar(scene, 146, cut.texture, pattern=cut.pattern)
    else:
        back_parts.stand(scene, 150, cut.texture)


def _placket(scene: Scene, cut: Cut) -> None:
    strip = box(-19, 256, 19, cut.placket_end)
    panel(scene, strip, cut.texture, Relief(4, 3, 0.8, 0.6), shadow=TRIM, pattern=cut.pattern)
    for x in (-15, 15):
        scene.stitch(line(f"{x},258 {x},{cut.placket_end - 6}"))
    last = min(cut.placket_end, 800)
    buttons(scene, tuple(range(312, int(last) - 12, 88)), 6.4, slot=cut.button)


def _pockets(scene: Scene, cut: Cut) -> None:
    wanted = {"one": (1,), "two": SIDES, "none": ()}[cut.pockets]
    for side in wanted:
        pouch = "66,396* 144,393* 145,470 106,494* 68,474*"
        panel(scene, shape(pouch, side), cut.texture, FLAT, shadow=Shadow(1, 3, 4, 0.4), pattern=cut.pattern)
        scene.draw(line("66,396 68,474 106,494 145,470 144,393", side), 1, "edge", 0.35)
        scene.stitch(line("71,398 72,471 106,488 140,467 139,396", side))
        if cut.pockets == "two":
            _flap(scene, side, cut)
        else:
            scene.stitch(line("68,408 143,405", side))


def _flap(scene: Scene, side: int, cut: Cut) -> None:
    outline = "62,388* 148,385* 147,412 105,432* 64,415*"
    panel(scene, shape(outline, side), cut.texture, FLAT, shadow=Shadow(1, 4, 4, 0.5), pattern=cut.pattern)
    scene.draw(line("62,388 64,415 105,432 147,412 148,385", side), 1, "edge", 0.45)
    scene.stitch(line("67,391 68,412 105,426 143,409 143,389", side))
    scene.button(side * 105, 416, 5.4, cut.button)


def _leaf(scene: Scene, side: int, cut: Cut) -> None:
    panel(
        scene,
        shape(cut.leaf or LEAF, side),
        cut.texture,
        Relief(5, 4.5, 0.8, 0.4),
        shadow=Shadow(0, 5, 6, 0.5),
        pattern=cut.pattern,
        grain=side * -16,
    )
    inner = (
        "24,258 54,276 85,294 96,252 98,214 88,180"
        if cut.leaf == LEAF
        else "28,258 76,273 119,273 113,242 104,212 90,182"
    )
    scene.stitch(line(inner, side))
    if cut.leaf == LEAF and cut.pockets == "one":
        scene.button(side * 82, 287, 4.2, cut.button, 2)


def _band(scene: Scene, side: int, cut: Cut) -> None:
    stand = "-2,232* 32,208 58,178 72,154* 90,166 74,206 46,238 2,262*"
    panel(scene, shape(stand, side), cut.texture, Relief(5, 4, 0.3, 0), shadow=Shadow(0, 4, 4, 0.45))
    stitched(scene, ("6,254 44,230 70,200 83,168",))


def oxford(scene: Scene) -> None:
    """A button-down."""
    shirt(scene, Cut("oxford"))


def band_collar(scene: Scene) -> None:
    """A stand collar and a half placket."""
    shirt(scene, Cut("linen", leaf=None, pockets="none", placket_end=560))
    if not scene.is_back:
        scene.button(0, 246, 5.4)
        scene.stitch(line("-15,546 15,546"))


def striped(scene: Scene) -> None:
    """An upright stripe, cut-away collar."""
    pattern = stripes("stripe", 15, 5.4, upright=True, phase=400)
    shirt(scene, Cut("poplin", pattern, leaf=CUTAWAY, pockets="none"))


def checked(scene: Scene) -> None:
    """A brushed check."""
    shirt(scene, Cut("flannel", check("check1", "check2", "check3", 62), pockets="two", button="horn"))


DRAWN = {"shirt-oxford": oxford, "shirt-band": band_collar, "shirt-stripe": striped, "shirt-check": checked}
