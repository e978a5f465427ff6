"""Sweaters."""

from tools.garments.back_parts import outline_of
from tools.garments.curves import line, mirrored, points, shape, smooth
from tools.garments.motifs import knitted
from tools.garments.relief import Fold, Relief
from tools.garments.scene import NONE, Print, Scene, Shadow
from tools.garments.tailoring import SIDES, folds, inside, neck_label, panel, swing

CREW = "0,262* 38,252 66,224 82,180* 128,194 168,212* 188,270 198,336 202,416* 197,560 200,746* 110,756 0,758"
VEE = "0,424* 30,366 60,290 80,180* 128,194 168,212* 188,270 198,336 202,416* 197,560 200,746* 110,756 0,758"
HEM = "0,748* 110,746 202,736* 193,806* 104,817 0,819"
SLEEVE = (
    "124,194* 169,213 226,268 268,388 304,530 326,644 323,666 294,680 256,688 248,674 232,592 210,492 200,424 146,404*"
)
CUFF = "331,654* 292,669 251,678* 258,748* 294,742 327,730*"
FOLDS = (
    ("-198,420 -136,462 -100,560", 26, 7),
    ("198,420 140,460 104,556", 26, 7),
    ("-168,600 -146,680 -160,750", 26, 4),
    ("168,590 140,680 160,750", 26, 4),
)
SLEEVE_FOLDS = (
    ("208,310 262,460 300,620", 24, 6),
    ("212,500 252,526 302,512", 16, 5),
    ("230,600 270,626 318,612", 16, 6),
)
STAR = (
    "aaaaaaaaaaaa",
    "............",
    "b.....b.....",
    ".b...b.b...b",
    "..b.b...b.b.",
    "...b.....b..",
    "..b.b...b.b.",
    ".b...b.b...b",
    "b.....b.....",
    "............",
    "cccccccccccc",
    "c.cc.cc.cc.c",
    "............",
    "...a.....a..",
    "..aaa...aaa.",
    ".aa.aa.aa.aa",
    "aa...aaa...a",
    ".aa.aa.aa.aa",
    "..aaa...aaa.",
    "...a.....a..",
    "............",
    "c.cc.cc.cc.c",
    "cccccccccccc",
    "............",
    "b..b..b..b..",
    ".b..b..b..b.",
    "............",
    "aaaaaaaaaaaa",
)
YARNS = {"a": "yarn1", "b": "yarn2", "c": "yarn3"}


def base(
    scene: Scene,
    body: str,
    *,
    front: Print | None = None,
    sleeve: Print | None = None,
    cables: tuple[Fold, ...] = (),
    drop: float = 300,
) -> None:
    """Back, sleeves, front and hem."""
    inside(scene, mirrored(f"0,160 44,162 84,182* 74,{drop - 60} 0,{drop}"), "lambswool")
    for side in SIDES:
        _sleeve(scene, side, sleeve)
    seams = tuple(line("169,214 188,270 198,336 202,410", side) for side in SIDES)
    relief = Relief(11, 6, 2, 0.3, folds(*FOLDS) + cables, seams)
    outline = mirrored(outline_of(scene, body))
    panel(scene, outline, "lambswool", relief, shadow=Shadow(0, 3, 8, 0.3), pattern=front)
    panel(scene, mirrored(HEM), "rib", Relief(7, 5, 0.4, 0), shadow=Shadow(0, -4, 5, 0.35))


def _sleeve(scene: Scene, side: int, pattern: Print | None) -> None:
    turn = swing(scene, side, -1.5, 3)
    laid = (side, turn, (168, 214))
    grain = side * (16 + turn)
    creases = folds(*SLEEVE_FOLDS, side=side, turn=turn, about=(168, 214))
    panel(
        scene,
        shape(SLEEVE, *laid),
        "lambswool",
        Relief(11, 6, 2, 0.3, creases),
        shadow=NONE,
        pattern=pattern,
        grain=grain,
    )
    panel(scene, shape(CUFF, *laid), "rib", Relief(7, 4.5, 0.3, 0), shadow=Shadow(0, -3, 5, 0.3), grain=grain)


def _crew_neck(scene: Scene) -> None:
    back = mirrored("0,152 46,153 86,174* 76,194 38,184 0,182")
    panel(scene, back, "rib", Relief(5, 4, 0, 0), shadow=Shadow(0, 3, 3, 0.4))
    if scene.is_back:
        return
    neck_label(scene, 188)
    front = (
        "81,170* 68,220 38,244 0,252 -38,244 -68,220 -81,170* -110,187* -93,234 -56,270 0,283 56,270 93,234 110,187*"
    )
    panel(scene, shape(front), "rib", Relief(7, 5.5, 0, 0), shadow=Shadow(0, 3, 5, 0.5))


def crew(scene: Scene) -> None:
    """A crew neck."""
    base(scene, CREW)
    _crew_neck(scene)


def fair_isle(scene: Scene) -> None:
    """A patterned yoke."""
    base(scene, CREW, front=knitted(STAR, YARNS, 300), sleeve=knitted(STAR, YARNS, 330))
    _crew_neck(scene)


def roll_neck(scene: Scene) -> None:
    """Cables down the front and a folded collar."""
    cables = () if scene.is_back else tuple(fold for x in (-96, -48, 48, 96) for fold in _cable(x))
    base(scene, CREW, cables=cables)
    panel(
        scene,
        mirrored("0,126 52,130 84,150* 92,200 98,226* 50,256 0,262"),
        "rib",
        Relief(9, 7, 0.6, 0),
        shadow=Shadow(0, 5, 7, 0.5),
    )
    if not scene.is_back:
        opening = mirrored("0,118 50,122 78,140* 44,152 0,156")
        panel(scene, opening, "rib", Relief(5, 3, 0, 0), slot="inside", shadow=NONE)
    panel(
        scene,
        mirrored("0,156 44,152 78,140* 88,156 92,184 48,204 0,210"),
        "rib",
        Relief(8, 5, 0.4, 0),
        shadow=Shadow(0, 4, 5, 0.4),
    )


def _cable(x: float) -> list[Fold]:
    """Short crossing ridges between two straight ones."""
    crossings = [Fold(line(f"{x - 9},{y} {x},{y + 15} {x + 9},{y + 30}"), 9, 2.1) for y in range(280, 730, 30)]
    rails = [Fold(smooth(points(f"{x + off},268 {x + off},500 {x + off},745")), 5, 1.3) for off in (-16, 16)]
    return crossings + rails


def v_neck(scene: Scene) -> None:
    """A deep V with two lines on its rib."""
    base(scene, VEE, drop=440)
    back = mirrored("0,152 46,153 84,174* 76,194 38,184 0,182")
    panel(scene, back, "rib", Relief(5, 4, 0, 0), shadow=Shadow(0, 3, 3, 0.4))
    neck_label(scene, 188)
    for side in () if scene.is_back else SIDES:
        _v_rib(scene, side)


def _v_rib(scene: Scene, side: int) -> None:
    rib = "79,170* 58,286 28,362 -4,418* -6,458* 44,386 82,300 107,188*"
    panel(scene, shape(rib, side), "rib", Relief(6, 4.5, 0, 0), shadow=Shadow(0, 3, 4, 0.45), grain=side * 20)
    for inset in (0, 8):
        scene.draw(
            line(f"{99 - inset},196 {76 - inset},298 {39 - inset * 0.8},380 {-2},{441 - inset}", side), 3.2, "tip"
        )


DRAWN = {"sweater-crew": crew, "sweater-fair-isle": fair_isle, "sweater-roll-neck": roll_neck, "sweater-v-neck": v_neck}
