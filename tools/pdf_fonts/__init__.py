"""Makes the fonts of the shop's PDFs: `python -m tools.pdf_fonts <folder with the families' TTF files>`."""
