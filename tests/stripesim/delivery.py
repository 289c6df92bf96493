"""Webhooks on their way: signed, posted from a background thread, tried again when refused."""

import json
import threading
import time
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from stripe import WebhookSignature

from tests.stripesim.outcomes import catch_up
from tests.stripesim.state import Delivery, Json, Simulator

TICK = 0.1  # seconds at most until the clock is looked at again
PATIENCE = 10  # seconds an endpoint has to answer


def start(sim: Simulator) -> threading.Thread:
    courier = threading.Thread(target=_work, args=(sim,), name="stripesim-courier", daemon=True)
    courier.start()
    return courier


def _work(sim: Simulator) -> None:
    while not sim.stopping.is_set():
        with sim.lock:
            catch_up(sim)
        with sim.sending:
            delivery = _take(sim)
            if delivery:
                _attempt(sim, delivery)
        if not delivery:
            with sim.wake:
                sim.wake.wait_for(lambda: _due(sim) or sim.stopping.is_set(), TICK)


def _due(sim: Simulator) -> list[Delivery]:
    if sim.memory.config.paused:
        return []
    return [delivery for delivery in sim.memory.deliveries if delivery.due <= time.monotonic()]


def _take(sim: Simulator) -> Delivery | None:
    with sim.lock:
        return _remove(sim, _due(sim))


def _remove(sim: Simulator, waiting: list[Delivery]) -> Delivery | None:
    if not waiting:
        return None
    chosen = waiting[-1 if sim.memory.config.order == "lifo" else 0]
    sim.memory.deliveries.remove(chosen)
    return chosen


def flush(sim: Simulator) -> Json:
    """Attempt everything that waits, once, now, paused or not, due or not."""
    tried: list[Delivery] = []
    tally = {"delivered": 0, "failed": 0}
    with sim.sending:
        while True:
            with sim.lock:
                fresh = [waiting for waiting in sim.memory.deliveries if waiting not in tried]
                delivery = _remove(sim, fresh)
            if delivery is None:
                return {**tally, "pending": len(sim.memory.deliveries)}
            tried.append(delivery)
            tally["delivered" if _attempt(sim, delivery) else "failed"] += 1


def _attempt(sim: Simulator, delivery: Delivery) -> bool:
    with sim.lock:
        endpoint = sim.find("webhook_endpoint", delivery.endpoint)
        event = sim.find("event", delivery.event)
        if endpoint is None or event is None:  # deleted meanwhile
            return False
        url, payload = endpoint["url"], json.dumps(event, indent=2)
        signed = WebhookSignature.generate_signature_header(payload, endpoint["_secret"])
    status, error = _post(url, payload, signed)
    with sim.change():
        delivered = 200 <= status < 300
        sim.memory.delivered.append(
            {
                "event": event["id"],
                "type": event["type"],
                "url": url,
                "status": status,
                "error": error,
                "tries": delivery.tries + 1,
                "at": sim.now(),
            }
        )
        if delivered:
            event["pending_webhooks"] = max(0, event["pending_webhooks"] - 1)
        else:
            _try_later(sim, delivery)
    return delivered


def _try_later(sim: Simulator, delivery: Delivery) -> None:
    config = sim.memory.config
    delivery.tries += 1
    delivery.due = time.monotonic() + config.backoff * 2 ** min(delivery.tries - 1, 6)
    if delivery.tries < config.attempts:
        sim.memory.deliveries.append(delivery)


def _post(url: str, payload: str, signed: str) -> tuple[int, str | None]:
    """The endpoint's status, or 0 and why there is none. A redirect is not followed."""
    parts = urlsplit(url)
    connect = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Stripe-Signature": signed,
        "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
    }
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection = connect(parts.hostname or "", parts.port, timeout=PATIENCE)
    try:
        connection.request("POST", target, payload.encode(), headers)
        with connection.getresponse() as response:
            response.read()
            return response.status, None
    except (OSError, HTTPException) as error:
        return 0, f"{type(error).__name__}: {error}"
    finally:
        connection.close()
