"""What is paid and given beside the pay, and what is checked before the first day."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from careercenter.reading.models import Fact, Topic
from careercenter.reading.text import Text, in_lower

_LISTS: Mapping[Topic, Mapping[str, str]] = MappingProxyType(
    {
        Topic.BENEFITS: {
            "health": r"(?:health|medical)(?: insurance| coverage|,? (?:and )?dental)",
            "dental-vision": r"\bdental\b(?! cod| claim| bill)",
            "retirement-match": r"40[13]\(?[kb]\)?[^.;\n]{0,20}match",
            "retirement": r"40[13]\(?[kb]\)?(?![^.;\n]{0,20}match)|retirement plan|pension",
            "paid-time-off": r"\bPTO\b|paid time off|vacation",
            "paid-holidays": r"paid holidays",
            "sick-leave": r"sick (?:leave|time|days)",
            "parental-leave": r"(?:parental|maternity|paternity) leave",
            "life-disability": r"(?:life|disability) insurance|(?:short|long)[- ]term disability",
            "health-savings": r"\bHSA\b|\bFSA\b",
            "tuition": r"tuition",
            "exam-fees": r"(?:exam|certification) fees?",
            "internet": r"internet (?:stipend|allowance)",
        },
        Topic.BONUSES: {
            "sign-on": r"sign[- ]?on bonus",
            "retention": r"retention bonus",
            "quality-bonus": r"quality (?:bonus|incentive)",
            "production-bonus": r"produc\w+ (?:bonus|incentive)",
            "ceu-allowance": r"CEUs? (?:paid|allowance|reimburse\w*|provided)|(?:paid|free) CEUs?",
            "dues-paid": r"(?:membership )?dues (?:are )?(?:paid|covered|reimbursed)",
            "code-books-paid": r"code ?books (?:are )?(?:paid|provided|supplied|covered)",
        },
        Topic.SCREENINGS: {
            "background-check": r"background (?:check|screen)",
            "oig-leie": r"\bOIG\b|\bLEIE\b|exclusion list",
            "sam-gov": r"\bSAM\.gov",
            "drug-screen": r"drug (?:screen|test)",
            "credit-check": r"credit check",
            "e-verify": r"E-?Verify",
            "us-citizen": r"U\.?S\.? citizen",
            "public-trust": r"public trust",
            "covid-flu-vaccine": r"(?:flu|influenza|COVID\S*)[^.;\n]{0,12}vaccin",
            "references": r"(?:professional|check) references|references (?:required|are)",
        },
    }
)
_PATTERNS = MappingProxyType(
    {
        topic: tuple((slug, in_lower(pattern)) for slug, pattern in kinds.items())
        for topic, kinds in _LISTS.items()
    }
)


def extras(text: Text) -> Iterator[Fact]:
    """A list a topic, in the vocabulary's order."""
    for topic, patterns in _PATTERNS.items():
        found = {slug: m.span() for slug, p in patterns if (m := p.search(text.low))}
        if found:
            yield Fact(topic, tuple(found), text.quote(*found.values()))
