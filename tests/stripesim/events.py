"""Events: a copy of an object as it was, kept for the API and put on its way to each webhook."""

import time
from copy import deepcopy
from fnmatch import fnmatchcase

import stripe
from flask import g, has_request_context
from stripe.params import EventListParams, EventRetrieveParams

from tests.stripesim.answers import page, visible
from tests.stripesim.endpoints import PAGING, Endpoint, retrieving
from tests.stripesim.refusals import Refused
from tests.stripesim.state import Delivery, Json, Simulator


def emit(sim: Simulator, kind: str, about: Json, previous: Json | None = None) -> Json:
    data = {"object": deepcopy(visible(about))}
    if previous:
        data["previous_attributes"] = deepcopy(previous)
    event = sim.add(
        "event",
        "evt",
        api_version=stripe.api_version,
        data=data,
        livemode=about.get("livemode", False),
        pending_webhooks=0,
        request=_cause(),
        type=kind,
    )
    if not sim.memory.config.drop:
        send(sim, event, sim.memory.config.dup)
    return event


def _cause() -> Json:
    """The API request behind an event; a payer's click has none."""
    nobody = {"id": None, "idempotency_key": None}
    return g.get("cause", nobody) if has_request_context() else nobody


def send(sim: Simulator, event: Json, copies: int = 1) -> int:
    """Put the event on its way to every endpoint that wants it. Returns how many deliveries."""
    wanting = [endpoint for endpoint in sim.rows("webhook_endpoint") if _wants(endpoint, event)]
    due = time.monotonic() + sim.memory.config.delay
    for endpoint in wanting * copies:
        sim.memory.deliveries.append(Delivery(endpoint["id"], event["id"], due=due))
    event["pending_webhooks"] += len(wanting)
    with sim.wake:
        sim.wake.notify_all()
    return len(wanting) * copies


def _wants(endpoint: Json, event: Json) -> bool:
    listens = {"*", event["type"]} & set(endpoint["enabled_events"])
    return endpoint["status"] == "enabled" and bool(listens)


def list_events(sim: Simulator, params: Json, ident: str) -> Json:
    if "type" in params and "types" in params:
        raise Refused("You may only specify one of these parameters: type, types.")
    rows = sim.rows("event")
    if "types" in params:
        rows = [event for event in rows if event["type"] in params["types"]]
    if "type" in params:
        rows = [event for event in rows if fnmatchcase(event["type"], params["type"])]
    if "delivery_success" in params:
        done = params["delivery_success"]
        rows = [event for event in rows if (event["pending_webhooks"] == 0) is done]
    return page(sim, "/v1/events", rows, params)


ENDPOINTS = (
    retrieving("/v1/events", "event", EventRetrieveParams),
    Endpoint(
        "GET",
        "/v1/events",
        EventListParams,
        (*PAGING, "type", "types", "delivery_success"),
        list_events,
    ),
)
