"""Stripe's own command line plays its fixtures at the simulator: what they ask for comes true.

Its fixtures name ``payment_method_types``, which newer versions of the API do not know, and where
goods are sent to; both are left out. Those that pay a session go by addresses of Stripe's own page,
which the simulator has not.
"""

import os
import subprocess
from pathlib import Path

import pytest

from tests.stripesim.running import Running

CLI = os.environ.get("STRIPE_CLI", "")
pytestmark = [
    pytest.mark.stripe_cli,
    pytest.mark.skipif(not CLI, reason="needs STRIPE_CLI, the command of npm's @stripe/cli"),
]
EVENTS = [
    "checkout.session.expired",
    "charge.dispute.created",
    "charge.refunded",
    "charge.succeeded",
    "payment_intent.payment_failed",
    "payment_intent.succeeded",
]


@pytest.mark.parametrize("kind", EVENTS)
def test_a_fixture_of_stripes_makes_its_event(kind: str, tmp_path: Path) -> None:
    with Running() as sim:
        without = ("payment_intent:payment_method_types", "payment_intent:shipping")
        newer = [word for name in without for word in ("--remove", name)]
        where = [*newer, "--api-base", sim.url, "--api-key", "sk_test_simulator0000000"]
        home = {**os.environ, "HOME": str(tmp_path), "STRIPE_CLI_TELEMETRY_OPTOUT": "1"}
        done = subprocess.run(
            [CLI, "trigger", kind, *where], env=home, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        made = sim.client().v1.events.list({"limit": 100}).data
        assert kind in {event.type for event in made}
