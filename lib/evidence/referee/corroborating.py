"""Alarms held against each other: what one rule alone says is asked and not told, unless such rules have proved right by themselves.

A number that went wrong does not fit several others, and mostly several rules see it. What one alone sees was mostly reckoned from others, or read wrongly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from evidence.referee.comparing import Compared, Confidence

ALONE = frozenset(
    {
        *("beyond.falls_beyond", "columns.check", "durations.durations", "in_points.points_as_percent", "marks.means_of_marks"),
        *("moved.changes_told", "multiples.so_many_times", "parts.remainders", "reaches.told_ranges", "tabled.check"),
        *("taken_together.of_a_table", "wording.check", "dates.check", "trends.check"),
    }
)
"""Rules that were right oftener than wrong where no other rule saw what they did, on reports nobody had mended them against.

The last two were hardly ever heard there, and right on the reports that this book audits.
"""


SECONDING = frozenset({"differences.sizes", "portions.portions", "each.shared", "parts.broken_down"})
"""Rules whose questions were idle ten times for each that was not: what they see seconds the alarm of another, and is not asked."""


def corroborated(found: Iterable[Compared]) -> Iterator[Compared]:
    """Yield comparisons: an alarm at a number at which no other rule alarms becomes a question, and a question of a reckoning is then not put.

    What rules see that have proved right alone is told, and what is seen only to second another is never asked.
    """
    found = list(found)
    rules: dict[int, set[tuple[str, tuple[int, int]]]] = defaultdict(set)
    for one in found:
        if not one.holds:
            rules[one.sentence] |= {(one.rule, span) for span in one.spans}
    for one in found:
        sure = one.holds or one.rule in ALONE or _by_others(one, rules[one.sentence])
        asked = not sure or one.confidence is Confidence.question
        if one.holds or not asked or (one.rule not in SECONDING and not _is_idle(one, sure=sure)):
            yield one if sure else replace(one, confidence=Confidence.question)


def _is_idle(one: Compared, *, sure: bool) -> bool:
    """Return whether a question is of a reckoning that no other rule has made."""
    return not sure and one.given is not None and one.confidence is Confidence.question


def _by_others(one: Compared, told: set[tuple[str, tuple[int, int]]]) -> bool:
    """Return whether another rule alarms at a number at which this one does."""
    return any(rule != one.rule and start < last and first < end for rule, (start, end) in told for first, last in one.spans)
