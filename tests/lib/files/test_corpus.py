"""The corpus: what strangers send is refused or drawn anew, and what people send looks as they mean it."""

import io
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from shop.lib.files.drawing import drawn
from shop.lib.files.errors import BadPicture
from shop.lib.files.kinds import LOGO, PORTRAIT, Kind
from tests.lib.files import hostile
from tests.lib.files.good import good

ROOT = Path(__file__).resolve().parents[3]
TRACES = (b"<script", b"alert(", b"PK\x03\x04", b"%PDF", b"<?php", b"<svg", b"MZ\x90", b"#!/bin", b"<!DOCTYPE", b"DROP")
CLEAN = {b"RIFF", b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}


pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "ignore::RuntimeWarning")
"""What Pillow finds odd about hostile files is no news."""


def chunks(webp: bytes) -> set[bytes]:
    """The names of a WebP's chunks, and of what stands behind the last."""
    found, at, end = {webp[:4]}, 12, struct.unpack_from("<I", webp, 4)[0] + 8
    while at < end:
        name, size = struct.unpack_from("<4sI", webp, at)
        found.add(name)
        at += 8 + size + size % 2
    return found | ({webp[end:]} - {b""})


def is_clean(webp: bytes) -> bool:
    """Whether a file is a small still WebP and nothing beside."""
    with Image.open(io.BytesIO(webp)) as image:
        is_small = max(image.size) <= 640 and not getattr(image, "is_animated", False)
        return image.format == "WEBP" and is_small and chunks(webp) <= CLEAN and not any(t in webp for t in TRACES)


def is_refused(data: bytes) -> bool:
    """Whether the shop refuses a file with a sentence at the field."""
    try:
        drawn(data, PORTRAIT)
    except BadPicture as refusal:
        return bool(refusal.wrong)
    return False


def drawing(data: bytes, kind: Kind) -> Image.Image:
    """The picture as it is kept."""
    return Image.open(io.BytesIO(drawn(data, kind)))


def corners(image: Image.Image) -> list[int]:
    """The colours of the corners, one number after the other."""
    flat = image.convert("RGB")
    places = [(x * (flat.width - 1), y * (flat.height - 1)) for x in (0, 1) for y in (0, 1)]
    return [part for place in places for part in flat.getpixel(place)]


def is_like(image: Image.Image, upright: Image.Image) -> bool:
    """Whether a picture fits the logo's box, has its shape, and its colours where they belong."""
    fits = image.width <= LOGO.width and image.height <= LOGO.height
    bent = abs(image.width * upright.height - image.height * upright.width)
    return fits and bent <= max(upright.size) and corners(image) == pytest.approx(corners(upright), abs=48)


def test_the_corpus_is_as_large_as_it_says() -> None:
    hostile_names = [name for name, _ in (*hostile.refused(), *hostile.harmless())]
    assert len(hostile_names) == len(set(hostile_names)) >= 100
    good_names = [one.name for one in good()]
    assert len(good_names) == len(set(good_names)) >= 50


@pytest.mark.covers("ACC-08")
def test_what_is_no_picture_is_refused() -> None:
    assert [name for name, data in hostile.refused() if not is_refused(data)] == []


def test_nothing_hidden_comes_through() -> None:
    assert [
        name for name, data in hostile.harmless() if not (is_refused(data) or is_clean(drawn(data, PORTRAIT)))
    ] == []


def test_a_picture_that_were_kept_as_it_came_would_carry_it_along() -> None:
    """The control."""
    hiding = [data for name, data in hostile.harmless() if name.split()[0] in hostile.PAYLOADS]
    assert hiding
    assert not any(is_clean(data) for data in hiding)


@pytest.mark.covers("ACC-08")
def test_a_good_picture_is_drawn_upright_in_its_colours() -> None:
    assert [one.name for one in good() if not is_like(drawing(one.data, LOGO), one.upright)] == []


def test_a_portrait_is_square_and_never_blown_up() -> None:
    sizes = {one.name: drawing(one.data, PORTRAIT).size for one in good()}
    assert sizes == {one.name: (min(512, *one.upright.size),) * 2 for one in good()}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak of one process")
def test_the_hostile_corpus_stays_within_memory_and_time() -> None:
    """The corpus claims hundreds of gigabytes of pixels and texts, and billions of scans."""
    line = [sys.executable, "-m", "tests.lib.files.appetite"]
    said = subprocess.run(line, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    megabytes, seconds = map(float, said.split())
    assert megabytes < 600
    assert seconds < 5
