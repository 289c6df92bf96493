"""Meilisearch as an index to write to.

Its tasks wait in one serial queue, so what is sent later is done later. An accepted task says
nothing: whether it was done is asked for.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from careercenter.listings.index import SETTINGS, ListingDocument, Settings
from careercenter.listings.meili.documents import BOOKMARK, bookmark_bytes, document_bytes
from careercenter.listings.meili.server import Refused, Server, ServerDown
from careercenter.listings.meili.settings import CHEAP, differences, fingerprint, index_settings
from search_sync.payloads import payloads
from search_sync.writer import IndexDown, Outcome, Receipt, State

TIMEOUTS = (5.0, 120.0)  # seconds: to connect, and for each answer
MOST_WAITING = 10  # tasks of the index; beyond that nothing more is sent
PATIENCE = 120.0  # seconds for a task that the sync cannot go on without
FIRST_PAUSE, LONGEST_PAUSE = 0.02, 1.0
KEPT_TASKS = timedelta(days=1)

Synonyms = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Bookmark:
    """``settings``: a fingerprint of those wanted and those found, when they last agreed."""

    seq: int
    settings: str
    build: str


class MeiliIndex:
    """An ``IndexWriter``. Prepare it before anything else."""

    def __init__(self, server: Server, uid: str, settings: Settings = SETTINGS) -> None:
        self.server = server
        self.uid = uid
        self._settings = settings
        self._synonyms: Synonyms = {}
        self._wanted: dict[str, Any] = {}
        self._agreed = ""
        self.build = ""

    def prepare(self, synonyms: Synonyms) -> bool:
        """Make the index if there is none, and give it today's settings where that costs little.

        False: they differ in what only a rebuild can change. Raises ``WrongVersion``.
        """
        self._understand(synonyms)
        with _as_index_down():
            self.server.version()
            if self.uid not in self.server.index_names():
                self._wait_for(self.server.create_index(self.uid))
                self._change(self._wanted)
            self._drop_leaked()
            self._wait_until_idle()
            held = self.server.settings(self.uid)
            known = self.bookmark()
            self.build = known.build if known else self.uid
            self._agreed = fingerprint(self._wanted, held)
            if known and known.settings == self._agreed:
                return True
            changed = differences(self._wanted, held)
            if changed.keys() - CHEAP:
                return False
            if changed:
                self._change(changed)
            return True

    def understand(self, synonyms: Synonyms) -> bool:
        """Read queries by these synonyms from now on; tells whether that was a change."""
        if synonyms == self._synonyms:
            return False
        before = self._synonyms
        self._understand(synonyms)
        try:
            with _as_index_down():
                self._change({"synonyms": self._wanted["synonyms"]})
        except IndexDown:
            self._understand(before)  # so that it is tried again
            raise
        return True

    def apply(self, upserts: Sequence[ListingDocument], removals: Sequence[int]) -> Receipt:
        with _as_index_down():
            if (waiting := self.server.waiting(self.uid)) > MOST_WAITING:
                raise IndexDown(f"{waiting} tasks wait already; nothing more is sent.")
            try:
                bodies = [*payloads(map(document_bytes, upserts))]
            except ValueError as error:
                return Receipt((), f"cannot be written: {error}")
            tasks = [self.server.put_documents(self.uid, body) for body in bodies]
            if removals:
                tasks.append(self.server.remove_documents(self.uid, removals))
        return Receipt(tuple(tasks))

    def settle(self, receipt: Receipt, timeout: float) -> Outcome:
        if receipt.refused:
            return Outcome(State.FAILED, receipt.refused)
        try:
            tasks = self._finished(receipt.tasks, timeout)
        except Refused as error:  # the task is not known: deleted, or the volume was lost
            return Outcome(State.BROKEN, f"{error.code}: {error}")
        if tasks is None:
            return Outcome(State.UNKNOWN, "no answer in time")
        return next((outcome for task in tasks if (outcome := _failure(task))), _DONE)

    def inventory(self, after_id: int, limit: int) -> list[tuple[int, int]]:
        wanted = {"filter": f"id > {max(after_id, BOOKMARK)}", "sort": ["id:asc"]}
        with _as_index_down():
            found = self.server.documents(
                self.uid, {**wanted, "limit": limit, "fields": ["id", "v"]}
            )
            return [(int(one["id"]), int(one["v"])) for one in found]

    def mark(self, seq: int) -> None:
        with _as_index_down():
            body = bookmark_bytes(seq, self._agreed, self.build)
            self.server.put_documents(self.uid, b"[" + body + b"]")

    def bookmark(self) -> Bookmark | None:
        """None where it was never marked, or all is lost."""
        fields = ["v", "settings", "build"]
        with _as_index_down():
            try:
                found = self.server.documents(self.uid, {"ids": [str(BOOKMARK)], "fields": fields})
            except Refused as error:
                if error.code == "index_not_found":
                    return None
                raise
            if not found:
                return None
            return Bookmark(int(found[0]["v"]), found[0]["settings"], found[0]["build"])

    def is_intact(self) -> bool:
        """Whether it was neither lost nor changed since it was prepared. A lost one comes back by
        itself when it is written to, without its settings.
        """
        with _as_index_down():
            if self.bookmark() is None:
                return False
            return fingerprint(self._wanted, self.server.settings(self.uid)) == self._agreed

    def fresh(self) -> FreshMeiliIndex:
        made = FreshMeiliIndex(self.server, f"{self.uid}_{time.time_ns() // 1_000_000}", self)
        with _as_index_down():
            self._drop_leaked()
        made.fit_out(self._settings, self._wanted)
        return made

    def size(self) -> int:
        with _as_index_down():
            return self.server.count(self.uid) - (self.bookmark() is not None)

    def forget_old_tasks(self, now: datetime) -> None:
        before = (now - KEPT_TASKS).strftime("%Y-%m-%dT%H:%M:%SZ")
        with _as_index_down():
            self.server.forget_tasks(self.uid, before)

    def _drop_leaked(self) -> None:
        """What a rebuild that died has left behind."""
        leaked = re.compile(re.escape(self.uid) + r"_\d+")
        for name in filter(leaked.fullmatch, self.server.index_names()):
            self._wait_for(self.server.delete_index(name))

    def _understand(self, synonyms: Synonyms) -> None:
        self._synonyms, self._wanted = synonyms, index_settings(self._settings, synonyms)

    def _change(self, settings: Mapping[str, Any]) -> None:
        self._wait_for(self.server.change_settings(self.uid, settings))
        self._agreed = fingerprint(self._wanted, self.server.settings(self.uid))

    def _wait_for(self, task: int) -> None:
        outcome = self.settle(Receipt((task,)), PATIENCE)
        if outcome.state is not State.DONE:
            raise IndexDown(f"Task {task}: {outcome.error}")

    def _wait_until_idle(self) -> None:
        """What an earlier sync has sent is done before this one looks."""
        for pause in _pauses(PATIENCE):
            if not self.server.waiting(self.uid):
                return
            time.sleep(pause)
        raise IndexDown("Tasks of an earlier sync still wait.")

    def _finished(self, uids: Sequence[int], timeout: float) -> list[dict[str, Any]] | None:
        """The tasks once the last is done, None if it is not in time. Raises ``Refused``."""
        for pause in _pauses(timeout):
            try:
                if not uids or _is_over(self.server.task(uids[-1])):
                    return [self.server.task(uid) for uid in uids]
            except ServerDown:  # it may come back: the tasks are on its disk
                pass
            time.sleep(pause)
        return None


class FreshMeiliIndex(MeiliIndex):
    """Filled beside the live index."""

    def __init__(self, server: Server, uid: str, live: MeiliIndex) -> None:
        super().__init__(server, uid)
        self._live = live
        self.build = uid

    def fit_out(self, settings: Settings, wanted: Mapping[str, Any]) -> None:
        self._settings, self._wanted = settings, dict(wanted)
        with _as_index_down():
            self._wait_for(self.server.create_index(self.uid))
            self._change(wanted)

    def take_over(self) -> None:
        """The task of a swap is hidden from keys of some indexes: the bookmark tells of it."""
        live = self._live
        with _as_index_down():
            self._wait_until_idle()
            self.server.swap(live.uid, self.uid)
            for pause in _pauses(PATIENCE):
                if (found := live.bookmark()) and found.build == self.uid:
                    break
                time.sleep(pause)
            else:
                raise IndexDown("The fresh index was not put in place.")
            live.build, live._agreed = self.build, self._agreed
            self.server.delete_index(self.uid)


_DONE = Outcome(State.DONE)


def _is_over(task: Mapping[str, Any]) -> bool:
    return task["status"] in ("succeeded", "failed", "canceled")


def _failure(task: Mapping[str, Any]) -> Outcome | None:
    """What is wrong with a document is its sender's fault; all else is the server's."""
    if task["status"] == "succeeded":
        return None
    error = task.get("error") or {}
    told = f"{error.get('code', task['status'])}: {error.get('message', '')}"
    ours = error.get("type") == "invalid_request" and error.get("code") != "index_not_found"
    return Outcome(State.FAILED if ours else State.BROKEN, told)


def _pauses(seconds: float) -> Iterator[float]:
    """Longer and longer ones, until the time is over; at least one."""
    until, pause = time.monotonic() + seconds, FIRST_PAUSE
    yield pause
    while time.monotonic() < until:
        pause = min(pause * 1.5, LONGEST_PAUSE)
        yield pause


@contextmanager
def _as_index_down() -> Iterator[None]:
    try:
        yield
    except ServerDown as error:
        raise IndexDown(f"Meilisearch: {error}.") from error
    except Refused as error:
        raise IndexDown(f"Meilisearch refuses ({error.code}).") from error
    except (LookupError, TypeError, ValueError) as error:
        raise IndexDown("Meilisearch answers what it should not.") from error
