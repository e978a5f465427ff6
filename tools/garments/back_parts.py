"""What a garment shows from behind: a closed neck, collars that fall over it, yokes, pockets to sit on."""

from tools.garments.curves import line, mirrored, shape, shifted
from tools.garments.relief import FLAT, Relief
from tools.garments.scene import TRIM, Print, Scene, Shadow
from tools.garments.tailoring import SIDES, box, folds, panel, stitched

WELT = Relief(3, 3, 0.3, 0)
HOOD_FOLDS = (
    ("-96,190 -60,262 -18,318", 16, 5),
    ("100,196 66,266 20,322", 16, 5),
    ("-30,214 0,270 26,300", 18, 4),
)


def outline_of(scene: Scene, front: str, dip: float = -6) -> str:
    """A body's outline; from behind its neck runs from shoulder to shoulder, `dip` units lower in between.

    The shoulder is where the neck ends: the first corner after the point in the middle.
    """
    if not scene.is_back:
        return front
    _, *rest = front.split()
    shoulder = next(place for place, point in enumerate(rest) if point.endswith("*"))
    x, y = (float(number) for number in rest[shoulder].rstrip("*").split(","))
    return " ".join((f"0,{y + dip:g}", f"{x * 0.55:g},{y + dip - 4:g}", *rest[shoulder:]))


def collar(scene: Scene, top: float, texture: str, *, slot: str = "main", pattern: Print | None = None) -> None:
    """A collar that falls over the back of its stand; `top` is the height of the fold."""
    fall = f"0,{top} 46,{top + 1} 78,{top + 14}* 98,{top + 48} 100,{top + 78}* 52,{top + 84} 0,{top + 82}"
    panel(scene, mirrored(fall), texture, Relief(6, 5, 0.5, 0.2), slot=slot, shadow=Shadow(0, 5, 6, 0.5),
          pattern=pattern)  # fmt: skip
    scene.stitch(line(f"-94,{top + 72} -50,{top + 78} 0,{top + 76} 50,{top + 78} 94,{top + 72}"))


def stand(scene: Scene, top: float, texture: str, *, slot: str = "main") -> None:
    """A collar that stands, from behind."""
    band = f"0,{top} 42,{top + 1} 74,{top + 16}* 82,{top + 40}* 42,{top + 32} 0,{top + 31}"
    panel(scene, mirrored(band), texture, Relief(5, 4, 0.3, 0), slot=slot, shadow=Shadow(0, 4, 4, 0.45))
    scene.stitch(line(f"-74,{top + 33} -40,{top + 26} 0,{top + 25} 40,{top + 26} 74,{top + 33}"))


def yoke(scene: Scene, y: float, half: float, thread: str = "stitch") -> None:
    """The seam across the shoulder blades."""
    seam = f"-{half},{y} 0,{y + 8} {half},{y}"
    scene.shade(line(seam), 1.8, 1.2, 0.45)
    for drop in (5, 10):
        scene.stitch(line(f"-{half},{y + drop} 0,{y + drop + 8} {half},{y + drop}"), thread)


def box_pleat(scene: Scene, top: float, bottom: float) -> None:
    """A loop to hang it by, and the pleat below that gives room."""
    for x in (-16, 16):
        scene.shade(line(f"{x},{top + 8} {x * 1.1},{(top + bottom) / 2} {x * 1.6},{bottom}"), 2, 2.2, 0.34)
    panel(scene, box(-5, top - 4, 5, top + 20), "twill", FLAT, shadow=TRIM)


def hood(scene: Scene, slot: str) -> None:
    """A hood that lies on the back, its seam in the middle."""
    creases = folds(*HOOD_FOLDS)
    bag = "0,150 62,152 122,190* 140,232 126,290 78,344 30,374 0,380"
    panel(scene, mirrored(bag), "fleece", Relief(12, 8, 2, 0.5, creases), slot=slot, shadow=Shadow(0, 6, 9, 0.5))
    scene.shade(line("0,156 2,260 0,378"), 2, 1.4, 0.45)
    for x in (-6, 6):
        scene.stitch(line(f"{x},160 {x},260 {x},370"))


def trucker_seams(scene: Scene, bottom: float) -> None:
    """Two seams that run together from the yoke to the waist."""
    for drop in (0, 7, -7):
        for side in SIDES:
            seam = line(f"{116 + drop},340 {92 + drop},520 {74 + drop},{bottom}", side)
            scene.stitch(seam, "thread") if drop else scene.shade(seam, 1.8, 1.1, 0.5)


def seat(scene: Scene) -> None:
    """The back of a pair of jeans: a V-shaped yoke, the middle seam, two pockets and a leather patch."""
    scene.shade(line("0,140 2,250 0,380"), 2.2, 1.6, 0.5)
    for x in (-4, -9):
        scene.stitch(line(f"{x},146 {x},250 {x},372"), "thread")
    for side in SIDES:
        scene.shade(line("0,222 80,204 168,178", side), 1.8, 1.2, 0.45)
        for drop in (5, 11):
            scene.stitch(line(f"0,{222 + drop} 80,{204 + drop} 170,{178 + drop}", side), "thread")
        _seat_pocket(scene, side)


def _seat_pocket(scene: Scene, side: int) -> None:
    pouch = "46,244* 150,230* 154,330 104,368* 52,342*"
    panel(scene, shape(pouch, side), "denim", Relief(4, 4, 0.9, 0.4), shadow=Shadow(1, 4, 5, 0.5))
    scene.draw(line("46,244 52,342 104,368 154,330 150,230", side), 1.1, "edge", 0.5)
    for text in ("52,250 57,338 104,361 148,327 145,238", "50,256 146,242", "57,296 84,312 101,296 118,308 149,288"):
        scene.stitch(line(text, side), "thread")


def patch(scene: Scene, x: float, y: float) -> None:
    """A leather patch on the waistband."""
    panel(scene, box(x - 30, y - 15, x + 30, y + 15), "smooth", WELT, slot="copper", shadow=TRIM)
    scene.stitch(line(f"{x - 26},{y - 11}* {x + 26},{y - 11}* {x + 26},{y + 11}* {x - 26},{y + 11}* {x - 26},{y - 11}"),
                 "hole")  # fmt: skip


def welts(scene: Scene, y: float, button: str = "horn") -> None:
    """Two slit pockets, each with a button."""
    for side in SIDES:
        lip = shifted(box(-52, y - 8, 52, y + 8), side * 104, 0)
        panel(scene, lip, "twill", WELT, shadow=Shadow(0, 3, 4, 0.5))
        scene.shade(line(f"54,{y} 154,{y}", side), 1.6, 1, 0.5)
        scene.button(side * 104, y + 24, 5.6, button)
    stitched(scene, (f"48,{y - 13} 160,{y - 13}", f"48,{y + 13} 160,{y + 13}"))


def middle_seam(scene: Scene, top: float, bottom: float) -> None:
    """The seam down the middle of the back."""
    scene.shade(line(f"0,{top} 2,{(top + bottom) / 2} 0,{bottom}"), 2, 1.5, 0.4)
    scene.stitch(line(f"5,{top} 7,{(top + bottom) / 2} 5,{bottom}"))
