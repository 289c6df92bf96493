"""Measure the search engine alone, against tantivy and against a floor, in one run.

Every query is asked of all of them, one after the other, in an order that alternates: what slows
the machine slows them alike. Compare runs by ratios. ``cpu_p99`` leaves out when others ran.
"""

import gc
import json
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import click

from benchmarks.__main__ import FIGURES, about
from benchmarks.asked import COUNTED, families
from benchmarks.corpus import documents
from benchmarks.rivals import Floor, Tantivy
from careercenter.listings.engine.engine import Engine
from careercenter.listings.index import Facet, ListingDocument, Query

SEED = 7
ASKED_OF = 5000  # listings whose words are asked for
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
Search = Callable[[Query], object]
Time = tuple[float, float]  # milliseconds: that passed, and that the processor worked
Times = dict[str, list[Time]]  # by who was asked


@click.command()
@click.option("--listings", multiple=True, type=int, default=(10_000, 20_000, 100_000))
@click.option("--each", default=70, help="Queries of each of the eight families.")
def main(listings: tuple[int, ...], each: int) -> None:
    """Each size is a line of figures.jsonl."""
    for count in listings:
        with ProcessPoolExecutor(1, get_context("spawn")) as process:  # for its memory
            figures = process.submit(measure, count, each).result()
        with FIGURES.open("a") as file:
            file.write(json.dumps(figures | {"listings": count} | about()) + "\n")
        click.echo(json.dumps(figures, indent=1))


def measure(count: int, each: int) -> dict[str, object]:
    corpus = list(documents(count, SEED, NOW))
    engine, built_in, megabytes = _built(corpus)
    asked = families(corpus[:: max(1, count // ASKED_OF)], each, SEED)
    searches: dict[str, Search] = {
        "engine": lambda query: engine.search(query, NOW),
        "tantivy": Tantivy(corpus).search,
        "floor": Floor(corpus, COUNTED).search,
    }
    gc.collect()
    gc.freeze()  # as before the workers are made
    times = {name: _asked(queries, searches) for name, queries in asked.items()}
    return {
        "engine_alone": True,
        "build_s": round(built_in, 2),
        "engine_mb": round(megabytes, 1),
        "families": {name: _family(some) for name, some in times.items()},
        "all": _family(_together(times)),
        "tantivy_over_engine": _mean_ratio(times, "tantivy", "engine"),
        "engine_over_floor": _mean_ratio(times, "engine", "floor"),
        "suggestions": _summary(_suggested(engine, corpus)),
    }


def _built(corpus: Sequence[ListingDocument]) -> tuple[Engine, float, float]:
    """The engine, the seconds it took and the megabytes that this process grew by."""
    gc.collect()
    gc.disable()  # as at the start of the board
    before, began = _resident(), time.perf_counter()
    engine = Engine.build(corpus, seq=1)
    took, grown = time.perf_counter() - began, _resident() - before
    gc.enable()
    return engine, took, grown


def _resident() -> float:
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def _asked(queries: Sequence[Query], searches: dict[str, Search]) -> Times:
    times: Times = {name: [] for name in searches}
    for n, query in enumerate(queries):
        for name in [*searches] if n % 2 else reversed(searches):
            times[name].append(_timed(partial(searches[name], query)))
    return times


def _suggested(engine: Engine, corpus: Sequence[ListingDocument]) -> list[Time]:
    """For the beginnings of values, from two letters on, in facets with many values and few."""
    facets = (Facet.EMPLOYER, Facet.CITY, Facet.SPECIALTY, Facet.CREDENTIAL, Facet.ROLE)
    typed = {
        (facet, value[:length])
        for document in corpus[:: max(1, len(corpus) // 50)]
        for facet in facets
        for value in document.facets.get(facet, ())[:1]
        for length in (2, 3, 5)
    }
    return [
        _timed(partial(engine.suggest, facet, prefix, Query(), now=NOW))
        for facet, prefix in sorted(typed)
    ]


def _timed(call: Callable[[], object]) -> Time:
    began, worked = time.perf_counter(), time.thread_time()
    call()
    worked = time.thread_time() - worked
    return (time.perf_counter() - began) * 1000, worked * 1000


def _family(times: Times) -> dict[str, object]:
    found: dict[str, object] = {name: _summary(some) for name, some in times.items()}
    return found | {
        "tantivy_over_engine": round(_ratio(times, "tantivy", "engine"), 2),
        "engine_over_floor": round(_ratio(times, "engine", "floor"), 2),
    }


def _together(times: dict[str, Times]) -> Times:
    names = next(iter(times.values()))
    return {name: [t for family in times.values() for t in family[name]] for name in names}


def _mean_ratio(times: dict[str, Times], slow: str, quick: str) -> float:
    """The geometric mean over the families."""
    ratios = [_ratio(family, slow, quick) for family in times.values()]
    return round(statistics.geometric_mean(ratios), 2)


def _ratio(times: Times, slow: str, quick: str) -> float:
    """Of the medians of the time that passed."""
    medians = [statistics.median(passed for passed, _ in times[name]) for name in (slow, quick)]
    return medians[0] / medians[1]


def _summary(times: Sequence[Time]) -> dict[str, float]:
    passed, worked = (statistics.quantiles(some, n=100) for some in zip(*times, strict=True))
    named = {"p50": passed[49], "p95": passed[94], "p99": passed[98], "cpu_p99": worked[98]}
    return {name: round(cut, 2) for name, cut in named.items()} | {"n": len(times)}


if __name__ == "__main__":
    main()
