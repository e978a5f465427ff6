"""Store credit: a ledger of what the shop owes a customer in goods, and the balance that guards its spending."""
