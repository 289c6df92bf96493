"""The promise of the demo board: its texts are not one text with other numbers."""

import re
from collections import defaultdict
from datetime import date

import numpy as np
import pytest

from careercenter.demo.organizations import organizations
from careercenter.demo.postings import generate

Run = tuple[str, ...]
WORD = re.compile(r"[a-z0-9]+(?:[-'.,][a-z0-9]+)*")


def runs(text: str) -> set[Run]:
    """Every five words that follow each other."""
    words = WORD.findall(text.lower())
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def most_alike(texts: list[str]) -> float:
    """The largest share of its runs that any text has in common with another one."""
    found = [runs(text) for text in texts]
    holders: dict[Run, list[int]] = defaultdict(list)
    for number, mine in enumerate(found):
        for run in mine:
            holders[run].append(number)
    shared_by_many = {run: np.array(who) for run, who in holders.items() if len(who) > 1}
    sizes = np.array([len(mine) for mine in found])
    worst = 0.0
    for number, mine in enumerate(found):
        lists = [shared_by_many[run] for run in mine if run in shared_by_many]
        common = np.bincount(np.concatenate(lists), minlength=len(texts)) if lists else sizes * 0
        common[number] = 0
        worst = max(worst, float((common / np.minimum(sizes, sizes[number])).max()))
    return worst


@pytest.mark.slow
def test_no_two_of_two_thousand_descriptions_share_half_their_five_word_runs() -> None:
    openings = generate(2250, 1, date(2026, 11, 24), organizations(281, 1))
    assert most_alike([opening.details.description for opening in openings]) <= 0.5


def test_the_measure_sees_what_is_alike() -> None:
    text = "one two three four five six seven eight nine ten"
    assert most_alike([text, "a b c d e f", text.replace("ten", "eleven")]) == pytest.approx(5 / 6)
