"""Postings as rows, many at once."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from careercenter.database import Base
from careercenter.demo.board import Planned
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
        "employment": details.employment,
        "pay_unit": details.pay.unit,
        "pay_low_cents": details.pay.low_cents,
        "pay_high_cents": details.pay.high_cents,
        "pay_pace": details.pay.pace,
        "pay_floor_cents": details.pay.floor_cents,
        "hourly_low_cents": hourly.low_cents,
        "hourly_high_cents": hourly.high_cents,
        "apply_by": details.applying.by,
        "apply_to": details.applying.to,
        "description": details.description,
        "closes_on": details.closes_on,
        "status": planned.status,
        "created_at": planned.created_at,
        "submitted_at": planned.submitted_at,
        "published_at": planned.published_at,
        "first_published_at": planned.published_at,
        "confirmed_at": planned.confirmed_at,
        "paused_at": planned.paused_at,
        "ended_at": planned.ended_at,
        "expires_at": planned.expires_at,
        "search_seq": 0,
        **asdict(details.place),
        **asdict(details.conditions),
        "team_delivery": details.disclosure.delivery,
        "client": details.disclosure.client,
        "confidential": details.disclosure.confidential,
        "evergreen": details.disclosure.evergreen,
    }
