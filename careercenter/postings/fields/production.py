"""The production contract: how much, how soon, how good, and what if not."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from wtforms.validators import Optional

from careercenter.errors import Invalid
from careercenter.postings.fields.steps import Rule, StepForm, stated
from careercenter.postings.models import (
    AccuracyBasis,
    BelowTarget,
    Per,
    PostingDetails,
    Production,
)
from careercenter.web.fields import CountField, NumberField

PIECES = (
    *("record", "chart", "encounter", "report", "case", "review"),
    *("account", "claim", "episode", "page", "audit"),
)
PER = {Per.HOUR: "an hour", Per.DAY: "a day"}
BASES = {
    AccuracyBasis.CODE: "Codes",
    AccuracyBasis.CHART: "Whole charts",
    AccuracyBasis.DRG: "DRGs",
    AccuracyBasis.HCC: "HCCs",
    AccuracyBasis.ENCOUNTER: "Encounters",
}
BELOW = {
    BelowTarget.NONE: "Nothing",
    BelowTarget.RETRAINING: "Training again",
    BelowTarget.PAY: "Less pay",
}
MOST = {Per.HOUR: 500, Per.DAY: 4000}
ACCURACY = (Decimal(50), Decimal(100))  # percent


class ProductionForm(StepForm):
    units = NumberField("How many are expected", [Optional()])
    piece = stated("Of what", {piece: f"{piece.capitalize()}s" for piece in PIECES})
    per = stated("In", PER)
    ramp_weeks = CountField("Weeks until it is expected in full", "weeks", 0, 104)
    accuracy = NumberField("Accuracy", [Optional()])
    accuracy_basis = stated("Counted by", BASES)
    audit_sample = CountField("How many are looked at in an audit", "records", 1, 999)
    below_target = stated("What happens below the target", BELOW)

    def rules(self) -> Iterator[Rule]:
        yield self._check_volume
        yield self._check_accuracy

    def write(self, details: PostingDetails) -> PostingDetails:
        basis, below = self.accuracy_basis.data, self.below_target.data
        production = Production(
            units=self.units.number,
            piece=self.piece.data or "",
            per=Per(self.per.data) if self.per.data else None,
            ramp_weeks=self.ramp_weeks.data,
            accuracy=self.accuracy.number,
            accuracy_basis=AccuracyBasis(basis) if basis else None,
            audit_sample=self.audit_sample.data,
            below_target=BelowTarget(below) if below else None,
        )
        return replace(details, production=production)

    def _check_volume(self) -> None:
        if self.units.errors or self.piece.errors or self.per.errors:
            return
        said = [self.units.data, self.piece.data, self.per.data]
        if any([*said, self.ramp_weeks.data]) and not all(said):
            fields = (self.units, self.piece, self.per)
            missing = next(field for field in fields if not field.data)
            raise Invalid("Say how many of what, in an hour or a day.", missing.name)
        if self.units.number is not None:
            most = MOST[Per(self.per.data)]
            if not 0 < self.units.number <= most:
                raise Invalid(f"Enter a number above 0 and up to {most:,}.", "units")

    def _check_accuracy(self) -> None:
        low, high = ACCURACY
        number = self.accuracy.number
        if number is not None and not low <= number <= high:
            raise Invalid(f"Enter from {low} to {high} percent.", "accuracy")
        if self.accuracy_basis.data and not self.accuracy.data:
            raise Invalid("Say how many percent.", "accuracy")


def production_values(details: PostingDetails) -> dict[str, object]:
    """What the posting says, as these fields hold it."""
    said = details.production
    return {
        "units": _typed(said.units),
        "piece": said.piece,
        "per": said.per or "",
        "ramp_weeks": said.ramp_weeks,
        "accuracy": _typed(said.accuracy),
        "accuracy_basis": said.accuracy_basis or "",
        "audit_sample": said.audit_sample,
        "below_target": said.below_target or "",
    }


def _typed(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"
