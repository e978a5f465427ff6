"""A garment before it is dyed: where each slot of colour lies, how the cloth stands, and what shades it."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from tools.garments.canvas import Frame, Layer, Window, moved, soft
from tools.garments.curves import CENTRE, Line, circle
from tools.garments.relief import FLAT, Relief, height
from tools.garments.textures import cloth

Print = Callable[[Layer, Layer], dict[str, Layer]]


@dataclass(frozen=True)
class Shadow:
    """What a piece throws on the garment under it."""

    across: float = 0
    down: float = 3
    blur: float = 6
    strength: float = 0.35


NONE = Shadow(strength=0)
TRIM = Shadow(1, 3, 4, 0.45)


@dataclass(frozen=True)
class Piece:
    """One cut panel. `grain` turns the cloth with it (degrees); `pattern` splits its colour over other slots."""

    outline: Line
    texture: str
    slot: str = "main"
    grain: float = 0
    relief: Relief = field(default_factory=Relief)
    shadow: Shadow = field(default_factory=Shadow)
    pattern: Print | None = None
    weight: float = 1.0


class Scene:
    """Layers of one garment over the whole frame, seen from one side; `alpha` is where there is cloth at all."""

    def __init__(self, frame: Frame, seed: int, *, is_back: bool = False) -> None:
        self.frame, self.seed, self.count, self.is_back = frame, seed, 0, is_back
        self.layers = {name: np.zeros(frame.shape, np.float32) for name in ("slope_x", "slope_y", "hollow", "texture")}
        self.light = np.ones(frame.shape, np.float32)
        self.alpha = np.zeros(frame.shape, np.float32)
        self.slots: dict[str, Layer] = {}

    def add(self, piece: Piece) -> None:
        """Lay a piece on top of what is there."""
        self.count += 1
        window = self.frame.around(piece.outline, 3 + 3 * piece.shadow.blur + piece.shadow.down)
        mask = window.mask(piece.outline)
        self._cast(window, mask, piece.shadow)
        raised = height(window, mask, piece.relief, self.seed * 31 + self.count)
        slope_y, slope_x = (np.asarray(slope) for slope in np.gradient(raised * np.float32(self.frame.scale)))
        u, v = _cloth_coordinates(window, piece)
        values: dict[str, Layer] = {
            "slope_x": slope_x,
            "slope_y": slope_y,
            "texture": cloth(piece.texture, u, v) * piece.weight,
            "hollow": soft(raised, 12, self.frame) - raised,
        }
        self._cover(window, mask, values)
        self._dye(window, mask, piece, (u - slope_x * 5, v - slope_y * 5))

    def stitch(self, middle: Line, slot: str = "stitch") -> None:
        """A row of stitches, drawn into the cloth; denim is sewn with a heavier thread."""
        width, on, off = (1.6, 6, 3.4) if slot == "thread" else (1.25, 4.4, 2.4)
        window = self.frame.around(middle, 8)
        self.light[window.slices] *= 1 - 0.13 * soft(window.stroke(middle, 2.6), 1.1, self.frame)
        self.ink(window, window.dashes(middle, width, on, off) * 0.9, slot)

    def draw(self, middle: Line, width: float, slot: str, strength: float = 1.0) -> None:
        """A flat line of colour: a crisp edge, a thread, a fly."""
        window = self.frame.around(middle, width + 4)
        self.ink(window, window.stroke(middle, width) * np.float32(strength), slot)

    def shade(self, middle: Line, width: float, blur: float, strength: float) -> None:
        """Darken along a line without changing colour."""
        window = self.frame.around(middle, width + 4 * blur)
        self.light[window.slices] *= 1 - strength * soft(window.stroke(middle, width), blur, self.frame)

    def ink(self, window: Window, coverage: Layer, slot: str) -> None:
        """Give `coverage` of the garment inside a window to another slot."""
        area = window.slices
        for layer in self.slots.values():
            layer[area] *= 1 - coverage
        self._slot(slot)[area] += coverage * self.alpha[area]

    def button(self, x: float, y: float, radius: float, slot: str = "button", holes: int = 4) -> None:
        """A sewn or metal button at an offset from the centre line."""
        x += CENTRE
        self.add(Piece(circle(x, y, radius), "smooth", slot, relief=Relief(2, 2.6, 0, 0), shadow=TRIM))
        self.add(
            Piece(
                circle(x, y, radius * 0.66), "smooth", slot, relief=Relief(1.5, -1.2, 0, 0), shadow=Shadow(strength=0)
            )
        )
        for corner in range(holes):
            angle = np.pi / 4 + corner * np.pi / 2
            self._hole(x + radius * 0.3 * np.cos(angle), y + radius * 0.3 * np.sin(angle), radius * 0.13)

    def cord(self, middle: Line, width: float, slot: str = "cord") -> None:
        """A round cord that throws its own shadow, and may hang over the ground."""
        self.add(
            Piece(
                _ribbon(middle, width),
                "rib",
                slot,
                relief=Relief(width / 3, width / 2, 0, 0),
                shadow=Shadow(2, 3, 3, 0.4),
                weight=0.6,
            )
        )

    def _hole(self, x: float, y: float, radius: float) -> None:
        dot = circle(x, y, max(radius, 0.6))
        window = self.frame.around(dot, 2)
        self.ink(window, window.mask(dot) * 0.75, "hole")

    def _cast(self, window: Window, mask: Layer, shadow: Shadow) -> None:
        if not shadow.strength:
            return
        fallen = moved(mask, shadow.down, shadow.across, self.frame.scale)
        thrown = soft(fallen, shadow.blur, self.frame) * np.float32(shadow.strength)
        self.light[window.slices] *= 1 - thrown * (1 - mask) * self.alpha[window.slices]

    def _cover(self, window: Window, mask: Layer, values: dict[str, Layer]) -> None:
        area = window.slices
        for name, value in values.items():
            self.layers[name][area] = self.layers[name][area] * (1 - mask) + value * mask
        self.light[area] = self.light[area] * (1 - mask) + mask
        self.alpha[area] = np.maximum(self.alpha[area], mask)

    def _dye(self, window: Window, mask: Layer, piece: Piece, where: tuple[Layer, Layer]) -> None:
        area = window.slices
        for layer in self.slots.values():
            layer[area] *= 1 - mask
        shares = piece.pattern(*where) if piece.pattern else {}
        left = np.ones_like(mask)
        for slot, share in shares.items():
            share = np.clip(share, 0, left)
            self._slot(slot)[area] += mask * share
            left = left - share
        self._slot(piece.slot)[area] += mask * left

    def _slot(self, name: str) -> Layer:
        return self.slots.setdefault(name, np.zeros(self.frame.shape, np.float32))


def _cloth_coordinates(window: Window, piece: Piece) -> tuple[Layer, Layer]:
    """Coordinates that turn with the piece: v runs along its grain."""
    x, y = window.grid()
    if not piece.grain:
        return x, y
    middle_x, middle_y = piece.outline.mean(axis=0)
    cos, sin = np.cos(np.radians(piece.grain)), np.sin(np.radians(piece.grain))
    dx, dy = x - np.float32(middle_x), y - np.float32(middle_y)
    u, v = dx * cos - dy * sin + middle_x, dx * sin + dy * cos + middle_y
    return u.astype(np.float32), v.astype(np.float32)


def _ribbon(middle: Line, width: float) -> Line:
    direction = np.gradient(middle, axis=0)
    normal = np.stack([-direction[:, 1], direction[:, 0]], axis=1)
    normal *= width / 2 / (np.linalg.norm(normal, axis=1, keepdims=True) + 1e-9)
    return np.concatenate([middle + normal, (middle - normal)[::-1]])


__all__ = ["FLAT", "NONE", "TRIM", "Piece", "Print", "Scene", "Shadow"]
