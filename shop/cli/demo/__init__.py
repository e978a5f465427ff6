"""The demo shop: people, goods and a past, the same at every loading; never in production."""
