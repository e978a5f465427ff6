"""The login log: who came and went, and who tried to in vain (ACC-16)."""
