"""Sentences with choices: "[Check|Read] the notes in {ehr}" says either, of any software."""

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from random import Random

DATA = files("careercenter.demo") / "data"


class Template:
    """Text in which ``[a|b]`` is a choice and ``{name}`` is filled from the facts."""

    __slots__ = ("_parts",)

    def __init__(self, text: str) -> None:
        self._parts = tuple(tuple(part.split("|")) for part in re.split(r"[\[\]]", text))

    def render(self, rng: Random, facts: Mapping[str, str]) -> str:
        draw = rng.random
        words = [c[0] if len(c) == 1 else c[int(draw() * len(c))] for c in self._parts]
        text = "".join(words).format_map(facts).strip().replace("  ", " ")
        return text[0].upper() + text[1:]


Topics = Mapping[str, tuple[Template, ...]]


@lru_cache
def topics(name: str) -> Topics:
    """The templates of ``data/text/<name>.txt`` by topic."""
    found: dict[str, list[Template]] = {}
    lines: list[Template] = []
    for line in (DATA / "text" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            lines = found.setdefault(line[3:], [])
        elif line:
            lines.append(Template(line))
    return {topic: tuple(templates) for topic, templates in found.items()}


@lru_cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``data/<name>.tsv`` by column name."""
    text = (DATA / f"{name}.tsv").read_text(encoding="utf-8")
    header, *lines = (line.split("\t") for line in text.splitlines())
    return tuple(dict(zip(header, line, strict=True)) for line in lines)


@lru_cache
def words(name: str) -> tuple[str, ...]:
    """One of the word lists."""
    row = next(row for row in table("words") if row["list"] == name)
    return tuple(row["words"].split(","))


def listed(names: tuple[str, ...]) -> str:
    """ "urology, podiatry and pathology" """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
