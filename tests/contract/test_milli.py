"""The core of Meilisearch itself says what is right. It takes no settings, and tells 20 hits."""

from dataclasses import replace
from random import Random

import pytest

from careercenter.listings.engine.engine import Engine
from careercenter.listings.index import SETTINGS, Query
from tests.contract.standin.ranking import Met
from tests.contract.standin.store import Index
from tests.listings.engine.corpus import NOW, WORDS, _mistyped, listing

milli = pytest.importorskip(
    "milli", reason="Meilisearch's core is not installed: pip install milli==1.8.1"
)

TEXTS = ("title", "description")
PLAIN = replace(
    SETTINGS,
    searchable=TEXTS,
    stop_words=frozenset(),
    exact_words=frozenset(),
    exact_attributes=frozenset(),
    synonyms={},
)
MOST = 20  # hits that it tells


def texts(random, words, apart=(" ",), count=MOST):
    return [
        {
            "id": n,
            "title": " ".join(random.choices(words, k=4)),
            "description": random.choice(apart).join(random.choices(words, k=10)),
        }
        for n in range(1, count + 1)
    ]


def core(path, rows):
    index = milli.Index(str(path))
    index.add_documents(rows)
    return lambda text: {int(one) + 1 for one in index.search(text)}  # its own numbers, from 0


def embedded(rows):
    board = Engine.build([listing(**row) for row in rows], seq=1, settings=PLAIN)
    return lambda text: {hit.id for hit in board.search(Query(text, per_page=1000), NOW).hits}


def stand_in(rows):
    index = Index("listings")
    index.habits = True
    index.put(rows, "id", merge=False)
    corpus = index.corpus()
    return lambda text: {
        int(key) for key in index.documents if Met(corpus, text, "last").keeps(key)
    }


SIMPLE = [word for word in WORDS if word.isalpha() and word.isascii()]


@pytest.mark.parametrize("seed", range(8))
def test_the_stand_in_finds_just_what_the_core_finds(seed, tmp_path):
    random = Random(seed)
    rows = texts(random, WORDS, apart=(" ", ", ", "/", ". ", "-"))
    ours, theirs = stand_in(rows), core(tmp_path, rows)
    for _ in range(60):
        words = [_mistyped(random, random.choice(WORDS)) for _ in range(random.choice([1, 2, 3]))]
        if random.random() < 0.3:
            words.insert(0, f'"{" ".join(random.choices(WORDS, k=random.choice([2, 2, 3])))}"')
        text = " ".join(words) + random.choice(["", " "])
        assert ours(text) == theirs(text), text


def test_what_the_core_finds_first_the_embedded_engine_finds_too(tmp_path):
    random = Random(1)
    rows = texts(random, SIMPLE, count=300)
    ours, theirs = embedded(rows), core(tmp_path, rows)
    asked = [_mistyped(random, random.choice(SIMPLE)) + " " for _ in range(300)]
    asked += [f'"{" ".join(random.choices(SIMPLE, k=2))}"' for _ in range(100)]
    asked += [word[: random.randint(1, 4)] for word in random.choices(SIMPLE, k=100)]
    odd = [text for text in asked if not theirs(text) <= ours(text)]
    assert len(odd) <= len(asked) // 100, odd


@pytest.mark.parametrize("seed", range(4))
def test_what_the_embedded_engine_finds_without_typos_the_core_finds_too(seed, tmp_path):
    random = Random(seed)
    rows = texts(random, SIMPLE)
    ours, theirs = embedded(rows), core(tmp_path, rows)
    for _ in range(60):
        words = random.choices(SIMPLE, k=random.choice([1, 2, 3]))
        if random.random() < 0.3:
            words = [f'"{" ".join(words)}"']
        text = " ".join(words) + random.choice(["", " "])
        assert ours(text) <= theirs(text), text
