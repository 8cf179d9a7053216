"""A whole and all its parts: those that words list behind it, and the rest of it that is left."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, named, pattern, total
from evidence.referee.constructions.number_lists import (
    NOT_ADDED,
    added,
    alike_named,
    amount,
    before_it,
    behind_it,
    chosen,
    closest,
    counted_in,
    fewer,
    in_unit,
    part_by_share,
    partial,
    same,
    shares_less,
    shares_up,
    summed_up,
    written,
)
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.reach import Reach, ahead, base, behind, nouns, words_of
from evidence.referee.relations.settling import off

_NEAR, _OVER, _UNDER, _TEN = Fraction(8, 5), Fraction(5, 4), Fraction(11, 10), 100
_SURE_REST = tuple(
    pattern(text)
    for text in (
        r"\b(?:the|its|their|our|all|a) (?:remaining|other|final|last|residual) <r>",
        r"(?<!among )(?<!of )(?<!for )(?<!by )\b(?:the|a) (?:rest|remainder|balance|others|residue|remaining [a-z]+)\b(?: [a-z'-]+){0,6}?,? ?\(?<r>",
        r"\b(?:leaving|leaves|left|leave)(?: [a-z'-]+){0,4}? <r>",
        r"<r>(?: [a-z'-]+){0,3}? (?:remained|were left|was left|is left|are left|left over|remaining)",
        r"\b(?:just|only|a mere|barely|some) <r>(?: [a-z'-]+){0,2}? (?:left|over)\b",
    )
)
_LAST_REST = tuple(
    pattern(text)
    for text in (
        r"\b(?:so|and so|thus|hence|therefore)\b,?(?: [a-z'-]+){0,6}? <r>",
        r"\b(?:all other|all the other|any other|other|others|elsewhere|everything else|everyone else)\b(?: [a-z'-]+){0,5}?,? ?\(?<r>",
        r"<r>[^#.;:]{0,80}?\b(?:other|others|elsewhere|everything else|anything else|something else|neither|unknown|anonymous|unclassified|miscellaneous)\b",
        r"<r>[^#.;:]{0,60}[;,] (?:nothing|no one|nobody|none) (?:else|other)",
    )
)
_REST_GUARD = re.compile(
    r"\b(?:remain\w*|others?|final|last|residual|rest|balance|residue|leav\w+|left|so|thus|hence|therefore|else\w*|neither|unknown|anonymous|unclassified|miscellaneous|nothing|nobody|none)\b"
)


def rest(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether what is left of a whole is the whole less the parts that stand between the two."""
    if not sentence.mentions or not _REST_GUARD.search(sentence.masked) or partial(sentence):
        return
    done = set[Occurrence]()
    for rules, sure in ((_SURE_REST, True), (_LAST_REST, False)):
        for claim in (named(match, sentence)["r"] for rule in rules for match in rule.finditer(sentence.masked)):
            if (
                claim not in done
                and amount(claim)
                and not NOT_ADDED.match(base(claim))
                and (found := _left(claim, linker.reach, sure=sure))
            ):
                done.add(claim)
                yield found


def _left(claim: Occurrence, reach: Reach, *, sure: bool) -> Compared | None:
    near_by = " ".join(one.masked for one in reach.near(claim.sentence)[:_BACK])
    if _OF_A_HUNDRED.search(near_by) or _FLOW.search(near_by):
        return None
    if held := _explained(claim, reach):
        return summed_up(claim, held[0], held[1], holds=True)
    lines = [_line(claim, reach, most) for most in range(_BACK + 1)]
    bound = [two for line in lines for two in _wholes(line, claim) if _whole_of(two[0], two[1], claim, sure=sure)]
    near = min(bound, key=lambda one: off(added(one[1]), one[0].quantity.anchor), default=None)
    if near is None:
        return None
    far, more = off(added(near[1]), near[0].quantity.anchor), added(near[1]) > near[0].quantity.anchor
    return summed_up(claim, near[0], near[1], holds=False) if far <= (_NEAR if sure else _OVER if more else _UNDER) else None


_FOR = re.compile(r"\b(?:for|in|by|with) $")
_FLOW = re.compile(r"\b(?:at the (?:start|beginning|end)|began|opening|closing|received|joined|in hand)\b")
"""Words of a stock to which some come and from which others go."""
_BACK = 3


def _explained(claim: Occurrence, reach: Reach) -> tuple[Occurrence, list[Occurrence]] | None:
    """Return any number near a rest, and any others, which with the rest make it."""
    for most in range(_BACK + 1):
        line = _line(claim, reach, most, loose=True)
        for at, whole in enumerate(line):
            less = [one for one in line if one.quantity.anchor < whole.quantity.anchor]
            behind_ = [one for one in line[at + 1 :] if one.quantity.anchor < whole.quantity.anchor]
            own = [one for one in less if same(one, claim)]
            lists = [behind_, less, *([one, *own] for one in less if one not in own)] if own else []
            if held := next((held for parts in lists if (held := chosen(parts, whole, own))), []):
                return whole, held
    return None


