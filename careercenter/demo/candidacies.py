"""Writes the demo board's candidates, their résumés and their applications."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import insert
from sqlalchemy.orm import Session

from careercenter.accounts.models import Role, User
from careercenter.applications.models import Application
from careercenter.candidates.models import Candidate, CandidateCredential, Resume
from careercenter.demo.applying import applications
from careercenter.demo.board import Board
from careercenter.demo.people import NO_PASSWORD, Person, user_row
from careercenter.demo.rows import Row, insert_rows

UPLOADED = timedelta(days=120)  # ago: before the first application


def load_candidates(
    session: Session,
    board: Board,
    people: Sequence[Person],
    keys: Sequence[str],
    seed: int,
    postings: Sequence[int],
    password_hash: str,
    now: datetime,
) -> None:
    """``keys``: where each person's file is; ``postings``: the ids, in the board's order."""
    rng = Random(f"public ids:{seed}")  # noqa: S311 -- invented data
    users = [user_row(p.email, p.name, NO_PASSWORD, Role.CANDIDATE, now) for p in people]
    users[0]["password_hash"] = password_hash
    rows = [
        _candidate_row(user_id, person)
        for user_id, person in zip(insert_rows(session, User, users), people, strict=True)
    ]
    rows[0]["years"] = 3
    ids = insert_rows(session, Candidate, rows)
    session.execute(insert(CandidateCredential), _held(ids, people))
    files = [
        _resume_row(rng, *triple, now - UPLOADED) for triple in zip(ids, people, keys, strict=True)
    ]
    resumes = insert_rows(session, Resume, files)
    sent = [
        {
            "public_id": f"{rng.getrandbits(128):032x}",
            "posting_id": postings[sent.posting],
            "candidate_id": ids[sent.person],
            "resume_id": resumes[sent.person],
            "note": sent.note,
            "status": sent.status,
            "submitted_at": sent.submitted_at,
            **dict.fromkeys(("answered_at", "first_answered_at"), sent.answered_at),
            "withdrawn_at": sent.withdrawn_at,
        }
        for sent in applications(seed, board.postings, people, now)
    ]
    insert_rows(session, Application, sent)


def _candidate_row(user_id: int, person: Person) -> Row:
    years = int(person.facts["years in figures"])
    return {"user_id": user_id, "home_state": person.state or None, "years": years}


def _held(ids: Sequence[int], people: Sequence[Person]) -> list[Row]:
    """The one who signs in holds CPC, whatever the dice said."""
    rows: list[Row] = [{"candidate_id": ids[0], "credential": "cpc"}]
    for candidate_id, person in zip(ids[1:], people[1:], strict=True):
        slugs = person.facts["credentials"].split(",")
        rows += [{"candidate_id": candidate_id, "credential": slug} for slug in slugs]
    return rows


def _resume_row(
    rng: Random, candidate_id: int, person: Person, key: str, uploaded_at: datetime
) -> Row:
    return {
        "public_id": f"{rng.getrandbits(128):032x}",
        "candidate_id": candidate_id,
        "file_name": f"{person.name.replace(' ', '-')}-resume.pdf",
        "content_type": "application/pdf",
        "size": len(person.resume),
        "sha256": hashlib.sha256(person.resume).hexdigest(),
        "storage_key": key,
        "created_at": uploaded_at,
    }
