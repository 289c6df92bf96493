"""The rows of a posting's lists. ``entry`` is a row as ``lists`` reads it."""

from collections.abc import Iterator
from dataclasses import asdict
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from careercenter.database import Base
from careercenter.postings.details import PostingDetails


class TermKind(StrEnum):
    CODING_TYPE = "coding-type"
    SPECIALTY = "specialty"
    STATE = "state"  # whose residents may do this work
    EXCLUDED_STATE = "excluded-state"  # as it was written; the rest are states all the same
    CODE_SET = "code-set"
    SOFTWARE = "software"


class PostingTerm(Base):
    """One value of one of a posting's lists."""

    __tablename__ = "posting_term"

    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), primary_key=True)
    kind: Mapped[TermKind] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int]

    @property
    def entry(self) -> str:
        return f"{self.kind} {self.position} {self.slug}"


class PostingCredential(Base):
    """One alternative of its ``group``; every group must be met. Group -1 is what is preferred."""

    __tablename__ = "posting_credential"

    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), primary_key=True)
    group: Mapped[int] = mapped_column("group_number", primary_key=True)
    credential: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int]
    within_months: Mapped[int | None]  # of hire; None: at hire
    required: Mapped[bool]

    @property
    def entry(self) -> str:
        return f"{self.group} {self.position} {self.credential} {self.within_months or ''}"


class PostingYears(Base):
    """Years of a coding type or of a specialty that are asked for."""

    __tablename__ = "posting_years"

    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), primary_key=True)
    topic: Mapped[str] = mapped_column(String(40), primary_key=True)
    years: Mapped[int]

    @property
    def entry(self) -> str:
        return f"{self.topic} {self.years}"


class PostingPlace(Base):
    """A further place of work: the first is the posting's own."""

    __tablename__ = "posting_place"

    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    city: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(2))
    zip: Mapped[str] = mapped_column(String(5))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]

    @property
    def entry(self) -> str:
        degrees = ("" if d is None else str(d) for d in (self.latitude, self.longitude))
        return " ".join((str(self.position), *degrees, self.state, self.zip, self.city))


Row = dict[str, Any]

# The same rows for one posting and for the thousands of a demo board: columns by name.


def term_columns(details: PostingDetails) -> Iterator[Row]:
    lists = {
        TermKind.CODING_TYPE: details.coding_types,
        TermKind.SPECIALTY: details.specialties,
        TermKind.STATE: details.states,
        TermKind.EXCLUDED_STATE: details.excluded,
        TermKind.CODE_SET: details.code_sets,
        TermKind.SOFTWARE: details.software,
    }
    for kind, slugs in lists.items():
        for position, slug in enumerate(slugs):
            yield {"kind": kind, "slug": slug, "position": position}


def years_columns(details: PostingDetails) -> Iterator[Row]:
    for topic, years in details.years_in.items():
        yield {"topic": topic, "years": years}


def place_columns(details: PostingDetails) -> Iterator[Row]:
    for position, place in enumerate(details.more_places):
        yield {"position": position, **asdict(place)}


def credential_columns(details: PostingDetails) -> Iterator[Row]:
    for number, group in enumerate(details.required.groups):
        for position, alternative in enumerate(group):
            yield {
                "group": number,
                "credential": alternative.credential,
                "position": position,
                "within_months": alternative.within_months,
                "required": True,
            }
    for position, slug in enumerate(details.preferred):
        yield {
            "group": -1,
            "credential": slug,
            "position": position,
            "within_months": None,
            "required": False,
        }
