"""Denim jackets."""

from tools.garments import back_parts
from tools.garments.back_parts import outline_of
from tools.garments.curves import CENTRE, line, mirrored, points, shape
from tools.garments.relief import FLAT, Relief
from tools.garments.scene import NONE, TRIM, Scene, Shadow
from tools.garments.tailoring import SIDES, box, buttons, folds, inside, panel, stitched, swing

BODY = "0,262* 34,238 80,182* 126,196 174,216* 192,272 202,338 206,414* 202,560 196,716* 98,724 0,726"
CHORE = "0,262* 34,238 80,182* 126,196 174,216* 192,272 202,338 206,414* 204,600 208,792* 100,802 0,804"
SLEEVE = "130,198* 175,217 230,272 274,392 310,528 342,652* 302,672 256,684* 236,590 214,490 203,420 146,400*"
CUFF = "341,646* 302,664 255,678* 266,734* 306,726 348,706*"
BAND = "0,716* 98,714 198,706* 195,764* 96,773 0,775"
LEAF = "2,266* 38,226 66,192 80,158* 98,172 116,214 122,252 106,310* 60,290 22,268"
FOLDS = (
    ("-200,418 -140,462 -112,560", 22, 8),
    ("202,418 142,460 112,552", 22, 8),
    ("-178,560 -160,640 -168,716", 20, 4),
    ("176,560 160,640 172,716", 20, 4),
)
SLEEVE_FOLDS = (
    ("216,310 270,460 310,620", 20, 7),
    ("216,484 260,508 306,494", 13, 7),
    ("230,566 272,592 324,578", 13, 8),
    ("244,630 288,652 334,634", 12, 6),
    ("212,428 240,450 280,444", 11, 4),
)


def base(scene: Scene, body: str, *, thread: str = "tobacco", lining: str = "inside", texture: str = "denim") -> None:
    """Back, sleeves, cuffs and front panel."""
    inside(scene, mirrored("0,172 50,172 80,186* 58,240 0,300"), "denim")
    stand = mirrored("0,146 50,147 82,164* 70,194 38,208 0,212")
    panel(
        scene,
        stand,
        texture if lining == "inside" else "pile",
        Relief(5, 4, 0.3, 0),
        slot="stand" if lining == "inside" else lining,
    )
    for side in SIDES:
        _sleeve(scene, side, thread)
    seams = tuple(line("175,218 192,272 202,338 206,408", side) for side in SIDES)
    outline = mirrored(outline_of(scene, body))
    panel(scene, outline, "denim", Relief(folds=folds(*FOLDS), seams=seams), shadow=Shadow(0, 3, 7, 0.3))
    stitched(scene, ("168,220 186,274 196,338 200,408",), thread)


def _sleeve(scene: Scene, side: int, thread: str) -> None:
    turn = swing(scene, side, -1.5, 3)
    laid = (side, turn, (174, 218))
    grain = side * (16 + turn)
    creases = Relief(folds=folds(*SLEEVE_FOLDS, side=side, turn=turn, about=(174, 218)), rumple=2.6, crease=1)
    panel(scene, shape(SLEEVE, *laid), "denim", creases, shadow=NONE, grain=grain)
    scene.stitch(line("206,262 250,400 276,530 292,664", *laid), thread)
    panel(scene, shape(CUFF, *laid), "denim", FLAT, shadow=Shadow(0, -3, 4, 0.4), grain=grain)
    for text in ("261,684 303,670 339,654", "269,727 306,719 343,700"):
        scene.stitch(line(text, *laid), thread)
    x, y, _ = points("280,704", side=side, turn=turn, about=(174, 218))[0]
    scene.button(x - CENTRE, y, 6.4, "copper", 0)


def _classic_seams(scene: Scene, thread: str) -> None:
    for side in SIDES:
        for text in ("200,370 110,376 22,378", "70,384 60,560 50,716", "144,382 126,560 112,716"):
            scene.shade(line(text, side), 1.6, 1.0, 0.5)
    stitched(
        scene,
        (
            "200,364 110,370 22,372",
            "76,384 66,560 56,716",
            "64,384 54,560 44,716",
            "138,382 120,560 106,716",
            "150,382 132,560 118,716",
        ),
        thread,
    )


