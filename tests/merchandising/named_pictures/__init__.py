"""Pictures that say by their names what they show."""
