"""Hostile uploads, made when they are needed: files that must be refused, and files of which nothing may be left."""

import gzip
import random
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

from tests.lib.files.parts import chunk, encoded, exif, jpeg_with, png, png_header, png_with, quarters, riff, segment

Named = Iterator[tuple[str, bytes]]
ZIP = b"PK\x03\x04\x14\0\0\0\0\0" + b"\0" * 16 + b"\x01\0\0\0aM" + b"PK\x05\x06" + b"\0" * 18
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
PAYLOADS = {
    "jar": ZIP,
    "html": b"<html><body><script>alert(1)</script></body></html>",
    "javascript": b"*/=1;alert(document.cookie);/*",
    "pdf": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF",
    "php": b"<?php system($_GET['c']); ?>",
    "svg": SVG,
    "program": b"MZ\x90\0" + b"\0" * 60 + b"This program cannot be run in DOS mode.",
    "shell": b"#!/bin/sh\nrm -rf /\n",
    "entities": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
}
PLACES = (0.02, 0.1, 0.3, 0.5, 0.7, 0.9)
HUGE = 50_000
MEGABYTES = 100
SEED = 20261121


def refused() -> Named:
    """No picture the shop takes."""
    yield from PAYLOADS.items()
    yield from _other_formats()
    yield from _beginnings()
    yield from _cut_off()
    yield from _lying_headers()
    yield from _broken_png()
    yield from _broken_jpeg()
    yield from _too_much()


def harmless() -> Named:
    """May be drawn or refused, if only nothing of what was hidden in it is left."""
    yield from _polyglots()
    yield from _metadata()
    yield from _promises()
    yield from _profiles()
    yield from _damaged()
    yield "thin as a hair", encoded(Image.new("RGB", (1, 65_000)), "JPEG")
    yield "all the pixels there may be", encoded(Image.new("L", (5000, 5000)), "PNG")
    yield "a JPEG that says it holds more", encoded(quarters(), "MPO", save_all=True, append_images=[quarters()] * 50)


def _other_formats() -> Named:
    for name in ("GIF", "BMP", "TIFF", "ICO", "PPM", "TGA", "JPEG2000", "AVIF", "PCX", "DDS", "SGI", "EPS", "PDF"):
        yield f"a {name}", encoded(quarters(), name)
    yield "a zipped SVG", gzip.compress(SVG)
    yield "a GIF that is a script", b"GIF89a=1;alert(1)//" + encoded(quarters(), "GIF")[6:]
    yield "a photo of a phone", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64
    yield "a magic in the wrong place", b"\n" + encoded(quarters(), "PNG")
    yield "a WebP without its name", encoded(quarters(), "WEBP").replace(b"WEBP", b"WAVE", 1)


def _beginnings() -> Named:
    yield "nothing", b""
    yield "one byte", b"\xff"
    yield "a JPEG's magic", b"\xff\xd8\xff"
    yield "a PNG's magic", b"\x89PNG\r\n\x1a\n"
    yield "a WebP's magic", b"RIFF\x10\0\0\0WEBP"
    yield "magic and noise", b"\xff\xd8\xff" + random.Random(SEED).randbytes(4000)
    yield "a PNG's magic and zeros", b"\x89PNG\r\n\x1a\n" + b"\0" * 4000
    yield "a WebP of zeros", b"RIFF\xff\xff\xff\xffWEBPVP8 " + b"\0" * 4000


def _cut_off() -> Named:
    noise = Image.effect_noise((200, 200), 80).convert("RGB")
    whole = {
        "JPEG": encoded(noise, "JPEG"),
        "progressive JPEG": encoded(noise, "JPEG", progressive=True),
        "PNG": encoded(noise, "PNG"),
        "WebP": encoded(noise, "WEBP"),
        "lossless WebP": encoded(noise, "WEBP", lossless=True),
    }
    for name, data in whole.items():
        for place in PLACES:
            yield f"{name} cut off at {place:.0%}", data[: int(len(data) * place)]