def _flap_pocket(scene: Scene, side: int, thread: str) -> None:
    scene.shade(line("70,400 74,486 106,502 138,486 142,398", side), 1.4, 1.0, 0.35)
    flap = "58,376* 152,374* 150,404 106,428* 61,406"
    panel(scene, shape(flap, side), "denim", FLAT, shadow=Shadow(1, 4, 4, 0.55))
    scene.draw(line("58,376 61,406 106,428 150,404 152,374", side), 1.1, "edge", 0.6)
    for text in ("63,380 65,403 106,422 146,401 147,378", "64,386 141,384"):
        scene.stitch(line(text, side), thread)
    scene.button(side * 106, 411, 6.2, "copper", 0)


def _front(scene: Scene, bottom: float, thread: str, ys: tuple[float, ...]) -> None:
    panel(scene, box(-21, 262, 21, bottom), "denim", FLAT, shadow=TRIM)
    for x in (-16, 16):
        scene.stitch(line(f"{x},264 {x},{bottom - 4}"), thread)
    buttons(scene, ys, 8, slot="copper")


def _waistband(scene: Scene, thread: str) -> None:
    panel(scene, mirrored(BAND), "denim", FLAT, shadow=Shadow(0, -3, 4, 0.45))
    stitched(scene, ("0,766 96,764 190,756", "0,724 98,722 192,714"), thread)
    if not scene.is_back:
        scene.button(0, 746, 8, "copper", 0)
    for side in SIDES:
        scene.button(side * 172, 738, 6, "copper", 0)


def _leaf(scene: Scene, side: int, thread: str, pile: bool = False) -> None:
    if pile:
        big = "0,270* 36,228 64,190 80,152* 102,166 124,212 132,262 112,328* 62,302 22,274"
        panel(scene, shape(big, side), "pile", Relief(10, 9, 1.5, 0), slot="pile", shadow=Shadow(0, 6, 7, 0.55))
        return
    panel(scene, shape(LEAF, side), "denim", Relief(5, 5, 0.4, 0.2), shadow=Shadow(0, 5, 6, 0.55), grain=side * -16)
    scene.stitch(line("22,262 60,282 102,300 115,254 109,216 94,182", side), thread)


def _jacket(scene: Scene, pile: bool) -> None:
    thread = "thread"
    base(scene, BODY, thread=thread, lining="pile" if pile else "inside")
    if scene.is_back:
        _trucker_back(scene, pile)
        return
    _classic_seams(scene, thread)
    for side in SIDES:
        _flap_pocket(scene, side, thread)
    _front(scene, 724, thread, (306, 396, 480, 564, 648))
    _waistband(scene, thread)
    for side in SIDES:
        _leaf(scene, side, thread, pile)


def _trucker_back(scene: Scene, pile: bool) -> None:
    back_parts.yoke(scene, 318, 196, "thread")
    back_parts.trucker_seams(scene, 716)
    _waistband(scene, "thread")
    _fall(scene, pile)


def _fall(scene: Scene, pile: bool = False) -> None:
    back_parts.collar(scene, 146, "pile" if pile else "denim", slot="pile" if pile else "main")


def classic(scene: Scene) -> None:
    """The trucker jacket."""
    _jacket(scene, pile=False)


def sherpa(scene: Scene) -> None:
    """With a pile collar."""
    _jacket(scene, pile=True)


def chore(scene: Scene) -> None:
    """A longer work jacket with patch pockets."""
    base(scene, CHORE, thread="thread")
    stitched(scene, ("24,795 100,793 202,783",), "thread")
    if scene.is_back:
        back_parts.yoke(scene, 300, 190, "thread")
        back_parts.middle_seam(scene, 312, 800)
        _fall(scene)
        return
    for side in SIDES:
        _patch(scene, side, "60,560* 166,556* 168,700 158,716 70,720 60,706")
    _patch(scene, 1, "62,376* 146,373* 148,462 140,472 72,475 64,466")
    _front(scene, 803, "thread", (318, 424, 530, 636, 742))
    for side in SIDES:
        _leaf(scene, side, "thread")


def _patch(scene: Scene, side: int, outline: str) -> None:
    panel(scene, shape(outline, side), "denim", Relief(4, 3.4, 0.8, 0.4), shadow=Shadow(1, 3, 5, 0.45))
    scene.draw(shape(outline, side), 1, "edge", 0.35)
    middle = shape(outline, side).mean(axis=0)
    scene.stitch((shape(outline, side) - middle) * 0.92 + middle, "thread")


DRAWN = {"denim-jacket-classic": classic, "denim-jacket-sherpa": sherpa, "denim-jacket-chore": chore}
