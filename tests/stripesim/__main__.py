"""`python -m tests.stripesim`: the simulator as a process of its own, until it is told to stop."""

import argparse
import signal
import sys
import threading
from pathlib import Path

from tests.stripesim.running import Running
from tests.stripesim.state import Config


def main(argv: list[str] | None = None) -> int:
    given = _parser().parse_args(argv)
    if bool(given.webhook_url) != bool(given.webhook_secret):
        _parser().error("--webhook-url and --webhook-secret go together")
    stopped = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda number, frame: stopped.set())
    running = Running(
        Config(settle_after=given.settle_after),
        host=given.host,
        port=given.port,
        webhook=(given.webhook_url, given.webhook_secret) if given.webhook_url else None,
        public_url=given.public_url,
        state=given.state,
    )
    with running as sim:
        sys.stdout.write(f"Payment simulator on {sim.url} (test payments, no real money)\n")
        sys.stdout.flush()
        stopped.wait()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.stripesim", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=12111, help="0 takes a free one")
    parser.add_argument("--webhook-url", metavar="URL", help="where events are sent")
    parser.add_argument("--webhook-secret", metavar="whsec_…", help="what they are signed with")
    parser.add_argument("--public-url", metavar="URL", help="where a browser finds the pages")
    parser.add_argument("--state", type=Path, metavar="FILE", help="survives a restart (JSON)")
    parser.add_argument(
        "--settle-after",
        type=float,
        default=60.0,
        metavar="SECONDS",
        help="when a bank debit settles by itself (default: 60)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
