"""Owns tax rates; turns lines and a frozen Buyer into an exact quote."""
