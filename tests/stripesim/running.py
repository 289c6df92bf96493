"""A simulator that runs: a threaded server and a courier, stopped at the end of a `with`."""

import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from werkzeug.serving import WSGIRequestHandler, make_server

from tests.stripesim import delivery
from tests.stripesim.remote import Remote
from tests.stripesim.server import create_simulator
from tests.stripesim.state import Config, Simulator


class Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.0"  # one request a connection: a lost answer closes it

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Requests are in the journal, at /_sim/requests."""


class Running(Remote):
    """`with Running() as sim:` listens on a free port. The arguments are create_simulator's."""

    def __init__(
        self,
        config: Config | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        webhook: tuple[str, str] | None = None,
        public_url: str | None = None,
        state: Path | None = None,
    ) -> None:
        app = create_simulator(config, webhook=webhook, public_url=public_url, state=state)
        self.simulator: Simulator = app.extensions["stripesim"]
        self._server = make_server(host, port, app, threaded=True, request_handler=Quiet)
        super().__init__(f"http://{host}:{self._server.port}")
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        poll: dict[str, Any] = {"poll_interval": 0.02}  # seconds; how soon it notices the end
        serving = threading.Thread(
            target=self._server.serve_forever, kwargs=poll, name="stripesim", daemon=True
        )
        serving.start()
        self._threads = [serving, delivery.start(self.simulator)]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.simulator.stop()
        self._server.shutdown()
        self._server.server_close()
        for thread in self._threads:
            thread.join()
