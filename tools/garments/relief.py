"""The height of a piece of cloth, in design units: rolled edges, falls, creases, folds and seams."""

from dataclasses import dataclass, field

import numpy as np
from scipy.ndimage import distance_transform_edt

from tools.garments.canvas import Layer, Window, moved, noise, soft
from tools.garments.curves import Line, tapered

FOLD_STRENGTH = 1.9


@dataclass(frozen=True)
class Fold:
    """A ridge along a line with a hollow on its shaded side."""

    middle: Line
    width: float
    height: float


@dataclass(frozen=True)
class Relief:
    """How a piece stands off the table."""

    edge: float = 9
    rise: float = 5.5
    rumple: float = 2.2
    crease: float = 0.8
    folds: tuple[Fold, ...] = ()
    seams: tuple[Line, ...] = field(default_factory=tuple)


FLAT = Relief(edge=4, rise=3.2, rumple=0.4, crease=0)


def height(window: Window, mask: Layer, relief: Relief, seed: int) -> Layer:
    """The height map of one piece inside its window."""
    inward = (distance_transform_edt(mask > 0.5) / window.frame.scale).astype(np.float32)
    total = relief.rise * (1 - np.exp(-inward / relief.edge))
    if relief.rumple or relief.crease:
        total += _fall(window, relief, seed) * np.clip(inward / 36, 0, 1)
    for fold in relief.folds:
        total += _fold(window, fold) * np.clip(inward / 12, 0, 1)
    for seam in relief.seams:
        total += _seam(window, seam)
    return total


def _fall(window: Window, relief: Relief, seed: int) -> Layer:
    """Cloth hangs along the body: its noise is long downwards, and creases are where that noise turns over."""
    frame, area = window.frame, window.slices
    slow = noise(frame, 55, 150, 3, seed)[area] + 0.3 * noise(frame, 18, 60, 2, seed + 50)[area]
    if not relief.crease:
        return relief.rumple * slow
    turning = noise(frame, 34, 80, 3, seed + 77)[area] + 0.5 * slow
    ridges = np.exp(-((turning / 0.30) ** 2))
    return relief.rumple * slow + relief.crease * soft(ridges, 2.5, frame) * 2.2


def _fold(window: Window, fold: Fold) -> Layer:
    swell = window.mask(tapered(fold.middle, fold.width))
    crest = soft(swell, fold.width * 0.5, window.frame)
    crest /= crest.max() + 1e-9
    dropped = moved(swell, 0, fold.width * 0.7, window.frame.scale)
    hollow = soft(dropped, fold.width * 1.2, window.frame)
    hollow /= hollow.max() + 1e-9
    return FOLD_STRENGTH * fold.height * (crest - 0.55 * hollow)


def _seam(window: Window, seam: Line) -> Layer:
    groove = window.stroke(seam, 2.2)
    return 1.4 * soft(groove, 4, window.frame) - 2.2 * soft(groove, 1.1, window.frame)
