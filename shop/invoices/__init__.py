"""Invoices and credit notes: numbered without a gap, with the tax by whom it goes to, as pages and as papers."""
