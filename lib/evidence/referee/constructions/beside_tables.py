"""What prose tells of the rows of a table beside it, by the rows and columns that its words name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations

from evidence.referee.comparing import Compared, Confidence, alike, compared, ratio, shown
from evidence.referee.constructions.table_clauses import (
    TableClause,
    clause_at,
    distance,
    has_unit,
    in_scale_of,
    meets,
)
from evidence.referee.constructions.table_ranks import ranks_in_tables
from evidence.referee.constructions.table_relations import bound_values
from evidence.referee.constructions.table_rows import bare, grids_near, kin
from evidence.referee.constructions.table_values import (
    FromCells,
    whatever,
)
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.passages import is_span
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.reach import base
from evidence.referee.relations.retold import SUPPOSED
from evidence.referee.relations.settling import said

_NEAR = Fraction(7, 4)


def of_rows(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether a number is what the rows of a table give that its clause names, in the relation that its words tell."""
    if (
        not linker.frames
        or not sentence.mentions
        or len(sentence.mentions) > _HEAP
        or SUPPOSED.search(sentence.masked)
        or _EARLIER_REPORT.search(sentence.masked)
    ):
        return
    grids = grids_near(sentence, linker)
    for claim in sentence.mentions if grids else []:
        if not claim.quantity.ends and claim.quantity.anchor > 0 and not is_span(claim) and not _in_word(claim):
            yield from _judged(claim, [one for grid in grids if (one := clause_at(claim, grid)).all], linker)


_HEAP = 14
_ALL = re.compile(r"\b(?:all|total|overall|average|whole|mean)\b")
_EARLIER_REPORT = re.compile(r"\b(?:interim|draft|provisional(?:ly)?|(?:earlier|previous|last) (?:report|review|audit|estimate|survey))\b")


def _in_word(claim: Occurrence) -> bool:
    """Return whether a number in words counts something: "two groups"."""
    return claim.quantity.in_words and base(claim) == "count"


def _judged(claim: Occurrence, clauses: list[TableClause], linker: Linker) -> Iterator[Compared]:
    """Yield what comes of a number beside the tables whose rows its sentence names."""
    read = [(one, *bound_values(one)) for one in clauses]
    told = [(one, given) for one, found, _ in read for given in found]
    if base(claim) == "percent" and any(given.kind == "points" and meets(claim, given) for _, given in told):
        return
    bound = [(one, given) for one, given in told if given.kind in one.kinds]
    bound = [(one, given) for one, given in bound if has_unit(claim, given, one.grid)]
    fits = [given for _, given in bound if meets(claim, given)]
    if fits:
        yield _told(claim, fits[0], "")
        return
    sure = [given for _, _, wide in read if wide for given in wide]
    strict = all(wide for _, found, wide in read if found)
    if not bound or any(meets(claim, given) for given in sure) or (not strict and any(_may_give(claim, one) for one in clauses)):
        return
    nearest = min((given for _, given in bound), key=lambda given: (round(distance(claim, given), 2), len(given.cells)))
    if distance(claim, nearest) <= _NEAR and not _given_in_prose(claim) and not _told_again(claim, clauses, linker):
        yield _told(claim, nearest, f"{nearest.told} is {shown(in_scale_of(claim, nearest))}, not {claim.text}.")


def _may_give(claim: Occurrence, clause: TableClause) -> bool:
    """Return whether the rows that a sentence names may give a number in any way; what is left of a share only where words say so."""
    with_all = base(claim) != "times" or _ALL.search(claim.sentence.masked) is not None
    left = _REST_WORDS.search(claim.sentence.masked)
    given = (one for one in whatever(clause.all, clause.grid, with_all=with_all) if one.kind in clause.kinds)
    return any(meets(claim, one) for one in given if left or not one.told.startswith("100 - "))


_REST_WORDS = re.compile(r"\b(?:rest|remain\w*|others?|not|without|neither|never|non|except|unlike|balance|fail\w*|un[a-z]+)\b")


def _told(claim: Occurrence, given: FromCells, message: str) -> Compared:
    return compared(
        given.check,
        [claim],
        f"{given.told} = {shown(given.value)}; stated {claim.text}",
        message,
        confidence=Confidence.medium,
        other=given.cells[-1],
        operands=given.cells,
        claim=claim if message or given.kind != "times" else None,
        given=in_scale_of(claim, given),
    )


def _given_in_prose(claim: Occurrence) -> bool:
    """Return whether two other numbers of its sentence give a number, or two of the sentence before by plus or minus."""
    own = [m for m in claim.sentence.mentions if m is not claim and not m.quantity.ends]
    last = [m for m in (claim.sentence.before.mentions if claim.sentence.before else []) if not m.quantity.ends]
    stated = said(claim.quantity)
    for one, two in combinations([*own, *last], 2):
        first, second = alike([one.quantity, two.quantity])
        near = one in own and two in own
        if base(one) == base(two) or "count" in (base(one), base(two)):
            unit = base(claim) in (base(one), base(two), "percentage points" if base(one) == "percent" else "")
            if unit and any(stated.meets(value) for value in (first + second, first - second, second - first)):
                return True
            parts_ = [part for part in (ratio(first, second), ratio(second, first)) if part] if near else []
            factor = Fraction(100) if base(claim) == "percent" else Fraction(1)
            if base(claim) in ("percent", "times") and any(stated.meets(part.scaled(factor)) for part in parts_):
                return True
            gap_ = [part for part in (ratio(second - first, first), ratio(first - second, second)) if part] if near else []
            if base(claim) == "percent" and any(stated.meets(part.scaled(factor)) for part in gap_):
                return True
        if near and "percent" in (base(one), base(two)):
            product = (first * second).scaled(Fraction(1, 100))
            if base(claim) in (base(one), base(two)) and base(claim) != "percent" and stated.meets(product):
                return True
    return False


def _told_again(claim: Occurrence, clauses: list[TableClause], linker: Linker) -> bool:
    """Return whether another sentence that names one of the rows tells a number too."""
    rows = [row for one in clauses for row in one.all]
    for sentence in linker.reach.sentences:
        if sentence is not claim.sentence and any(
            m.quantity.anchor == claim.quantity.anchor and base(m) == base(claim) for m in sentence.mentions
        ):
            words = [bare(word) for word in re.findall(r"[a-z]+", sentence.text.lower())]
            if any(kin(own, word) for row in rows for own in row.words[:1] for word in words):
                return True
    return False


RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (of_rows, ranks_in_tables)
