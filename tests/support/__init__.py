"""The harness: real databases, a real queue, a real mail server, a real browser."""
