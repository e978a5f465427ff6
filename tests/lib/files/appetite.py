"""Draws the hostile corpus and prints what the worst of it took: megabytes at the peak, and seconds of one file.

Run in a process of its own, because the peak of a process never falls.
"""

import re
import time
import warnings
from contextlib import suppress
from pathlib import Path

import structlog

from shop.lib.files.drawing import drawn
from shop.lib.files.errors import BadPicture
from shop.lib.files.kinds import PORTRAIT
from tests.lib.files import hostile


def seconds_of(data: bytes) -> float:
    """Time of the processor, which is the same on a busy machine."""
    began = time.process_time()
    with suppress(BadPicture):
        drawn(data, PORTRAIT)
    return time.process_time() - began


def peak() -> float:
    """Megabytes. The kernel's other figure, ru_maxrss, begins with what the process that started this one took."""
    (kilobytes,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(kilobytes) / 1024


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    slowest = max(seconds_of(data) for _, data in (*hostile.refused(), *hostile.harmless()))
    print(f"{peak():.0f} {slowest:.2f}")  # noqa: T201
