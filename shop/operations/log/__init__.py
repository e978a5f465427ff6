"""The audit log's reading side: who changed what, whether the log is whole, and undoing one change (OPS-03)."""