def _lying_headers() -> Named:
    idat = chunk(b"IDAT", zlib.compress(b"\0" * 100))
    for width, height in ((HUGE, HUGE), (2**31 - 1, 1), (1, 2**31 - 1), (2**31 - 1, 2**31 - 1), (0, 0), (5001, 5000)):
        yield f"a PNG of {width}×{height}", png(png_header(width, height), idat)
    plain = encoded(quarters(), "JPEG")
    sizes = plain.index(b"\xff\xc0") + 5
    for width, height in ((65_500, 65_500), (0, 64), (64, 0), (65_535, 1000)):
        yield f"a JPEG of {width}×{height}", plain[:sizes] + struct.pack(">HH", height, width) + plain[sizes + 4 :]
    yield "a WebP of 16384×16384", riff((b"VP8X", b"\0" * 4 + b"\xff\x3f\0" * 2), (b"VP8 ", b"\0" * 20))
    yield "a WebP of 2²⁴×2²⁴", riff((b"VP8X", b"\0" * 4 + b"\xff" * 6), (b"VP8 ", b"\0" * 20))
    yield "a lossless WebP of 16384×16384", riff((b"VP8L", b"\x2f" + b"\xff" * 4 + b"\0" * 20))
    yield "a lossy WebP of 16383×16383", riff((b"VP8 ", b"\0\0\0\x9d\x01\x2a\xff\x3f\xff\x3f" + b"\0" * 20))


def _broken_png() -> Named:
    good = encoded(quarters(), "PNG")
    idat = chunk(b"IDAT", zlib.compress(b"\0" * 20_000))
    yield "a PNG with a wrong sum", good[:29] + b"\0\0\0\0" + good[33:]
    yield "a PNG without pixels", png(png_header(64, 64))
    for depth, colour in ((3, 2), (8, 5), (16, 3), (255, 255)):
        yield f"a PNG of depth {depth}, colour {colour}", png(png_header(64, 64, depth, colour), idat)
    yield "a PNG that moves", encoded(quarters(), "PNG", save_all=True, append_images=[quarters().rotate(90)] * 300)


def _broken_jpeg() -> Named:
    good = encoded(quarters(), "JPEG")
    yield "a JPEG without tables", good.replace(b"\xff\xdb", b"\xff\xfe").replace(b"\xff\xc4", b"\xff\xfe")
    yield "a JPEG with impossible codes", good[: good.index(b"\xff\xc4") + 5] + b"\xff" * 16 + b"\0" * 400
    depth = good.index(b"\xff\xc0") + 4
    yield "a JPEG of 12 bits", good[:depth] + b"\x0c" + good[depth + 1 :]
    yield "a JPEG with nine colours", good[: depth + 5] + b"\x09" + good[depth + 6 :]
    yield "a JPEG without an end", good[: good.index(b"\xff\xda") + 2]
    steps = encoded(quarters(512, 512), "JPEG", progressive=True)
    scan = steps[steps.rindex(b"\xff\xda") : -2]
    yield "a JPEG of 20,000 scans", steps[:-2] + scan * 20_000 + steps[-2:]
    yield "a JPEG of 101 scans", steps[:-2] + scan * 101 + steps[-2:]


def _too_much() -> Named:
    yield "more than 5 MB", encoded(quarters(), "JPEG") + b"\0" * 5 * 1024 * 1024
    yield "a PNG of 64 million pixels", encoded(Image.new("1", (8000, 8000)), "PNG")
    yield "a JPEG of 64 million pixels", encoded(Image.new("L", (8000, 8000)), "JPEG")
    yield "a WebP of 25 million pixels", encoded(Image.new("RGB", (5000, 5000)), "WEBP", lossless=True)
    frames = [quarters().rotate(turn) for turn in (90, 180, 270)]
    yield "a WebP that moves", encoded(quarters(), "WEBP", save_all=True, append_images=frames)


def _polyglots() -> Named:
    """Pictures that are something else as well, for whoever opens them as that."""
    for name, payload in PAYLOADS.items():
        yield f"{name} behind a JPEG", encoded(quarters(), "JPEG") + payload
        yield f"{name} in a JPEG's comment", jpeg_with(segment(0xFE, payload))
        yield f"{name} behind a PNG", encoded(quarters(), "PNG") + payload
        yield f"{name} in a PNG's text", png_with(chunk(b"tEXt", b"Comment\0" + payload))
        yield f"{name} behind a WebP", encoded(quarters(), "WEBP") + payload
        yield f"{name} in a WebP's XMP", encoded(quarters(), "WEBP", xmp=payload)


