"""A bank that exists only here, so that the whole flow works with no account anywhere."""
