"""Past orders of the demo shop: 150 in every state there is, with stock and money that balance."""
