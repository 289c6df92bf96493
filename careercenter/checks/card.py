"""The score card of a posting: every rule, applied."""

from careercenter.checks import board, contradictions, laws, reach, sense, titles, words
from careercenter.checks.models import Area, Line, Rule, ScoreCard, Subject

RULES: tuple[Rule, ...] = (
    *board.RULES,
    *titles.RULES,
    *reach.RULES,
    *laws.RULES,
    *words.RULES,
    *contradictions.RULES,
    *sense.RULES,
)


def score_card(subject: Subject) -> ScoreCard:
    return ScoreCard(tuple(_line(area, subject) for area in Area))


def _line(area: Area, subject: Subject) -> Line:
    rules = [rule for rule in RULES if rule.area is area]
    findings = tuple(found for rule in rules if (found := rule.apply(subject)))
    return Line(area, findings, len(rules) - len(findings), len(rules))
