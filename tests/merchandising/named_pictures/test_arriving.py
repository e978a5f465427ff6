"""Pictures are taken out of what was sent one by one; what would fill memory or disk is refused before it does."""

import io
import struct
import zipfile
from typing import Any

import pytest

from shop.merchandising.named_pictures import arriving
from shop.merchandising.named_pictures.arriving import BadPack, Sent, taken_in
from tests.merchandising.named_pictures.sending import BLUE, RED, a_zip

pytestmark = [pytest.mark.covers("CAT-08"), pytest.mark.one_engine]


def taken(*files: tuple[str, bytes]) -> dict[str, str]:
    """What was taken in by name: what is wrong with it, empty where nothing is."""
    return {one.name: one.problem for one in taken_in(Sent(name, io.BytesIO(data)) for name, data in files)}


def test_zips_and_loose_pictures_come_together_in_the_order_of_their_names() -> None:
    pack = a_zip({"tee-10.png": RED, "tee-9.png": BLUE, "notes.txt": b"hello"})
    found = taken(("pack.zip", pack), ("hat-1.png", RED))
    assert list(found) == ["hat-1.png", "notes.txt", "tee-9.png", "tee-10.png"]
    assert found == {"hat-1.png": "", "tee-9.png": "", "tee-10.png": "", "notes.txt": found["notes.txt"]}
    assert "JPEG, PNG or WebP" in found["notes.txt"]


def test_paths_count_for_nothing_and_what_systems_leave_behind_is_passed_over() -> None:
    names = ("../../etc/tee-1.png", "C:\\shop\\tee-2.png", "__MACOSX/._tee-1.png", ".DS_Store", "a/Thumbs.db")
    assert list(taken(("pack.zip", a_zip(dict.fromkeys(names, RED))))) == ["tee-1.png", "tee-2.png"]


def test_a_zip_is_known_by_its_content() -> None:
    assert list(taken(("tee-1.png", a_zip({"hat-1.png": RED})))) == ["hat-1.png"]
    assert "JPEG" in taken(("pack.zip", b"no zip"))["pack.zip"]


def test_what_is_encrypted_or_oddly_packed_is_told_and_the_rest_comes_in() -> None:
    odd = a_zip({"tee-1.png": RED}, compression=zipfile.ZIP_LZMA)
    assert "packed in a way" in taken(("pack.zip", odd))["tee-1.png"]
    locked = bytearray(a_zip({"tee-1.png": RED, "tee-2.png": RED}))
    locked[locked.index(b"PK\1\2") + 8] |= 1
    assert [bool(problem) for problem in taken(("pack.zip", bytes(locked))).values()] == [True, False]


def damaged() -> bytes:
    content = bytearray(a_zip({"tee-1.png": RED}))
    content[60] ^= 0xFF
    return bytes(content)


def with_long_directory() -> bytes:
    """A ZIP whose record at the end claims a list of contents of 500 MB."""
    content = bytearray(a_zip({"tee-1.png": RED}))
    content[-10:-6] = struct.pack("<L", 500 << 20)
    return bytes(content)


def with_far_end() -> bytes:
    """A ZIP that says its list of contents is found by 64-bit records, which count before the others."""
    content = a_zip({"tee-1.png": RED})
    return content[:-22] + b"PK\6\7" + bytes(16) + content[-22:]


@pytest.mark.parametrize(
    ("content", "said"),
    [(damaged(), "damaged"), (a_zip({"tee-1.png": RED})[:-30], "damaged"), (b"PK\3\4", "damaged"),
     (with_long_directory(), "more than 500"), (with_far_end(), "more than 500")],
)  # fmt: skip
def test_a_zip_that_cannot_be_read_is_refused_whole(content: bytes, said: str) -> None:
    with pytest.raises(BadPack, match=said):
        taken(("pack.zip", content))


def test_a_small_zip_that_holds_thousands_of_files_is_refused_before_they_are_listed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pack = a_zip({f"tee-{number}.png": b"" for number in range(20_000)})
    monkeypatch.setattr(zipfile.ZipFile, "_RealGetContents", None)
    with pytest.raises(BadPack, match="more than 500"):
        taken(("pack.zip", pack))


@pytest.mark.parametrize(("limit", "most", "said"), [("MOST_FILES", 2, "At most 2"), ("MOST_UNPACKED", 99, "Unpacked")])
def test_only_so_many_files_and_bytes_come_in_at_once(
    monkeypatch: pytest.MonkeyPatch, limit: str, most: int, said: str
) -> None:
    monkeypatch.setattr(arriving, limit, most)
    with pytest.raises(BadPack, match=said):
        taken(("a.zip", a_zip({"tee-1.png": RED, "tee-2.png": RED})), ("tee-3.png", BLUE))


def test_a_bomb_is_read_only_as_far_as_a_picture_may_be_long(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = RED + bytes(6 << 20)
    pack = a_zip({f"tee-{number}.png": bomb for number in range(20)}, compression=zipfile.ZIP_DEFLATED)
    read: list[int] = []
    whole = zipfile.ZipExtFile.read

    def counted(self: Any, size: int = -1) -> bytes:
        found = whole(self, size)
        read.append(len(found))
        return found

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    with pytest.raises(BadPack, match="Unpacked"):
        taken(("pack.zip", pack))
    assert sum(read) <= arriving.MOST_UNPACKED + arriving.MOST_BYTES + 1
