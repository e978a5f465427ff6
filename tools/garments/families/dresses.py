"""Dresses."""

from tools.garments import back_parts, blocks
from tools.garments.back_parts import outline_of
from tools.garments.curves import across, line, mirrored, shape
from tools.garments.motifs import both, flared, stripes
from tools.garments.relief import FLAT, Relief
from tools.garments.scene import NONE, TRIM, Print, Scene, Shadow
from tools.garments.tailoring import SIDES, box, buttons, folds, inside, neck_label, panel, spaced, swing

SLEEVELESS = (
    "0,232 42,216 66,178 80,104* 112,108* 116,160 126,206 150,250* 142,330 124,404* "
    "160,560 214,760 262,914* 170,938 84,946 0,950"
)
SHIRT = (
    "0,222* 30,196 66,142* 106,154 146,172* 158,214 166,262 168,318* 154,370 138,424* "
    "170,560 214,760 254,920* 168,942 84,948 0,950"
)
BODICE = "0,224 40,212 68,180 84,124* 116,134 150,150* 160,196 166,240 166,300* 160,350 156,400* 80,410 0,412"
SKIRT = (
    (-100, -216, 26, 10),
    (-72, -152, 22, -8),
    (-46, -96, 24, 10),
    (-16, -38, 20, -8),
    (12, 32, 24, 10),
    (42, 92, 22, -8),
    (70, 150, 24, 10),
    (98, 212, 26, -9),
)
BUST = (("-140,280 -80,340 -44,396", 14, 6), ("140,280 84,340 46,396", 14, 6))
SLEEVE = "110,150* 146,170 186,206 226,262 250,316* 214,344 170,356* 168,330 130,310*"
FLUTTER = "108,132* 150,148 196,176 236,226 252,290* 226,318 196,330 166,326* 164,290 130,270*"


def _skirt_folds(top: float, bottom: float) -> tuple[tuple[str, float, float], ...]:
    middle = (top + bottom) / 2
    return tuple((f"{a},{top} {(a + b) / 2 - 6},{middle} {b},{bottom}", wide, high) for a, b, wide, high in SKIRT)


def _sleeveless(scene: Scene, texture: str, pattern: Print | None) -> None:
    inside(scene, mirrored("0,140 60,128 92,106* 74,200 0,264"), texture)
    neck_label(scene, 150)
    creases = folds(*_skirt_folds(418, 936), *BUST)
    panel(
        scene,
        mirrored(outline_of(scene, SLEEVELESS, 44)),
        texture,
        Relief(folds=creases, rumple=2),
        shadow=Shadow(0, 3, 6, 0.3),
        pattern=pattern,
    )
    scene.stitch(across("0,938 84,934 170,926 256,902"))
    neck = "0,155 48,150 76,130 87,108" if scene.is_back else "0,239 46,222 73,180 87,106"
    if scene.is_back:
        back_parts.middle_seam(scene, 150, 400)
    for text in (neck, "106,108 110,162 121,208 145,250"):
        for side in SIDES:
            scene.stitch(line(text, side))


def _tied_waist(scene: Scene, texture: str, pattern: Print | None = None) -> None:
    pleats = tuple((f"{x:.0f},400 {x + 2:.0f},418 {x:.0f},438", 5, 2) for x in spaced(-112, 112, 17))
    bar = mirrored("0,404* 64,402 124,394* 124,430* 64,438 0,440*")
    panel(scene, bar, texture, Relief(5, 4, 0.6, 0, folds(*pleats)), shadow=Shadow(0, 4, 6, 0.45), pattern=pattern)
    if scene.is_back:
        return
    for text in ("-4,424 -28,500 -22,574", "4,424 30,490 42,560"):
        scene.cord(line(text), 7, "main")
    loops = shape("0,420 -34,404 -40,424 -8,428 0,424 34,400 42,420 10,430")
    panel(scene, loops, texture, Relief(3, 4, 0, 0), shadow=TRIM)


def plain(scene: Scene) -> None:
    """Sleeveless linen."""
    _sleeveless(scene, "linen", None)
    _tied_waist(scene, "linen")


def block_print(scene: Scene) -> None:
    """Flowers above a deep border."""
    flowers = flared(blocks.flower(stop=856), 420, 0.0011)
    _sleeveless(scene, "cambric", both(blocks.border(850, 60), flowers))
    _tied_waist(scene, "cambric")


def stripe(scene: Scene) -> None:
    """A shirt dress, buttoned to the hem."""
    striped = stripes("stripe", 22, 8, upright=True, phase=400)
    inside(scene, mirrored("0,142 40,142 68,150* 54,190 0,250"), "poplin")
    stand = mirrored("0,122 42,123 68,136* 58,164 34,176 0,178")
    panel(scene, stand, "poplin", Relief(5, 4, 0.3, 0), slot="stand", pattern=striped)
    neck_label(scene, 182, 30, 18)
    for side in SIDES:
        _cuffed_sleeve(scene, side, striped)
    creases = folds(*_skirt_folds(430, 936), *BUST)
    panel(
        scene,
        mirrored(outline_of(scene, SHIRT)),
        "poplin",
        Relief(folds=creases, rumple=2),
        shadow=Shadow(0, 3, 6, 0.3),
        pattern=flared(striped, 424, 0.0015),
    )
    scene.stitch(across("0,938 84,936 168,930 250,908"))
    _yoked(scene, striped) if scene.is_back else _buttoned(scene, striped)


