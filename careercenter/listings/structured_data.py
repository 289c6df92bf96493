"""The listing in schema.org's words, for search engines; the rules are Google's for job postings.

Only what the employer wrote is said. Pay by the piece has no unit there and is left out: turning
it into an hourly figure would be our estimate. Of projects and shares, what is guaranteed is said.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from careercenter.listings.documents import ANYWHERE, accepted_credentials, open_states
from careercenter.postings.models import ApplyBy, Apprentice, Place, Posting
from careercenter.taxonomy.terms import Term
from careercenter.taxonomy.vocabularies import (
    BENEFITS,
    BONUSES,
    CODING_TYPES,
    CREDENTIALS,
    EMPLOYMENT_TYPES,
    PAY_UNITS,
    SCREENINGS,
    SHIFTS,
    SOFTWARE,
    STATES,
    WORK_SETTINGS,
)
from careercenter.web.markdown import render_markdown

Data = dict[str, Any]

CONTEXT = "https://schema.org/"
UNITS = {"hour": "HOUR", "year": "YEAR"}
NOT_ALL_REMOTE = "remote-after-training"  # it starts at a place, so it is not fully remote


def job_posting(posting: Posting, url: str) -> Data | None:
    """``posting`` is live. None where the work is abroad: the rules ask for a country."""
    if posting.setting == "offshore" or posting.published_at is None or posting.expires_at is None:
        return None
    data: Data = {
        "@context": CONTEXT,
        "@type": "JobPosting",
        "title": posting.title,
        "description": str(render_markdown(posting.description)),
        "datePosted": posting.published_at.isoformat(timespec="seconds"),
        "validThrough": posting.expires_at.isoformat(timespec="seconds"),
        "employmentType": EMPLOYMENT_TYPES[posting.employment].schema_org,
        "hiringOrganization": _organization(posting),
        "identifier": {
            "@type": "PropertyValue",
            "name": "CareerCenter" if posting.confidential else posting.employer.name,
            "value": str(posting.id),
        },
        "url": url,
        # Whether the application starts and ends on this site.
        "directApply": posting.apply_by is not ApplyBy.WEB,
    }
    return data | _where(posting) | _pay(posting) | _requirements(posting) | _work(posting)


def breadcrumbs(crumbs: list[tuple[str, str]]) -> Data:
    """``crumbs``: names and absolute addresses, two at least."""
    items = [
        {"@type": "ListItem", "position": n, "name": name, "item": url}
        for n, (name, url) in enumerate(crumbs, 1)
    ]
    return {"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": items}


def _organization(posting: Posting) -> Data | str:
    """Google's word for an employer that keeps its name back is "confidential"."""
    if posting.confidential:
        return "confidential"
    employer = posting.employer
    organization = {"@type": "Organization", "name": employer.name}
    if employer.website.startswith(("https://", "http://")):
        organization["sameAs"] = employer.website
    return organization


def _where(posting: Posting) -> Data:
    """A place of work, or for work that is all remote, who may apply; hybrid work has a place."""
    fully_remote = (
        WORK_SETTINGS[posting.setting].remote == "yes" and posting.setting != NOT_ALL_REMOTE
    )
    open_to = open_states(posting)
    at = posting.place
    if not fully_remote:
        first = at if at.state else replace(at, state=open_to[0] if open_to else "")
        return {"jobLocation": _places(first, posting.more_places)}
    where: Data = {
        "jobLocationType": "TELECOMMUTE",
        "applicantLocationRequirements": _applicants(open_to),
    }
    return where | ({"jobLocation": _places(at, posting.more_places)} if at.city else {})


def _applicants(states: tuple[str, ...]) -> Data | list[Data]:
    if not states or states == ANYWHERE:
        return {"@type": "Country", "name": "USA"}
    return [{"@type": "State", "name": f"{STATES[code].name}, USA"} for code in states]


def _places(first: Place, more: tuple[Place, ...]) -> Data | list[Data]:
    return [_place(place) for place in (first, *more)] if more else _place(first)


def _place(place: Place) -> Data:
    address = {
        "@type": "PostalAddress",
        "addressLocality": place.city,
        "addressRegion": place.state,
        "postalCode": place.zip,
        "addressCountry": "US",
    }
    return {"@type": "Place", "address": {name: text for name, text in address.items() if text}}


def _pay(posting: Posting) -> Data:
    unit, low, high = posting.pay_unit, posting.pay_low_cents, posting.pay_high_cents
    if unit in PAY_UNITS and PAY_UNITS[unit].only_floor:
        unit, low, high = "hour", posting.hourly_low_cents, posting.hourly_high_cents
    if unit not in UNITS:
        return {}
    value = {
        "@type": "QuantitativeValue",
        "minValue": low / 100,
        "maxValue": high / 100,
        "unitText": UNITS[unit],
    }
    if unit != posting.pay_unit:
        del value["maxValue"]  # it is a floor
    return {"baseSalary": {"@type": "MonetaryAmount", "currency": "USD", "value": value}}


def _requirements(posting: Posting) -> Data:
    """Each accepted credential by name; schema.org cannot say "or", the description does."""
    accepted = [
        CREDENTIALS[slug] for slug in accepted_credentials(posting.required) if slug in CREDENTIALS
    ]
    data: Data = {}
    if accepted:
        data["qualifications"] = [
            {
                "@type": "EducationalOccupationalCredential",
                "credentialCategory": "certification",
                "name": f"{credential.abbr}: {credential.name}",
            }
            for credential in accepted
        ]
        data["educationRequirements"] = {
            "@type": "EducationalOccupationalCredential",
            "credentialCategory": "professional certificate",
        }
    years = max((posting.years, *posting.years_in.values()))
    if years:
        data["experienceRequirements"] = {
            "@type": "OccupationalExperienceRequirements",
            "monthsOfExperience": 12 * years,
        }
    elif posting.apprentice is Apprentice.YES:
        data["experienceRequirements"] = "no requirements"
    return data


def _work(posting: Posting) -> Data:
    named = [
        *(CODING_TYPES[slug].name for slug in posting.coding_types if slug in CODING_TYPES),
        *(SOFTWARE[slug].name for slug in posting.software if slug in SOFTWARE),
    ]
    data: Data = {"skills": ", ".join(named)} if named else {}
    if posting.shift in SHIFTS:
        data["workHours"] = SHIFTS[posting.shift].name
    hiring, extras = posting.hiring, posting.extras
    said = {
        "jobBenefits": _named(extras.benefits, BENEFITS),
        "incentiveCompensation": _named(extras.bonuses, BONUSES),
        "totalJobOpenings": None if posting.evergreen else hiring.openings,
        "jobStartDate": hiring.starts_on and hiring.starts_on.isoformat(),
        "eligibilityToWorkRequirement": _named(
            tuple(s for s in hiring.screenings if s == "us-citizen"), SCREENINGS
        ),
        "securityClearanceRequirement": _named(
            tuple(s for s in hiring.screenings if s == "public-trust"), SCREENINGS
        ),
    }
    return data | {name: value for name, value in said.items() if value}


def _named(slugs: tuple[str, ...], vocabulary: Mapping[str, Term]) -> str:
    return ", ".join(vocabulary[slug].name for slug in slugs if slug in vocabulary)
