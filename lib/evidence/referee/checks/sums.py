"""Sums: parts that are said to be all of it, against the total, or against a hundred percent.

Parts are added only where words say that they are all: "made up of", "in total", "the remaining", or a pair of which each thing is one
("men" and "women").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.checks.apart import counts_its_own
from evidence.referee.checks.hundreds import adds_to_all, all_shares, earlier_shares, nearly_hundred
from evidence.referee.checks.partitions import OF_A_PART, REST, each_its_own, partition, within_a_part
from evidence.referee.checks.remainders import left_over
from evidence.referee.comparing import (
    Compared,
    Confidence,
    alike,
    compared,
    marked,
    named,
    pattern,
    power_of_ten,
    shown,
    total,
)
from evidence.referee.mentions import MARK, Occurrence, Sentence
from evidence.referee.passages import shares_of_less, told_before

_MADE_OF = re.compile(
    r"\b(?:compris(?:ing|es?|ed)(?: of)?|made up of|consist(?:ing|s|ed)? of|composed of|split (?:between|into|as|across)|divided (?:between|into|among)"
    r"|broken down (?:into|as)|was spent as follows|as follows|is the sum of|allocated as)\b|:"
)
_TOTAL_AFTER = tuple(
    pattern(text)
    for text in (
        r"\b(?:bringing|taking|giving|making|yielding|for) (?:a |an |the )?(?:[a-z]+ )?(?:total|sum|whole|combined|overall)(?: [a-z]+){0,2}? (?:to |of )?<t>",
        r",? (?:and )?(?:which|that|this|so|they|these) (?:together )?(?:makes?|gives?|comes? to|came to|adds? up to|amounts? to|made|gave) (?:a total of |in all )?<t>",
        r", (?:a|an|the) (?:combined|overall|joint|grand)(?: [a-z]+)? (?:of )?<t>",
        r"(?:,|;| -|:|\band\b|\bgiving|\bmaking|\bfor|\bto give|\bbringing) (?:a |an |the )?(?:grand |combined |overall )?total (?:\w+ )?(?:of |to |is |was )?<t>",
        r"<t> (?:\w+ )?(?:in total|in all|altogether|combined|overall|all told|between them)\b",
        r"\b(?:add(?:s|ed|ing)? up to|sums? to|total(?:s|led|ling)|making|together (?:make|come to|cost|worth|raised|employ)|amount(?:s|ed|ing)? to) (?:\w+ )?<t>",
        r"\b(?:in total|in all|altogether|together|combined),? (?:(?!against\b|than\b|compared\b|of\b)[\w']+ ){0,5}?<t>",
    )
)
_TOTAL_BEFORE = tuple(
    pattern(text)
    for text in (
        r"^(?:of|out of|among) (?:the |all |our |these |every |a total of )*<t>",
        r"\b(?:a |the )?total (?:\w+ ){0,5}?(?:of |is |was |were )<t>",
        r"<t>[^#:;.]{0,80}?(?:of (?:which|whom|these)|,? ?(?:compris|consist|made up|composed|split|divided|broken down)|: ?)",
        r"<t>[^#:;.]{0,40} (?:in|across|at|over|among|between) (?:the )?<k>[^#:;.]{0,30}: ?",
    )
)
_OF_THESE = re.compile(r"^(?:of|among) (?:these|those|them)\b|^(?:the )?(?:remaining|rest|remainder|other)\b")


def check(sentence: Sentence) -> Iterator[Compared]:
    """Yield what comes of adding up what a sentence says are all parts."""
    text, before = sentence.masked, sentence.before
    found = _with_total(sentence)
    if not found and before and (_OF_THESE.search(text) or REST.search(text)):
        found = _total_before(sentence, before)
    if found and (shares_of_less(found[1]) or _far_off(*found)):
        return
    if found:
        yield summed(*found)
    elif inside := _in_brackets(sentence):
        yield summed(*inside)
    elif below := _total_of_all(sentence) or (_total_below(sentence, before) if before else None):
        yield summed(*below, confidence=Confidence.medium)
    elif near := _nearly_all(sentence):
        yield summed(*near, confidence=Confidence.medium)
    elif left := left_over(sentence):
        yield from left
    elif (shares := all_shares(sentence, before)) and nearly_hundred(shares):
        yield adds_to_all(shares, earlier_shares(sentence))


def _far_off(whole: Occurrence, parts: list[Occurrence]) -> bool:
    """Return whether parts come to so little or so much of a number that it is the total of others."""
    added = sum((part.quantity.anchor for part in parts), Fraction(0))
    low, high = sorted((added, whole.quantity.anchor))
    return high > low * _FAR_OFF and not power_of_ten(low, high)


_FAR_OFF = 3


def _same(parts: list[Occurrence], whole: Occurrence) -> list[Occurrence]:
    """Return the parts that can be added up to a total, without a number in words that says how many they are."""
    if whole.quantity.in_words and whole.quantity.unit == "percent":
        return []
    held = [
        part
        for part in parts
        if part.quantity.unit == whole.quantity.unit
        and part is not whole
        and not part.quantity.ends
        and part.quantity.anchor > 0
        and not (part.quantity.in_words or part.quantity.hedge in ("above", "below", "at least", "up to"))
        and counts_its_own(part)
    ]
    held = [part for part in held if not _says_how_many(part, held) and not within_a_part(part, held[0])]
    sizes = [part.quantity.anchor for part in held]
    return held if held and min(sizes) * LEAST_PART > max(sizes) else []


def _says_how_many(part: Occurrence, held: list[Occurrence]) -> bool:
    """Return whether a number in words says how many the others are, and stands before them or behind "the": "in three places: 4, 5 and 6"."""
    if part.text[:1] in _FIGURES or part.quantity.anchor != len(held) - 1:
        return False
    return part is held[0] or bool(_ALL_OF.search(part.sentence.text[: part.start].lower()))


_ALL_OF = re.compile(r"\b(?:the|all|these|those|our|its|their|between|across|for|over|at|in) $")


LEAST_PART = 1000
"""How many times a part the largest is at most: less of a total is lost in its rounding."""
_FIGURES = "0123456789£$€+-"


def _with_total(sentence: Sentence) -> tuple[Occurrence, list[Occurrence]] | None:
    """Return a total and all its parts, of one sentence."""
    text = sentence.masked
    if len(sentence.mentions) < _LEAST or len(OF_A_PART.findall(text)) > 1:
        return None
    for rule in _TOTAL_AFTER:
        for match in rule.finditer(text):
            whole = named(match, sentence)["t"]
            parts = _same(sentence.mentions[: whole.index] if "t" in match.groupdict() else [], whole)
            head = re.match(r"(?:in total|in all|altogether|together|combined)", match[0])
            if (head and not parts) or _OF_OTHERS.search(text[: match.start()]):
                continue
            joined = text[: match.start("t")]
            if (
                len(parts) > 1
                and max(part.quantity.anchor for part in parts) <= whole.quantity.anchor
                and not _OF_A_WHOLE.match(text)
                and re.search(rf"{MARK}[^#;]{{0,60}}(?:,| and | plus )[^;]{{0,60}}{MARK}", joined)
                and not _WITHOUT.search(text)
            ):
                return whole, parts
    for rule in _TOTAL_BEFORE:
        for match in rule.finditer(text):
            two = named(match, sentence)
            whole = two["t"]
            behind = [mention for mention in sentence.mentions if _at(text, mention) >= match.end()]
            parts = _same(behind, whole) if counts_its_own(whole) else []
            parts = parts if "k" not in two or len(parts) == two["k"].quantity.anchor else []
            parts = parts if all(part.quantity.anchor <= whole.quantity.anchor for part in parts) else []
            all_of_it = _MADE_OF.search(text[match.start("t") : _at(text, parts[0])]) if parts else None
            if (
                len(parts) > 1
                and (all_of_it or _has_rest(text, parts) or partition(sentence, parts) or _negated(text, parts))
                and not _WITHOUT.search(text)
            ):
                return whole, parts
    return None


_OF_A_WHOLE = pattern(r"(?:out )?of (?:the |all |our |these )*#")
_OF_OTHERS = pattern(r"\b(?:others?|rest|remaining|remainder)\b[^#.;]{0,30}$")
"""What stands before the total of what is left over, which is a part."""
_NEGATED = pattern(r"# (?:of them |of these )?(?:were|are|was|is|did|do|does|had|have|has|would|could) not(?=[.,;]|$)[^#]*$")


def _has_rest(text: str, parts: list[Occurrence]) -> bool:
    """Return whether one of the parts is what is left over, whose clause says so; a rest without a number, or with a share, is none of them."""
    return any(
        REST.search(clause) and any(part.mark in clause for part in parts) for clause in re.split(r"[,;:]| (?:and|but|while) ", text)
    )


def _negated(text: str, parts: list[Occurrence]) -> bool:
    """Return whether the second of two parts are those that are not what the first are."""
    return len(parts) == _TWO and bool(_NEGATED.search(text))


_LEAST = 3
_WITHOUT = re.compile(
    r"\b(?:includ(?:ing|es?|ed)|such as|for example|among them|some of|at least|especially|as well as others|multiple|more than one|one each|average)\b"
)


def _at(text: str, mention: Occurrence) -> int:
    return text.index(mention.mark)


def _total_before(sentence: Sentence, before: Sentence) -> tuple[Occurrence, list[Occurrence]] | None:
    """Return the only number of the sentence before that can be the total of all numbers of this one."""
    if not sentence.mentions or any(rule.search(sentence.masked) for rule in (_WITHOUT, _REST_ALONE, _BESIDE_IT)):
        return None
    unit = sentence.mentions[-1].quantity.unit
    wholes = [m for m in before.mentions if m.quantity.unit == unit and not m.quantity.ends and counts_its_own(m)]
    if len(wholes) != 1 or unit == "percent" or (sentence.years and before.years.isdisjoint(sentence.years)):
        return None
    parts = _same(sentence.mentions, wholes[0])
    clauses = re.split(r"[;:]|, (?:and|but|while) ", sentence.masked)
    said = any(REST.search(one) and re.search(MARK, one) for one in clauses) or partition(sentence, parts)
    less = any(part.quantity.anchor > wholes[0].quantity.anchor for part in parts)
    less = less or all(any(_WITH_SHARE.match(m.sentence.text, m.end) for m in held) for held in ([wholes[0]], parts))
    return (wholes[0], parts) if len(parts) > 1 and said and not less else None


_WITH_SHARE = re.compile(r" \(\d[\d.]*(?:%| per ?cent)\)")
"""Behind a count its share of all, of which another with a share is a part too, and not the whole."""
_REST_ALONE = pattern(r"^the (?:balance|remainder|rest)\b|\b(?:and|with) the (?:remainder|rest|balance)\b[^#]*$")
"""A rest that has no number of its own, or is itself what is told in parts."""
_BESIDE_IT = pattern(r"^(?:a further|another|an additional|as many again)\b|# (?:[a-z]+ )?(?:each|apiece)\b")
"""How parts begin that stand beside the number before, and are none of it; and a number that several things have each, which is more than one part."""
_BRACKETS = pattern(r"<t>[^.;:#()]{0,40} \((?P<parts>[^()]*#[^()#]*#[^()]*)\)")


def _in_brackets(sentence: Sentence) -> tuple[Occurrence, list[Occurrence]] | None:
    """Return a whole and its parts in the brackets behind it, each of another word of which everything has one."""
    for match in _BRACKETS.finditer(sentence.masked):
        whole, parts = named(match, sentence)["t"], marked(match["parts"], sentence)
        words = re.split(MARK, match["parts"])
        less = all(part.quantity.anchor <= whole.quantity.anchor for part in parts)
        if less and len(_same(parts, whole)) == len(parts) and (each_its_own(words[1:]) or each_its_own(words[:-1])):
            return whole, parts
    return None


_ALL_TOLD = pattern(
    r"^(?:altogether|in all|in total|all told|all in all|together|taken together|combined|overall|(?:over |for |in |during )?(?:the |that )?(?:whole )?(?:year|month|week|period|season|quarter)?,? ?(?:that|this|it) (?:came|comes|adds up|added up|amounts|amounted) to|that (?:is|was|makes|made)|this (?:is|was|makes|made|gives|gave))\b"
    r"[^#]{0,60}<t>[^#]*$|^[^#]{0,30}<u>[^#]{0,40}\b(?:altogether|in all|in total|all told|combined)\W*$"
)


def _total_of_all(sentence: Sentence) -> tuple[Occurrence, list[Occurrence]] | None:
    """Return the one number of a sentence that begins or ends as a total does, and all numbers of that before it, if these are a list."""
    match, before = _ALL_TOLD.search(sentence.masked), told_before(sentence)
    whole = next(iter(named(match, sentence).values())) if match else None
    if not whole or not before or len(sentence.mentions) > 1 or not _TOTAL_WORD.search(sentence.masked):
        return None
    parts = _same(before.mentions, whole)
    listed = (
        len(parts) > 1
        and len(parts) == len(before.mentions)
        and not _WITHOUT.search(before.masked)
        and not re.search(r"\bof (?:which|whom)\b", before.masked)
    )
    return (whole, parts) if listed and whole.quantity.anchor > max(part.quantity.anchor for part in parts) else None


_TOTAL_WORD = re.compile(
    r"\b(?:altogether|in all|in total|all told|all in all|together|combined|overall|total|(?:came|comes|adds up|added up|amounts|amounted) to)\b"
)
_BELOW = pattern(r"^(?:the |our )?(?:grand |overall )?totals?(?P<what>(?: [a-z]+){0,2}?)(?::| is| was| came to| comes to| of)? <t>\W*$")


def _total_below(sentence: Sentence, before: Sentence) -> tuple[Occurrence, list[Occurrence]] | None:
    """Return the total that is all a sentence states, and the parts that are all the sentence before it lists."""
    match = _BELOW.search(sentence.masked)
    whole = named(match, sentence)["t"] if match else None
    parts = _same(before.mentions, whole) if whole else []
    listed = len(parts) > 1 and len(parts) == len(before.mentions) and bool(re.match(r"[^#:]*:", before.masked))
    listed = listed and all(word in before.masked.partition(":")[0] for word in (match["what"] if match else "").split())
    return (whole, parts) if whole and listed else None


_LIST = r"[^#]{0,60}?#[^#]{0,60}?(?:, [^#]{0,60}?#[^#]{0,60}?)+,? and [^#]{0,30}?#"
_LISTED = (
    pattern(r"^(?:out )?of (?:all |the |our |these |a total of )*<t>" + _LIST),
    pattern(r"<t>[^#;.]{0,40}?,? of (?:which|whom)\b" + _LIST),
    pattern(r"<t>[^#;.]{0,60}, (?:with )?(?=# (?:of (?:them|these|which|whom)|in|from|by|at|to|for)\b)" + _LIST),
)
_ALMOST = Fraction(3, 20)


def _nearly_all(sentence: Sentence) -> tuple[Occurrence, list[Occurrence]] | None:
    """Return a whole and three or more listed parts of it whose sum is so near that they seem to be all."""
    match = next((found for rule in _LISTED if (found := rule.search(sentence.masked))), None)
    if not match or _WITHOUT.search(sentence.masked) or len(OF_A_PART.findall(sentence.masked)) > 1:
        return None
    whole = named(match, sentence)["t"]
    parts = _same(sentence.mentions, whole)
    added = sum((part.quantity.anchor for part in parts), Fraction(0))
    near = abs(added - whole.quantity.anchor) <= whole.quantity.anchor * _ALMOST
    return (whole, parts) if len(parts) > _TWO and near and whole.quantity.unit != "percent" else None


_TWO = 2
_ONE = re.compile(
    r"(?:,|;|\band) (?:one|(?:the|an?|our)(?= [\w' -]+(?:,| and |[.;]|$))) (?!in\b|of (?:the|these|them)\b|third\b|fifth\b|quarter\b|tenth\b|more\b|others?\b|rest\b|remain)[a-z]"
)
"""A part that is one thing, which is read as no number: "and one lord", "the mayor and an auditor"."""


def _no_whole_of(whole: Occurrence, parts: list[Occurrence]) -> bool:
    """Return whether a number of the sentence before is no whole of these: it comes again, is a part itself, or one of them is the sum of the others."""
    values = [part.quantity.anchor for part in parts]
    itself = _OF_THEM.match(whole.sentence.text[whole.end :].lower())
    return bool(itself) or whole.quantity.anchor in values or (len(values) > _TWO and 2 * max(values) == sum(values))


_OF_THEM = re.compile(r" of (?:them|these|those|which|whom)\b")


def summed(whole: Occurrence, parts: list[Occurrence], confidence: Confidence = Confidence.high) -> Compared:
    """Return whether parts add up to a whole, or those up to one that is called the rest do."""
    *spans, all_ = alike([*(part.quantity for part in parts), whole.quantity])
    found = total(spans)
    added = sum((part.quantity.anchor for part in parts), Fraction(0))
    reckoning = " + ".join(part.text for part in parts) + f" = {shown(Interval(added, added))}; stated {whole.text}"
    if whole.quantity.hedge:
        all_ = Interval(min(all_.low, whole.quantity.interval.low), max(all_.high, whole.quantity.interval.high))
    message, itself = "", whole.sentence is not parts[-1].sentence and _no_whole_of(whole, parts)
    ones = len(_ONE.findall(parts[0].sentence.masked)) if whole.quantity.unit == "count" else 0
    rests = [at + 1 for at, part in enumerate(parts) if at and REST.search(part.sentence.between[part.index][0])]
    some = any(total(spans[first:last]).meets(all_) for last in rests for first in range(last - 1))
    if not (itself or some or found.meets(all_)) and (not ones or added + ones != whole.quantity.anchor):
        message = f"The parts add up to {shown(Interval(added, added))}, not to {whole.text}.{power_of_ten(added, whole.quantity.anchor)}"
    marked = [*parts, whole] if whole.sentence is parts[-1].sentence else parts
    return compared("sum", marked, reckoning, message, confidence=confidence, other=whole, claim=whole, given=found)
