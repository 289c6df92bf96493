"""Idempotency keys: the first answer is kept for a day and repeated to the byte."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.stripesim.refusals import Refused
from tests.stripesim.state import Json, Simulator

KEPT = 24 * 60 * 60  # seconds; then a key counts as new


@dataclass(frozen=True)
class Answer:
    status: int
    body: str
    request_id: str


def render(body: Json) -> str:
    return json.dumps(body, indent=2) + "\n"


@contextmanager
def claimed(sim: Simulator, key: str | None, fingerprint: str) -> Iterator[Answer | None]:
    """Hold the key while its request runs; yields the earlier answer where there is one.

    Raises Refused when the key is held by another request, or was first used for something else.
    """
    if key is None:
        yield None
        return
    with sim.lock:
        if key in sim.memory.in_flight:
            raise Refused(
                "There is currently another in-progress request using this Idempotency Key.",
                status=409,
                kind="idempotency_error",
                code="idempotency_key_in_use",
            )
        saved = _saved(sim, key, fingerprint)
        sim.memory.in_flight.add(key)
    try:
        yield saved
    finally:
        with sim.lock:
            sim.memory.in_flight.discard(key)


def _saved(sim: Simulator, key: str, fingerprint: str) -> Answer | None:
    kept = sim.memory.answers.get(key)
    if not kept or kept["at"] + KEPT <= sim.now():
        return None
    if kept["fingerprint"] != fingerprint:
        raise Refused(
            "Keys for idempotent requests can only be used with the same parameters they were "
            f"first used with. Try using a key other than '{key}' if you meant to execute a "
            "different request.",
            kind="idempotency_error",
        )
    return Answer(kept["status"], kept["body"], kept["request_id"])


def keep(sim: Simulator, key: str | None, fingerprint: str, answer: Answer) -> None:
    if key is not None:
        kept = {"fingerprint": fingerprint, "at": sim.now(), **answer.__dict__}
        sim.memory.answers[key] = kept
