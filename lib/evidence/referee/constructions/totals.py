"""Parts and their total, told in prose, in a list, or over several sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from evidence.referee.checks.sums import LEAST_PART
from evidence.referee.comparing import Compared, named, pattern
from evidence.referee.constructions.number_lists import (
    NO_PARTS,
    NOT_ADDED,
    added,
    alike_named,
    amount,
    before_it,
    behind_it,
    chosen,
    closest,
    in_unit,
    makes,
    partial,
    shares_words,
    summed_up,
    written,
)
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.reach import Reach, ahead, base, behind
from evidence.referee.relations.settling import off

_ADVERB = r"(?:in all|all in all|altogether|in total|all told|taken together|put together|together(?! with)|combined|between them|among them|in sum)"
_SUMS = r"(?:makes?|made|making|gives?|gave|giving|brings?|brought|bringing|adds? up to|added up to|adding up to|sums? to|summed to|amounts? to|amounted to|amounting to|comes? to|came to|coming to|yields?|yielded|totals?|totall?ed|totall?ing)"
_TOTALS = tuple(
    pattern(text)
    for text in (
        rf"<t>(?: [a-z'-]+){{0,5}}?,? {_ADVERB}(?! (?:the|of|its|our|their|these|those|other|but|cases?|areas?|with)\b)",
        rf"(?:^|[,;:(] ?|\band |\bor |\bso |- ){_ADVERB}\b,?(?: (?!(?:than|by|with|every|each)\b)[a-z'-]+){{0,9}}? <t>",
        rf"(?:\b(?:which|that|this|these|those|they|it|both|all|figures|numbers|sums|amounts)(?: [a-z]+){{0,2}}?|,|;| -|\band) {_SUMS}(?: (?!by\b)[a-z-]+){{0,5}}? <t>",
        r"\b(?:total|sum|whole|combined [a-z]+|aggregate|grand total|overall [a-z]+)(?: [a-z-]+){0,5}?,? (?:of|to|is|was|were|at|came to|comes to|stood at|reached|being|thus|therefore|hence|as)(?: [a-z]+){0,2}? <t>",
        r"\b(?:the whole|the entire|the full|all(?: of)?(?: the| these| those)?|a combined|a joint) <t>",
        r"\b(?:both|the two|the pair)(?: of (?:them|these))?(?: [a-z-]+){0,6}? <t>",
        r"\b(?:the|these|those|all|our|its|all of the) <n>(?: [a-z-]+){1,7}? <t>",
        r"\b(?:so|thus|therefore|hence|accordingly|consequently|as a result|which means|meaning|in other words)\b,?(?: [a-z'-]+){1,8}? <t>",
    )
)
"""Words that make a number `t` the total of others, perhaps of `n`: an adverb, a verb of adding up, a noun, all things told, a conclusion."""
_ANAPHOR, _ALL_OF, _BOTH, _SO_MANY, _SO = 2, 4, 5, 6, 7
_GUARD = re.compile(
    rf"\b(?:{_ADVERB}|{_SUMS}|total|sum|whole|combined|aggregate|overall|entire|full|all|both|two|the|these|those|so|thus|therefore|hence|accordingly|consequently)\b"
)
_NEAR, _CLOSE, _TEN = Fraction(8, 5), Fraction(23, 20), 100


def _claims(sentence: Sentence) -> Iterator[tuple[int, Occurrence, Occurrence | None]]:
    """Yield each number that the words before or behind it make a total, how, and of how many it is where that is told."""
    for how, rule in enumerate(_TOTALS):
        for match in rule.finditer(sentence.masked):
            held = named(match, sentence)
            if amount(held["t"]) and not NOT_ADDED.match(base(held["t"])):
                yield how, held["t"], held.get("n")


def totals(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether a number that is called a total is the sum of the numbers listed before it, in its sentence or in those before, or behind it."""
    if not sentence.mentions or not _GUARD.search(sentence.masked) or partial(sentence):
        return
    done = set[Occurrence]()
    for how, claim, number in _claims(sentence):
        if claim not in done and (found := _total(how, claim, number, linker.reach)):
            done.add(claim)
            yield found


def _total(how: int, claim: Occurrence, number: Occurrence | None, reach: Reach) -> Compared | None:
    lists = [one for one in _lists(claim, reach) if len(one) > 1]
    loose = before_it(in_unit([claim.sentence], base(claim), loose=True), claim)
    if held := next((held for one in [*lists, loose] if (held := chosen(one, claim))), []):
        return summed_up(claim, claim, held, holds=True)
    bound = _bound(how, claim, number, lists)
    return summed_up(claim, claim, bound, holds=False) if bound else None


