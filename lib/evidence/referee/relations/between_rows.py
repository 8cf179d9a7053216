"""How many times as much one row of a table is as another, as words say that name both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, permutations

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, alike, compared, ratio, shown
from evidence.referee.generous import admitted
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.linking import FILLERS, Linker, TableFrame, link_words, plain
from evidence.referee.relations.reach import Reach, base
from evidence.referee.relations.settling import off
from evidence.referee.tables import ReportCell

_ADJECTIVE = r"many|much|high|likely|great|large|big|common|numerous|popular|long|dear|expensive|often|good|low|strong|wide|busy"
_AS = re.compile(
    rf"^ (?:as (?:{_ADJECTIVE})\b(?! again)|(?:that|those|what|the (?:number|rate|share|figure|proportion|level|amount|total|average|mean|size)) (?:of|in|at|for|from|it)\b)"
)
_AGAIN = re.compile(rf"^ (?:as (?:{_ADJECTIVE})(?: [a-z]+)? again|again as (?:{_ADJECTIVE}))\b")
_TO_ONE = re.compile(r"^ to one\b")
_OUTNUMBER = re.compile(r"\b(?:outnumber(?:s|ed|ing)?|exceed(?:s|ed)?)\b")
_PIVOT = re.compile(r"\b(?:as|than|that (?:of|in|at|for|from)|those (?:of|in|at|for|from)|the [a-z]+ (?:of|in|at|for|from))\b")
ANOTHER = re.compile(r"\b(?:fast|quick\w*|rapid\w*|slow\w*|growth|grew|rose|fell|rise|fall|increase|will|would|could|should|if|until)\b")
_CLAUSE = re.compile(r"[;.:]|, (?:and|but|while|whereas|though|although)\b")
_FAR, _LONGEST = 2, 5
_WORK = frozenset(link_words("jobs job employees employs employ employed employing employment staff workers workforce posts headcount"))
"""Words for those who work somewhere, which a sentence and a table may call otherwise."""


_Held = tuple[ReportCell, ReportCell, Interval]


def times_of_rows(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether one row is so many times another, as a sentence says: "three times as many bakeries as breweries", where no column bears it out."""
    for claim in sentence.mentions:
        multiple, tail = multiple_of(claim), clauses_of(claim)
        if multiple is None or ANOTHER.search("".join(tail)) or given(claim, multiple):
            continue
        pairs = [(frame, two) for frame in linker.frames if (two := _two_rows(frame, *tail))]
        held = [one for frame, two in pairs for one in _columns(frame, *two)]
        found = _of_what(held, tail)
        rate = _RATE.search("".join(tail))
        if (rate and any(multiple.meets(one[2]) for one in held if one not in found)) or _given_near(claim, multiple, held, linker.reach):
            continue
        fits = [one for one in found if multiple.meets(one[2])]
        near = fits or _of_what(
            [one for frame, two in _meant(sentence, pairs, tail) for one in _columns(frame, *two) if _counts(one[0], claim)], tail
        )
        near = [one for one in near if one in fits or _may_be(one, claim, multiple)]
        if near:
            yield from _told(claim, min(near, key=lambda one: off(_middle(one[2]), _middle_said(claim))), fits=bool(fits))


_RATE = re.compile(r"\b(?:rates?|likely|proportion|relative|density)\b")
"""What is told of a rate, which another column than that of its noun may have."""


def _told(claim: Occurrence, held: _Held, *, fits: bool) -> Iterator[Compared]:
    top, bottom, value = held
    if fits or off(_middle(value), _middle_said(claim)) <= _FAR:
        message = "" if fits else f"{top.text} ({top.row}) is {shown(value)} times {bottom.text} ({bottom.row}), not {claim.text}."
        told, used = f"{top.label}: {top.text}; {bottom.row}: {bottom.text}; stated {claim.text}", (top, bottom)
        yield compared("ratio", [claim], told, message, confidence=Confidence.medium, other=top.spot, operands=used, contested=claim)


def multiple_of(claim: Occurrence) -> Interval | None:
    """Return what a multiple, or a fraction of so many, says that one is of the other; None where it says nothing of it."""
    quantity, behind = claim.quantity, claim.sentence.masked[_at(claim) + 1 :]
    if quantity.unit == "times" and not quantity.ends and _AS.match(behind):
        return admitted(quantity)
    if quantity.unit == "percent" and quantity.in_words and not quantity.ends and _AGAIN.match(behind):
        more = admitted(quantity).scaled(Fraction(1, 100))
        return Interval(1 + more.low, 1 + more.high)
    if quantity.unit == "percent" and quantity.in_words and not quantity.ends and _AS.match(behind):
        return admitted(quantity).scaled(Fraction(1, 100))
    if quantity.unit == "count" and _TO_ONE.match(behind) and _OUTNUMBER.search(claim.sentence.masked[: _at(claim)]):
        return Interval(quantity.anchor - Fraction(1, 2), quantity.anchor + Fraction(1, 2))
    return None


