"""Contact sheets: many pictures on one, to be looked at."""

from PIL import Image


def sheet(pictures: list[Image.Image], columns: int, width: int = 320) -> Image.Image:
    """Lay pictures out in rows, each `width` pixels wide."""
    height = width * 5 // 4
    rows = -(-len(pictures) // columns)
    page = Image.new("RGB", (columns * width, rows * height), "#ECEDEA")
    for place, picture in enumerate(pictures):
        small = picture.resize((width, height), Image.Resampling.LANCZOS)
        page.paste(small, (place % columns * width, place // columns * height))
    return page
