"""Draws the demo shop's garments as studio flat-lays and bakes them as WebP; the shop itself never imports this."""
