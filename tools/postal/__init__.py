"""Packs the Indian postal directory into the file that the shop ships."""
