"""Pictures of products: added, described, put in order, replaced, deleted and put back."""
