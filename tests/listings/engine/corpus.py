"""Listings and queries made from a seed: few words, so that much coincides."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from careercenter.listings.index import (
    NOT_STATED,
    NOTHING,
    PAY_BANDS,
    SETTINGS,
    Facet,
    ListingDocument,
    Near,
    Query,
    Range,
    RangeField,
    Sort,
)

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)

_WORDS = """
coder coders coding code codes senior lead auditor auditing remote inpatient outpatient surgery
cardiology radiology neurology urology oncology pediatric orthopedic anesthesia denials review
risk adjustment hcc professional fee profee pro-fee full-time part-time follow-up on-site epic
medical record records clinical documentation cdi emergency department ed ED e/m E&M icd-10-cm
icd-10-pcs icd cpt hcpcs ms-drg apr-drg drg cpc ccs ccs-p CPC-A rhit rhia crc coc charge capture
revenue integrity abstraction abstractor of the and in for with Café résumé naïve São 2024 2025
"""
WORDS = _WORDS.split()
CREDENTIALS = ["CPC", "CCS", "CCS-P", "CPC-A", "RHIT", "RHIA", "CRC", "CPC or CCS-P", "certified"]
VALUES = {
    Facet.ROLE: ["coder", "auditor", "manager"],
    Facet.CODING_TYPE: ["inpatient", "outpatient", "profee", "risk-adjustment"],
    Facet.SPECIALTY: ["cardiology", "oncology", "general-surgery", "emergency-medicine"],
    Facet.CREDENTIAL: ["cpc", "ccs", "ccs-p", "rhit"],
    Facet.APPRENTICE: ["yes", "no", "case-by-case"],
    Facet.SETTING: ["remote", "hybrid", "on-site"],
    Facet.STATE: ["ca", "tx", "ny", "wa", NOT_STATED],
    Facet.EMPLOYMENT: ["full-time", "part-time"],
    Facet.EMPLOYER: ["st-marys", "mercy-health", "mary-institute", "north-clinic"],
    Facet.FIT: [NOTHING, "cpc", "ccs", "cpc+crc", "ccs+crc", "ccs-p+cpc+crc"],
    Facet.NEARLY: ["cpc", "ccs", "crc", NOTHING],
    Facet.LANE: ["cpc-a", "cpc", "cpc-a+crc"],
    Facet.PAY_BAND: [str(start) for start in PAY_BANDS],
}
VALUES = {facet: VALUES.get(facet, [f"{facet}-one", "two", "three"]) for facet in Facet}
CITIES = [(32.78, -96.8), (32.9, -97.0), (33.1, -96.5), (41.88, -87.63), (42.0, -87.9), (40.7, -74)]


def listing(id=1, version=1, **changes):
    """One plain listing; ``title="…"`` and other attributes are put into its texts."""
    texts = dict.fromkeys(SETTINGS.searchable, "")
    texts |= {name: changes.pop(name) for name in SETTINGS.searchable if name in changes}
    plain = ListingDocument(
        id=id,
        version=version,
        texts=texts,
        facets={},
        pay_min=2000,
        pay_max=3000,
        posted_at=NOW - timedelta(days=1),
        expires_at=NOW + timedelta(days=30),
        quality=0,
    )
    return replace(plain, **changes)


def listings(seed, count):
    random = Random(seed)
    return [_listing(random, n + 1) for n in range(count)]


def queries(seed, count):
    random = Random(seed)
    return [_query(random) for _ in range(count)]


def _listing(random, id):
    pay = random.randrange(1500, 4000, 500)
    facets = {
        facet: tuple(random.sample(values, random.choice([0, 1, 1, 2])))
        for facet, values in VALUES.items()
    }
    facets[Facet.PAY_BAND] = (str(pay // 500 * 5),)
    return listing(
        id=id * 7 % 1009,
        version=random.randint(1, 99),
        title=_text(random, 4),
        credentials=";".join(random.sample(CREDENTIALS, random.randint(0, 3))),
        specialties=";".join(facets[Facet.SPECIALTY]).replace("-", " "),
        coding=_text(random, 1),
        employer=_text(random, 2),
        place=random.choice(["Dallas, TX", "São Paulo", "Remote"]),
        keywords=_text(random, 2),
        description=_text(random, 20),
        facets=facets,
        pay_min=pay,
        pay_max=pay + random.choice([0, 500, 1000]),
        posted_at=NOW - timedelta(seconds=random.choice([0, 1, 3600, 86400, 90000, 900000])),
        expires_at=NOW + timedelta(hours=random.choice([-1, 0, 1, 2, 3, 4])),
        quality=random.randint(-1, 2),
        points=tuple(random.sample(CITIES, random.choice([0, 1, 1, 2]))),
        years=random.randint(0, 5),
    )


def _text(random, words):
    return random.choice([" ", " ", ", ", "/"]).join(random.choices(WORDS, k=words))


def _query(random):
    chance = random.random
    facets = list(Facet)
    near = ()
    if chance() < 0.25:
        miles = random.choice([0, 10, 30, 1000])
        near = tuple(Near(*city, miles) for city in random.sample(CITIES, random.randint(1, 2)))
    return Query(
        text=_asked(random),
        filters=_chosen(random, [0, 0, 1, 2]),
        excluded=_chosen(random, [0, 0, 0, 1, 2]),
        hidden=frozenset(random.sample(range(1009), random.choice([0, 0, 200]))),
        ranges=_ranges(random),
        near=near,
        facets=tuple(random.sample(facets, 4)) + (Facet.PAY_BAND,) * (chance() < 0.2),
        sort=random.choice(list(Sort)),
        first=_chosen(random, [0, 0, 1, 1, 2]),
        page=random.choice([1, 1, 1, 2, 3, 9]),
        per_page=random.choice([1, 5, 20, 200]),
        partial=chance() < 0.3,
        explain=chance() < 0.5,
    )


def _chosen(random, how_many):
    return {
        facet: frozenset(random.sample([*VALUES[facet], "unheard-of"], random.randint(0, 2)))
        for facet in random.sample(list(Facet), random.choice(how_many))
    }


def _ranges(random):
    now = int(NOW.timestamp())
    ends = {
        RangeField.PAY: [1999, 2000, 2500, 3000, 3500],
        RangeField.POSTED: [now - 90000, now - 3600, now - 1],
        RangeField.YEARS: [0, 1, 3, 5],
    }
    chances = {RangeField.PAY: 0.2, RangeField.POSTED: 0.1, RangeField.YEARS: 0.1}
    asked = [field for field, chance in chances.items() if random.random() < chance]
    return {field: _range(random, ends[field]) for field in asked}


def _range(random, ends):
    return Range(
        *random.choice([(random.choice(ends), None), (None, random.choice(ends)), ends[:2]])
    )


def _asked(random):
    words = [_mistyped(random, random.choice(WORDS)) for _ in range(random.choice([0, 1, 1, 2, 3]))]
    if random.random() < 0.2:
        start = random.randrange(len(WORDS) - 3)
        words.insert(random.randint(0, len(words)), f'"{" ".join(WORDS[start : start + 2])}"')
    if random.random() < 0.05:  # more than are looked at
        words = random.choices(["coder", "remote", '"the coder"'], k=9) + words
    return " ".join(words) + random.choice(["", "", " "])


def _mistyped(random, word):
    """The word, its beginning, or the word with one or two slips."""
    kind = random.random()
    if kind < 0.45:
        return word
    if kind < 0.6:
        return word[: random.randint(1, len(word))]
    for _ in range(random.randint(1, 2)):
        at = random.randrange(len(word))
        word = random.choice(
            [
                word[:at] + word[at + 1 :],
                word[:at] + random.choice("aeiost") + word[at:],
                word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
            ]
        )
    return word or "coder"
