"""``python -m tests.contract.compare [QUERIES]``: what a real server answers otherwise.

Asks the server of MEILI_URL and the embedded engine the golden set and random queries, and prints
each query to which the answers differ: ours / the server's. Makes its own indexes and removes them.
"""

from dataclasses import fields

import click

from careercenter.listings.index import Query
from tests.contract import engines, golden
from tests.contract.boards import NOW, asked, board
from tests.contract.comparing import difference


def _compared(documents, queries, now):
    """Each query, by its name, with what differs."""
    server = engines.Meilisearch(engines.URL, engines.MASTER_KEY)
    with engines.Embedded().board(documents) as ours, server.board(documents) as theirs:
        for name, query, reason in queries:
            told = difference(query, ours.search(query, now), theirs.search(query, now))
            yield name, told, reason


@click.command()
@click.argument("count", type=int, default=1000)
@click.option("--seed", type=int, default=1)
def main(count: int, seed: int) -> None:
    if not engines.URL:
        raise click.UsageError("MEILI_URL and MEILI_MASTER_KEY must name a server.")
    cases = [(case.name, case.query, case.server) for case in golden.CASES]
    random = [(_described(query), query, "") for query in asked(seed, count)]
    _tell("golden", _compared(golden.DOCUMENTS, cases, golden.NOW))
    _tell("random", _compared(board(), random, NOW))


def _described(query):
    """What is not as by default; ids that are hidden are only counted."""
    told = [f"{query.text!r}"]
    for field in fields(Query)[1:]:
        value = getattr(query, field.name)
        if value and value != getattr(Query(), field.name):
            told.append(f"{field.name}={len(value) if field.name == 'hidden' else _plain(value)}")
    return " ".join(told)


def _plain(value):
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, frozenset | tuple):
        return [str(one) if isinstance(one, str) else one for one in value]
    return value


def _tell(title, compared):
    all_, differ = 0, 0
    for name, told, reason in compared:
        all_ += 1
        if told:
            differ += 1
            click.echo(f"{name}\n    {told}" + (f"\n    known: {reason}" if reason else ""))
    click.echo(f"{title}: {differ} of {all_} queries are answered otherwise")


if __name__ == "__main__":
    main()
