"""Owns coupons, automatic discounts and who used them; sits below pricing, which works out what they come to."""
