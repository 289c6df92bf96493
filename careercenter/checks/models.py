"""What a rule looks at, what it finds, and the card that adds it up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from careercenter.employers.models import Delivery
from careercenter.postings.models import PostingDetails


class Step(StrEnum):
    """The five steps of writing; where something is to be mended."""

    ROLE = "role"
    REQUIREMENTS = "requirements"
    PLACE = "place"
    PAY = "pay"
    DESCRIPTION = "description"


ORGANIZATION = "organization"  # stands for a field: it is mended on the organization's page


class Area(StrEnum):
    """Whose rules they are; each is a line of the card."""

    BOARD = "board"
    GOOGLE = "google"
    INDEED = "indeed"
    LINKEDIN = "linkedin"
    LAW = "law"
    WORDS = "words"
    SENSE = "sense"


AREAS = {
    Area.BOARD: "What coders ask first",
    Area.GOOGLE: "Google for Jobs",
    Area.INDEED: "Indeed",
    Area.LINKEDIN: "LinkedIn",
    Area.LAW: "Pay laws of the states",
    Area.WORDS: "Plain and fair words",
    Area.SENSE: "Does it add up?",
}


class Severity(StrEnum):
    STOP = "stop"  # it cannot be paid for like this
    MEND = "mend"  # it costs readers, or a moderator will ask
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Said:
    """What employers say of themselves, as far as rules ask."""

    name: str = ""
    website: str = ""
    about: str = ""
    direct: bool = True
    delivery: Delivery = Delivery.UNDISCLOSED


@dataclass(frozen=True, slots=True)
class Subject:
    """``details`` may be half written: what is "" or empty was not said. ``answered`` names the
    steps that hold what they must.
    """

    details: PostingDetails
    employer: Said
    today: date
    answered: frozenset[Step] = frozenset(Step)


@dataclass(frozen=True, slots=True)
class Finding:
    area: Area
    severity: Severity
    words: str
    step: Step
    field: str  # of the form, to link to


@dataclass(frozen=True, slots=True)
class Rule:
    """``finds``: the sentence that says what is wrong; None or "" where nothing is."""

    area: Area
    severity: Severity
    step: Step
    field: str
    finds: Callable[[Subject], str | None]

    def apply(self, subject: Subject) -> Finding | None:
        words = self.finds(subject)
        return Finding(self.area, self.severity, words, self.step, self.field) if words else None


@dataclass(frozen=True, slots=True)
class Line:
    """One area of the card."""

    area: Area
    findings: tuple[Finding, ...]
    passed: int
    asked: int

    @property
    def name(self) -> str:
        return AREAS[self.area]

    @property
    def worst(self) -> Severity | None:
        found = {finding.severity for finding in self.findings}
        return next((severity for severity in Severity if severity in found), None)


@dataclass(frozen=True, slots=True)
class ScoreCard:
    lines: tuple[Line, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The most pressing first."""
        found = [finding for line in self.lines for finding in line.findings]
        return tuple(sorted(found, key=lambda finding: list(Severity).index(finding.severity)))

    @property
    def score(self) -> int:
        """Of a hundred: the share of the rules that hold."""
        asked = sum(line.asked for line in self.lines)
        return round(100 * sum(line.passed for line in self.lines) / asked) if asked else 100

    @property
    def stops(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity is Severity.STOP)
