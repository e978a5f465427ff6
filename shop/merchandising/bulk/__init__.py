"""One change of many products: looked at first, written as one save, undone whole."""
