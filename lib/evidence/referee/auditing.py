"""The audit of a report: every check over every sentence and table, in order of place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from evidence.errors import SourceError
from evidence.referee.checks import (
    behind,
    changes,
    columns,
    dates,
    linked,
    listed,
    per_head,
    per_time,
    ranges,
    ratios,
    reckoned,
    repeats,
    shares,
    sums,
    tabled,
    trends,
    wholes,
    wording,
)
from evidence.referee.comparing import Compared, Confidence, spot, told_by
from evidence.referee.constructions.binding import by_construction
from evidence.referee.corroborating import corroborated
from evidence.referee.document import Report
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations import clauses, construction, otherwise
from evidence.referee.relations.grounds import Grounds
from evidence.referee.relations.holding import bound, in_words, settled
from evidence.referee.relations.misreckoned import misreckoned
from evidence.referee.relations.reach import Reach
from evidence.referee.relations.restated import Restating, restated
from evidence.referee.relations.settling import Settled, likely

Span = tuple[int, int]

SENTENCES: tuple[Callable[[Sentence], Iterator[Compared]], ...] = (
    *(
        wording.check,
        shares.check,
        changes.check,
        ratios.check,
        ranges.check,
        per_head.check,
        per_time.check,
        sums.check,
        wholes.check,
        behind.check,
        dates.check,
    ),
)
"""Checks of a sentence, with those before it in its paragraph."""
DOCUMENTS: tuple[Callable[[Report], Iterator[Compared]], ...] = (
    *(listed.check, repeats.check, tabled.check, columns.check, reckoned.check, trends.check),
)
"""Checks of a whole report."""
FEW = 20
"""Of how many numbers some two give any other by chance: there are 190 pairs of twenty, and two digits have ninety values."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What came of the audit of one report.

    Attributes:
        document: The report.
        comparisons: What was held against what, in order of place, each once.
        excused: Alarms that a suppression excuses, each with its reason.
    """

    document: Report
    comparisons: list[Compared]
    excused: list[tuple[Compared, str]]

    @property
    def alarms(self) -> list[Compared]:
        """What does not agree and nobody has excused, questions left out."""
        return [found for found in self._open if found.confidence is not Confidence.question]

    @property
    def questions(self) -> list[Compared]:
        """What can be read in two ways, for the author to answer."""
        return [found for found in self._open if found.confidence is Confidence.question]

    @property
    def counts(self) -> dict[str, tuple[int, int]]:
        """How many comparisons each kind of check made, and how many of them agree."""
        made = Counter(found.kind for found in self.comparisons)
        agreed = Counter(found.kind for found in self.comparisons if found.holds)
        return {kind: (number, agreed[kind]) for kind, number in sorted(made.items())}

    @property
    def _open(self) -> list[Compared]:
        excused = {id(found) for found, _ in self.excused}
        return [found for found in self.comparisons if not found.holds and id(found) not in excused]


def audit(document: Report) -> Audit:
    """Return what comes of holding the numbers of a report against each other.

    Raises:
        SourceError: If there are more of them, or more that are alike, than can be held against each other in time.
    """
    _check_size(document)
    found = [one for sentence in document.sentences for check in SENTENCES for one in told_by(check, check(sentence))]
    taken = _taken(found)
    for sentence in document.sentences:
        found += told_by(linked.check, linked.check(sentence, taken.get(sentence.number, frozenset())))
    for check in DOCUMENTS:
        found += told_by(check, check(document))
    found += told_by(dates.after_the_report, dates.after_the_report(document.sentences))
    reach = Reach(document)
    known = settled(reach)
    found += [*in_words(reach), *(one.found for one in known)]
    found = [one for one in found if one.holds or not _explained(one, known)]
    found = [construction.judged(one) for one in Grounds(reach).judged(found)]
    told = Restating(reach)
    alone = _states_few(document)
    again = [*told_by(restated, restated(told)), *told_by(misreckoned, misreckoned(told))]
    found = [likely(one) for one in (*again, *found, *told_by(clauses.check, clauses.check(document)), *bound(reach))]
    found = [one for one in found if one.holds or not otherwise.explained(one, reach)]
    bound_in_words = [
        one for one in by_construction(reach) if one.holds or one.kind != "share × base" or not otherwise.explained(one, reach)
    ]
    right = {spot(one.claim) for one in bound_in_words if one.holds and one.claim}
    found = [one for one in found if one.holds or not (one.contested and spot(one.contested) in right)]
    found = [*bound_in_words, *found] if alone else list(corroborated([*bound_in_words, *found]))
    return Audit(document, sorted(_once(found), key=lambda one: (one.place, one.sentence)), [])


def _states_few(document: Report) -> bool:
    """Return whether a text states so few numbers that hardly any is given by others by chance."""
    cells = sum(any(sign.isdigit() for sign in cell) for table in document.tables for row, _ in table.rows for cell in row)
    return cells + sum(len(sentence.mentions) for sentence in document.sentences) <= FEW


def _explained(one: Compared, known: list[Settled]) -> bool:
    """Return whether a relation that holds explains an alarm: the number has the size it has for another reason, or both are parts of one relation.

    The same two numbers the other way round explain no ratio, and nothing a list of parts with their whole beside them, or a bound in words whose
    numbers stand in its own construction: "over half" is true of many.
    """
    own, used = set(map(spot, one.numbers)), set(map(spot, one.operands))
    for other in known:
        most = 0 if not one.places else 1 if one.kind == "change" else 2
        if not other.found.holds or other.far > most:
            continue
        theirs = set(map(spot, other.found.operands))
        whole = {*theirs, spot(other.claim)}
        if one.kind == "repeat" and own & whole and (used - own) & whole:
            return True
        if (
            one.kind == other.found.kind == "change"
            and len((own | used) & theirs) > 1
            and one.sentence == other.claim.sentence.number
            and not (one.claim and _in_other_words(one.claim, other.claim))
        ):
            return True
        turned = one.kind == "ratio" and theirs <= own | used
        sure = one.confidence is Confidence.high and (one.kind == "sum" or (one.claim and one.claim.quantity.hedge in _BOUNDS))
        if one.kind == other.found.kind and not (turned or sure) and one.contested and spot(other.claim) == spot(one.contested):
            return True
    return False


def _in_other_words(one: Occurrence, other: Occurrence) -> bool:
    """Return whether a number says again, in another unit, what the one right before it says: "a drop of 225, or 5%"."""
    between = one.sentence.text[min(one.end, other.end) : max(one.start, other.start)]
    return one.quantity.unit != other.quantity.unit and _OR.fullmatch(between) is not None


_BOUNDS = ("above", "below", "at least", "up to")
_OR = re.compile(r"(?: [a-z]+)?,? ?\(?(?:or |that is,? |equivalent to )?(?:by )?(?:an? )?(?:\w+ of )?")


MOST_NUMBERS, MOST_CELLS, MOST_SENTENCES = 20_000, 50_000, 40_000
"""Numbers of a report's sentences, and cells of its tables, at most: ten times what the longest reports have."""


