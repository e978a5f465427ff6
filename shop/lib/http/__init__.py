"""What every door shares: errors, headers, the cross-site check, the request log, answers to htmx."""
