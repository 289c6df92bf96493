"""Measure the pages at 2,000 and 20,000 live listings on SQLite with one worker."""

import json
import platform
import re
import statistics
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import click

from benchmarks.queries import families
from benchmarks.rate import pages_a_second
from benchmarks.server import ROOT, Board, board
from benchmarks.visible import approve_to_searchable

LISTING = "/jobs/<int(max=2147483647):posting_id>-<slug>"
FIGURES = Path(__file__).parent / "figures.jsonl"


@click.command()
@click.option("--listings", multiple=True, type=int, default=(2_000, 20_000))
@click.option("--each", default=70, help="Searches of each of the eight families.")
def main(listings: tuple[int, ...], each: int) -> None:
    """Each run is a line of figures.jsonl; ``floor`` is the cheapest page, for a ratio."""
    for count in listings:
        with board(count) as running:
            figures = measure(running, each) | {"listings": count} | about()
        with FIGURES.open("a") as file:
            file.write(json.dumps(figures) + "\n")
        click.echo(json.dumps(figures, indent=1))


def measure(running: Board, each: int) -> dict[str, object]:
    for _ in range(20):
        running.get("/jobs")
    floor = [running.get("/healthz")[0] for _ in range(300)]
    searches = {name: _times(running, some) for name, some in families(11, each).items()}
    pages = [time for times in searches.values() for time in times]
    listing = [running.get(path)[0] for path in _listing_paths(running)]
    middle = statistics.median(floor)
    return {
        "load_s": round(running.loaded_in, 1),
        "first_answer_s": round(running.first_answer, 2),
        "search": _summary(pages) | {"over_floor": round(statistics.median(pages) / middle, 1)},
        "families": {name: _summary(times) for name, times in searches.items()},
        "listing": _summary(listing)
        | {"over_floor": round(statistics.median(listing) / middle, 1)},
        "on_the_server": {
            "search": _summary(running.on_the_server("/jobs")[-len(pages) :]),
            "listing": _summary(running.on_the_server(LISTING)[-len(listing) :]),
        },
        "floor": _summary(floor),
        "first_visit_kb": _first_visit(running),
        "worker_mb": round(running.worker_megabytes(), 1),
        "approve_to_searchable_s": round(approve_to_searchable(running), 3),
        "pages_a_second": round(pages_a_second(running)),
    }


def _times(running: Board, searches: list[dict[str, list[str]]]) -> list[float]:
    times = []
    for search in searches:
        took, response, _ = running.get("/jobs?" + urlencode(search, doseq=True))
        assert response.status in (200, 404), response.status
        times.append(took)
    return times


def _listing_paths(running: Board) -> list[str]:
    found: list[str] = []
    for page in range(1, 16):
        body = _plain(running, f"/jobs?sort=newest&page={page}")
        found += re.findall(r'href="(/jobs/\d+-[a-z0-9-]+)"', body)
    return list(dict.fromkeys(found))


def _plain(running: Board, path: str) -> str:
    running.connection.request("GET", path)
    return running.connection.getresponse().read().decode()


def _first_visit(running: Board) -> dict[str, float]:
    """Compressed kilobytes of the page and all it loads."""
    sizes = {}
    for path in ("/", "/jobs", _listing_paths(running)[0]):
        html = len(running.get(path)[2])
        linked = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', _plain(running, path)))
        sizes[path.split("-")[0]] = round(
            (html + sum(len(running.get(p)[2]) for p in linked)) / 1000, 1
        )
    return sizes


def _summary(times: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=100)
    return {"p50": round(cuts[49], 2), "p99": round(cuts[98], 2), "n": len(times)}


def about() -> dict[str, str]:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return {
        "commit": commit.stdout.strip(),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


if __name__ == "__main__":
    main()
