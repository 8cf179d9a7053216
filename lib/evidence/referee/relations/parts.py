"""Parts and wholes: what is left, and parts that are told behind their whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import How, total
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.reach import Reach, ahead, base, behind
from evidence.referee.relations.roles import is_changed_share
from evidence.referee.relations.settling import Binding, Settled, near, off, settle, spans

_REST_AHEAD = re.compile(
    r"\b(?:others?|rest|remaining|remainder|remains?|balance|leaving|leaves|left|difference|slipp\w+|unspent|underspen\w+|shortfall|surplus|deficit"
    r"|gap|margin|net|still|further|saving|excess|profit|loss|outstanding|elsewhere)\b[^.;]{0,60}$"
)
_GAP = re.compile(r"\b(?:gap|difference|range|spread)\b")
_OF_THE_REST = re.compile(r"\bof (?:the|those|these) (?:rest|remainder|others|remaining|balance)\b")
_REST_BEHIND = re.compile(
    r"^(?: (?!and|or|but|the|while)[a-z'-]+){0,4}? (?:had (?:had )?no|have no|in other|to (?:the )?others?|by (?:the )?others?|for (?:the )?others?|left|left over|remain\w*|elsewhere|unspent|outstanding|to go|still to|in the other|in other|by other|not yet|yet to)\b"
    r"|^(?: [a-z'-]+)? (?:did|do|does|could|had|have|has|were|was|are|is|would|will) not[.,; ]*$"
)
_AMONG_OTHERS = re.compile(
    r"\b(?:among|of|for|in|on|at|with|by) (?:all )?(?:the |those |these )?(?:others?|rest|remaining|remainder)\b[^.;]{0,40}$"
)
"""A share of those that are left, which is no share of all."""
_OF_ALL = re.compile(r"\b(?:others?|rest|remaining|remainder|remain|left|balance|not|elsewhere|none|neither)\b")
_RUN = 7
_PAIR = 2
_TWICE = Fraction(5, 2)
_CLOSE = Fraction(5, 4)


def remainders(sentence: Sentence, reach: Reach) -> Iterator[Settled]:
    """Yield whether what is left is a whole of the passage less a run of its parts."""
    for claim in sentence.mentions:
        if not _plain(claim) or claim.text.startswith("+"):
            continue
        if claim.quantity.unit == "percent" and _AMONG_OTHERS.search(ahead(claim)):
            continue
        if re.match(r"if\b", claim.sentence.masked) or (claim.quantity.in_words and _same_share(claim)):
            continue
        cued = (_REST_AHEAD.search(ahead(claim)) and not _OF_THE_REST.search(ahead(claim))) or _REST_BEHIND.search(behind(claim))
        held = [other for other in reach.like(claim) if _plain(other) and other.quantity.hedge in ("", "about")]
        held = [other for other in held if base(other) != "percent" or not is_changed_share(other)]
        told = [other for other in held if _before(other, claim)]
        found = (
            settle(
                "sum",
                claim,
                _left(claim, held, reach),
                most=_TWICE if len({other.quantity.anchor for other in told}) == _PAIR else _CLOSE * _CLOSE,
            )
            if cued
            else None
        )
        if found and (found.found.holds or _certain(claim, held)):
            yield found


def _same_share(claim: Occurrence) -> bool:
    """Return whether words say again what a percentage of their sentence says in digits: 44.6 percent, "not far short of half"."""
    shares = (other.quantity for other in claim.sentence.mentions if other is not claim and other.quantity.unit == "percent")
    return any(off(share.anchor, claim.quantity.anchor) < _SAME for share in shares)


_SAME = Fraction(6, 5)


def _certain(claim: Occurrence, held: list[Occurrence]) -> bool:
    """Return whether the words bind a remainder to numbers before it: there are two and more, and it follows them."""
    told = [other for other in held if _before(other, claim)]
    return len(told) > 1 or (claim.quantity.unit == "percent" and len(told) == 1)


def _before(one: Occurrence, other: Occurrence) -> bool:
    return (one.sentence.number, one.start) < (other.sentence.number, other.start)


def _plain(mention: Occurrence) -> bool:
    quantity = mention.quantity
    unit = quantity.unit.partition(" per ")[0]
    return (
        not quantity.ends
        and (not quantity.in_words or unit == "percent")
        and unit not in ("times", "years", "out of 10")
        and quantity.anchor > 0
    )


def _left(claim: Occurrence, held: list[Occurrence], reach: Reach) -> Iterator[Binding]:
    """Yield a whole less each run of parts, and what is left of a hundred percent."""
    told = [other for other in held if _before(other, claim)]
    largest = max((other.quantity.anchor for other in told), default=Fraction(0))
    for run in _runs_of(told, 1):
        if claim.quantity.unit == "percent" and _OF_ALL.search(claim.sentence.masked):
            yield _hundred(
                claim,
                run,
                sure=run[-1] is told[-1] and (len(run) == len(told) or run[0].sentence in (claim.sentence, claim.sentence.before)),
            )
    for whole in held:
        if whole.quantity.anchor <= claim.quantity.anchor:
            continue
        for run in _runs_of([other for other in held if other is not whole], 1):
            given, _ = spans(claim, [whole, *run])
            value = given[0] - total(given[1:])
            if value.high > 0:
                follow = told[told.index(whole) + 1 :] if whole in told else []
                near_by = whole.quantity.anchor == largest or whole.sentence in (claim.sentence, claim.sentence.before)
                first = told[:1] == [whole] or whole.sentence is not claim.sentence
                ends = (
                    _GAP.search(ahead(claim))
                    and whole.quantity.anchor == largest
                    and [min(told, key=lambda one: one.quantity.anchor)] == run
                )
                told_whole = ends or not _shared(whole, run)
                sure = bool(ends or (follow and run == follow and first)) and near_by and told_whole and claim.quantity.unit != "percent"
                yield Binding((whole, *run), value, " - ".join(one.text for one in (whole, *run)), sure, How.difference)


def _shared(whole: Occurrence, run: list[Occurrence]) -> bool:
    """Return whether a number is itself told as a part: with its share behind it, or in a row with parts: "161 (65%) ... and 12"."""
    beside = whole.sentence is run[0].sentence and not _OF_WHOLE.search(ahead(whole)) and not _THEN_PARTS.match(behind(whole))
    return (
        bool(re.match(r" \(\ue000|[^.;]{0,60}\((?:[\ue000-\uf8ff])\)", whole.sentence.masked[_at(whole) + 1 :]) and _share_follows(whole))
        or beside
    )


def _at(mention: Occurrence) -> int:
    return mention.sentence.masked.index(mention.mark)


def _share_follows(whole: Occurrence) -> bool:
    """Return whether the number in brackets right behind another is a percentage."""
    own, at = whole.sentence.mentions, whole.index + 1
    return at < len(own) and own[at].quantity.unit == "percent"


_OF_WHOLE = re.compile(
    r"\b(?:of|out of|among) (?:the |these |those |all |our |its )*$|\b(?:total|all|were|was|are|is|there|had|has|have|received|made|with) (?:of )?(?:the |about |some )*$"
)
_THEN_PARTS = re.compile(r"[^.;]{0,60}(?:of (?:which|whom|these|them)|: )")


def _hundred(claim: Occurrence, run: list[Occurrence], *, sure: bool) -> Binding:
    given, _ = spans(claim, run)
    value = Interval(Fraction(100), Fraction(100)) - total(given)
    return Binding(tuple(run), value, "100% - " + " - ".join(one.text for one in run), sure, How.difference)


def _runs_of(held: list[Occurrence], least: int) -> Iterator[list[Occurrence]]:
    """Yield each run of neighbours, the longest of those that end last first."""
    for end in range(len(held), 0, -1):
        for start in range(max(0, end - _RUN), end - least + 1):
            yield held[start:end]


_SOME = re.compile(
    r"\b(?:includ\w+|such as|among|largest|main|mainly|biggest|for example|notably|some of|most of|compared|against|than|rose|fell|up from|down from|up to|then|later|respectively|each|average|mean|median|years?|months?)\b"
)
_WHOLE_CLOSE = Fraction(23, 20)
_THREE = 3


_SEVERAL_EACH = re.compile(r"\b(?:more than one|several answers|as many as|add up to more|multiple answers)\b")


def several_each(sentence: Sentence | None) -> bool:
    """Return whether a sentence says that parts overlap: "firms could give more than one answer"."""
    return bool(sentence and _SEVERAL_EACH.search(sentence.text.lower()))


def broken_down(sentence: Sentence, reach: Reach) -> Iterator[Settled]:
    """Yield whether three and more parts in a row, told right behind their whole, make it."""
    before, after = sentence.before, reach.after(sentence)
    if several_each(after):
        return
    own = [mention for mention in sentence.mentions if _plain(mention)]
    for unit in dict.fromkeys(base(mention) for mention in own):
        parts = [mention for mention in own if base(mention) == unit and mention.quantity.hedge in ("", "about")]
        others = [mention for mention in (before.mentions if before else []) if base(mention) == unit and _plain(mention)]
        choices = [(parts[0], parts[1:]), *((other, parts) for other in others)] if parts else []
        found = [one for whole, run in choices for one in _made_of(whole, run, sentence)]
        yield from [one for one in found if one.found.holds][:1] or found[-1:]


def _whole_near(binding: Binding, whole: Occurrence) -> bool:
    """Return whether a sum comes near a whole: parts may be missing, but not too many told."""
    least = _WHOLE_CLOSE if binding.value.low > whole.quantity.anchor else _PARTLY
    return near(binding.value, whole.quantity.anchor, least)


_PARTLY = Fraction(107, 100)
_ENDS = re.compile(r"\bfrom (?:just |only |about |some |nearly )*$")
"""What stands before the number from which something changed, which is no part."""


_THOSE = re.compile(r"\bof (?:those|these) $")
"""What stands before a number of whom a part is told, which is none itself."""


def _is_one_of_them(whole: Occurrence, run: list[Occurrence]) -> bool:
    """Return whether a number has its share behind it as parts have theirs, and nothing points back to it: so it is itself one of the parts."""
    pointed = whole.sentence is not run[0].sentence and _POINTS_BACK.match(run[0].sentence.masked)
    return not pointed and _has_own_share(whole) and (whole.sentence is not run[0].sentence or any(map(_has_own_share, run)))


_POINTS_BACK = re.compile(r"(?:of|among) (?:these|those|them)\b")


def _has_own_share(mention: Occurrence) -> bool:
    return _share_follows(mention) and behind(mention).rstrip().endswith("(")


def _made_of(whole: Occurrence, run: list[Occurrence], sentence: Sentence) -> Iterator[Settled]:
    if any(_ENDS.search(ahead(part)) for part in (*run, whole)) or any(_THOSE.search(ahead(part)) for part in run):
        return
    if len(run) < _THREE or max(part.quantity.anchor for part in run) >= whole.quantity.anchor or whole.quantity.unit.startswith("percent"):
        return
    if _is_one_of_them(whole, run):
        return
    bindings = [
        Binding(tuple(run[:end]), total(spans(whole, run[:end])[0]), " + ".join(one.text for one in run[:end]))
        for end in range(len(run), 1, -1)
    ]
    told = f"{behind(whole) if whole.sentence is sentence else ''}{''.join(behind(part) for part in run[:-1])}"
    if not _SOME.search(told) and not _SOME.search(sentence.masked) and _whole_near(bindings[0], whole):
        found = settle("sum", whole, bindings, most=_WHOLE_CLOSE)
        if found:
            yield found


def listed(reach: Reach) -> Iterator[Settled]:
    """Yield whether the items of a list, each with one number of a unit, make the whole that introduces it, where they come near."""
    for run in reach.lists:
        heads = [mention for sentence in run[0] for mention in sentence.mentions if _plain(mention)]
        for whole in heads:
            parts = [[mention for mention in one.mentions if base(mention) == base(whole) and _plain(mention)] for one in run[1]]
            if len(parts) >= _THREE and all(parts) and not any(_SOME.search(sentence.masked) for sentence in run[0][-1:]):
                chosen = [one[0] for one in parts]
                given, _ = spans(whole, chosen)
                binding = Binding(tuple(chosen), total(given), " + ".join(one.text for one in chosen))
                if found := settle("sum", whole, [binding], most=_WHOLE_CLOSE):
                    yield found
