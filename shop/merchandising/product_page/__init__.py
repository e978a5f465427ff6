"""A product's page: what it reads, as plain values, and what it offers to choose from."""
