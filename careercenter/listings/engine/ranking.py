"""The order of the hits.

The chosen sort comes first: the newest by the second, the best paid by the top of their range, the
nearest. Then typos (the fewest each word can be met with, summed), then attributes (the best for
each word with that few typos, summed), quality, the day of posting, and at last the id, the highest
first. All hits meet the same words, so that the number of words decides nothing.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

from careercenter.listings.engine.columns import Column, Numbers, quality_and_day, slots_of
from careercenter.listings.engine.matching import Match
from careercenter.listings.engine.places import Floats
from careercenter.listings.engine.state import State
from careercenter.listings.index import Sort, Standing

Slots = npt.NDArray[np.intp]
Costs = npt.NDArray[np.int32]
Key = tuple[
    Numbers | Floats | Costs, int
]  # a value for each slot; 1: the lowest first, -1: the highest


def keys(sort: Sort, table: Numbers, costs: Costs | None, miles: Floats | None) -> Iterator[Key]:
    """What the slots are ordered by; the last key differs from slot to slot.

    Without ``costs`` no words were asked for, without ``miles`` no place.
    """
    if sort is Sort.NEWEST:
        yield table[Column.POSTED], -1
    elif sort is Sort.PAY:
        yield table[Column.PAY_MAX], -1
    elif sort is Sort.DISTANCE and miles is not None:
        yield miles, 1
    if costs is not None:
        yield costs, 1
    yield table[Column.RANK], -1


def leading_by_term(found: BitMap, match: Match, count: int, order: Sequence[Key]) -> Slots:
    """The first ``count`` of the slots found, by what the term costs them, then in order."""
    taken = [np.zeros(0, np.intp)]
    for _, slots in match.levels:
        if count and (level := found & slots):
            taken.append(leading(level, min(count, len(level)), order))
            count -= len(taken[-1])
    return np.concatenate(taken)


def summed_costs(found: BitMap, matches: Iterable[Match], size: int) -> Costs:
    """For each of ``size`` slots what meeting the terms costs it; nothing for those not found."""
    summed = np.zeros(size, np.int32)
    for match in matches:
        left = len(found)
        for cost, slots in match.levels:
            if not left:
                break
            level = found & slots
            left -= len(level)
            if cost and level:
                summed[slots_of(level)] += cost
    return summed


def lead(sort: Sort, table: Numbers, miles: Floats | None, slot: int) -> float | None:
    """What the sort looks at: seconds since the epoch, cents an hour, or miles."""
    if sort is Sort.NEWEST:
        return int(table[Column.POSTED, slot])
    if sort is Sort.PAY:
        return int(table[Column.PAY_MAX, slot])
    return float(miles[slot]) if sort is Sort.DISTANCE and miles is not None else None


def standing(state: State, matches: Sequence[Match], slot: int) -> Standing:
    """What a slot that meets all the terms is ordered by inside the sort, in words."""
    costs = [divmod(match.cost(slot), state.typo) for match in matches]
    searchable = state.settings.searchable
    quality, day = quality_and_day(int(state.table[Column.RANK, slot]))
    return Standing(
        words=len(costs),
        typos=sum(typos for typos, _ in costs),
        attributes=tuple(searchable[attribute] for _, attribute in costs),
        quality=quality,
        day=day,
    )


def leading(found: BitMap, count: int, order: Sequence[Key]) -> Slots:
    """The first ``count`` (at least one) of the slots found, in order.

    Key after key, only those stay in question that are level with the last to be taken: this is
    far less work than sorting all of them.
    """
    level = slots_of(found)
    taken = []
    for column, direction in order:
        if len(level) <= count:
            break
        values = column[level] * direction
        last = np.partition(values, count - 1)[count - 1]
        taken.append(level[values < last])
        level = level[values == last]
        count -= len(taken[-1])
    slots = np.concatenate([*taken, level])
    return slots[np.lexsort([column[slots] * direction for column, direction in reversed(order)])]
