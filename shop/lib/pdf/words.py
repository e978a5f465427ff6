"""Words on a paper: broken into lines, each run of letters in its font. Nothing in them is read as markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import category, combining

from reportlab.lib.colors import Color, HexColor
from reportlab.platypus import Flowable

from shop.lib.pdf.letters import JOINERS, Run, runs, written
from shop.lib.pdf.right_to_left import as_seen

INK, QUIET = HexColor("#1d1b19"), HexColor("#6a645d")
ASCENT = 1.1
"""Where letters stand below the top of their line, in sizes."""
VIRAMA = 9
"""The combining class of signs that join a letter to the next."""


@dataclass(frozen=True)
class Look:
    """How words are set; sizes in points."""

    size: float = 9
    leading: float = 13
    colour: Color = INK
    is_bold: bool = False
    is_right: bool = False

    def runs_of(self, text: str) -> list[Run]:
        return list(runs(text, self.size, is_bold=self.is_bold))

    def width_of(self, text: str) -> float:
        return sum(run.width for run in self.runs_of(text))


class Words(Flowable):
    """A paragraph of plain words; a `label` stands before them, quieter."""

    def __init__(self, text: str, look: Look, label: str = "") -> None:
        super().__init__()
        self.look = look
        self.label = written(label)
        self.text = f"{self.label} {written(text)}"
        self.lines: list[str] = []
        self.width, self.height = 0.0, 0.0

    def wrap(self, room: float, _height: float) -> tuple[float, float]:
        if room != self.width:
            self.width, self.lines = room, list(in_lines(self.text, self.look, room))
            self.height = len(self.lines) * self.look.leading
        return self.width, self.height

    def draw(self) -> None:
        y = self.height - self.look.size * ASCENT
        label = self.label
        for line in self.lines:
            self._draw_line(label, line.removeprefix(label), y)
            y -= self.look.leading
            label = ""

    def _draw_line(self, label: str, line: str, y: float) -> None:
        parts = ((label, QUIET), (as_seen(line, self.text), self.look.colour))
        told = [(run, colour) for text, colour in parts for run in self.look.runs_of(text)]
        x = self.width - sum(run.width for run, _ in told) if self.look.is_right else 0
        for run, colour in told:
            run.draw(self.canv, x, y, colour)
            x += run.width


def in_lines(text: str, look: Look, room: float) -> Iterator[str]:
    """Lines no wider than `room` points; a word that is wider goes on in the next line."""
    line, end = "", 0.0
    space = look.width_of(" ")
    for word in text.split():
        for part in _parts(word, look, room):
            wide = look.width_of(part)
            if line and (end + space + wide > room or part is not word):
                yield line
                line, end = "", 0.0
            line, end = (f"{line} {part}", end + space + wide) if line else (part, wide)
    if line:
        yield line


def _parts(word: str, look: Look, room: float) -> Iterator[str]:
    if look.width_of(word) <= room:
        yield word
        return
    part = ""
    for letter in letters_of(word):
        if part and look.width_of(part + letter) > room:
            yield part
            part = ""
        part += letter
    yield part


def letters_of(word: str) -> list[str]:
    """What may be parted: marks stay with their letter, and letters that a virama or a joiner ties stay together."""
    letters: list[str] = []
    for sign in word:
        if letters and (category(sign)[0] == "M" or sign in JOINERS or _ties(letters[-1][-1])):
            letters[-1] += sign
        else:
            letters.append(sign)
    return letters


def _ties(sign: str) -> bool:
    return combining(sign) == VIRAMA or sign in JOINERS
