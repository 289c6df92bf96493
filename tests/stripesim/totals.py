"""What a session comes to: its lines, less a coupon, plus tax once the payer's place is known."""

from tests.stripesim import coupons
from tests.stripesim.state import Json, Simulator


def tax_on(sim: Simulator, cents: int) -> int:
    """Half a cent is rounded up."""
    return int(cents * sim.memory.config.tax_percent / 100 + 0.5)


def knows_place(sim: Simulator, customer: str | None) -> bool:
    return bool(customer and sim.memory.objects["customer"][customer]["address"])


def add_up(sim: Simulator, session: Json, located: bool) -> None:
    """The lines and the sums. `located`: the payer's address is known, so that tax can be."""
    lines = session["_line_items"]
    coupon = sim.find("coupon", session["_coupon"] or "")
    subtotal = sum(line["amount_subtotal"] for line in lines)
    left = discount = coupons.off(coupon, subtotal)
    taxed = session["automatic_tax"]["enabled"]
    for number, line in enumerate(lines):
        last = number == len(lines) - 1
        part = left if last else discount * line["amount_subtotal"] // (subtotal or 1)
        left -= part
        net = line["amount_subtotal"] - part
        tax = tax_on(sim, net) if taxed and located else 0
        line.update(amount_discount=part, amount_tax=tax, amount_total=net + tax)
    if taxed:
        session["automatic_tax"]["status"] = "complete" if located else "requires_location_inputs"
    tax = sum(line["amount_tax"] for line in lines)
    details = {"amount_discount": discount, "amount_shipping": 0, "amount_tax": tax}
    total = subtotal - discount + tax
    session.update(amount_subtotal=subtotal, amount_total=total, total_details=details)
    session["payment_status"] = "unpaid" if total else "no_payment_required"