def _line(claim: Occurrence, reach: Reach, most: int, *, loose: bool = False) -> list[Occurrence]:
    """Return the numbers of the unit of one in its sentence and so many before it, itself with them."""
    sentences = [claim.sentence, *(one for one in reach.near(claim.sentence)[1:] if one.kind != "item")][: most + 1]
    return in_unit(sentences[::-1], counted_in(claim), loose=loose)


def _wholes(line: list[Occurrence], claim: Occurrence) -> Iterator[tuple[Occurrence, list[Occurrence]]]:
    """Yield each number before a part that may be its whole, with those behind it up to the part."""
    for at, whole in enumerate(line):
        upto = [one for one in line[at + 1 :] if same(one, claim) or before_it([one], claim)]
        less = all(one.quantity.anchor < whole.quantity.anchor for one in upto)
        if (
            len(upto) > 1
            and same(upto[-1], claim)
            and less
            and not (part_by_share(whole) or _FOR.search(ahead(whole)))
            and not _beside(whole, line[:at])
        ):
            yield whole, upto


def _beside(whole: Occurrence, line: list[Occurrence]) -> bool:
    """Return whether a number stands in a list behind another of its unit, so that it is a part itself."""
    own = [one for one in line if one.sentence is whole.sentence]
    return bool(own) and bool(re.search(r"(?:,|\band\b)[^;]*$", whole.sentence.text[own[-1].end : whole.start]))


def _whole_of(whole: Occurrence, parts: list[Occurrence], claim: Occurrence, *, sure: bool) -> bool:
    """Return whether words bind a rest to a whole: every sentence between them tells parts, none of something else, and the rest counts what is told before."""
    sentences = list(dict.fromkeys(m.sentence for m in (whole, *parts)))
    aside = any(_ASIDE.search(one.masked) or (partial(one) and "includ" in one.masked) for one in sentences)
    apart = len(sentences) <= claim.sentence.number - whole.sentence.number
    years = claim.sentence.years
    if (
        aside
        or apart
        or (years and years.isdisjoint(whole.sentence.years))
        or any(written(one) for one in parts)
        or shares_less(parts)
        or _FURTHER.search(ahead(parts[0]))
    ):
        return False
    if not sure or counted_in(claim) != "count" or len(sentences) == 1 or not re.match(r" [a-z]+s\b", behind(claim)):
        return sure or len(parts) > 2
    told = set(words_of(" ".join(one.text for one in sentences if one is not claim.sentence)))
    return bool(set(nouns(claim)[:2]) & told)


_FURTHER = re.compile(r"\b(?:another|a further|also|plus|as well as) (?:some |about )?$")
_ASIDE = re.compile(
    r"\b(?:such as|for example|more than one|one or more|several of|multiple|average[sd]?|mean|median|each|apiece|rose|fell|compared|at least)\b"
)


