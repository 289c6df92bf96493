"""What differs between two answers to one query."""

MOST = 2  # facets that are told of


def difference(query, ours, theirs):
    """In a few words; empty if they say the same."""
    told = []
    if ours.total != theirs.total:
        told.append(f"total {ours.total} / {theirs.total}")
    if ours.hits != theirs.hits:
        n, a, b = next(_unequal(ours.hits, theirs.hits))
        told.append(f"hit {n} {_hit(a)} / {_hit(b)}")
    other = [facet for facet in query.facets if ours.facets[facet] != theirs.facets[facet]]
    told += [
        f"{facet} {_only(ours.facets[facet], theirs.facets[facet])} / "
        f"{_only(theirs.facets[facet], ours.facets[facet])}"
        for facet in other[:MOST]
    ]
    told += [f"{len(other) - MOST} facets more"] if len(other) > MOST else []
    return "; ".join(told)


def _unequal(ours, theirs):
    for n in range(max(len(ours), len(theirs))):
        a, b = (hits[n] if n < len(hits) else None for hits in (ours, theirs))
        if a != b:
            yield n + 1, a, b


def _hit(hit):
    if hit is None:
        return "none"
    return f"#{hit.id}" + ("" if hit.miles is None else f" at {hit.miles:.4f} mi")


def _only(counts, others):
    told = [f"{value} {count}" for value, count in counts if (value, count) not in others]
    return ", ".join(told) or "nothing else"
