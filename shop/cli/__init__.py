"""The operator's door: flask shop init, demo, audit."""
