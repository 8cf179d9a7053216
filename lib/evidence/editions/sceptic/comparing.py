"""Compare a published file with the one built again, and name each place where they differ."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from evidence.catalog.characters import shown
from evidence.problems import Place, Problem

_BLOCK = 4096
_AROUND = 32
_BEFORE = 4000
"""Characters before a difference in which the record it belongs to is looked for."""
_MOST_LINES = 4000
"""Lines that are compared one by one where the length of a file differs; more are one difference."""
_NEAR = 4
"""Bytes from one differing byte to the next within which both are one difference."""
_MOST = 2000
"""Differences that are named one by one in a file; the rest of them are counted."""
_RECORD = re.compile(
    r'data-evidence="\w+ ([^"]+)"|class="(?:figure|claim|finding)[^"]*" href="[^"#]*#([^"]+)"|\bid="([^"]+)"|"id": "([^"]+)"'
)

Span = tuple[int, int, int, int]
"""Where two files differ: from and to in the published one, from and to in the one built again."""


def differences(name: str, published: bytes | None, rebuilt: bytes) -> list[Problem]:
    r"""Return every place where a published file differs from the one its sources give.

    Args:
        name: Its name in the site.
        published: What is published; None where nothing is.
        rebuilt: What the sources give.

    Example:
        >>> print(*differences("a.csv", b"id,value\nfirms,900\n", b"id,value\nfirms,800\n"))
        a.csv (firms), line 2: reads "id,value firms,900", where its sources give "id,value firms,800".
        >>> differences("a.csv", b"id", b"id")
        []
    """
    if published is None:
        return [Problem(Place(name), "is not published, and its sources give it.")]
    if published == rebuilt:
        return []
    spans = list(_runs(published, rebuilt) if len(published) == len(rebuilt) else _hunks(published, rebuilt))
    more = [Problem(Place(name), f"differs in {len(spans) - _MOST:,} places more.")] if len(spans) > _MOST else []
    try:
        rebuilt.decode()
    except UnicodeDecodeError:
        return [*(_of_bytes(name, published, rebuilt, span) for span in spans[:_MOST]), *more]
    return [*(_of_text(name, published, rebuilt, span) for span in spans[:_MOST]), *more]


def _runs(published: bytes, rebuilt: bytes) -> Iterator[Span]:
    """Yield the runs of differing bytes of two files of one length; those that few equal bytes part are one."""
    start, last = -1, 0
    for block in range(0, len(published), _BLOCK):
        left, right = published[block : block + _BLOCK], rebuilt[block : block + _BLOCK]
        for place in (block + one for one, (a, b) in enumerate(zip(left, right, strict=True)) if a != b) if left != right else ():
            if start >= 0 and place - last > _NEAR:
                yield start, last + 1, start, last + 1
                start = -1
            start, last = place if start < 0 else start, place
    if start >= 0:
        yield start, last + 1, start, last + 1


def _hunks(published: bytes, rebuilt: bytes) -> Iterator[Span]:
    """Yield the differing parts of two files of unequal length: what is left of each hunk of lines without its common ends."""
    ahead, behind = _common(published, rebuilt)
    one, other = (content[ahead : len(content) - behind].splitlines(keepends=True) for content in (published, rebuilt))
    if max(len(one), len(other)) > _MOST_LINES:
        yield ahead, len(published) - behind, ahead, len(rebuilt) - behind
        return
    at, there = ([ahead + sum(map(len, lines[:count])) for count in range(len(lines) + 1)] for lines in (one, other))
    for kind, first, last, begin, end in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind != "equal":
            front, back = _common(b"".join(one[first:last]), b"".join(other[begin:end]))
            yield at[first] + front, at[last] - back, there[begin] + front, there[end] - back


def _common(one: bytes, other: bytes) -> tuple[int, int]:
    """Return how many bytes two texts have in common at their begin, and how many of the rest at their end."""
    shorter = min(len(one), len(other))
    ahead = next((place for place in range(shorter) if one[place] != other[place]), shorter)
    rest = shorter - ahead
    behind = next((count for count in range(rest) if one[-1 - count] != other[-1 - count]), rest)
    return ahead, behind


def _of_bytes(name: str, published: bytes, rebuilt: bytes, span: Span) -> Problem:
    start, end, begin, stop = span
    found, given = (content.hex(" ") or "nothing" for content in (published[start:end][:8], rebuilt[begin:stop][:8]))
    return Problem(Place(name), f"byte {start + 1:,} is {found}, where its sources give {given}.")


def _of_text(name: str, published: bytes, rebuilt: bytes, span: Span) -> Problem:
    start, end, begin, stop = span
    place = Place(name, line=rebuilt.count(b"\n", 0, begin) + 1, name=_record(name, rebuilt, begin))
    return Problem(place, f'reads "{_words(published, start, end)}", where its sources give "{_words(rebuilt, begin, stop)}".')


def _record(name: str, rebuilt: bytes, place: int) -> str:
    """Return the id of the record that a place belongs to: the nearest before it, of a table the first cell of the row."""
    if name.endswith(".csv"):
        return rebuilt[rebuilt.rfind(b"\n", 0, place) + 1 :].decode().lstrip("\ufeff").partition("\n")[0].partition(",")[0].strip('"')[:80]
    before = rebuilt[max(place - _BEFORE, 0) : place].decode(errors="ignore")
    found = [next(filter(None, match.groups())) for match in _RECORD.finditer(before)]
    return found[-1] if found else ""


def _words(content: bytes, start: int, end: int) -> str:
    """Return a part of a file with what stands around it, on one line; what nobody could see is shown as its number."""
    around = content[max(start - _AROUND, 0) : min(end, start + 2 * _AROUND) + _AROUND]
    return shown(" ".join(around.decode(errors="replace").split()))
