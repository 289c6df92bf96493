"""A posting that says everything."""

from datetime import date
from decimal import Decimal

from careercenter.employers.models import Delivery
from careercenter.postings.models import (
    AccuracyBasis,
    ApplyBy,
    Applying,
    Apprentice,
    BelowTarget,
    CodingTest,
    Conditions,
    Disclosure,
    Equipment,
    Extras,
    Hiring,
    Mentoring,
    Monitoring,
    Per,
    Place,
    PostingDetails,
    Production,
    WhenTested,
    Workplace,
)
from careercenter.taxonomy.pay import Pay
from careercenter.taxonomy.vocabularies import FIFTY_AND_DC
from tests.factories import make_details

WATERLOO = Place("Waterloo", "IA", "50701", 42.4979, -92.3338)
AMES = Place("Ames", "IA", "50010", 42.0379, -93.6003)


def full_details() -> PostingDetails:
    return make_details(
        setting="remote-near-site",
        place=WATERLOO,
        more_places=(AMES, Place("Chicago", "IL", "60601", 41.8858, -87.6181)),
        states=tuple(code for code in FIFTY_AND_DC if code not in ("CA", "NY")),
        excluded=("CA", "NY"),
        apprentice=Apprentice.YES,
        mentoring=Mentoring("The first visits are simple.", "Ann Lee, CPC", True),
        employment="contract-1099",
        pay=Pay("per-encounter", 120, 150, Decimal("18.5"), 1800),
        extras=Extras(("sign-on", "dues-paid"), ("health", "exam-fees"), "Up to $500 a quarter."),
        production=Production(
            *(Decimal("18.5"), "encounter", Per.HOUR, 12),
            *(Decimal("95.5"), AccuracyBasis.ENCOUNTER, 25, BelowTarget.RETRAINING),
        ),
        workplace=Workplace(1, 10, 50, "Central", 0, 24, Monitoring.CAMERA, 100, False),
        conditions=Conditions("mid", 3, "days", Equipment.PROVIDED, CodingTest.UNPAID),
        hiring=Hiring(
            *(45, WhenTested.AFTER, ("oig-leie", "drug-screen")),
            *(date(2027, 1, 4), date(2027, 3, 31), 3),
        ),
        disclosure=Disclosure(Delivery.ONSHORE, "Mercy Hospital", True, True),
        applying=Applying(ApplyBy.MAIL, "jobs@mercy.org"),
        software=("epic",),
        years_in={"profee": 2},
        closes_on=date(2026, 12, 24),
        description="Codes office and procedure work in **Epic**. " * 11 + "Ask us.",
    )
