"""Which numbers would give away a few respondents: what is shown of some groups, taken from what is shown of others, leaves the difference.

Two numbers of the same question on bases that differ by five people tell what these five said. So do sums and differences of more than two.
Numbers are let through one after the other, and one is withheld when it and those before it would leave fewer people than the codebook asks for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

_PAIRED = 300
"""Most small groups of which unions of three and four are tried."""
_FEW_SHOWN = 12
"""Most bases shown of which differences of four are tried."""
_SIGNS = {count: np.array(list(product((1, -1), repeat=count)), dtype=np.int8) for count in (1, 2, 3)}
_NOUGHT = 1e-7
_CHUNK = 40
"""Bases that one whole number of 64 bits tells apart, beside what the earlier ones have told."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A number that is to be shown.

    Attributes:
        question: What is asked; only numbers of the same question tell of each other.
        base: Whether each respondent is in its base.
        columns: Columns that say who is asked.
        order: Which are let through first, whatever their size: those of the smallest number.
    """

    question: Hashable
    base: np.ndarray
    columns: frozenset[str] = frozenset()
    order: int = 0


def deducible(numbers: list[Shown], minimum: int) -> list[bool]:
    """Return which numbers may not be shown beside the others, because fewer respondents than the minimum could be worked out.

    Tried are all sums and differences of three bases, of four where few are shown, and all unions of at most four of the smallest groups that
    the bases form together; and the same for the bases by every one or two of the columns that say who is asked. Larger ones get precedence.

    Args:
        numbers: Numbers, each on at least as many respondents as the minimum.
        minimum: Fewest respondents a number may rest on.

    Example:
        >>> everybody, most = np.ones(30, dtype=bool), np.arange(30) < 25
        >>> deducible([Shown("q", everybody), Shown("q", most), Shown("r", most)], 10)
        [False, True, False]
    """
    families: dict[Hashable, list[int]] = defaultdict(list)
    for place, number in enumerate(numbers):
        families[number.question].append(place)
    held = [False] * len(numbers)
    for places in families.values():
        for place, withheld in zip(places, _family([numbers[place] for place in places], minimum), strict=True):
            held[place] = withheld
    return held


def _family(numbers: list[Shown], minimum: int) -> list[bool]:
    """Return which numbers of one question are withheld."""
    distinct: dict[bytes, list[int]] = defaultdict(list)
    for place, number in enumerate(numbers):
        distinct[np.packbits(number.base).tobytes()].append(place)
    groups = sorted(distinct.values(), key=lambda group: _precedence([numbers[place] for place in group]))
    kept, held = _Kept([numbers[group[0]] for group in groups], minimum), [False] * len(numbers)
    for row, group in enumerate(groups):
        if not kept.takes(row):
            for place in group:
                held[place] = True
    return held


def _precedence(same: list[Shown]) -> tuple[int, int]:
    return min(number.order for number in same), -int(same[0].base.sum())


class _Kept:
    """What is shown so far of one question.

    Args:
        numbers: All that may be shown, each on another base.
        minimum: Fewest respondents a number may rest on.
    """

    def __init__(self, numbers: list[Shown], minimum: int) -> None:
        self._views = [_View(rows, [numbers[row].base for row in rows], minimum) for rows in _views(numbers)]

    def takes(self, row: int) -> bool:
        """Return whether a number can be shown, and count it among the shown then."""
        views = [view for view in self._views if row in view.rows]
        if any(view.gives_away(row) for view in views):
            return False
        for view in views:
            view.shown.append(view.rows.index(row))
        return True


def _views(numbers: list[Shown]) -> Iterator[list[int]]:
    """Yield all rows, and those of each one or two columns where there are more."""
    yield list(range(len(numbers)))
    columns = sorted(frozenset[str]().union(*(number.columns for number in numbers)))
    for pair in combinations(columns, 2) if len(columns) > 2 else ():
        yield [row for row, number in enumerate(numbers) if number.columns <= set(pair)]


class _View:
    """Some bases, as the groups that they part respondents into.

    Args:
        rows: Which of the numbers they are.
        bases: Their bases.
        minimum: Fewest respondents a number may rest on.
    """

    def __init__(self, rows: list[int], bases: list[np.ndarray], minimum: int) -> None:
        self.rows, self.shown, self._minimum = rows, list[int](), minimum
        self._members, self._sizes = _parted(bases)
        self._small = np.flatnonzero(self._sizes < minimum)
        self._marks = np.random.default_rng(1).normal(size=(len(self._sizes), 2))

    def gives_away(self, row: int) -> bool:
        """Return whether a base and those shown leave few respondents: whether a union of few small groups is a sum of bases, each times some number.

        A union is such a sum when it is at right angles to all that is at right angles to the bases; marks at random are made so.
        """
        if not self._small.size or not self.shown:
            return False
        if self._difference_is_small(self._members[self.rows.index(row)].astype(np.int8)):
            return True
        told = self._members[[*self.shown, self.rows.index(row)]].T.astype(float)
        rest = self._marks - told @ np.linalg.lstsq(told, self._marks, rcond=None)[0]
        return _some_union_is_nought(rest[self._small], self._sizes[self._small], self._minimum)

    def _difference_is_small(self, base: np.ndarray) -> bool:
        """Return whether a base and up to two others, or three where few are shown, each added or taken off, leave few respondents."""
        others = self._members[self.shown].astype(np.int8)
        for count in range(1, 4 if len(others) <= _FEW_SHOWN else 3):
            for chosen in combinations(others, count):
                left = base + _SIGNS[count] @ np.array(chosen)
                people = np.abs(left @ self._sizes)
                whole = (left >= 0).all(axis=1) & (left <= 1).all(axis=1) | (left <= 0).all(axis=1) & (left >= -1).all(axis=1)
                if (whole & (people > 0) & (people < self._minimum)).any():
                    return True
        return False


def _parted(bases: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Return the groups of respondents who are in the same bases: whether each base holds each group, one row a base, and their sizes."""
    signs = np.zeros(len(bases[0]), dtype=np.int64) if bases else np.zeros(0, dtype=np.int64)
    for start in range(0, len(bases), _CHUNK):
        bits = sum((base.astype(np.int64) << place for place, base in enumerate(bases[start : start + _CHUNK])), np.zeros_like(signs))
        signs = np.unique(np.unique(bits, return_inverse=True)[1] + signs * (1 << 21), return_inverse=True)[1].astype(np.int64)
    _, first, sizes = np.unique(signs, return_index=True, return_counts=True)
    members = np.array([base[first] for base in bases]).reshape(len(bases), len(first))
    inside = members.any(axis=0)
    return members[:, inside], sizes[inside]


