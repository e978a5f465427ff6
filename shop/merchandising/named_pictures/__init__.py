"""Pictures that come in many at once and say by their names what they show."""
