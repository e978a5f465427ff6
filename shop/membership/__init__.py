"""Conducts a person's coming and going: register, sign in with a guest's cart, claim orders."""
