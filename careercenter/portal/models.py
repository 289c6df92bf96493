"""What Stripe knows of who pays."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BillingDetails:
    name: str = ""
    email: str = ""
    address: tuple[str, ...] = ()  # its lines
    tax_ids: tuple[str, ...] = ()  # as they are written