def _at(claim: Occurrence) -> int:
    return claim.sentence.masked.index(claim.mark)


def clauses_of(claim: Occurrence) -> tuple[str, str]:
    """Return the words before a multiple and behind it, up to where their clause ends; "outnumber" stands for the words of a comparison."""
    text, at = claim.sentence.masked, _at(claim)
    later = (m for m in claim.sentence.mentions[claim.index + 1 :] if multiple_of(m))
    before, behind = re.split(r"[;:] ", text[:at])[-1], text[at + 1 : next((_at(m) for m in later), len(text))]
    if verb := _OUTNUMBER.search(before):
        return before[: verb.start()], f" than {before[verb.end() :]}"
    end = _CLAUSE.search(behind)
    return before, behind[: end.start()] if end else behind


def given(claim: Occurrence, multiple: Interval) -> bool:
    """Return whether two numbers of the sentence give the multiple."""
    held = [m for m in claim.sentence.mentions if m is not claim and not m.quantity.ends and m.quantity.anchor > 0]
    pairs = [pair for one, two in combinations(held, 2) if base(one) == base(two) for pair in ((one, two), (two, one))]
    return any((value := ratio(*alike([one.quantity, two.quantity]))) and multiple.meets(value) for one, two in pairs)


def _given_near(claim: Occurrence, multiple: Interval, held: list[_Held], reach: Reach) -> bool:
    """Return whether two numbers told right before a multiple give it, of which a sentence names one of the rows: the rates of what the table counts."""
    rows = {cell.row.lower() for top, bottom, _ in held for cell in (top, bottom)}
    near = [one for one in reach.near(claim.sentence)[1:] if any(row in one.text.lower() for row in rows)]
    numbers = [m for one in near for m in one.mentions if not m.quantity.ends and m.quantity.anchor > 0]
    pairs = [(a, b) for a, b in permutations(numbers, _TWO) if base(a) == base(b)]
    return any((value := ratio(*alike([a.quantity, b.quantity]))) and multiple.meets(value) for a, b in pairs)


def _two_rows(frame: TableFrame, before: str, behind: str) -> tuple[str, str] | None:
    """Return the row that is said to be so many times another, and that other, where the words name just these two in their places."""
    rows = list(dict.fromkeys(cell.row for cell in frame.cells if not cell.all))
    named = [(place, row) for row in rows if (place := place_among(row, rows, behind)) >= 0]
    if len(named) == 1:
        first = [row for row in rows if row != named[0][1] and place_among(row, rows, before) >= 0]
        return (first[0], named[0][1]) if len(first) == 1 and _PIVOT.search(behind[: named[0][0]]) else None
    if len(named) != _TWO:
        return None
    (start, one), (end, two) = sorted(named)
    return (one, two) if _PIVOT.search(behind, start, end) and not _TWO_OF.search(behind[start:end]) else None


_TWO = 2
_TWO_OF = re.compile(r"\b(?:and|or)\b")


def place_among(row: str, rows: list[str], text: str) -> int:
    """Return where in a text a label stands, or its first words which no other label begins with; -1 where it does not."""
    words = plain(row).split()
    starts = [" ".join(words[:end]) for end in range(len(words), 1, -1)]
    own = [one for one in starts if one == plain(row) or not any(plain(other).startswith(one) for other in rows if other != row)]
    return next((place for one in own or [row] if (place := place_of(one, text)) >= 0), -1)


def place_of(row: str, text: str) -> int:
    """Return where in a text a label stands, its words in order, each by its beginning; -1 where it does not."""
    words = re.findall(r"[^\W\d_]+", plain(row))
    if not words or len(words) > _LONGEST or re.search(r"\d", plain(row)):
        return -1
    found = re.search(r"\W+".join(rf"\b{re.escape(_begin(word))}{_ENDING}" for word in words), text)
    return found.start() if found else -1


_ENDING = r"(?:s|es|y|ies|'s|s')?\b"


def _begin(word: str) -> str:
    return re.sub(r"(?:ies|y|es|s)$", "", word) if len(word) > _LONGEST else word


