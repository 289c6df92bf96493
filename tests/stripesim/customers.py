"""Customers, and the products and prices that checkout sessions make inline."""

from stripe.params import (
    CustomerCreateParams,
    CustomerListParams,
    CustomerRetrieveParams,
    CustomerUpdateParams,
    PriceListParams,
    PriceRetrieveParams,
    ProductListParams,
    ProductRetrieveParams,
)

from tests.stripesim.answers import answer, found
from tests.stripesim.endpoints import Endpoint, listing, merged, retrieving
from tests.stripesim.events import emit
from tests.stripesim.refusals import Refused
from tests.stripesim.state import Json, Simulator

DETAILS = ("address", "description", "email", "name", "phone", "preferred_locales")
MODELLED = (*DETAILS, "metadata", "expand")


def create(sim: Simulator, params: Json, ident: str) -> Json:
    _check_email(params)
    made = sim.add(
        "customer",
        "cus",
        livemode=False,
        balance=0,
        currency=None,
        delinquent=False,
        discount=None,
        invoice_settings={"default_payment_method": None},
        metadata=merged({}, params.get("metadata", {})),
        shipping=None,
        **{name: params.get(name) for name in DETAILS},
    )
    emit(sim, "customer.created", made)
    return answer(sim, made, params.get("expand", ()))


def update(sim: Simulator, params: Json, ident: str) -> Json:
    customer = found(sim, "customer", ident, "customer")
    _check_email(params)
    before = dict(customer)
    customer.update({name: params[name] or None for name in DETAILS if name in params})
    customer["metadata"] = merged(customer["metadata"], params.get("metadata", {}))
    changed = {name: before[name] for name in before if before[name] != customer[name]}
    if changed:
        emit(sim, "customer.updated", customer, previous=changed)
    return answer(sim, customer, params.get("expand", ()))


def _check_email(params: Json) -> None:
    email = params.get("email", "")
    if email and ("@" not in email.strip("@") or " " in email):
        raise Refused(f"Invalid email address: {email}", code="email_invalid", param="email")


ENDPOINTS = (
    Endpoint("POST", "/v1/customers", CustomerCreateParams, MODELLED, create),
    Endpoint("POST", "/v1/customers/<ident>", CustomerUpdateParams, MODELLED, update),
    retrieving("/v1/customers", "customer", CustomerRetrieveParams),
    listing("/v1/customers", "customer", CustomerListParams, "email"),
    retrieving("/v1/products", "product", ProductRetrieveParams),
    listing("/v1/products", "product", ProductListParams, "active"),
    retrieving("/v1/prices", "price", PriceRetrieveParams, "price"),
    listing("/v1/prices", "price", PriceListParams, "active", "product"),
)
