"""Everything a simulator knows: its objects, clock, settings, faults, deliveries and journals."""

import json
import os
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Config:
    """How webhooks travel and how the clock stands. Times are in seconds."""

    paused: bool = False  # nothing is delivered except by a flush
    dup: int = 1  # how often each event is sent
    order: str = "fifo"  # or "lifo": the newest waiting event first
    drop: bool = False  # new events are never sent
    delay: float = 0.0  # between an event and its first delivery
    backoff: float = 0.2  # before the second attempt; doubles each time, up to 64 times as long
    attempts: int = 16  # then Stripe gives up
    offset: int = 0  # added to the real clock
    settle_after: float | None = None  # bank debits settle by themselves; None: only when told
    refunds: str = "succeeded"  # at once; or "pending", until told
    tax_percent: float = 8.25  # of what is bought, where tax is asked for

    def __post_init__(self) -> None:
        if self.order not in ("fifo", "lifo"):
            raise ValueError("order is fifo or lifo")
        if self.refunds not in ("succeeded", "pending"):
            raise ValueError("refunds are succeeded or pending")
        for name, kind in (("paused", bool), ("drop", bool), ("dup", int), ("offset", int)):
            if type(getattr(self, name)) is not kind:
                raise ValueError(f"{name} must be of type {kind.__name__}")
        for name in ("dup", "delay", "backoff", "attempts", "settle_after", "tax_percent"):
            value = getattr(self, name)
            if value is not None and not (isinstance(value, int | float) and value >= 0):
                raise ValueError(f"{name} must be a number, 0 or more")


@dataclass
class Fault:
    """One thing that goes wrong, `times` times, for requests like `match` ("GET /v1/events/*")."""

    match: str
    mode: str  # 500 | 429 | timeout | drop_after
    times: int = 1
    seconds: float = 90.0  # how long a timeout lasts; more than the SDK's own 80

    def __post_init__(self) -> None:
        if self.mode not in ("500", "429", "timeout", "drop_after"):
            raise ValueError("mode is 500, 429, timeout or drop_after")
        if type(self.times) is not int or not isinstance(self.seconds, int | float):
            raise ValueError("times is a whole number, seconds a number")


@dataclass(eq=False)
class Delivery:
    """One event on its way to one webhook endpoint. `due` is on the monotonic clock."""

    endpoint: str
    event: str
    tries: int = 0
    due: float = 0.0


@dataclass
class Memory:
    """What a reset forgets."""

    config: Config = field(default_factory=Config)
    objects: dict[str, dict[str, Json]] = field(default_factory=dict)  # kind → id → object
    answers: dict[str, Json] = field(default_factory=dict)  # by idempotency key
    in_flight: set[str] = field(default_factory=set)  # idempotency keys
    faults: list[Fault] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    delivered: list[Json] = field(default_factory=list)  # every delivery attempt
    requests: list[Json] = field(default_factory=list)  # every API request


class Simulator:
    """Owns the memory and its lock. Whoever changes objects does so inside `change()`."""

    def __init__(
        self,
        config: Config,
        webhook: tuple[str, str] | None = None,
        public_url: str | None = None,
        state: Path | None = None,
    ) -> None:
        self.initial = config
        self.webhook = webhook  # address and secret
        self.public_url = public_url
        self.state = state
        self.lock = threading.RLock()
        self.wake = threading.Condition(self.lock)
        self.sending = threading.Lock()  # held while an event is delivered
        self.stopping = threading.Event()
        self.memory = Memory(config=config)
        if state and state.exists():
            self._load(json.loads(state.read_text()))

    def reset(self) -> None:
        """Forget everything, once the delivery under way has ended."""
        with self.sending, self.change():
            self.memory = Memory(config=self.initial)

    def stop(self) -> None:
        self.stopping.set()
        with self.wake:
            self.wake.notify_all()

    def now(self) -> int:
        return int(time.time()) + self.memory.config.offset

    @contextmanager
    def change(self) -> Iterator[None]:
        """Hold the lock, then keep what was written, whether or not a refusal ended it."""
        with self.lock:
            try:
                yield
            finally:
                self._save()

    def add(self, kind: str, prefix: str, **fields: Any) -> Json:
        made: Json = {"id": new_id(prefix), "object": kind, "created": self.now(), **fields}
        self.memory.objects.setdefault(kind, {})[made["id"]] = made
        return made

    def find(self, kind: str, ident: str) -> Json | None:
        return self.memory.objects.get(kind, {}).get(ident)

    def rows(self, kind: str) -> list[Json]:
        """Newest first, as Stripe lists them."""
        return list(reversed(self.memory.objects.get(kind, {}).values()))

    def _save(self) -> None:
        if not self.state:
            return
        waiting = [{**asdict(delivery), "due": 0.0} for delivery in self.memory.deliveries]
        kept = {"objects": self.memory.objects, "answers": self.memory.answers}
        draft = self.state.with_name(self.state.name + ".new")
        draft.write_text(json.dumps({**kept, "deliveries": waiting}))
        os.replace(draft, self.state)

    def _load(self, kept: Json) -> None:
        self.memory.objects = kept["objects"]
        self.memory.answers = kept["answers"]
        self.memory.deliveries = [Delivery(**waiting) for waiting in kept["deliveries"]]


def new_id(prefix: str) -> str:
    return f"{prefix}_{secrets.token_hex(12)}"
