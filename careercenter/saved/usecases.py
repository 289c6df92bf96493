"""Hiding and showing again. Each is harmless twice."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from careercenter.database import insert_once
from careercenter.saved.models import HiddenEmployer, HiddenListing


def hide_listing(session: Session, user_id: int, posting_id: int, now: datetime) -> None:
    row = {"user_id": user_id, "posting_id": posting_id, "created_at": now}
    insert_once(session, HiddenListing, row)


def show_listing(session: Session, user_id: int, posting_id: int) -> None:
    session.execute(
        delete(HiddenListing).where(
            HiddenListing.user_id == user_id, HiddenListing.posting_id == posting_id
        )
    )


def show_everything(session: Session, user_id: int) -> None:
    session.execute(delete(HiddenListing).where(HiddenListing.user_id == user_id))
    session.execute(delete(HiddenEmployer).where(HiddenEmployer.user_id == user_id))


def hide_employer(session: Session, user_id: int, employer_id: int, now: datetime) -> None:
    row = {"user_id": user_id, "employer_id": employer_id, "created_at": now}
    insert_once(session, HiddenEmployer, row)


def show_employer(session: Session, user_id: int, employer_id: int) -> None:
    session.execute(
        delete(HiddenEmployer).where(
            HiddenEmployer.user_id == user_id, HiddenEmployer.employer_id == employer_id
        )
    )
