"""Coupons: a share or an amount off what a session or an invoice comes to."""

from stripe.params import (
    CouponCreateParams,
    CouponDeleteParams,
    CouponListParams,
    CouponRetrieveParams,
    CouponUpdateParams,
)

from tests.stripesim.answers import answer, found
from tests.stripesim.endpoints import Endpoint, listing, merged, retrieving
from tests.stripesim.events import emit
from tests.stripesim.refusals import Refused, missing
from tests.stripesim.state import Json, Simulator, new_id

KIND = "coupon"
TERMS = (
    "amount_off",
    "currency",
    "duration",
    "duration_in_months",
    "max_redemptions",
    "name",
    "percent_off",
    "redeem_by",
)


def create(sim: Simulator, params: Json, ident: str) -> Json:
    if "percent_off" in params:
        params["percent_off"] = float(params["percent_off"])
    _check(sim, params)
    made = sim.add(
        KIND,
        "",
        id=params.get("id") or new_id("coupon"),
        livemode=False,
        metadata=merged({}, params.get("metadata", {})),
        times_redeemed=0,
        valid=True,
        **{name: params.get(name) for name in TERMS},
    )
    made["duration"] = params.get("duration", "once")
    emit(sim, "coupon.created", made)
    return answer(sim, made, params.get("expand", ()))


def _check(sim: Simulator, params: Json) -> None:
    if ("percent_off" in params) is ("amount_off" in params):
        raise Refused("You must pass either percent_off or amount_off.", param="percent_off")
    if "amount_off" in params and "currency" not in params:
        raise missing("currency")
    if not 0 < params.get("percent_off", 1) <= 100 or params.get("amount_off", 1) < 1:
        raise Refused("Invalid discount", param="percent_off")
    if params.get("duration") == "repeating" and "duration_in_months" not in params:
        raise missing("duration_in_months")
    if sim.find(KIND, params.get("id", "")):
        raise Refused("Coupon already exists.", code="resource_already_exists", param="id")


def update(sim: Simulator, params: Json, ident: str) -> Json:
    coupon = found(sim, KIND, ident, "coupon")
    coupon["name"] = params.get("name", coupon["name"])
    coupon["metadata"] = merged(coupon["metadata"], params.get("metadata", {}))
    emit(sim, "coupon.updated", coupon)
    return answer(sim, coupon, params.get("expand", ()))


def delete(sim: Simulator, params: Json, ident: str) -> Json:
    coupon = found(sim, KIND, ident, "coupon")
    del sim.memory.objects[KIND][ident]
    emit(sim, "coupon.deleted", coupon)
    return {"id": ident, "object": KIND, "deleted": True}


def given(sim: Simulator, discounts: list[Json] | str, currency: str) -> Json | None:
    """The coupon that a session or an invoice names. Raises Refused for one that has run out."""
    if not discounts or isinstance(discounts, str):
        return None
    if len(discounts) > 1 or set(discounts[0]) != {"coupon"}:
        raise Refused("The payment simulator models one coupon.", param="discounts")
    ident = discounts[0]["coupon"]
    coupon = found(sim, KIND, ident, "discounts[0][coupon]", 400)
    most, last = coupon["max_redemptions"], coupon["redeem_by"]
    spent = most is not None and coupon["times_redeemed"] >= most
    if spent or (last is not None and last <= sim.now()) or not coupon["valid"]:
        raise Refused(f"Coupon {ident} is used up and cannot be applied.", code="coupon_expired")
    if coupon["currency"] not in (None, currency):
        raise Refused(f"Coupon {ident} is in another currency.", param="discounts")
    return coupon


def off(coupon: Json | None, cents: int) -> int:
    """What it takes from an amount. Half a cent is rounded up, as Stripe does."""
    if coupon is None:
        return 0
    if coupon["amount_off"]:
        return min(cents, int(coupon["amount_off"]))
    return int(cents * coupon["percent_off"] / 100 + 0.5)


def redeem(sim: Simulator, ident: str) -> None:
    """A session with it was completed."""
    coupon = sim.find(KIND, ident)
    if coupon is not None:
        coupon["times_redeemed"] += 1
        most = coupon["max_redemptions"]
        coupon["valid"] = most is None or coupon["times_redeemed"] < most


MODELLED = (*TERMS, "id", "metadata", "expand")
ENDPOINTS = (
    Endpoint("POST", "/v1/coupons", CouponCreateParams, MODELLED, create),
    Endpoint(
        "POST", "/v1/coupons/<ident>", CouponUpdateParams, ("name", "metadata", "expand"), update
    ),
    Endpoint("DELETE", "/v1/coupons/<ident>", CouponDeleteParams, (), delete),
    retrieving("/v1/coupons", KIND, CouponRetrieveParams, "coupon"),
    listing("/v1/coupons", KIND, CouponListParams),
)
