"""T-shirts, and the body that polos share."""

from dataclasses import dataclass

from tools.garments import blocks
from tools.garments.back_parts import outline_of
from tools.garments.curves import across, line, mirrored, shape
from tools.garments.motifs import stripes
from tools.garments.relief import Relief
from tools.garments.scene import NONE, Print, Scene, Shadow
from tools.garments.tailoring import SIDES, folds, inside, neck_label, panel, stitched, swing

BODY = "0,256* 36,247 62,222 78,180* 128,196 182,214* 193,268 201,330 206,394* 202,520 203,660 209,800* 110,809 0,811"
SLEEVE = "140,199* 183,215 240,250 288,300 326,352* 298,392 262,430 228,460* 216,436 200,412 150,396*"
CUFF = "326,352* 298,392 262,430 228,460* 219,444 252,414 287,377 316,338*"
SHOULDER = (182, 218)
FOLDS = (
    ("-200,402 -140,442 -96,520", 24, 7),
    ("202,402 146,436 104,500", 22, 7),
    ("-196,470 -150,560 -140,690", 30, 5),
    ("178,520 116,650 128,790", 30, 6),
    ("-58,610 -14,710 -40,800", 30, 4.5),
    ("-182,740 -90,776 10,768", 18, 4),
    ("-150,260 -110,320 -104,380", 16, 3.5),
    ("150,258 112,330 100,400", 18, 3.5),
)


@dataclass(frozen=True)
class Cut:
    """What differs between one short-sleeved knit top and another."""

    texture: str = "jersey"
    body: Print | None = None
    sleeve: Print | None = None
    cuff: str | None = None
    cuff_print: Print | None = None


def base(scene: Scene, cut: Cut) -> None:
    """Back, sleeves and front, without a neck trim."""
    inside(scene, mirrored("0,170 40,172 80,182* 70,232 0,292"), cut.texture)
    for side in SIDES:
        _sleeve(scene, side, cut)
    seams = tuple(line("183,216 193,268 201,330 206,390", side) for side in SIDES)
    panel(
        scene,
        mirrored(outline_of(scene, BODY)),
        cut.texture,
        Relief(folds=folds(*FOLDS), seams=seams),
        shadow=Shadow(0, 3, 6, 0.3),
        pattern=cut.body,
    )
    for rise in (0, 5):
        scene.stitch(across(f"0,{793 - rise} 110,{791 - rise} 206,{783 - rise}"))


def _sleeve(scene: Scene, side: int, cut: Cut) -> None:
    turn = swing(scene, side)
    creases = folds(
        ("212,262 254,322 272,400", 18, 5),
        ("206,352 236,372 262,412", 13, 5),
        ("240,268 280,330 296,360", 12, -3),
        side=side,
        turn=turn,
        about=SHOULDER,
    )
    grain = side * (44 + turn)
    panel(
        scene,
        shape(SLEEVE, side, turn, SHOULDER),
        cut.texture,
        Relief(folds=creases),
        shadow=NONE,
        pattern=cut.sleeve,
        grain=grain,
    )
    if cut.cuff:
        panel(
            scene,
            shape(CUFF, side, turn, SHOULDER),
            "rib",
            Relief(5, 3.5, 0, 0),
            slot=cut.cuff,
            grain=grain,
            shadow=Shadow(0, 1, 2, 0.3),
            pattern=cut.cuff_print,
        )
        return
    for text in ("217,446 252,416 312,338", "214,441 248,412 308,333"):
        scene.stitch(line(text, side, turn, SHOULDER))


def crew_neck(scene: Scene, slot: str = "main") -> None:
    """A ribbed band, with its back half behind the label."""
    back = mirrored("0,163 42,164 82,176* 72,192 36,182 0,180")
    panel(scene, back, "rib", Relief(4, 3, 0, 0), slot=slot, shadow=Shadow(0, 3, 3, 0.4))
    if scene.is_back:
        return
    neck_label(scene, 185)
    front = "77,175* 64,216 36,240 0,249 -36,240 -64,216 -77,175* -99,188* -84,226 -50,259 0,271 50,259 84,226 99,188*"
    panel(scene, shape(front), "rib", Relief(5, 4, 0, 0), slot=slot, shadow=Shadow(0, 3, 4, 0.5))
    stitched(scene, ("104,194 89,231 54,264 0,277",))


def plain(scene: Scene) -> None:
    """The plain tee."""
    base(scene, Cut())
    crew_neck(scene)


def breton(scene: Scene) -> None:
    """Stripes from the chest down, and on the sleeves."""
    striped = stripes("stripe", 34, 15, start=300, phase=4)
    base(scene, Cut(body=striped, sleeve=stripes("stripe", 34, 15, phase=9)))
    crew_neck(scene)


def ringer(scene: Scene) -> None:
    """Bands in a darker colour."""
    base(scene, Cut(cuff="trim"))
    crew_neck(scene, "trim")


def sun(scene: Scene) -> None:
    """A printed sun."""
    base(scene, Cut(body=None if scene.is_back else blocks.sun()))
    crew_neck(scene)


DRAWN = {"tee-plain": plain, "tee-breton": breton, "tee-ringer": ringer, "tee-sun": sun}
