"""The control addresses, `/_sim/…`: what a test or a curious person does to the simulator.

All answer JSON. What is wrong with a request is said in `error`, with status 400.
"""

from collections.abc import Callable
from dataclasses import asdict, replace
from fnmatch import fnmatchcase
from typing import Any

from flask import Blueprint, Flask, Response, jsonify, request

from tests.stripesim import delivery, disputes, events, invoices, outcomes, refunds, webhooks
from tests.stripesim.answers import visible
from tests.stripesim.refusals import Refused
from tests.stripesim.state import Fault, Json, Simulator

Control = Callable[[Simulator, Json], Json]


def add_control(app: Flask, sim: Simulator) -> None:
    control = Blueprint("control", __name__, url_prefix="/_sim")

    @control.route("/<name>", methods=["GET", "POST", "DELETE"])
    def run(name: str) -> Response | tuple[Response, int]:
        action = ACTIONS.get((request.method, name))
        if action is None:
            return jsonify(error=f"no {request.method} /_sim/{name} here"), 404
        given = request.get_json() if request.content_length else request.args.to_dict()
        try:
            return jsonify(action(sim, given))
        except (Refused, ValueError, TypeError) as wrong:
            return jsonify(error=str(wrong)), 400
        except KeyError as missing:
            return jsonify(error=f"{missing.args[0]} is missing or unknown"), 400

    app.register_blueprint(control)


def configure(sim: Simulator, given: Json) -> Json:
    with sim.wake:
        sim.memory.config = replace(sim.memory.config, **given)
        sim.wake.notify_all()
        outcomes.catch_up(sim)
        return asdict(sim.memory.config)


def add_fault(sim: Simulator, given: Json) -> Json:
    with sim.lock:
        sim.memory.faults.append(Fault(**given))
    return show_faults(sim, {})


def show_faults(sim: Simulator, given: Json) -> Json:
    return {"faults": [asdict(fault) for fault in sim.memory.faults]}


def clear_faults(sim: Simulator, given: Json) -> Json:
    with sim.lock:
        sim.memory.faults.clear()
    return show_faults(sim, {})


def hook(sim: Simulator, given: Json) -> Json:
    with sim.change():
        made = webhooks.hook(sim, given["url"], given["secret"], given.get("events", ["*"]))
        return visible(made)


def settle(sim: Simulator, given: Json) -> Json:
    with sim.change():
        if "invoice" in given:
            invoice = sim.memory.objects["invoice"][given["invoice"]]
            invoices.bank_answers(sim, invoice, given.get("ok", True))
            return visible(invoice)
        session = sim.memory.objects["checkout.session"][given["session"]]
        return outcomes.settle(sim, session, given.get("ok", True))


def tamper(sim: Simulator, given: Json) -> Json:
    """Make an object say what is not so. Only what it already says can be changed."""
    changes = dict(given)
    with sim.change():
        about = _about(sim, changes.pop("session", None) or changes.pop("object"))
        unknown = changes.keys() - about.keys()
        if unknown:
            raise ValueError(f"{about['object']} has no {', '.join(sorted(unknown))}")
        about.update(changes)
        return visible(about)


def changing(action: Control) -> Control:
    def run(sim: Simulator, given: Json) -> Json:
        with sim.change():
            return action(sim, given)

    return run


def emit(sim: Simulator, given: Json) -> Json:
    """Send an event about an object as it is now, whether or not that happened."""
    with sim.change():
        return events.emit(sim, given["type"], _about(sim, given["object"]))


def _about(sim: Simulator, ident: str) -> Json:
    for rows in sim.memory.objects.values():
        if ident in rows:
            return rows[ident]
    raise ValueError(f"no such object: {ident}")


def resend(sim: Simulator, given: Json) -> Json:
    """Send one event again, or all, oldest first."""
    with sim.change():
        rows = [_about(sim, given["event"])] if "event" in given else sim.rows("event")
        return {"queued": sum(events.send(sim, event) for event in reversed(rows))}


def drop(sim: Simulator, given: Json) -> Json:
    """Lose what waits to be delivered."""
    with sim.change():
        count = len(sim.memory.deliveries)
        sim.memory.deliveries.clear()
        return {"dropped": count}


def flush(sim: Simulator, given: Json) -> Json:
    return delivery.flush(sim)


def reset(sim: Simulator, given: Json) -> Json:
    sim.reset()
    with sim.change():
        webhooks.hook_initial(sim)
    return {}


def show_log(sim: Simulator, given: Json) -> Json:
    with sim.lock:
        return {"log": list(sim.memory.delivered), "pending": len(sim.memory.deliveries)}


def show_requests(sim: Simulator, given: Json) -> Json:
    match: Any = given.get("match", "*")
    with sim.lock:
        lines = [(f"{entry['method']} {entry['path']}", entry) for entry in sim.memory.requests]
        return {"requests": [dict(entry) for line, entry in lines if fnmatchcase(line, match)]}


ACTIONS: dict[tuple[str, str], Control] = {
    ("GET", "config"): configure,
    ("POST", "config"): configure,
    ("GET", "faults"): show_faults,
    ("POST", "faults"): add_fault,
    ("DELETE", "faults"): clear_faults,
    ("GET", "log"): show_log,
    ("GET", "requests"): show_requests,
    ("POST", "dispute"): changing(disputes.open_dispute),
    ("POST", "dispute_end"): changing(disputes.end_dispute),
    ("POST", "drop"): drop,
    ("POST", "emit"): emit,
    ("POST", "flush"): flush,
    ("POST", "hook"): hook,
    ("POST", "log"): show_log,
    ("POST", "refund_end"): changing(refunds.end_refund),
    ("POST", "requests"): show_requests,
    ("POST", "resend"): resend,
    ("POST", "reset"): reset,
    ("POST", "settle"): settle,
    ("POST", "tamper"): tamper,
    ("POST", "warn"): changing(disputes.warn),
}
