"""Owns users, sign-in, sessions, roles and addresses."""
