"""The tree of categories: kept, moved and deleted by the owner."""
