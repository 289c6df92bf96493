"""What differs between two answers to one query."""


def difference(query, ours, theirs):
    """In a few words; empty if they say the same."""
    told = []
    if ours.total != theirs.total:
        told.append(f"total {ours.total} / {theirs.total}")
    if ours.hits != theirs.hits:
        n, a, b = next(_unequal(ours.hits, theirs.hits))
        told.append(f"hit {n} {_hit(a)} / {_hit(b)}")
    told += [
        f"{facet} {_only(ours.facets[facet], theirs.facets[facet])} / "
        f"{_only(theirs.facets[facet], ours.facets[facet])}"
        for facet in query.facets
        if ours.facets[facet] != theirs.facets[facet]
    ]
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
    return dict(set(counts) - set(others)) or "in another order"