def _check_size(document: Report) -> None:
    counts = accumulate(len(sentence.mentions) for sentence in document.sentences)
    cells = sum(len(row) for table in document.tables for row, _ in table.rows)
    if cells > MOST_CELLS or len(document.sentences) > MOST_SENTENCES or any(count > MOST_NUMBERS for count in counts):
        told = f"states more than {MOST_NUMBERS:,} numbers, or has more than {MOST_CELLS:,} cells in tables or {MOST_SENTENCES:,} sentences, so it is no report."
        raise SourceError(f"{document.name}: {told} Audit the part that matters, stored by itself.")


_ALONE = ("respondents (GRIM)", "over the whole", "dates", "wording", "order")
"""Kinds that hold a number against what is known of it, and not against those it is reckoned from."""


def _taken(found: list[Compared]) -> dict[int, frozenset[Span]]:
    """Return where in each sentence numbers stand that have been reckoned with already."""
    spans: dict[int, set[Span]] = {}
    for one in found:
        if one.kind not in _ALONE:
            spans.setdefault(one.sentence, set()).update(one.spans)
    return {number: frozenset(held) for number, held in spans.items()}


def _once(found: list[Compared]) -> Iterator[Compared]:
    """Yield comparisons without those of numbers that another has told of already: one fault is one alarm."""
    told: set[tuple[int, Span] | tuple[int, str]] = set()
    for one in sorted(found, key=lambda one: (one.holds, one.confidence is Confidence.question)):
        places: set[tuple[int, Span] | tuple[int, str]] = {(one.sentence, span) for span in one.spans if one.sentence >= 0}
        if one.kind == "dates":
            places.add((one.sentence, one.kind))
        texts = [number.text for number in one.operands]
        if one.kind == "repeat" and texts:
            places.add((0, "; ".join(sorted({*texts, *(number.text for number in one.numbers)}))))
        if one.kind == "direction" and texts:
            places.add((one.sentence, " → ".join(texts[:2])))
        if one.holds or not places & told:
            yield one
        told |= set() if one.holds else places


def with_excuses(found: Audit, excused: list[tuple[Compared, str]]) -> Audit:
    """Return an audit with the alarms that are excused."""
    return replace(found, excused=excused)
