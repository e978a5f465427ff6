"""What can be done with accounts, a file for each part."""
