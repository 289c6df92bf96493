"""The way of an API request: key, faults, parameters, idempotency, the endpoint, the answer."""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

import stripe
from flask import Flask, Response, g, request

from tests.stripesim import (
    catalog,
    checkout,
    coupons,
    customers,
    disputes,
    events,
    faults,
    intents,
    invoice_api,
    money,
    params,
    refunds,
    subscription_api,
    webhooks,
)
from tests.stripesim.endpoints import Endpoint
from tests.stripesim.idempotency import Answer, claimed, keep, render
from tests.stripesim.outcomes import catch_up
from tests.stripesim.refusals import Refused
from tests.stripesim.state import Json, Simulator, new_id

ENDPOINTS: tuple[Endpoint, ...] = (
    *customers.ENDPOINTS,
    *catalog.ENDPOINTS,
    *coupons.ENDPOINTS,
    *disputes.ENDPOINTS,
    *checkout.ENDPOINTS,
    *money.ENDPOINTS,
    *intents.ENDPOINTS,
    *refunds.ENDPOINTS,
    *invoice_api.ENDPOINTS,
    *subscription_api.ENDPOINTS,
    *events.ENDPOINTS,
    *webhooks.ENDPOINTS,
)


def add_api(app: Flask, sim: Simulator) -> None:
    for number, endpoint in enumerate(ENDPOINTS):
        app.add_url_rule(
            endpoint.path,
            endpoint=f"api{number}",
            view_func=_view(sim, endpoint),
            methods=[endpoint.method],
        )
    unknown = _view(sim, None)
    app.add_url_rule("/v1/<path:ident>", "api", unknown, methods=["GET", "POST", "DELETE"])


def _view(sim: Simulator, endpoint: Endpoint | None) -> Callable[..., Response]:
    def view(ident: str = "") -> Response:
        entry = _entry()
        g.cause = {"id": entry["id"], "idempotency_key": entry["idempotency_key"]}
        with sim.lock:
            sim.memory.requests.append(entry)
        try:
            response = _respond(sim, endpoint, ident, entry)
        except Refused as refused:
            response = _response(entry, Answer(refused.status, render(refused.body), entry["id"]))
        entry["status"] = response.status_code
        return response

    return view


def _entry() -> Json:
    """The journal's line about this request. `status` stays None until it is answered."""
    return {
        "id": new_id("req"),
        "method": request.method,
        "path": request.path,
        "params": {},
        "idempotency_key": request.headers.get("Idempotency-Key"),
        "status": None,
        "replayed": False,
        "fault": None,
    }


def _pairs() -> list[tuple[str, str]]:
    source = request.form if request.method == "POST" else request.args
    return list(source.items(multi=True))


def _respond(sim: Simulator, endpoint: Endpoint | None, ident: str, entry: Json) -> Response:
    _check_key()
    entry["params"] = params.decode(_pairs())
    if endpoint is None:
        raise Refused(f"Unrecognized request URL ({request.method}: {request.path}).", status=404)
    fault = faults.strike(sim, f"{request.method} {request.path}")
    entry["fault"] = fault and fault.mode
    faults.refuse(fault)
    given = params.read(_pairs(), endpoint.takes)
    params.refuse_unmodelled(given, endpoint.models)
    key = entry["idempotency_key"] if request.method == "POST" else None
    fingerprint = _fingerprint(entry)
    with claimed(sim, key, fingerprint) as answer:
        entry["replayed"] = answer is not None
        if answer is None:
            faults.hold(sim, fault)
            answer = _execute(sim, endpoint, given, ident, entry["id"])
            _keep_if_begun(sim, key, fingerprint, answer)
    if fault and fault.mode == "drop_after":
        return faults.no_answer()
    return _response(entry, answer)


def _check_key() -> None:
    """Only test keys: a live key must never reach a simulator unnoticed."""
    given = request.authorization
    key = (given.token or given.username or "") if given else ""
    if not key:
        raise Refused("You did not provide an API key.", status=401)
    if not re.fullmatch(r"(sk|rk)_test_\w+", key):
        shown = key[:8] + "*" * 8
        raise Refused(f"Invalid API Key provided: {shown}", status=401)


def _fingerprint(entry: Json) -> str:
    same = json.dumps([entry["method"], entry["path"], entry["params"]], sort_keys=True)
    return hashlib.sha256(same.encode()).hexdigest()


def _execute(
    sim: Simulator, endpoint: Endpoint, given: Json, ident: str, request_id: str
) -> Answer:
    holding: Any = sim.lock if endpoint.method == "GET" else sim.change()
    with holding:
        catch_up(sim)
        try:
            status, body = 200, endpoint.run(sim, given, ident)
        except Refused as refused:
            status, body = refused.status, refused.body
        return Answer(status, render(body), request_id)


def _keep_if_begun(sim: Simulator, key: str | None, fingerprint: str, answer: Answer) -> None:
    """Stripe keeps what an endpoint answered, refusals too, but not what failed a check before."""
    error = json.loads(answer.body).get("error", {})
    if answer.status != 404 and not error.get("code", "").startswith("parameter_"):
        with sim.change():
            keep(sim, key, fingerprint, answer)


def _response(entry: Json, answer: Answer) -> Response:
    response = Response(answer.body, answer.status, mimetype="application/json")
    response.headers["Request-Id"] = entry["id"]
    response.headers["Stripe-Version"] = stripe.api_version
    if entry["idempotency_key"]:
        response.headers["Idempotency-Key"] = entry["idempotency_key"]
    if entry["replayed"]:
        response.headers["Idempotent-Replayed"] = "true"
        response.headers["Original-Request"] = answer.request_id
    return response
