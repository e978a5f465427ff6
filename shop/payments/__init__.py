"""Owns payments, their ledger, refunds and gateways."""
