"""The audit log's writing side: which tables are in it, and the session hook that writes it (OPS-03)."""
