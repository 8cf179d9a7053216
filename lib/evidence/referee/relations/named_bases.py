"""Shares that name all of what they are a share of: the base is the greatest count of that noun in the passage, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, compared, ratio, shown
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.reach import Reach, ahead, base, behind, words_of
from evidence.referee.relations.settling import off, said, spans
from evidence.referee.relations.subjects import before, elsewhere, in_digits

_OF_ALL = re.compile(
    r"^\)?,? of (?:all|everyone|everybody|every|the total)\b(?: (?:of )?(?:the|our|its|those|these|\ue000-\uf8ff))*(?P<what>[^.;,:()]{2,60})"
)
_BACK = re.compile(
    r"^(?:(?:and|so|but),? )?(?:that|this|these|those|they|it|in other words|(?:this|that|which) means)\b|\b(?:in other words|which (?:is|means|makes)|that is|this is|or|thus|therefore)\b"
)
_NEAR, _FAR = Fraction(3, 2), Fraction(6)


def of_all(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a share of all of something is that of the part it goes on from, in the greatest count of that thing."""
    for share in sentence.mentions:
        match = _OF_ALL.match(behind(share)) if share.quantity.unit == "percent" and not share.quantity.ends else None
        parts = _parts(share) if match and not elsewhere(share) else []
        whole = _whole(share, frozenset(words_of(match["what"])), parts) if match and parts else None
        if match and whole:
            yield from _held(share, parts, whole, frozenset(words_of(match["what"])))


def _parts(share: Occurrence) -> list[Occurrence]:
    """Return the counts that a share may be of: the last before it in its sentence; else those of the sentence it points back to, the last first."""
    own = [m for m in share.sentence.mentions if m.start < share.start and _counted(m)]
    if own:
        return own[-1:] if not _INTO.search(ahead(own[-1])) else own[-2:-1]
    earlier = share.sentence.before
    told = [m for m in earlier.mentions if _counted(m)] if earlier and _BACK.search(share.sentence.masked) else []
    return told[::-1] if not re.match(r"(?:that|this) (?:is|was|makes|means)\b", share.sentence.masked) else told[-1:]


_INTO = re.compile(r"\bof (?:all |the |our |these )*$")


def _counted(mention: Occurrence) -> bool:
    return (
        in_digits(mention)
        and not base(mention).startswith(("percent", "times"))
        and base(mention) not in ("years", "months", "weeks", "days")
    )


def _whole(share: Occurrence, noun: frozenset[str], parts: list[Occurrence]) -> Occurrence | None:
    """Return the greatest count before a share that has a word of the noun around it, where it is greater than every part."""
    held = [m for one in before(share.sentence, _DEEP) for m in one.mentions if _counted(m) and base(m) == base(parts[0])]
    named = _named(share, noun, parts)
    inner = _OF_ALL.match(behind(share))
    beside = [m for m in share.sentence.mentions if inner and share.end < m.start < share.end + len(inner[0]) + 4 and _counted(m)]
    most = max(held, key=lambda m: m.quantity.anchor, default=None)
    chosen = most if most in (beside or named) or (named and not beside) else None
    return chosen if chosen and all(chosen.quantity.anchor > m.quantity.anchor for m in parts) else None


def _named(share: Occurrence, noun: frozenset[str], parts: list[Occurrence]) -> list[Occurrence]:
    """Return the counts before a share that have a word of a noun around them."""
    held = [m for one in before(share.sentence, _DEEP) for m in one.mentions if _counted(m) and base(m) == base(parts[0])]
    return [m for m in held if m not in parts and noun & frozenset(words_of(f"{ahead(m)[-60:]} {behind(m)[:40]}"))]


_DEEP = 4


def _held(share: Occurrence, parts: list[Occurrence], whole: Occurrence, noun: frozenset[str]) -> Iterator[Compared]:
    values = [(part, value) for part in parts if (value := _percent(share, part, whole))]
    if not values:
        return
    fits = any(said(share.quantity).meets(value) for _, value in values) or any(
        said(share.quantity).meets(value) for m in _named(share, noun, parts) if (value := _percent(share, parts[0], m))
    )
    part, value = values[0]
    middle = (value.low + value.high) / 2
    slipped = [
        m for one in before(share.sentence, _DEEP) for m in one.mentions if _counted(m) and m not in (part, whole) and base(m) == base(part)
    ]
    other = next((m for m in slipped for p in (*parts, m) if any(_slips(share, p, m, whole))), None)
    near = off(middle, share.quantity.anchor)
    close = near <= _NEAR and any(m.sentence is share.sentence for m in parts)
    if fits or (near <= _FAR and (other or close)):
        told = f"{part.text} / {whole.text} in percent = {shown(value)}; stated {share.text}"
        hint = f"; {share.text} is with {other.text}" if other else f", where {share.text} is stated"
        message = "" if fits else f"{part.text} of all {whole.text} is {shown(value)} percent{hint}."
        yield compared("share × base", [share], told, message, confidence=Confidence.medium, other=whole, operands=(part, whole))


def _slips(share: Occurrence, part: Occurrence, other: Occurrence, whole: Occurrence) -> Iterator[bool]:
    """Yield whether a share is that of a part in another count, or of another count in the whole."""
    for one, two in ((part, other), (other, whole)):
        value = _percent(share, one, two) if one is not two else None
        yield bool(value and said(share.quantity).meets(value))


def _percent(share: Occurrence, part: Occurrence, whole: Occurrence) -> Interval | None:
    given, _ = spans(share, [part, whole])
    return ratio(given[0].scaled(Fraction(100)), given[1])
