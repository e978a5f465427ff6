"""The one palette every garment is dyed from."""

from typing import NamedTuple


class Dye(NamedTuple):
    """A named colour; `family` is the word shoppers filter by."""

    slug: str
    name: str
    hex: str
    family: str


PALETTE = (
    Dye("white", "White", "#F4F3EF", "white"),
    Dye("ecru", "Ecru", "#E8DFCB", "white"),
    Dye("sand", "Sand", "#C9B48F", "beige"),
    Dye("grey-melange", "Grey melange", "#A6A9AC", "grey"),
    Dye("charcoal", "Charcoal", "#41454B", "grey"),
    Dye("ink", "Ink", "#202328", "black"),
    Dye("cocoa", "Cocoa", "#674838", "brown"),
    Dye("rust", "Rust", "#A8532F", "orange"),
    Dye("madder", "Madder", "#9E332C", "red"),
    Dye("rose", "Rose", "#C2707B", "pink"),
    Dye("blush", "Blush", "#E6C6BD", "pink"),
    Dye("plum", "Plum", "#5A2F4B", "purple"),
    Dye("lilac", "Lilac", "#B7A8CB", "purple"),
    Dye("turmeric", "Turmeric", "#DBA12E", "yellow"),
    Dye("mustard", "Mustard", "#B38630", "yellow"),
    Dye("moss", "Moss", "#3C6850", "green"),
    Dye("olive", "Olive", "#666843", "green"),
    Dye("sage", "Sage", "#A2B19A", "green"),
    Dye("teal", "Teal", "#1F6167", "green"),
    Dye("sky", "Sky", "#B6CDE2", "blue"),
    Dye("washed-blue", "Washed blue", "#8CA6C3", "blue"),
    Dye("mid-blue", "Mid blue", "#46679A", "blue"),
    Dye("indigo", "Indigo", "#2C4180", "blue"),
    Dye("raw-denim", "Raw denim", "#28374F", "blue"),
    Dye("navy", "Navy", "#1F2B45", "blue"),
)
BY_SLUG = {dye.slug: dye for dye in PALETTE}
