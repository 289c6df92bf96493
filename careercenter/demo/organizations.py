"""Invented employers. Their names are composed of words that name no place and no organization."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from random import Random

from careercenter.demo.facts import about_employer, about_offer
from careercenter.demo.geography import towns
from careercenter.demo.grammar import DATA, table, topics, words
from careercenter.employers.models import Delivery
from careercenter.postings.models import Place
from careercenter.taxonomy.vocabularies import EMPLOYER_KINDS, SOFTWARE

AGENCIES = frozenset({"staffing-agency"})  # hire for clients
D = Delivery
VENDORS_DELIVER = (D.ONSHORE, D.ONSHORE, D.MIXED, D.MIXED, D.OFFSHORE, D.UNDISCLOSED)
OTHERS_DELIVER = (D.ONSHORE, D.ONSHORE, D.ONSHORE, D.UNDISCLOSED)
WHERE_CODED = {  # as its postings say it
    D.ONSHORE: "All work stays in the United States; nothing goes offshore",
    D.MIXED: "Some of our clients are coded for from abroad; this seat is in the United States",
    D.OFFSHORE: "Most of our coding is done abroad; this seat is for clients who want it here",
    D.UNDISCLOSED: "Each client's contract says where its work may be done",
}
DEMO_EMPLOYER = "Larkmere Health"  # whose owner signs in as employer@example.com


@dataclass(frozen=True, slots=True)
class Organization:
    name: str
    kind: str  # taxonomy: employer kinds
    home: Place
    about: str  # Markdown
    facts: Mapping[str, str] = field(hash=False)  # what its postings say of it
    direct: bool = True
    delivery: Delivery = Delivery.UNDISCLOSED


@dataclass(frozen=True, slots=True)
class Kind:
    """What employers of a kind are called, hire for and work with."""

    pools: tuple[str, ...]  # names of texts
    unit: str  # the topic that describes such an employer
    ehr: tuple[str, ...]  # software
    names: tuple[str, ...]


@lru_cache
def kinds() -> Mapping[str, Kind]:
    return {
        row["kind"]: Kind(
            tuple(row["pools"].split(",")),
            row["unit"],
            tuple(SOFTWARE[slug].name for slug in row["ehr"].split(",")),
            tuple(row["names"].split(";")),
        )
        for row in table("kinds")
    }


@lru_cache
def real_names() -> tuple[str, ...]:
    """Words of well-known organizations, in lower case; no invented name may hold one."""
    return tuple((DATA / "real_names.txt").read_text(encoding="utf-8").split("\n")[:-1])


def organizations(count: int, seed: int) -> list[Organization]:
    """``count`` employers, no two of one name. The first is the demo's own."""
    rng = Random(f"organizations:{seed}")  # noqa: S311 -- invented data
    home = next(place for place in towns() if place.zip.startswith("503"))
    found = [_organization(rng, DEMO_EMPLOYER, "health-system", home)]
    taken = {DEMO_EMPLOYER}
    kind_names = [row["kind"] for row in table("kinds")]
    shares = list(accumulate(int(row["share"]) for row in table("kinds")))
    every_kind = iter(kind_names)  # each once, so that each text has an employer
    while len(found) < count:
        kind = next(every_kind, None) or rng.choices(kind_names, cum_weights=shares)[0]
        name = next(name for name in _names(rng, kind) if name not in taken)
        taken.add(name)
        found.append(_organization(rng, name, kind, rng.choice(towns())))
    return found


def hirers(organizations: Sequence[Organization]) -> Mapping[str, tuple[list[int], list[float]]]:
    """For each text the employers it suits, and cumulative weights: few hire much, many little."""
    found: dict[str, tuple[list[int], list[float]]] = {}
    for number, organization in enumerate(organizations[1:], start=1):
        for pool in kinds()[organization.kind].pools:
            numbers, weights = found.setdefault(pool, ([], []))
            numbers.append(number)
            weights.append(1 / len(numbers))
    return {pool: (numbers, list(accumulate(ws))) for pool, (numbers, ws) in found.items()}


def _names(rng: Random, kind: str) -> Iterator[str]:
    while True:
        name = rng.choice(kinds()[kind].names).format(
            place=rng.choice(words("start")) + rng.choice(words("end")),
            neutral=f"{rng.choice(words('first'))} {rng.choice(words('second'))}",
        )
        if not any(real in name.lower() for real in real_names()):
            yield name


def _organization(rng: Random, name: str, kind: str, home: Place) -> Organization:
    vendor = EMPLOYER_KINDS[kind].group == "vendor"
    delivery = rng.choice(VENDORS_DELIVER if vendor else OTHERS_DELIVER)
    facts = about_employer(rng, kind, rng.choice(kinds()[kind].ehr))
    facts["wherecoded"] = WHERE_CODED[delivery]
    said = facts | about_offer(rng, home.city, home.state, ())
    sentences = rng.sample(topics("common")[kinds()[kind].unit], 2)
    about = " ".join(template.render(rng, said) for template in sentences)
    return Organization(name, kind, home, about, facts, kind not in AGENCIES, delivery)
