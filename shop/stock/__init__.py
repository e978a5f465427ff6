"""Owns stock levels, holds and the stock ledger."""
