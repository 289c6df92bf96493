"""Puts the simulator together as a Flask application."""

from pathlib import Path

from flask import Flask

from tests.stripesim.api import add_api
from tests.stripesim.control import add_control
from tests.stripesim.own_pages import add_own_pages
from tests.stripesim.pages import add_pages
from tests.stripesim.state import Config, Simulator
from tests.stripesim.webhooks import hook_initial


def create_simulator(
    config: Config | None = None,
    *,
    webhook: tuple[str, str] | None = None,
    public_url: str | None = None,
    state: Path | None = None,
) -> Flask:
    """The application; its Simulator is `app.extensions["stripesim"]`.

    `webhook` is an address and its secret. `public_url` is where a browser finds the payment page
    (default: the host the API was called by). `state` is a JSON file kept after each change and
    read at the start. Events travel only once `delivery.start` runs, or on a flush.
    """
    sim = Simulator(config or Config(), webhook, public_url, state)
    app = Flask(__name__)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["stripesim"] = sim
    add_api(app, sim)
    add_pages(app, sim)
    add_own_pages(app, sim)
    add_control(app, sim)
    with sim.change():
        hook_initial(sim)
    return app