def to_hundred(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether what is left is a hundred less the shares told before it, or less what went of every hundred pounds."""
    if not sentence.mentions or not _REST_GUARD.search(sentence.masked) or partial(sentence):
        return
    for claim in dict.fromkeys(named(match, sentence)["r"] for rule in _SURE_REST for match in rule.finditer(sentence.masked)):
        lines = [_line(claim, linker.reach, most) for most in range(_BACK)]
        near = " ".join(one.masked for one in linker.reach.near(sentence)[:_BACK])
        if amount(claim) and (base(claim) == "percent" or (_OF_A_HUNDRED.search(near) and not NOT_ADDED.match(base(claim)))):
            yield from _up_to_hundred(claim, [[*before_it(line, claim), claim] for line in lines])


_OF_A_HUNDRED = re.compile(r"\b(?:of|out of|for|from|in) (?:every|each) (?:hundred|100|£100|€100|\ue000)\b")


def _up_to_hundred(claim: Occurrence, lines: list[list[Occurrence]]) -> Iterator[Compared]:
    lists = [line for line in lines if len(line) > 1]
    if held := next((held for line in lists for held in fewer(line, [claim]) if _hundred(held)), None):
        yield shares_up(claim, held, holds=True)
        return
    near = closest(lists, Fraction(_WHOLE))
    apart = any(_SET_AGAINST.search(one.masked) for one in dict.fromkeys(m.sentence for m in near))
    in_words = any(ahead(m).endswith("(") for m in near)
    if len(near) > 2 and not (apart or in_words) and off(added(near), Fraction(_WHOLE)) <= _OVER:
        yield shares_up(claim, near, holds=False)


_SET_AGAINST = re.compile(
    r"\b(?:than|against|compared|rose|fell|up from|down from|more than one|multiple|several|average|in (?:19|20)\d\d and)\b"
)
_WHOLE = 100


def _hundred(parts: list[Occurrence]) -> bool:
    found = total(part.quantity.interval for part in parts)
    return Interval(found.low, found.high).contains(Fraction(_WHOLE))


_MADE_OF = tuple(
    pattern(text)
    for text in (
        r"<w>[^#.;]{0,90}?(?::|\((?=#(?!%| ?per)[^()#]*#)|\b(?:made up of|making up|compris\w+|consist\w+ of|composed of|drawn from|taken from|split (?:into|between|among|as)|divided (?:into|between|among)|broken down (?:into|as)"
        r"|shared (?:between|among|out)|spread (?:over|across|between)|as follows)\b)",
        r"<w>(?: [a-z'-]+){0,5}? (?:in all|altogether|in total|all told|overall)(?:,|:| -|;)",
        r"<w>[^#.;]{0,90}?(?:,? of (?:which|whom)|, of (?:these|this|them))\b",
        r"^(?:out of|of|among) (?:the |all |our |its |these |those |their |a total of |some )*<w>",
    )
)
_MADE_GUARD = re.compile(
    r":|\(|of|among|in all|altogether|in total|all told|overall|from|into|between|compris|consist|made up|follows|shared|spread"
)
_SURE_LIST = 2


def made_of(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether the parts that a sentence lists behind a whole, and says or shows to be all of it, make it."""
    del linker
    if len(sentence.mentions) <= 2 or not _MADE_GUARD.search(sentence.masked) or partial(sentence):
        return
    done = set[Occurrence]()
    for at, rule in enumerate(_MADE_OF):
        for match in rule.finditer(sentence.masked):
            whole = named(match, sentence)["w"]
            if (
                whole not in done
                and amount(whole)
                and not part_by_share(whole)
                and (found := _list_of(whole, match.end(), sure=at < _SURE_LIST))
            ):
                done.add(whole)
                yield found


def _list_of(whole: Occurrence, end: int, *, sure: bool) -> Compared | None:
    sentence, unit = whole.sentence, base(whole)
    held = [m for m in behind_it(in_unit([sentence], unit), whole) if not written(m) or whole.quantity.anchor < _TEN]
    listed = [m for m in held if sentence.masked.index(m.mark) >= end]
    if NOT_ADDED.match(unit) or len(listed) <= 1:
        return None
    if held := chosen(listed, whole):
        return summed_up(held[-1], whole, held, holds=True)
    parts = closest([listed, alike_named(listed)], whole.quantity.anchor)
    near = in_unit([sentence.before, sentence] if sentence.before else [sentence], unit, loose=True)
    if any(chosen(listed, one) for one in near):
        return None
    return summed_up(parts[-1], whole, parts, holds=False) if _all_of_it(whole, parts, sure=sure) else None


def _all_of_it(whole: Occurrence, parts: list[Occurrence], *, sure: bool) -> bool:
    """Return whether listed parts are meant to be all: each less than the whole, set side by side in like words, and near it together."""
    text, stated = whole.sentence.text.lower(), whole.quantity.anchor
    gaps = [text[one.end : two.start] for one, two in pairwise(parts)]
    if (
        any(re.match(r" of (?:them|these|those|whom|which)\b", behind(part)) for part in parts)
        or shares_less(parts)
        or _REST_UNTOLD.search(sentence_end(parts[-1]))
        or any(part.quantity.anchor >= stated for part in parts)
    ):
        return False
    if not all(_JOINED.search(gap) for gap in gaps) or _APART.search(" ".join(gaps)):
        return False
    far, more = off(added(parts), stated), added(parts) > stated
    if not more and stated < _TEN and re.search(r"\b(?:one|an?|the)\b", text[parts[0].end :]):
        return False
    if sure or _REST_GUARD.search(text[parts[-2].end :]):
        return far <= (_NEAR if len(parts) > 2 else _OVER)
    ended = bool(re.search(r"\band\b|;", gaps[-1]))
    return len(parts) > 2 and ended and far <= (_OVER if more and _elided(parts) else _UNDER)


def sentence_end(last: Occurrence) -> str:
    """Return the words of a sentence behind a number."""
    return last.sentence.text[last.end :].lower()


_REST_UNTOLD = re.compile(r"\b(?:the (?:others?|rest|remainder|remaining)|others|the balance)\b")
_JOINED = re.compile(r"[,;)]| and | plus ")
_APART = re.compile(
    r"\b(?:than|against|compared|from # to|of (?:which|whom|these|them|those)|up from|down from|earlier|before|rose|fell|target|also|too|as well)\b"
)


def _elided(parts: list[Occurrence]) -> bool:
    """Return whether at least two of some parts have no more than a preposition behind them, for the verb of the first is theirs."""
    return sum(bool(re.match(r" (?:to|from|in|for|by|at|on|with|of|under|through)\b", behind(part))) for part in parts) > 1


RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (rest, to_hundred, made_of)
