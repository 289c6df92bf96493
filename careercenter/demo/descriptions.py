"""What a posting says, put together anew for each: sentences, their order and their form."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from careercenter.demo.facts import Facts
from careercenter.demo.grammar import Template, Topics, topics

FEWEST, MOST = 120, 320  # words
CONTRACTORS = frozenset({"contract-1099", "contract-c2c"})
SCHEDULES = {
    "part-time-w2": "schedule-part",
    "prn-w2": "schedule-prn",
    "temp-w2": "schedule-contract",
    "contract-w2": "schedule-contract",
    "contract-1099": "schedule-contract",
    "contract-c2c": "schedule-contract",
}
# What stands together under one heading, which is named after the first of it.
GROUPS = (
    ("opening",),
    ("duties",),
    ("records", "software"),
    ("volume",),
    ("must",),
    ("team", "training"),
    ("schedule", "place", "equipment"),
    ("benefits",),
    ("unit",),
    ("testing", "apply"),
)
NEEDED = ("opening", "duties", "volume", "must", "apply")
LONGER = ("opening", "records", "team", "training", "benefits", "benefits", "unit", "software")
STYLES = ("headings", "headings", "bold", "plain", "lists")


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides which sentences are true of a posting."""

    pool: str
    employment: str
    setting: str
    apprentice: str
    unit: str  # the topic about the employer

    def topic(self, section: str) -> str:
        """The topic whose sentences this section may use."""
        contractor = self.employment in CONTRACTORS
        here = self.setting in ("onsite", "hybrid")
        home = "equipment-own" if contractor else "equipment-remote"
        special = {
            "schedule": SCHEDULES.get(self.employment, "schedule-full"),
            "place": "onsite-living" if here else "living",
            "equipment": "equipment-onsite" if self.setting == "onsite" else home,
            "benefits": "benefits-contract" if contractor else "benefits",
            "unit": self.unit,
        }
        return special.get(section, section)


def describe(rng: Random, situation: Situation, facts: Facts) -> str:
    """The description in Markdown, from ``FEWEST`` to ``MOST`` words."""
    said = _say_all(rng, situation, facts)
    groups = [[name for name in group if name in said] for group in GROUPS]
    first, *body, last = [group for group in groups if group]
    if rng.random() < 0.6:
        duties = body.pop(0)
        rng.shuffle(body)
        body.insert(rng.choice((0, 0, 0, 1, 1, 2)), duties)
    style = rng.choice(STYLES)
    bulleted = _bulleted(rng, style)
    blocks: list[str] = []
    for group in (first, *body, last):
        sentences = [sentence for name in group for sentence in said[name]]
        blocks += _block(rng, group[0], sentences, style, bullets=group[0] in bulleted)
    return "\n\n".join(blocks)


def _say_all(rng: Random, situation: Situation, facts: Facts) -> dict[str, list[str]]:
    """What must be said, then whatever there is room for."""
    own, common = topics(situation.pool), topics("common")
    extra = [name for group in GROUPS for name in group if name not in NEEDED]
    rng.shuffle(extra)
    wanted = rng.randint(FEWEST + 30, MOST - 80)
    found: dict[str, list[str]] = {}
    length = 0
    for name in (*NEEDED, *extra):
        if name in extra and length >= wanted:
            break
        source = own if name in own else common
        found[name] = _pick(rng, source[situation.topic(name)], _count(rng, name), facts)
        found[name] += _more(rng, name, situation, common, facts)
        length += sum(len(sentence.split()) for sentence in found[name])
    return found


def _count(rng: Random, name: str) -> int:
    """How many sentences: those that could contradict each other come alone."""
    if name == "duties":
        return rng.randint(3, 6)
    return rng.choice((1, 1, 2)) if name in LONGER else 1


def _pick(rng: Random, templates: Sequence[Template], count: int, facts: Facts) -> list[str]:
    chosen = rng.sample(templates, min(count, len(templates)))
    return [template.render(rng, facts) for template in chosen]


def _more(
    rng: Random, name: str, situation: Situation, common: Topics, facts: Facts
) -> Iterator[str]:
    """What belongs into a section besides its own sentences."""
    if name == "volume" and rng.random() < 0.7:
        yield from _pick(rng, common["accuracy"], 1, facts)
    if name == "must" and situation.apprentice == "yes":
        yield from _pick(rng, common["apprentice-yes"], 1, facts)
    if name == "must" and situation.apprentice == "case-by-case":
        yield from _pick(rng, common["apprentice-case"], 1, facts)


def _bulleted(rng: Random, style: str) -> set[str]:
    if style == "lists":
        return {"duties", "must", "benefits", "schedule"}
    return {"duties"} if rng.random() < 0.8 else set()


def _block(
    rng: Random, name: str, sentences: Sequence[str], style: str, *, bullets: bool
) -> list[str]:
    bullets = bullets and len(sentences) > 1
    text = "\n".join(f"- {s}" for s in sentences) if bullets else " ".join(sentences)
    if name == "opening" or style == "plain":
        return [text]
    title = rng.choice(topics("common")[f"heading-{name}"]).render(rng, {})
    if style == "bold":
        return [f"**{title}**", text] if bullets else [f"**{title}.** {text}"]
    return [f"### {title}", text]
