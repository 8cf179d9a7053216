"""Files that only programs read, as what is other in them than in the same file of an earlier edition."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from evidence.parsing import parse_json

_ENDS = re.compile(r"(?<=\n)|(?<=[}\]],)")
"""Where a line ends: at its end, and after a record within it."""
_MOST = 2**26
"""Characters that are put together at most."""
_TRIED = 8
"""Places of a line in the earlier file that are tried: one that stands everywhere tells little."""


def delta(base: bytes, made: bytes) -> bytes:
    r"""Return what makes one text of another: a list in JSON, in which two numbers stand for pieces of the other, from where and how many, and a text for itself.

    Example:
        >>> delta(b"a\nb\nc\n", b"a\nB\nc\n")
        b'[[0,1],"B\\n",[2,2]]'
    """
    found = pieces(_lines(base), _lines(made))
    told = ["".join(part) if isinstance(part, list) else part for part in found]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def patched(base: bytes, parts: bytes) -> bytes:
    r"""Return what a text becomes with what is other in it.

    Raises:
        ValueError: If that is no such list, or the text has no such pieces.

    Example:
        >>> patched(b"a\nb\nc\n", b'[[0,1],"B\\n",[2,1]]')
        b'a\nB\nc\n'
    """
    return assembled(_lines(base), parse_json(parts)).encode()


def assembled(old: list[str], parts: Iterable[Any]) -> str:
    """Return a text made of pieces of another, each told by two numbers, from which and how many, and of texts of its own.

    Raises:
        ValueError: If the other has no such pieces.
        TypeError: If a part is neither.
    """
    made: list[str] = []
    length = 0
    for part in parts:
        if isinstance(part, str):
            made.append(part)
            continue
        start, number = (int(end) for end in part)
        if not 0 <= start <= start + number <= len(old):
            raise ValueError(f"it names pieces {start} to {start + number} of {len(old)}")
        made += old[start : start + number]
        if (length := length + sum(map(len, made[-number:])) if number else length) > _MOST:
            raise ValueError("it makes too much of it")
    return "".join(made)


def pieces(old: list[str], new: list[str]) -> Iterator[tuple[int, int] | list[str]]:
    """Yield of what a text is made, piece by piece: from which piece of another and how many, or its own.

    Example:
        >>> list(pieces(["a", "b", "c"], ["a", "B", "c"]))
        [(0, 1), ['B'], (2, 1)]
    """
    where, place = _places(old), 0
    own: list[str] = []
    while place < len(new):
        start, number = _longest(old, new, place, where[new[place]])
        if not number:
            own.append(new[place])
            place += 1
            continue
        if own:
            yield own
        yield start, number
        own, place = [], place + number
    if own:
        yield own


def _lines(text: bytes) -> list[str]:
    return _ENDS.split(text.decode())


def _places(old: list[str]) -> defaultdict[str, list[int]]:
    where: defaultdict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(old):
        where[line].append(number)
    return where


def _longest(old: list[str], new: list[str], place: int, starts: list[int]) -> tuple[int, int]:
    """Return where in the old lines the longest run begins that stands at a place of the new, and how long it is."""
    near = sorted(starts, key=lambda start: (abs(start - place), start))[:_TRIED]
    runs = [(_run(old, new, start, place), -abs(start - place), start) for start in near]
    number, _, start = max(runs, default=(0, 0, 0))
    return start, number


def _run(old: list[str], new: list[str], start: int, place: int) -> int:
    number = 0
    while start + number < len(old) and place + number < len(new) and old[start + number] == new[place + number]:
        number += 1
    return number
