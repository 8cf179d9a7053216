"""A change told in the sentence behind its two numbers: "Bills went from £396 to £418. The increase of 5.6% ...", "They were halved".

The sentence before states just two numbers of one unit, or one with its unit and one that leaves it out; what is told of them must be their change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from evidence.quantity import Interval
from evidence.referee.checks.changes import sized, way_of_size
from evidence.referee.comparing import Compared, Confidence, alike, comparable_size, named, pattern
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.passages import stated, told_before

_NOUN = r"(?:increase|rise|growth|gain|fall|drop|decrease|decline|reduction|cut|loss|difference|gap|change)"
_VERB = (
    r"(?:risen|rose|grown|grew|gone up|increased|come down|gone down|fallen|fell|dropped|declined|decreased|reduced|cut|shrunk|come back)"
)
_IT = r"(?:it|they|this|that|these|both|the (?:number|figure|total|share|proportion|rate|count|amount|sum|average|median|bill|price)s?)"
_TOLD = tuple(
    pattern(text)
    for text in (
        rf"^(?:the|this|that|an?)(?: is)?(?: an?)? (?P<way>{_NOUN})(?: between [a-z ]+?)?(?: of| is| was|,? at) <c>(?! of\b)",
        rf"^{_IT} (?:has |have |was |were |had )?(?:thus |therefore |since |been )*(?P<way>{_VERB}) by (?:just |only )?<c>(?! of\b)",
        rf"^{_IT} (?:has |have |was |were |had )?(?:thus |therefore |since |been )*(?P<way>)<c>(?= |[.,;]|$)",
        rf"^(?:that|this) (?:is|was|makes|made) an? (?P<way>{_NOUN}) of <c>(?! of\b)",
    )
)
_IN_A_WORD = re.compile(r"halved|doubled|trebled|tripled|quadrupled")
_TWO = 2


def check(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether a change is that of the only two numbers of the sentence before."""
    match = next((told for rule in _TOLD if (told := rule.search(sentence.masked))), None)
    c = named(match, sentence)["c"] if match else None
    before = told_before(sentence)
    if not match or not c or not before or (not match["way"] and not _IN_A_WORD.fullmatch(c.text.lower())):
        return
    year = re.match(r" (?:in|at|for) ((?:19|20)\d\d)", sentence.text[c.end :])
    if year and year[1] not in before.text:
        return
    for a, b in _pairs(before, c):
        spans = alike([a.quantity, b.quantity])
        for found in _judged(a, b, c, match["way"], spans):
            yield replace(found, confidence=Confidence.medium, places=(before,))


def _judged(a: Occurrence, b: Occurrence, c: Occurrence, way: str, spans: list[Interval]) -> list[Compared]:
    """Return what comes of a size and its direction; nothing where the size cannot be reckoned."""
    size = list(sized(a, b, c, spans))
    return [*size, way_of_size(a, b, c, way, spans)] if size else []


def _pairs(before: Sentence, c: Occurrence) -> list[tuple[Occurrence, Occurrence]]:
    """Return the two numbers of a sentence in order of time, with the unit that the second leaves out; none where they are not two of a kind."""
    two = [mention for mention in before.mentions if stated(mention)]
    if len(two) != _TWO or not comparable_size(two[0].quantity, two[1].quantity):
        return []
    a, b = two
    units = {a.quantity.unit.partition(" per ")[0], b.quantity.unit.partition(" per ")[0]}
    if len(units - {"count"}) > 1 or (len(units) > 1 and b.quantity.unit != "count") or a.quantity.anchor <= 0:
        return []
    b = replace(b, quantity=replace(b.quantity, unit=a.quantity.unit))
    ordered = re.search(r"\bfrom\b", before.masked) or len(before.years) == _TWO
    backwards = c.quantity.unit != "percent" and not ordered and b.quantity.anchor < a.quantity.anchor
    years = re.findall(r"(?:19|20)\d\d", before.text)
    if len(years) > 1 and years[0] > years[-1]:
        backwards = True
    return [(b, a) if backwards else (a, b)] if ordered or c.quantity.unit != "percent" else []
