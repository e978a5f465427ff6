"""Dyes a finished scene: the only step that is repeated for every colour."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import map_coordinates

from tools.garments.canvas import Frame, Layer, moved, noise, soft
from tools.garments.curves import CENTRE, HEIGHT, WIDTH
from tools.garments.scene import Scene

PLATE = "#ECEDEA"
ROOM = (690, 856)  # units a garment may take, across and down
# How strongly a weave shows at each brightness: it drowns in black and turns to dirt on white.
WEAVE = ([0, 0.03, 0.06, 0.4, 0.7, 1], [1.9, 1.7, 1, 0.85, 0.45, 0.32])
REST = 494.0  # where its middle lies: a little high, for the shadow below
LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)
LIGHT = np.array([-0.48, -0.62, 0.78]) / np.linalg.norm([-0.48, -0.62, 0.78])
Rgb = NDArray[Any]


def linear(hex_code: str) -> Rgb:
    """An sRGB colour in linear light."""
    value = np.array([int(hex_code[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4).astype(np.float32)


def encoded(light: Rgb) -> Rgb:
    """Linear light back to sRGB, 0 to 1."""
    light = np.clip(light, 0, 1)
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055).astype(np.float32)


def settle(scene: Scene) -> None:
    """Frame the garment, turn it by up to a degree and warp it a little: nothing laid by hand is straight."""
    frame = scene.frame
    middle, size = _framing(scene)
    rows, columns = np.mgrid[0 : frame.shape[0], 0 : frame.shape[1]].astype(np.float32)
    angle = np.radians(np.random.default_rng(scene.seed).choice([-1, 1]) * (0.4 + scene.seed % 7 / 10))
    x, y = (columns / frame.scale - CENTRE) / size, (rows / frame.scale - REST) / size
    x, y = x * np.cos(angle) - y * np.sin(angle), x * np.sin(angle) + y * np.cos(angle)
    x += middle[0] + noise(frame, 110, 140, 2, scene.seed + 900) * 3.0
    y += middle[1] + noise(frame, 140, 110, 2, scene.seed + 901) * 2.8
    _warp(scene, np.stack([y, x]) * np.float32(frame.scale))


def _framing(scene: Scene) -> tuple[tuple[float, float], float]:
    """The garment's middle, and how much it may grow so that all of them fill their pictures alike."""
    rows, columns = (np.flatnonzero(scene.alpha.max(axis=axis) > 0.5) / scene.frame.scale for axis in (1, 0))
    tall, broad = rows[-1] - rows[0], columns[-1] - columns[0]
    size = min(ROOM[0] / broad, ROOM[1] / tall, 1.16)
    return ((columns[0] + columns[-1]) / 2, (rows[0] + rows[-1]) / 2), size


def _warp(scene: Scene, where: NDArray[np.float32]) -> None:
    def bent(layer: Layer, outside: float = 0) -> Layer:
        return map_coordinates(layer, where, order=1, cval=outside, output=np.float32)

    scene.layers = {name: bent(layer) for name, layer in scene.layers.items()}
    scene.slots = {name: bent(layer) for name, layer in scene.slots.items()}
    scene.alpha, scene.light = bent(scene.alpha), bent(scene.light, 1)


def garment(scene: Scene, dyes: dict[str, str]) -> tuple[Rgb, Layer]:
    """The dyed garment in linear light, premultiplied, and its coverage."""
    albedo = np.zeros((*scene.frame.shape, 3), np.float32)
    for slot, share in scene.slots.items():
        albedo += share[..., None] * linear(dyes[slot])
    brightness = (albedo @ LUMINANCE) / np.maximum(scene.alpha, 0.01)
    shade = _shade(scene, brightness)[..., None]
    texture = scene.layers["texture"] * np.interp(brightness, *WEAVE)
    cool, warm = np.array([-0.05, -0.015, 0.06]), np.array([0.03, 0.01, -0.03])
    tint = 1 + np.where(shade < 1, (1 - shade) * cool, (shade - 1) * warm)
    exposure = np.interp(brightness, [0.5, 0.9], [1, 0.92])[..., None]
    colour = albedo * exposure * (1 + texture[..., None]) * shade * tint
    floor = 0.012 * np.interp(brightness, [0, 0.03, 0.08, 1], [1, 1, 0.25, 0.2])[..., None]
    colour += floor * np.clip(shade - 0.8, 0, 1) * scene.alpha[..., None]
    return np.minimum(colour, 0.90).astype(np.float32), scene.alpha


def _shade(scene: Scene, brightness: Layer) -> Layer:
    """Lambert and hollows; very dark cloth is lit harder and pale cloth softer, or its folds vanish or look dirty."""
    bend = 0.42 * np.interp(brightness, [0, 0.03, 0.07, 0.45, 0.7, 1], [1.75, 1.7, 1.05, 1, 0.92, 0.9])
    x, y = -scene.layers["slope_x"] * bend, -scene.layers["slope_y"] * bend
    facing = (x * LIGHT[0] + y * LIGHT[1] + LIGHT[2]) / np.sqrt(x * x + y * y + 1) / LIGHT[2]
    hollow = np.clip(scene.layers["hollow"] / 14, -0.25, 0.5)
    return np.clip(1 + (facing - 1) * 0.95 - hollow * 0.55, 0.25, 1.55).astype(np.float32) * scene.light


def ground(frame: Frame) -> Rgb:
    """The empty plate, darker towards its corners."""
    rows, columns = np.mgrid[0 : frame.shape[0], 0 : frame.shape[1]] / frame.scale
    fall = ((columns - WIDTH * 0.4) / WIDTH) ** 2 + ((rows - HEIGHT * 0.38) / HEIGHT) ** 2
    return (linear(PLATE) * (1.03 - 0.10 * fall)[..., None]).astype(np.float32)


def cast(alpha: Layer, frame: Frame) -> Rgb:
    """How much a garment darkens the plate: a tight contact shadow and a wide ambient one."""

    def thrown(down: float, across: float, blur: float) -> Layer:
        return soft(moved(alpha, down, across, frame.scale), blur, frame)

    total = np.clip(thrown(4, 3, 4) * 0.34 + thrown(20, 12, 28) * 0.24, 0, 1)
    return (1 - total[..., None] * np.array([1, 0.97, 0.92])).astype(np.float32)


def photograph(scene: Scene, dyes: dict[str, str]) -> Image.Image:
    """The garment in its colours, lying on the plate."""
    colour, alpha = garment(scene, dyes)
    plate = ground(scene.frame) * cast(alpha, scene.frame)
    return developed(plate * (1 - alpha[..., None]) + colour)


def developed(light: Rgb, grain: float = 0.006) -> Image.Image:
    """Linear light as an 8-bit picture with a little film grain."""
    speckle = np.random.default_rng(1).standard_normal((*light.shape[:2], 1)) * grain
    return Image.fromarray((np.clip(encoded(light) + speckle, 0, 1) * 255 + 0.5).astype(np.uint8))