def _columns(frame: TableFrame, one: str, two: str) -> Iterator[tuple[ReportCell, ReportCell, Interval]]:
    """Yield the cells of two rows in each column, and how many times the second the first is."""
    rows = {label: {cell.column: cell for cell in frame.cells if cell.row == label} for label in (one, two)}
    for column in rows[one].keys() & rows[two].keys():
        top, bottom = rows[one][column], rows[two][column]
        value = ratio(top.quantity.interval, bottom.quantity.interval) if bottom.quantity.anchor > 0 and top.quantity.anchor > 0 else None
        if value:
            yield top, bottom, value


_MOVED = re.compile(r"change|difference|growth|increase|points|\+/-")


def _of_what(found: list[_Held], tail: tuple[str, str]) -> list[_Held]:
    """Return of the columns of two rows those of what a clause counts, "as many jobs as", where a head names it; none of what changed."""
    found = [one for one in found if not _MOVED.search(one[0].head.lower())]
    if _FOR_EACH.match(tail[1]):
        return [one for one in found if _EACH.search(one[0].head.lower())]
    thing = link_words(" ".join(_THING.findall(tail[1])[:1]))
    told = thing | _WORK if (thing | link_words(tail[0])) & _WORK else thing
    own = [one for one in found if link_words(re.sub(r"\(.*", "", one[0].head)) & told and not _EACH.search(one[0].head.lower())]
    said = link_words(tail[0])
    return own or [one for one in found if (words := link_words(re.sub(r"\(.*", "", one[0].head))) and words <= said] or found


_EACH = re.compile(r"\bper\b|average|mean|median|each|every|share|rate|head|%")
_FOR_EACH = re.compile(
    rf" as (?:{_ADJECTIVE})(?: [a-z-]+){{0,3}} (?:per|for (?:each|every)|to (?:each|every|the)|each|an? (?:head|person|year|week|day))\b"
)
"""What is said to be so many times as many for each of something else, which no column of totals tells."""


def _counts(cell: ReportCell, claim: Occurrence) -> bool:
    """Return whether a column may be meant: no rate where it is said how many."""
    return cell.quantity.unit != "percent" or not re.match(r" as (?:many|much)\b", claim.sentence.masked[_at(claim) + 1 :])


def _meant(
    sentence: Sentence, pairs: list[tuple[TableFrame, tuple[str, str]]], tail: tuple[str, str]
) -> list[tuple[TableFrame, tuple[str, str]]]:
    """Return of the tables that have two rows those that a sentence, or the one before it, speaks of most; none where it counts something else."""
    said = link_words(sentence.text) | (link_words(sentence.before.text) if sentence.before else frozenset())
    thing = _THING.match(tail[1])
    shares = [len(said & frame.words) for frame, _ in pairs]
    if not pairs or (len(pairs) > 1 and max(shares) == 0):
        return []
    found = [pair for pair, share in zip(pairs, shares, strict=True) if share == max(shares)]
    counted = link_words(thing["what"]) - FILLERS if thing else frozenset[str]()
    of_all = bool(counted or _NUMEROUS.match(tail[1]) or (_THE_RATE.match(tail[0]) and len(pairs) == 1))
    return [
        (frame, two)
        for frame, two in found
        if counted <= frame.words | link_words(" ".join(two)) | (_WORK if frame.words & _WORK else frozenset[str]())
        and (of_all or bool(said & frame.words))
    ]


def _may_be(one: _Held, claim: Occurrence, multiple: Interval) -> bool:
    """Return whether a column may be meant where it does not fit: more where more is said, and with the number that stands right before the multiple."""
    top, _, value = one
    last = claim.sentence.mentions[claim.index - 1] if claim.index else None
    told = last if last and _APPOSED.fullmatch(claim.sentence.text[last.end : claim.start]) else None
    return (_middle(value) > 1) is (multiple.low >= 1) and (told is None or told.quantity.interval.meets(top.quantity.interval))


_APPOSED = re.compile(r"[^;:.()]{0,40}, (?:or |that is |an? [a-z]+ )?")
_THING = re.compile(rf" as (?:{_ADJECTIVE}) (?P<what>(?!as\b|in\b|at\b|for\b|to\b)[a-z'-]+)")
_NUMEROUS = re.compile(r"^ (?:as (?:numerous|common)|than)\b")
_THE_RATE = re.compile(r"^the (?:rate|figure|number|share|proportion|average|total|level)\b")
"""What is said of the number of things, whatever the table is called, and of what it has just told."""


def _middle(span: Interval) -> Fraction:
    return (span.low + span.high) / 2


def _middle_said(claim: Occurrence) -> Fraction:
    return claim.quantity.anchor / (100 if claim.quantity.unit == "percent" else 1)
