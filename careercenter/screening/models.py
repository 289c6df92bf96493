"""A posting's questions, and what candidates answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careercenter.candidates.models import Resume, StoredFile
from careercenter.database import Base

MOST_QUESTIONS = 10
MOST_OPTIONS = 12
LONGEST_QUESTION = 200
LONGEST_OPTION = 80
LONGEST_ANSWER = 2000


class Kind(StrEnum):
    TEXT = "text"
    LONG = "long"
    CHOICE = "choice"
    MANY = "many"
    NUMBER = "number"
    DATE = "date"
    FILE = "file"


WITH_OPTIONS = frozenset({Kind.CHOICE, Kind.MANY})


@dataclass(frozen=True, slots=True)
class Question:
    """``accepted``: the options that do not rule out; none: all of them. ``least``: a smaller
    number rules out. ``after``: the number of an earlier question, asked only where that one was
    answered with ``after_answer``.
    """

    number: int  # from one on
    text: str
    kind: Kind
    required: bool = False
    options: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    least: int | None = None
    after: int | None = None
    after_answer: str = ""

    def is_asked(self, answers: Mapping[int, Sequence[str]]) -> bool:
        """``answers``: number of a question → what was answered."""
        return self.after is None or self.after_answer in answers.get(self.after, ())

    def rules_out(self, answer: Sequence[str]) -> bool:
        """Of several that are chosen, one that is accepted is enough."""
        if not answer:
            return False
        if self.least is not None:
            return float(answer[0]) < self.least
        return bool(self.accepted) and not set(self.accepted) & set(answer)

    @property
    def wanted(self) -> str:
        """What the employer needs, in words; empty where any answer will do."""
        if self.least is not None:
            return f"{self.least} or more"
        return " or ".join(self.accepted)


class ScreeningQuestion(Base):
    __tablename__ = "screening_question"

    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(LONGEST_QUESTION))
    kind: Mapped[Kind]
    required: Mapped[bool]
    options: Mapped[list[str]] = mapped_column(JSON)
    accepted: Mapped[list[str]] = mapped_column(JSON)
    least: Mapped[int | None]
    after: Mapped[int | None]
    after_answer: Mapped[str] = mapped_column(String(LONGEST_OPTION))

    @property
    def question(self) -> Question:
        return Question(
            self.number,
            self.text,
            self.kind,
            self.required,
            tuple(self.options),
            tuple(self.accepted),
            self.least,
            self.after,
            self.after_answer,
        )


class ScreeningAnswer(Base):
    """As it was asked and answered then: the questions may change later."""

    __tablename__ = "screening_answer"

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(String(LONGEST_QUESTION))
    answer: Mapped[str] = mapped_column(Text)
    wanted: Mapped[str] = mapped_column(Text)
    ruled_out: Mapped[bool]
    resume_id: Mapped[int | None] = mapped_column(ForeignKey("resume.id"), index=True)

    file: Mapped[Resume | None] = relationship(lazy="joined")


@dataclass(frozen=True, slots=True)
class Answer:
    """To a question that was asked; empty where it was left open."""

    question: Question
    given: tuple[str, ...]  # the name of a file
    file: StoredFile | None = None
