"""Owns parcels, tracking, hand-over codes and cash collected."""
