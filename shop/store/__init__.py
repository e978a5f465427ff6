"""Owns the store profile, typed settings, country profiles and the postal directory."""
