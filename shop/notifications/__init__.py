"""Owns templates and sends; listens to the events of everything above."""
