"""Groups of areas for a map: about as many areas in each, named by the values they really have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise


def grouped(values: Mapping[str, float], shown: Callable[[float], str], groups: int = 5) -> tuple[list[str], dict[str, str]]:
    """Return the names of the groups, lowest first, and the group of each area; areas of the same value stay together.

    Args:
        values: Value by area code; at least one.
        shown: How a value is written.
        groups: How many groups at most.

    Example:
        >>> grouped({"a": 1, "b": 2, "c": 2, "d": 9}, str, 2)
        (['1', '2 to 9'], {'a': '1', 'b': '2 to 9', 'c': '2 to 9', 'd': '2 to 9'})
    """
    ordered = sorted(values.values())
    edges = sorted({ordered[len(ordered) * number // groups] for number in range(1, groups)} - {ordered[0]})
    names: list[str] = []
    group_of: dict[str, str] = {}
    for low, high in pairwise([float("-inf"), *edges, float("inf")]):
        inside = {code: value for code, value in values.items() if low <= value < high}
        low_end, high_end = shown(min(inside.values())), shown(max(inside.values()))
        name = high_end if low_end == high_end else f"{low_end.partition(' per ')[0]} to {high_end}"
        names.append(name)
        group_of |= dict.fromkeys(inside, name)
    return list(dict.fromkeys(names)), {code: group_of[code] for code in values}