def _some_union_is_nought(values: np.ndarray, sizes: np.ndarray, minimum: int) -> bool:
    """Return whether the values of one to four groups with fewer respondents than the minimum add up to nought.

    Args:
        values: Two numbers a group.
        sizes: Respondents of each group.
        minimum: Fewest respondents a number may rest on.
    """
    alone, people = values, sizes
    if (np.abs(alone) < _NOUGHT).all(axis=1).any():
        return True
    one, other = np.triu_indices(len(values), 1)
    if len(values) > _PAIRED:
        return False
    together, count = values[one] + values[other], sizes[one] + sizes[other]
    few = count < minimum
    one, other, together, count = one[few], other[few], together[few], count[few]
    if (np.abs(together) < _NOUGHT).all(axis=1).any():
        return True
    parts = np.concatenate([alone, together])
    members = [{place} for place in range(len(values))] + [{int(left), int(right)} for left, right in zip(one, other, strict=True)]
    return _two_are_opposite(parts, members, np.concatenate([people, count]), minimum)


def _two_are_opposite(parts: np.ndarray, members: list[set[int]], sizes: np.ndarray, minimum: int) -> bool:
    """Return whether two parts without a common group, of few respondents together, add up to nought."""
    order = np.argsort(parts[:, 0])
    ranked = parts[order, 0]
    starts = np.searchsorted(ranked, -parts[:, 0] - _NOUGHT)
    ends = np.searchsorted(ranked, -parts[:, 0] + _NOUGHT)
    for place in np.flatnonzero(ends > starts):
        for other in order[starts[place] : ends[place]]:
            apart = not members[place] & members[other] and sizes[place] + sizes[other] < minimum
            if apart and (np.abs(parts[place] + parts[other]) < _NOUGHT).all():
                return True
    return False
