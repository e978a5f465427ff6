"""What every area stands on and what knows no area: money, units of work, outbox, states, clock.
Owns the tables of the machinery itself: outbox, timed jobs and idempotency keys."""
