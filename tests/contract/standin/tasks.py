"""The one serial queue of a server: what is asked for is done later, one after the other."""

import threading
from dataclasses import dataclass
from typing import Any

from tests.contract.standin.errors import Refused
from tests.contract.standin.store import moment

ENQUEUED, PROCESSING = "enqueued", "processing"
SUCCEEDED, FAILED, CANCELED = "succeeded", "failed", "canceled"


@dataclass(eq=False)
class Task:
    kind: str
    index: str | None
    body: Any = None
    merge: bool = False
    primary_key: str | None = None
    metadata: str | None = None
    uid: int = -1
    status: str = ENQUEUED
    details: Any = None
    error: Any = None
    enqueued: str = ""
    started: str | None = None
    finished: str | None = None
    canceled_by: int | None = None

    def accepted(self):
        """The answer to who asked for it."""
        told = {
            "taskUid": self.uid,
            "indexUid": self.index,
            "status": ENQUEUED,
            "type": self.kind,
            "enqueuedAt": self.enqueued,
        }
        return told | ({"customMetadata": self.metadata} if self.metadata else {})

    def described(self):
        told = {
            "uid": self.uid,
            "batchUid": self.uid if self.started else None,
            "indexUid": self.index,
            "status": self.status,
            "type": self.kind,
            "canceledBy": self.canceled_by,
            "details": self.details,
            "error": self.error,
            "duration": "PT0.001S" if self.finished else None,
            "enqueuedAt": self.enqueued,
            "startedAt": self.started,
            "finishedAt": self.finished,
        }
        return told | ({"customMetadata": self.metadata} if self.metadata else {})


class Queue:
    """Does its tasks in a thread of its own, between ``start`` and ``stop``."""

    def __init__(self, store, faults):
        self.tasks = []
        self._store, self._faults = store, faults
        self._changed = threading.Condition()
        self._running = False
        self._next = 0

    def start(self):
        self._running = True
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def stop(self):
        with self._changed:
            self._running = False
            self._changed.notify_all()
        self._thread.join()

    def add(self, task):
        with self._changed:
            task.uid, task.enqueued = self._next, moment()
            self._next += 1
            self.tasks.append(task)
            self._changed.notify_all()
        return task

    def idle(self):
        return all(task.finished for task in [*self.tasks])

    def drained(self, timeout=10.0):
        """Waits until there is nothing left to do; tells whether that came."""
        with self._changed:
            return self._changed.wait_for(self.idle, timeout)

    def found(self, uid):
        for task in [*self.tasks]:
            if task.uid == uid:
                return task
        raise Refused("task_not_found", f"Task `{uid}` not found.")

    def forget(self, tasks):
        with self._changed:
            self.tasks = [task for task in self.tasks if task not in tasks]

    def cancel(self, tasks, by):
        with self._changed:
            for task in tasks:
                if task.status == ENQUEUED:
                    task.status, task.finished, task.canceled_by = CANCELED, moment(), by
            self._changed.notify_all()

    def _work(self):
        while True:
            with self._changed:
                self._changed.wait_for(lambda: not self._running or self._waiting())
                if not self._running:
                    return
                task = self._waiting()
                task.status, task.started = PROCESSING, moment()
            self._faults.before_task(lambda: not self._running)
            self._do(task)  # not under the lock: who holds the store's may be adding a task
            self.wake()

    def _waiting(self):
        if self._faults.paused:
            return None
        return next((task for task in self.tasks if task.status == ENQUEUED), None)

    def wake(self):
        with self._changed:
            self._changed.notify_all()

    def _do(self, task):
        try:
            self._faults.at_task(task)
            with self._store.lock:
                task.details = self._store.do(task)
            task.status = SUCCEEDED
        except Refused as refusal:
            task.status, task.error = FAILED, refusal.body
        task.finished = moment()
