"""Products, variants and stock as CSV files: out as the owner sees them, and in again by the rules of the editor."""
