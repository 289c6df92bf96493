"""Pay in a text, and the volume and accuracy that are expected for it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from careercenter.reading.models import Fact, Topic
from careercenter.reading.text import NUMBER, Text, number_of
from careercenter.taxonomy.pay import Pay

_AMOUNT = r"([0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?|[0-9]{1,6}(?:\.[0-9]{1,2})?|\.[0-9]{1,2})"
_PIECES = r"chart|encounter|account|episode|page|claim|audit|project"
_UNIT = (
    r"\s*(?:/|per|an?\b|each|by the)?\s*"
    rf"(hour|hr\b|hourly|year|yr\b|annum|annual(?:ly)?|yearly|{_PIECES})"
)
_RANGE = re.compile(
    rf"\$\s?{_AMOUNT}\s?(k\b)?(?:\s*/?\s*(?:hr|hour|yr|year))?\s*(?:-|to|and|up to)\s*"
    rf"\$?\s?{_AMOUNT}\s?(k\b)?(?:{_UNIT})?",
    re.IGNORECASE,
)
_BARE_RANGE = re.compile(
    rf"(?<![\w$.,-]){_AMOUNT}\s?(k\b)?\s*(?:-|to)\s*{_AMOUNT}\s?(k\b)?{_UNIT}", re.IGNORECASE
)
_SINGLE = re.compile(rf"\$\s?{_AMOUNT}\s?(k\b)?(?:{_UNIT})?", re.IGNORECASE)
_NOT_PAY_AFTER = re.compile(
    r"^[^.;\n]{0,25}(?:bonus|sign[- ]on|stipend|allowance|reimburs|million|billion|retention|"
    r"in (?:revenue|dues))",
    re.IGNORECASE,
)
_NOT_PAY_BEFORE = re.compile(r"(?:bonus|stipend|allowance|reimburse\w*)[^.;\n$]{0,20}$", re.I)
_FLOOR = re.compile(
    rf"(?:guarantee\w*|floor|at least|never (?:less|below)|minimum)[^.;\n$]{{0,40}}\$\s?{_AMOUNT}"
    rf"(?:\s*(?:/|per|an)?\s*(?:hour|hr\b))?",
    re.IGNORECASE,
)
_THINGS = (
    r"chart|encounter|account|episode|page|claim|audit|record|report|review|case|visit|exception"
)
_PACE = re.compile(
    rf"(?<![\w$.])([0-9]{{1,4}}(?:\.[0-9])?)(?:\s*(?:-|to)\s*([0-9]{{1,4}}(?:\.[0-9])?))?\s*"
    rf"(?:\w+ ){{0,3}}?({_THINGS})s?\s*(?:/|per|an?|each|every)\s*(hour|hr|day|shift)\b",
    re.IGNORECASE,
)
_ACCURACY = re.compile(
    r"\b([89][0-9](?:\.[0-9])?)\s*(?:%|percent)[^.;\n]{0,30}?(?:accura|agreement|audit|quality)|"
    r"accura\w*[^.;\n%]{0,30}?\b([89][0-9](?:\.[0-9])?)\s*(?:%|percent)",
    re.IGNORECASE,
)
_BASIS = re.compile(
    r"\b(code|chart|DRG|HCC|encounter)[- ]level|at (?:the )?(HCC|DRG|code) level", re.I
)
_RAMP = re.compile(
    rf"(?:after|within|over|ramp\w*[^.;\n]{{0,12}}?)\s*({NUMBER})[- ](day|week|month)s?\b", re.I
)
_DAYS = {"day": Decimal(1), "week": Decimal(7), "month": Decimal(30)}
_DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class _Amounts:
    low: Decimal
    high: Decimal
    unit: str  # a slug, or "" where nothing is said
    start: int
    end: int


def pay(text: Text) -> Fact | None:
    """The first range with a unit that fits its size, else the first figure."""
    floor = _FLOOR.search(text.plain)
    hidden = floor.span() if floor else (-1, -1)
    for amounts in _amounts(text.plain):
        if hidden[0] <= amounts.start < hidden[1]:
            continue
        unit = amounts.unit or _likely_unit(amounts)
        if unit and _fits(unit, amounts):
            low, high = (int(n * 100) for n in (amounts.low, amounts.high))
            by_piece = unit not in ("hour", "year")
            read = Pay(
                unit,
                low,
                high,
                _pace_an_hour(text) if by_piece else None,
                int(_number(floor[1]) * 100) if floor and by_piece else None,
            )
            return Fact(Topic.PAY, read, text.quote((amounts.start, amounts.end)))
    return None


def expectations(text: Text) -> Iterator[Fact]:
    """Units, what they are counted in and over, accuracy and its basis, weeks until they count."""
    if pace := _PACE.search(text.plain):
        words = text.quote(pace.span())
        yield Fact(Topic.UNITS, Decimal(pace[1]), words)
        yield Fact(Topic.UNITS_OF, pace[3].lower(), words)
        yield Fact(Topic.UNITS_PER, "hour" if pace[4].lower() in ("hour", "hr") else "day", words)
        near = text.plain[pace.end() : pace.end() + 40].split(".")[0]
        if ramp := _RAMP.search(near):
            days = number_of(ramp[1]) * _DAYS[ramp[2].lower()]
            yield Fact(
                Topic.RAMP_WEEKS,
                max(1, round(days / _DAYS_A_WEEK)),
                text.quote((pace.end() + ramp.start(), pace.end() + ramp.end())),
            )
    if accuracy := _ACCURACY.search(text.plain):
        figure = Decimal(accuracy[1] or accuracy[2])
        yield Fact(Topic.ACCURACY, figure, text.quote(accuracy.span()))
        if basis := _BASIS.search(text.plain, accuracy.start(), accuracy.end() + 60):
            kind = (basis[1] or basis[2]).lower()
            yield Fact(Topic.ACCURACY_BASIS, kind, text.quote(basis.span()))


def _pace_an_hour(text: Text) -> Decimal | None:
    pace = _PACE.search(text.plain)
    return Decimal(pace[1]) if pace and pace[4].lower() in ("hour", "hr") else None


def _amounts(plain: str) -> Iterator[_Amounts]:
    for pattern in (_RANGE, _BARE_RANGE):
        for m in pattern.finditer(plain):
            thousands = bool(m[2] or m[4])
            if not _is_other_money(plain, m):
                yield _Amounts(
                    _number(m[1], thousands), _number(m[3], thousands), _slug(m[5]), *m.span()
                )
    for m in _SINGLE.finditer(plain):
        if not _is_other_money(plain, m):
            amount = _number(m[1], bool(m[2]))
            yield _Amounts(amount, amount, _slug(m[3]), *m.span())


def _is_other_money(plain: str, match: re.Match[str]) -> bool:
    return bool(
        _NOT_PAY_AFTER.search(plain[match.end() : match.end() + 60])
        or _NOT_PAY_BEFORE.search(plain[max(0, match.start() - 60) : match.start()])
    )


def _number(text: str, thousands: bool = False) -> Decimal:
    number = Decimal(text.replace(",", ""))
    return number * 1000 if thousands and number < 1000 else number


def _slug(word: str | None) -> str:
    word = (word or "").lower()
    if word.startswith(("hour", "hr")):
        return "hour"
    if word.startswith(("year", "yr", "ann")):
        return "year"
    return "project" if word == "project" else f"per-{word}" if word else ""


def _likely_unit(amounts: _Amounts) -> str:
    """By size: nobody earns $60,000 an hour or $30 a year."""
    if 10 <= amounts.low <= amounts.high <= 200:
        return "hour"
    return "year" if 20_000 <= amounts.low <= amounts.high <= 400_000 else ""


def _fits(unit: str, amounts: _Amounts) -> bool:
    bounds = {"hour": (7, 300), "year": (15_000, 624_000), "project": (100, 1_000_000)}
    low, high = bounds.get(unit, (Decimal("0.01"), 2000))
    return low <= amounts.low <= amounts.high <= high
