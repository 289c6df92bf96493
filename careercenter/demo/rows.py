"""Postings as rows, many at once."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from careercenter.database import Base
from careercenter.demo.board import Planned
from careercenter.postings.models import PostingDetails, TermKind
from careercenter.taxonomy.pay import hourly_range

Row = dict[str, Any]
AT_ONCE = 300  # rows in one statement: longer lists are slower to match with their ids


def insert_rows(session: Session, model: type[Base], rows: Sequence[Row]) -> list[int]:
    """Insert them; their ids in the same order."""
    statement = insert(model).returning(model.__table__.c.id, sort_by_parameter_order=True)
    ids: list[int] = []
    for start in range(0, len(rows), AT_ONCE):
        ids += session.scalars(statement, rows[start : start + AT_ONCE]).all()
    return ids


def posting_row(planned: Planned, employer_id: int) -> Row:
    details = planned.opening.details
    hourly = hourly_range(details.pay)
    return {
        "employer_id": employer_id,
        "title": details.title,
        "role": details.role,
        "apprentice": details.apprentice,
        "setting": details.setting,
        "city": details.place.city,
        "state": details.place.state,
        "zip": details.place.zip,
        "latitude": details.place.latitude,
        "longitude": details.place.longitude,
        "employment": details.employment,
        "pay_unit": details.pay.unit,
        "pay_low_cents": details.pay.low_cents,
        "pay_high_cents": details.pay.high_cents,
        "pay_pace": details.pay.pace,
        "pay_floor_cents": details.pay.floor_cents,
        "hourly_low_cents": hourly.low_cents,
        "hourly_high_cents": hourly.high_cents,
        "experience": details.conditions.experience,
        "years": details.conditions.years,
        "shift": details.conditions.shift,
        "equipment": details.conditions.equipment,
        "coding_test": details.conditions.coding_test,
        "description": details.description,
        "closes_on": details.closes_on,
        "status": planned.status,
        "created_at": planned.created_at,
        "submitted_at": planned.submitted_at,
        "published_at": planned.published_at,
        "ended_at": planned.ended_at,
        "expires_at": planned.expires_at,
        "search_seq": 0,
    }


def term_rows(posting_id: int, details: PostingDetails) -> Iterator[Row]:
    lists = (
        (TermKind.CODING_TYPE, details.coding_types),
        (TermKind.SPECIALTY, details.specialties),
        (TermKind.STATE, details.states),
        (TermKind.SOFTWARE, details.software),
        (TermKind.CODE_SET, details.code_sets),
    )
    for kind, slugs in lists:
        for position, slug in enumerate(slugs):
            yield {"posting_id": posting_id, "kind": kind, "slug": slug, "position": position}


def years_rows(posting_id: int, details: PostingDetails) -> Iterator[Row]:
    for topic, years in details.years_in.items():
        yield {"posting_id": posting_id, "topic": topic, "years": years}


def credential_rows(posting_id: int, details: PostingDetails) -> Iterator[Row]:
    for number, group in enumerate(details.required.groups):
        for position, alternative in enumerate(group):
            yield {
                "posting_id": posting_id,
                "group": number,
                "credential": alternative.credential,
                "position": position,
                "within_months": alternative.within_months,
                "required": True,
            }
    for position, slug in enumerate(details.preferred):
        yield {
            "posting_id": posting_id,
            "group": -1,
            "credential": slug,
            "position": position,
            "within_months": None,
            "required": False,
        }
