"""Pictures of every page, taken by walking through the demo shop: `python -m tools.screens [name …]`."""
