"""What can be done with stock, a file for each part.

The condition and the change are one statement, so the database decides every race (safety rule 2). Variants are taken
in id order, a ledger row goes with every change of what is on hand, and the listing is told when a variant starts or
stops being for sale, kept pages when it says another number of what is left.
"""

from shop.stock.services.adjusting import (
    COUNTED,
    Correction,
    adjust,
    adjust_once,
    count_all,
    lock_levels,
    open_level,
    open_levels,
    undo,
)
from shop.stock.services.alerting import tell_of_low_stock
from shop.stock.services.holding import hold, hold_instead, release, ship, take_back
from shop.stock.services.points import set_reorder_point
from shop.stock.services.taking import Counted, apply_take, begin_take, drop_take
from shop.stock.services.waiting import (
    forget_old_waits,
    stop_all,
    stop_waiting,
    tell_who_waits,
    token_of,
    wait_for,
    wait_on,
    waiting_of,
)

__all__ = [
    "COUNTED", "Correction", "Counted", "adjust", "adjust_once", "apply_take", "begin_take", "count_all",
    "drop_take", "forget_old_waits", "hold", "hold_instead", "lock_levels", "open_level", "open_levels", "release",
    "set_reorder_point", "ship", "stop_all", "stop_waiting", "take_back", "tell_of_low_stock", "tell_who_waits",
    "token_of", "undo", "wait_for", "wait_on", "waiting_of",
]  # fmt: skip