def _metadata() -> Named:
    script = "<script>alert(1)</script>"
    place = exif(t34853={1: "N", 2: (23.0, 48.0, 37.0), 3: "E", 4: (90.0, 24.0, 45.0)})
    about = exif(t270=script, t315=script, t33432="; DROP TABLE user_account")
    for name in ("JPEG", "PNG", "WEBP"):
        yield f"{name} that says where", encoded(quarters(), name, exif=place)
        yield f"{name} with a script in its description", encoded(quarters(), name, exif=about)
        for turn in (0, 9, 65_535):
            yield f"{name} turned {turn}", encoded(quarters(), name, exif=exif(turn))
    loop = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x87\x69\0\x04\0\0\0\x01\0\0\0\x08\0\0\0\x08"
    yield "EXIF that goes in circles", jpeg_with(segment(0xE1, loop))
    yield "EXIF that promises much", jpeg_with(segment(0xE1, loop[:18] + b"\xff\xff" * 8))
    yield (
        "EXIF turned by words",
        jpeg_with(segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x02\0\0\0\x02up\0\0")),
    )
    yield "EXIF of nothing", jpeg_with(segment(0xE1, b"Exif\0\0"))
    yield (
        "an index of further pictures that lies",
        jpeg_with(segment(0xE2, b"MPF\0II*\0\x08\0\0\0\x03\0" + b"\xff" * 36)),
    )


def _promises() -> Named:
    """What is short in the file and long in memory, and what is not there at all."""
    good = encoded(quarters(), "PNG")
    bomb = zlib.compress(b"\0" * MEGABYTES * 1_000_000, 9)
    yield "zTXt bomb", png_with(chunk(b"zTXt", b"Comment\0\0" + bomb))
    yield "iTXt bomb", png_with(chunk(b"iTXt", b"Comment\0\x01\0\0\0" + bomb))
    yield "iCCP bomb", png_with(chunk(b"iCCP", b"sRGB\0\0" + bomb))
    yield "a PNG whose pixels are noise", png(png_header(64, 64), chunk(b"IDAT", b"noise" * 100))
    yield "a PNG with an endless chunk", good[:33] + struct.pack(">I", 2**31 - 1) + b"IDAT" + good[41:]
    yield "a PNG that claims 4 billion pictures", png_with(chunk(b"acTL", struct.pack(">II", 2**32 - 1, 0)))
    yield "a hundred zTXt bombs", png_with(*[chunk(b"zTXt", b"%d\0\0" % n + bomb[:40_000]) for n in range(100)])
    yield "100,000 texts", png_with(*[chunk(b"tEXt", b"a\0b")] * 100_000)
    yield "pixels beyond the last", png(png_header(8, 8), chunk(b"IDAT", bomb))
    yield "60,000 empty segments", jpeg_with(segment(0xEF, b"") * 60_000)


def _profiles() -> Named:
    noise = random.Random(SEED).randbytes(4000)
    for name in ("JPEG", "PNG", "WEBP"):
        yield f"{name} with noise for colours", encoded(quarters(), name, icc_profile=noise)
        yield f"{name} with the head of a profile", encoded(quarters(), name, icc_profile=b"\0\0\x0f\xa0lcms" + noise)
        yield f"{name} with a vast profile", encoded(quarters(), name, icc_profile=b"\0" * 2_000_000)
    yield "a profile in 255 pieces", jpeg_with(segment(0xE2, b"ICC_PROFILE\0\x01\xff" + noise) * 255)


def _damaged() -> Named:
    """Good files with some bytes changed."""
    chance = random.Random(SEED)
    noise = Image.effect_noise((64, 64), 80)
    for name in ("JPEG", "PNG", "WEBP"):
        whole = encoded(noise, name)
        for number in range(12):
            data = bytearray(whole)
            for _ in range(number + 1):
                data[chance.randrange(12, len(data))] = chance.randrange(256)
            yield f"{name} damaged, {number}", bytes(data)