def _lists(claim: Occurrence, reach: Reach) -> list[list[Occurrence]]:
    """Return the numbers of which one may be the total: those before it in its sentence, with those of the sentences before, by themselves, and those behind it."""
    unit, sentence = base(claim), claim.sentence
    own = _of_size(in_unit([sentence], unit), claim)
    near = [one for one in (reach.near(sentence)[1:] if sentence.before else reach.section(sentence)) if one.kind != "item"][:3]
    behind_, before = behind_it(own, claim), before_it(own, claim)
    back = [_of_size(in_unit(near[:most][::-1], unit), claim) for most in range(1, len(near) + 1)]
    return [before, *([*one, *before] for one in back), *back, behind_]


def _of_size(held: list[Occurrence], claim: Occurrence) -> list[Occurrence]:
    """Return the numbers that can be parts of another: those in words only where it is small itself."""
    return [m for m in held if m.start != claim.start or m.sentence is not claim.sentence if not written(m) or claim.quantity.anchor < _TEN]


def _bound(how: int, claim: Occurrence, number: Occurrence | None, lists: list[list[Occurrence]]) -> list[Occurrence]:
    """Return the parts that words bind to a total that they do not give; none where another reading is left."""
    own = before_it([m for one in lists for m in one if m.sentence is claim.sentence], claim)
    parts = next((one for one in lists if all(m.sentence is claim.sentence for m in one) == bool(own) and before_it(one, claim)), [])
    if (
        not parts
        or not _is_list(parts, claim)
        or _AGAINST.search(ahead(claim))
        or (base(claim) == "count" and _WITHIN.search(ahead(parts[0])))
    ):
        return []
    if number is not None or how == _BOTH:
        wanted = number.quantity.anchor if number else 2
        parts = next((one for one in lists if len(one) == wanted and before_it(one, claim)), [])
    near_by = closest([parts, alike_named(parts)], claim.quantity.anchor)
    most = max((m.quantity.anchor for m in near_by), default=Fraction(0))
    limit = _NEAR if how in (0, 1, _ANAPHOR, _SO_MANY, _BOTH) else _CLOSE
    near = off(added(near_by), claim.quantity.anchor) <= limit and most < claim.quantity.anchor * 2
    near = near and min(m.quantity.anchor for m in near_by) * LEAST_PART > most
    return near_by if near_by and near and _about_it(claim, near_by, how) else []


def _is_list(parts: list[Occurrence], claim: Occurrence) -> bool:
    """Return whether numbers stand as parts do: no words among them set them against each other, or say that they are some of more."""
    sentences = dict.fromkeys(m.sentence for m in parts)
    joined = " ".join(one.masked for one in sentences if one is not claim.sentence) + " ".join(ahead(m) for m in parts)
    in_times = any(base(m) == "times" for one in sentences for m in one.mentions)
    summed = len(parts) > 2 and makes(parts[:-1], parts[-1])
    return not (NO_PARTS.search(joined) or _AGAINST.search(joined) or in_times or summed)


_WITHIN = re.compile(r"\b(?:in|across|from|at|with|among|for|over|of)(?: (?:the|all|our|its|these))* $")
_AGAINST = re.compile(
    r"\b(?:of (?:which|whom|these|those|them)|than|compared|against|a year (?:ago|earlier|before)|the year before|last year|previous(?:ly)?|fell|rose)\b"
)


def _about_it(claim: Occurrence, parts: list[Occurrence], how: int) -> bool:
    """Return whether a total speaks of what its parts do: it stands in their sentence, points back to them, or has a word of theirs."""
    if base(claim) != "count" or all(m.sentence is claim.sentence for m in parts):
        return True
    if any(name not in " ".join(m.sentence.text for m in parts) for name in claim.sentence.names):
        return False
    words = " ".join(m.sentence.masked for m in parts)
    back = parts[0].sentence.before
    words += " " + (back.masked if back else "") + " " + claim.sentence.heading.lower()
    told = " ".join(re.findall(r"[a-z]+", behind(claim))[:3])
    return shares_words(told, words) or not told or bool(_THESE.match(claim.sentence.masked))


_THESE = re.compile(r"(?:together|taken together|between them|these|they|that|this|altogether|put together|both|the (?:two|three))\b")


RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (totals,)
