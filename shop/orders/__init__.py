"""Owns orders, their lines, states and history."""
