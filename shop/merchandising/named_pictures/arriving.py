"""Takes in pictures, loose or packed as ZIP: one after the other, and never more than was agreed on."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from shop.lib.errors import ShopError
from shop.lib.files.errors import BadPicture
from shop.lib.files.recognition import MOST_BYTES, format_of
from shop.merchandising.named_pictures.naming import in_order, own_name

MEGABYTE = 1 << 20
MOST_SENT = 64 * MEGABYTE
"""What one request may bring, in bytes."""
MOST_UNPACKED = 96 * MEGABYTE
MOST_FILES = 500
MOST_DIRECTORY = MEGABYTE
ZIP, END, FAR_END = b"PK\3\4", b"PK\5\6", b"PK\6\7"
END_SIZE, FAR_END_SIZE, LONGEST_COMMENT = 22, 20, 0xFFFF
ENCRYPTED = 1
UNREADABLE = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class BadPack(ShopError):
    """Files that are not taken in at all."""

    field = "files"


class Sent(NamedTuple):
    """A file as it was sent: what it was called, and its bytes."""

    name: str
    stream: IO[bytes]


@dataclass(frozen=True)
class SentPicture:
    """One picture by its own name; without content where a problem says why it is none."""

    name: str
    content: bytes
    problem: str = ""


def taken_in(sent: Iterable[Sent]) -> Iterator[SentPicture]:
    """Every picture of what was sent, in the order of their names, each read when it is asked for. Raises BadPack."""
    count = unpacked = 0
    for picture, size in _all(sorted(sent, key=lambda one: in_order(one.name))):
        count, unpacked = count + 1, unpacked + size
        if count > MOST_FILES:
            raise BadPack(f"At most {MOST_FILES} pictures at once: send them in several parts.")
        if unpacked > MOST_UNPACKED:
            raise BadPack(f"Unpacked these are more than {MOST_UNPACKED // MEGABYTE} MB: send them in several parts.")
        yield picture


def _all(sent: Iterable[Sent]) -> Iterator[tuple[SentPicture, int]]:
    """Pictures with how many bytes were read for each."""
    for name, stream in sent:
        head = stream.read(len(ZIP))
        stream.seek(0)
        if head in (ZIP, END):
            yield from _unpacked(name, stream)
        elif own := own_name(name):
            yield _judged(own, stream)


def _unpacked(name: str, stream: IO[bytes]) -> Iterator[tuple[SentPicture, int]]:
    _check_directory(name, stream)
    try:
        with ZipFile(stream) as pack:
            for member in sorted(pack.infolist(), key=lambda one: in_order(one.filename)):
                if not member.is_dir() and (own := own_name(member.filename)):
                    yield _member(pack, member, own)
    except UNREADABLE as error:
        raise BadPack(f"{name} is damaged: it cannot be unpacked.") from error


def _check_directory(name: str, stream: IO[bytes]) -> None:
    """Raise BadPack for a ZIP whose list of contents alone would fill the memory: zipfile reads all of it on opening.

    The list's size stands in the record at the end (APPNOTE.TXT 4.3.16), looked for as zipfile does; what needs the
    64-bit records is larger than what may be sent.
    """
    size = stream.seek(0, 2)
    begin = stream.seek(max(0, size - END_SIZE - FAR_END_SIZE - LONGEST_COMMENT))
    tail = stream.read()
    plain = len(tail) - END_SIZE
    at = plain if tail[max(0, plain) :].startswith(END) and tail.endswith(b"\0\0") else tail.rfind(END)
    stream.seek(0)
    if at < 0 or len(tail) - at < END_SIZE:
        raise BadPack(f"{name} is damaged: it cannot be unpacked.")
    (length,) = struct.unpack_from("<L", tail, at + 12)
    has_far_end = at >= FAR_END_SIZE and tail.startswith(FAR_END, at - FAR_END_SIZE)
    if has_far_end or length > min(MOST_DIRECTORY, begin + at):
        raise BadPack(f"{name} holds more than {MOST_FILES} files: send them in several parts.")


def _member(pack: ZipFile, member: ZipInfo, own: str) -> tuple[SentPicture, int]:
    if member.flag_bits & ENCRYPTED:
        return SentPicture(own, b"", "It is encrypted. Pack it without a password."), 0
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return SentPicture(own, b"", "It is packed in a way the shop does not read. Pack it as a plain ZIP."), 0
    with pack.open(member) as stream:
        return _judged(own, stream)


def _judged(name: str, stream: IO[bytes]) -> tuple[SentPicture, int]:
    """What its first bytes and its size say; whether it can be drawn is seen later."""
    content = stream.read(MOST_BYTES + 1)
    try:
        format_of(content)
    except BadPicture as error:
        return SentPicture(name, b"", str(error)), len(content)
    return SentPicture(name, content), len(content)
