"""The stand-in as a server: ``with StandIn() as meili: meili.url, meili.master_key``.

Written from the OpenAPI description of Meilisearch 1.53.0. ``meili.faults`` breaks things,
``meili.queue`` holds the tasks, ``meili.requests`` what was asked, ``meili.store`` the indexes.
"""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from tests.contract.standin import routes, task_routes
from tests.contract.standin.errors import Refused
from tests.contract.standin.faults import Faults
from tests.contract.standin.keys import Keys
from tests.contract.standin.routing import Request, answer
from tests.contract.standin.store import Store
from tests.contract.standin.tasks import Queue

VERSION = "1.53.0"
ROUTES = (routes, task_routes)  # to import them is to know them
MASTER_KEY = "a-master-key-for-tests-0123456789"


class StandIn:
    """``habits``: see ``corpus``. ``port`` 0 takes any that is free."""

    def __init__(self, version=VERSION, habits=False, master_key=MASTER_KEY, port=0):
        self.version = version
        self.master_key = master_key
        self.faults = Faults()
        self.store = Store(habits)
        self.queue = Queue(self.store, self.faults)
        self.keys = Keys(master_key)
        self.requests = []
        self.troubles = []  # mistakes of the stand-in itself; raised when it ends
        self._http = _Server(("127.0.0.1", port), _Handler)
        self._http.standin = self
        self.url = f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self):
        self.queue.start()
        loop = self._http.serve_forever
        self._thread = threading.Thread(target=loop, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *exc):
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()
        self.queue.stop()
        if self.troubles:
            raise self.troubles[0]

    def busy(self):
        """Called by every search."""
        if self.faults.used("busy"):
            raise Refused(
                "too_many_search_requests",
                "Too many search requests running at the same time. Retry after 10s.",
            )

    def resume(self):
        self.faults.paused = False
        self.queue.wake()

    def forget(self):
        """The volume is lost: no index, no document."""
        self.store.indexes.clear()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 50

    def handle_error(self, request, client_address):
        """A client that went away is no error."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def _answer(self):
        standin = self.server.standin
        if standin.faults.down:
            self.close_connection = True
            return
        length = int(self.headers.get("Content-Length") or 0)
        payload = self.rfile.read(length)
        time.sleep(standin.faults.hanging)
        status, body = self._answered(standin, payload)
        writes = self.command != "GET" and "search" not in urlsplit(self.path).path
        if writes and status < 300 and standin.faults.used("lost"):
            self.close_connection = True
            return
        self._send(status, body)

    def _answered(self, standin, payload):
        parts = urlsplit(self.path)
        try:
            body = self._body(payload)
            query = dict(parse_qsl(parts.query))
            header = self.headers.get("Authorization")
            request = Request(self.command, parts.path, query, body, header)
            standin.requests.append(request)
            with standin.store.lock:
                return answer(standin, request)
        except Refused as refusal:
            return refusal.status, refusal.body
        except Exception as trouble:
            standin.troubles.append(trouble)
            return 500, Refused("internal", repr(trouble)).body

    def _body(self, payload):
        kind = self.headers.get("Content-Type", "").partition(";")[0]
        if not payload or self.command in ("GET", "DELETE"):
            return None
        if kind == "application/x-ndjson":
            return [json.loads(line) for line in payload.splitlines() if line.strip()]
        if kind != "application/json":
            raise Refused("invalid_content_type", f"The Content-Type `{kind}` is invalid.")
        try:
            return json.loads(payload)
        except ValueError as error:
            raise Refused("malformed_payload", f"The json payload is malformed. {error}") from error

    def _send(self, status, body):
        payload = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        if status == 503:
            self.send_header("Retry-After", "10")
        self.end_headers()
        self.wfile.write(payload)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815

    def log_message(self, format, *args):
        """Says nothing."""
