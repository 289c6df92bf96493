"""Customers and their tax ids."""

from stripe.params import (
    CustomerCreateParams,
    CustomerListParams,
    CustomerRetrieveParams,
    CustomerTaxIdCreateParams,
    CustomerTaxIdListParams,
    CustomerUpdateParams,
)

from tests.stripesim.answers import answer, found, page
from tests.stripesim.endpoints import PAGING, Endpoint, listing, merged, retrieving
from tests.stripesim.events import emit
from tests.stripesim.refusals import Refused
from tests.stripesim.state import Json, Simulator

DETAILS = ("address", "description", "email", "name", "phone", "preferred_locales")
MODELLED = (*DETAILS, "tax_exempt", "metadata", "expand")


def create(sim: Simulator, params: Json, ident: str) -> Json:
    _check_email(params)
    return answer(sim, make(sim, params), params.get("expand", ()))


def make(sim: Simulator, params: Json) -> Json:
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
        tax_exempt=params.get("tax_exempt", "none"),
        **{name: params.get(name) for name in DETAILS},
    )
    emit(sim, "customer.created", made)
    return made


def update(sim: Simulator, params: Json, ident: str) -> Json:
    customer = found(sim, "customer", ident, "customer")
    _check_email(params)
    before = dict(customer)
    customer.update({name: params[name] or None for name in DETAILS if name in params})
    customer["tax_exempt"] = params.get("tax_exempt", customer["tax_exempt"])
    customer["metadata"] = merged(customer["metadata"], params.get("metadata", {}))
    changed = {name: before[name] for name in before if before[name] != customer[name]}
    if changed:
        emit(sim, "customer.updated", customer, previous=changed)
    return answer(sim, customer, params.get("expand", ()))


def _check_email(params: Json) -> None:
    email = params.get("email", "")
    if email and ("@" not in email.strip("@") or " " in email):
        raise Refused(f"Invalid email address: {email}", code="email_invalid", param="email")


def tax_ids(sim: Simulator, customer: str) -> list[Json]:
    """Newest first."""
    return [row for row in sim.rows("tax_id") if row["customer"] == customer]


def add_tax_id(sim: Simulator, customer: str, kind: str, value: str) -> Json:
    made = sim.add(
        "tax_id",
        "txi",
        country=kind[:2].upper(),
        customer=customer,
        livemode=False,
        owner={"type": "customer", "customer": customer},
        type=kind,
        value=value,
        verification=None,
    )
    emit(sim, "customer.tax_id.created", made)
    return made


def create_tax_id(sim: Simulator, params: Json, ident: str) -> Json:
    found(sim, "customer", ident, "customer")
    made = add_tax_id(sim, ident, params["type"], params["value"])
    return answer(sim, made, params.get("expand", ()))


def list_tax_ids(sim: Simulator, params: Json, ident: str) -> Json:
    found(sim, "customer", ident, "customer")
    return page(sim, f"/v1/customers/{ident}/tax_ids", tax_ids(sim, ident), params)


TAX_IDS = "/v1/customers/<ident>/tax_ids"
ENDPOINTS = (
    Endpoint("POST", "/v1/customers", CustomerCreateParams, MODELLED, create),
    Endpoint("POST", "/v1/customers/<ident>", CustomerUpdateParams, MODELLED, update),
    retrieving("/v1/customers", "customer", CustomerRetrieveParams),
    listing("/v1/customers", "customer", CustomerListParams, "email"),
    Endpoint(
        "POST", TAX_IDS, CustomerTaxIdCreateParams, ("type", "value", "expand"), create_tax_id
    ),
    Endpoint("GET", TAX_IDS, CustomerTaxIdListParams, PAGING, list_tax_ids),
)
