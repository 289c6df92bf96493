"""The official client, behind the few calls that are needed. Nothing else imports it.

Errors are three, whatever went wrong: ``ServerSlow`` and ``ServerDown`` (no answer), ``Refused``.
Their texts hold no key; those of ``Refused`` are the server's and may repeat what it was sent.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import requests
from meilisearch import Client
from meilisearch._httprequests import HttpRequests
from meilisearch.config import Config
from meilisearch.errors import (
    MeilisearchApiError,
    MeilisearchCommunicationError,
    MeilisearchError,
    MeilisearchTimeoutError,
)

LEAST_VERSION = (1, 43, 1)  # the first that lets nobody reach other hosts through it
Json = Mapping[str, Any]


class ServerDown(Exception):
    """It did not answer, or not as itself."""


class ServerSlow(ServerDown):
    """It did not answer in time. What was asked for may have been done."""


class Refused(Exception):
    """It answered that it would not. ``code`` and ``kind`` are of its own list of errors."""

    def __init__(self, status: int, code: str, kind: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.kind = status, code, kind


class WrongVersion(Exception):
    """The server is one that this code was not written for; the message says so."""


class Server:
    """One connection, kept open: not to be shared by threads or carried across a fork."""

    def __init__(self, url: str, key: str, seconds: tuple[float, float]) -> None:
        """``seconds``: for connecting, and for each wait after that."""
        self._client = Client(url, key or None)
        self._http = _KeptOpen(self._client.config, seconds)
        self._client.http = self._http

    def close(self) -> None:
        self._http.session.close()

    def version(self) -> str:
        """Raises ``WrongVersion`` for one too old, or of another major number."""
        found = str(self._get("version")["pkgVersion"])
        numbers = tuple(int(part) for part in found.split("-")[0].split(".") if part.isdigit())
        if numbers < LEAST_VERSION or numbers[0] != LEAST_VERSION[0]:
            least = ".".join(map(str, LEAST_VERSION))
            raise WrongVersion(
                f"Meilisearch {found} is not supported: use {least} or later, below 2."
            )
        return found

    def search(self, queries: Sequence[Json]) -> list[dict[str, Any]]:
        """The answers to several queries, in one request."""
        with _translated():
            return list(self._client.multi_search(queries)["results"])

    def index_names(self) -> list[str]:
        return [str(one["uid"]) for one in self._get("indexes?limit=1000")["results"]]

    def create_index(self, uid: str) -> int:
        return self._task("post", "indexes", {"uid": uid, "primaryKey": "id"})

    def delete_index(self, uid: str) -> int:
        with _translated():
            return _uid_of(self._http.delete(f"indexes/{uid}"))

    def swap(self, uid: str, other: str) -> int:
        return self._task("post", "swap-indexes", [{"indexes": [uid, other]}])

    def settings(self, uid: str) -> dict[str, Any]:
        return dict(self._get(f"indexes/{uid}/settings"))

    def change_settings(self, uid: str, body: Json) -> int:
        return self._task("patch", f"indexes/{uid}/settings", body)

    def put_documents(self, uid: str, payload: bytes) -> int:
        """``payload``: a JSON list. Documents of the same id are replaced."""
        return self._task("post", f"indexes/{uid}/documents?primaryKey=id", payload)

    def remove_documents(self, uid: str, ids: Sequence[int]) -> int:
        # By id: the client's own call warns, and by filter they would not share a batch with others
        return self._task("post", f"indexes/{uid}/documents/delete-batch", list(ids))

    def documents(self, uid: str, body: Json) -> list[dict[str, Any]]:
        """See POST /indexes/{uid}/documents/fetch."""
        with _translated():
            answer = self._http.post(f"indexes/{uid}/documents/fetch", body)
            return list(answer["results"])

    def count(self, uid: str) -> int:
        """Of its documents, the bookmark too."""
        return int(self._get(f"indexes/{uid}/stats")["numberOfDocuments"])

    def task(self, uid: int) -> dict[str, Any]:
        return dict(self._get(f"tasks/{uid}"))

    def waiting(self, uid: str) -> int:
        """How many tasks of the index are not done."""
        path = f"tasks?indexUids={uid}&statuses=enqueued,processing&limit=1"
        return int(self._get(path)["total"])

    def forget_tasks(self, uid: str, before: str) -> None:
        """Those done before a moment (RFC 3339)."""
        states = "statuses=succeeded,failed,canceled"
        with _translated():
            self._http.delete(f"tasks?indexUids={uid}&{states}&beforeFinishedAt={before}")

    def create_key(self, body: Json) -> str:
        with _translated():
            return str(self._http.post("keys", body)["key"])

    def _get(self, path: str) -> dict[str, Any]:
        with _translated():
            return dict(self._http.get(path))

    def _task(self, method: str, path: str, body: Any) -> int:
        with _translated():
            return _uid_of(getattr(self._http, method)(path, body))


class _KeptOpen(HttpRequests):
    """The client's transport over one connection; its own opens another for every request."""

    def __init__(self, config: Config, seconds: tuple[float, float]) -> None:
        super().__init__(config)
        if not config.api_key:
            del self.headers["Authorization"]
        config.timeout = seconds  # type: ignore[assignment]  # as requests takes it
        self.session = requests.Session()
        self.session.trust_env = False  # no proxy, and no .netrc in place of the key

    def get(self, path: str) -> Any:
        return self.send_request(self.session.get, path)

    def post(
        self,
        path: str,
        body: Any = None,
        content_type: str | None = "application/json",
        *,
        serializer: Any = None,
    ) -> Any:
        return self.send_request(self.session.post, path, body, content_type, serializer=serializer)

    def patch(
        self, path: str, body: Any = None, content_type: str | None = "application/json"
    ) -> Any:
        return self.send_request(self.session.patch, path, body, content_type)

    def delete(self, path: str, body: Any = None) -> Any:
        return self.send_request(self.session.delete, path, body)


@contextmanager
def _translated() -> Iterator[None]:
    """The client's errors, and those that slip through it, as ours."""
    try:
        yield
    except MeilisearchTimeoutError as error:
        raise ServerSlow("no answer in time") from error
    except MeilisearchApiError as error:
        if error.status_code >= 500 or error.status_code == 429 or error.code is None:
            raise ServerDown(f"{error.status_code} {error.code or ''}".strip()) from error
        raise Refused(error.status_code, error.code, error.type or "", error.message) from error
    except (MeilisearchCommunicationError, requests.RequestException) as error:
        raise ServerDown("no connection") from error
    except (MeilisearchError, ValueError, LookupError, TypeError) as error:
        raise ServerDown("no answer of Meilisearch's") from error


def _uid_of(accepted: Json) -> int:
    return int(accepted["taskUid"])