def _yoked(scene: Scene, striped: Print) -> None:
    _belt(scene)
    back_parts.yoke(scene, 228, 154)
    back_parts.collar(scene, 122, "poplin", pattern=striped)


def _buttoned(scene: Scene, striped: Print) -> None:
    panel(scene, box(-17, 224, 17, 949), "poplin", Relief(4, 3, 0.6, 0.3), shadow=TRIM, pattern=striped)
    buttons(scene, tuple(range(258, 930, 74)), 6)
    _belt(scene)
    fallen, below = Relief(5, 4, 0.6, 0.3), Shadow(0, 5, 6, 0.5)
    for side in SIDES:
        leaf = shape("0,224* 26,196 52,166 66,138* 80,150 92,186 90,222 80,264* 48,248 20,230", side)
        panel(scene, leaf, "poplin", fallen, shadow=below, pattern=striped, grain=side * -16)
        scene.stitch(line("22,226 48,242 75,255 84,222 86,188 76,156", side))


def _cuffed_sleeve(scene: Scene, side: int, pattern: Print) -> None:
    turn = swing(scene, side, -1, 3)
    creases = folds(("176,220 206,270 216,330", 14, 5), ("160,290 190,310 220,322", 12, 4), side=side)
    laid = (side, turn, (146, 184))
    panel(scene, shape(SLEEVE, *laid), "poplin", Relief(folds=creases), shadow=NONE, pattern=pattern, grain=side * 36)
    cuff = "254,312* 216,342 168,356* 166,334 208,320 243,292*"
    panel(scene, shape(cuff, *laid), "poplin", FLAT, shadow=Shadow(0, -2, 3, 0.35), pattern=pattern, grain=side * -54)


def _belt(scene: Scene) -> None:
    bar = mirrored("0,414* 70,412 140,406* 141,432* 70,438 0,440*")
    panel(scene, bar, "poplin", Relief(5, 4, 0.5, 0.2), slot="stripe", shadow=Shadow(0, 4, 5, 0.45))
    if scene.is_back:
        return
    panel(scene, box(-22, 408, 22, 446), "smooth", Relief(3, 3, 0, 0), slot="wood", shadow=TRIM)
    panel(scene, box(-15, 415, 15, 439), "poplin", Relief(3, 1, 0, 0), slot="stripe", shadow=NONE)
    scene.draw(line("0,427 24,427"), 3.4, "wood")


def tiered(scene: Scene) -> None:
    """Three gathered tiers."""
    inside(scene, mirrored("0,140 60,134 92,128* 74,200 0,258"), "khadi")
    neck_label(scene, 152)
    for side in SIDES:
        _flutter(scene, side)
    lower = "0,680* 110,676 214,664* 240,780 262,918* 172,940 86,950 0,952"
    middle = "0,398* 84,396 160,388* 192,520 220,690* 112,704 0,706"
    _tier(scene, lower, (690, 944), 210, 19)
    _tier(scene, middle, (410, 700), 156, 15)
    seams = folds(*BUST, ("-100,170 -70,240 -60,330", 14, 4), ("100,170 72,240 60,330", 14, 4))
    bodice = mirrored(outline_of(scene, BODICE, 26))
    panel(scene, bodice, "khadi", Relief(folds=seams), shadow=Shadow(0, 4, 6, 0.4))
    for side in SIDES:
        neck = "0,157 46,153 78,142 91,128" if scene.is_back else "0,231 44,218 75,184 91,128"
        scene.stitch(line(neck, side))
    scene.stitch(across("0,940 86,938 172,928 256,906"))
    if scene.is_back:
        return
    scene.cord(line("-3,224 -16,270 -10,322"), 5, "main")
    scene.cord(line("3,224 20,264 24,310"), 5, "main")


def _tier(scene: Scene, outline: str, span: tuple[float, float], half: float, pleats: int) -> None:
    top, bottom = span
    gathers = tuple(
        (f"{x:.0f},{top} {x * 1.1:.0f},{top + 50} {x * 1.16:.0f},{top + 120}", 9, 3.4)
        for x in spaced(-half, half, pleats)
    )
    falls = tuple(
        (f"{x:.0f},{top + 30} {x * 1.12:.0f},{(top + bottom) / 2} {x * 1.22:.0f},{bottom}", 20, 6.5)
        for x in spaced(-half * 0.85, half * 0.85, 7)
    )
    panel(
        scene, mirrored(outline), "khadi", Relief(7, 6, 1.6, 0.5, folds(*gathers, *falls)), shadow=Shadow(0, 5, 8, 0.45)
    )


def _flutter(scene: Scene, side: int) -> None:
    turn = swing(scene, side, -1, 3)
    creases = folds(
        ("150,170 190,230 206,320", 16, 6),
        ("176,176 216,230 232,300", 14, -5),
        ("156,220 176,270 180,324", 12, 5),
        side=side,
        turn=turn,
        about=(146, 170),
    )
    panel(scene, shape(FLUTTER, side, turn, (146, 170)), "khadi", Relief(folds=creases), shadow=NONE, grain=side * 30)


DRAWN = {"dress-plain": plain, "dress-block-print": block_print, "dress-stripe": stripe, "dress-tiered": tiered}
