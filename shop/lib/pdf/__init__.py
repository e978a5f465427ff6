"""Papers as PDF files: invoices, credit notes, packing slips. Knows fonts and blocks, and nothing of the shop."""
