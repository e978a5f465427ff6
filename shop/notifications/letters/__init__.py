"""What messages say: an event turned into a recipient and the facts that templates show."""
