"""Things that go wrong on demand."""

from collections.abc import Iterator
from dataclasses import replace
from fnmatch import fnmatchcase

from flask import Response

from tests.stripesim.refusals import Refused
from tests.stripesim.state import Fault, Simulator


def strike(sim: Simulator, line: str) -> Fault | None:
    """The fault that befalls this request ("GET /v1/events"), used up by one."""
    with sim.lock:
        due = (f for f in sim.memory.faults if f.times > 0 and fnmatchcase(line, f.match))
        fault = next(due, None)
        if fault is None:
            return None
        fault.times -= 1
        return replace(fault)


def refuse(fault: Fault | None) -> None:
    """A server error, or too many requests: nothing is done, and nothing kept for the idempotency
    key, so that a retry starts afresh."""
    mode = fault and fault.mode
    if mode == "429":
        raise Refused("Too many requests. Please try again.", status=429, code="rate_limit")
    if mode == "500":
        raise Refused("An unknown error occurred.", status=500, kind="api_error")


def hold(sim: Simulator, fault: Fault | None) -> None:
    """A timeout: the request is carried out, but only after the caller has given up."""
    if fault and fault.mode == "timeout":
        sim.stopping.wait(fault.seconds)


def no_answer() -> Response:
    """Close the connection without a byte: the server drops it when the body breaks off."""
    return Response(_broken())


def _broken() -> Iterator[bytes]:
    raise ConnectionAbortedError("the answer is lost")
    yield b""
