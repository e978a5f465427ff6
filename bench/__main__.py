"""`bin/bench`: what to measure, how long, and where the figures go."""

from __future__ import annotations

import argparse
import signal
import sys
from datetime import date
from pathlib import Path

from bench import audit, catalogue, customers, imports, prices, report, signin, wrk
from bench.ground import ROOT
from bench.measuring import NotMeasured
from bench.scenes import MEMORY, OWN, PLACE_ORDER, SHARED, SIZES, USUAL
from bench.shop_run import Effort
from bench.targets import shortfalls
from bench.whole_run import Plan, measure
from tools.processes import ServerFailed

DOCUMENT = ROOT / "docs" / "measured.md"
QUICK = Effort(seconds=1, rounds=1)
# Measured by themselves, each with targets of its own: `bin/bench audit`, `catalogue`, `customers`, `import`, `prices`,
# `signin`.
ALONE = {
    "audit": audit.main,
    "catalogue": catalogue.main,
    "customers": customers.main,
    "import": imports.main,
    "prices": prices.main,
    "signin": signin.main,
}
NAMES = (*(page.name for page in SHARED), *OWN, PLACE_ORDER, MEMORY)


def main(arguments: list[str]) -> int:
    """Measure, print, and write where asked to; the exit status tells a `--check` what fell short."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if arguments and arguments[0] in ALONE:
        return _alone(arguments)
    options = _options(arguments)
    try:
        wrk.require()
        run, server = measure(_plan(options), options.folder)
    except (wrk.NoWrk, NotMeasured, ServerFailed) as error:
        print(f"Not measured: {error}", file=sys.stderr)
        return 1
    text = report.section(run, date.today(), options.seed, server)  # noqa: DTZ011 — the day on the wall
    print(f"\n{text}")
    if options.write:
        DOCUMENT.write_text(report.rewritten(DOCUMENT.read_text("utf-8"), text), "utf-8")
    return 1 if options.check and shortfalls(run) else 0


def _alone(arguments: list[str]) -> int:
    try:
        return ALONE[arguments[0]](arguments[1:])
    except (NotMeasured, ServerFailed) as error:
        print(f"Not measured: {error}", file=sys.stderr)
        return 1


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description="The shop beside a bare Flask page, in ratios.")
    parser.add_argument("--products", type=int, nargs="+", metavar="N", help="sizes of the shop (1000 10000 100000)")
    parser.add_argument("--only", choices=NAMES, nargs="+", metavar="NAME", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--sqlite", action="store_true", help="only the shop on SQLite with eight clients")
    parser.add_argument("--seconds", type=float, default=Effort.seconds, help="how long a round takes (%(default)s)")
    parser.add_argument("--rounds", type=int, default=Effort.rounds, help="the one in the middle counts (%(default)s)")
    parser.add_argument("--seed", type=int, default=Effort.seed, help="which addresses are drawn (%(default)s)")
    parser.add_argument("--quick", action="store_true", help="one round of a second: rough figures")
    parser.add_argument("--write", action="store_true", help="put the whole run into docs/measured.md")
    parser.add_argument("--check", action="store_true", help="exit 1 when something fell short")
    parser.add_argument("--folder", type=Path, default=ROOT / "instance" / "bench", help="where filled shops are kept")
    options = parser.parse_args(arguments)
    if options.write and (options.products or options.only or options.sqlite or options.quick):
        parser.error("--write needs a whole run: without --products, --only, --sqlite and --quick")
    return options


def _plan(options: argparse.Namespace) -> Plan:
    """Everything, unless something was chosen; a choice of pages is measured in the usual size."""
    chosen = bool(options.products or options.only)
    effort = Effort(options.seconds, options.rounds, options.seed)
    if options.quick:
        effort = Effort(QUICK.seconds, QUICK.rounds, options.seed)
    return Plan(
        sizes=() if options.sqlite else tuple(options.products or ((USUAL,) if chosen else SIZES)),
        names=tuple(options.only or NAMES),
        embedded=options.sqlite or not chosen,
        effort=effort,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
