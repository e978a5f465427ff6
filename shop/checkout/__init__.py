"""Conducts buying: drafts, placing, finishing a payment, expiring."""
