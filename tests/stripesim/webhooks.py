"""Webhook endpoints, through the API or by the control address."""

import secrets
from urllib.parse import urlsplit

import stripe
from stripe.params import (
    WebhookEndpointCreateParams,
    WebhookEndpointDeleteParams,
    WebhookEndpointListParams,
    WebhookEndpointRetrieveParams,
    WebhookEndpointUpdateParams,
)

from tests.stripesim.answers import found, visible
from tests.stripesim.endpoints import Endpoint, listing, merged, retrieving
from tests.stripesim.refusals import Refused
from tests.stripesim.state import Json, Simulator, new_id

KIND = "webhook_endpoint"


def check_url(url: str, param: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused("Not a valid URL", code="url_invalid", param=param)
    return url


def hook(
    sim: Simulator, url: str, secret: str, events: list[str], ident: str | None = None
) -> Json:
    """An endpoint with a secret of our choice; replaces one with the same address or id."""
    check_url(url, "url")
    known = [row for row in sim.rows(KIND) if row["id"] == ident or row["url"] == url]
    made = known[0] if known else _add(sim, url, ident or new_id("we"))
    made.update(url=url, enabled_events=events, status="enabled", _secret=secret)
    return made


def hook_initial(sim: Simulator) -> None:
    """The endpoint the simulator was started with; its id is fixed, so that events still waiting
    from an earlier run find it at its new address."""
    if sim.webhook:
        url, secret = sim.webhook
        hook(sim, url, secret, ["*"], ident="we_initial")


def _add(sim: Simulator, url: str, ident: str) -> Json:
    return sim.add(
        KIND,
        "we",
        id=ident,
        livemode=False,
        api_version=stripe.api_version,
        application=None,
        description=None,
        enabled_events=["*"],
        metadata={},
        status="enabled",
        url=url,
        _secret="whsec_" + secrets.token_hex(16),
    )


def create(sim: Simulator, params: Json, ident: str) -> Json:
    made = _add(sim, check_url(params["url"], "url"), new_id("we"))
    made.update(enabled_events=params["enabled_events"], description=params.get("description"))
    made["metadata"] = merged({}, params.get("metadata", {}))
    return {**visible(made), "secret": made["_secret"]}  # shown this once, as Stripe does


def update(sim: Simulator, params: Json, ident: str) -> Json:
    endpoint = found(sim, KIND, ident, "webhook_endpoint")
    if "url" in params:
        endpoint["url"] = check_url(params["url"], "url")
    if "disabled" in params:
        endpoint["status"] = "disabled" if params["disabled"] else "enabled"
    for name in ("enabled_events", "description"):
        endpoint[name] = params.get(name, endpoint[name])
    endpoint["metadata"] = merged(endpoint["metadata"], params.get("metadata", {}))
    return visible(endpoint)


def delete(sim: Simulator, params: Json, ident: str) -> Json:
    endpoint = found(sim, KIND, ident, "webhook_endpoint")
    del sim.memory.objects[KIND][endpoint["id"]]
    return {"id": ident, "object": KIND, "deleted": True}


MODELLED = ("url", "enabled_events", "description", "metadata")
ENDPOINTS = (
    Endpoint("POST", "/v1/webhook_endpoints", WebhookEndpointCreateParams, MODELLED, create),
    Endpoint(
        "POST",
        "/v1/webhook_endpoints/<ident>",
        WebhookEndpointUpdateParams,
        (*MODELLED, "disabled"),
        update,
    ),
    Endpoint("DELETE", "/v1/webhook_endpoints/<ident>", WebhookEndpointDeleteParams, (), delete),
    retrieving("/v1/webhook_endpoints", KIND, WebhookEndpointRetrieveParams, "webhook_endpoint"),
    listing("/v1/webhook_endpoints", KIND, WebhookEndpointListParams),
)
