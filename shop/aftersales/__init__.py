"""Conducts undoing: cancellations and goods that came back."""
