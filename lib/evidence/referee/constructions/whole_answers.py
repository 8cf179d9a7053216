"""Means and shares that whole answers of so many cannot give."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from evidence.quantity import share_possible
from evidence.referee.comparing import Compared, Confidence, compared, pattern
from evidence.referee.constructions.groups_asked import groups_of, head_noun, is_group, noun_of, parts_first
from evidence.referee.constructions.share_levels import list_before, told_before
from evidence.referee.mentions import FIRST_MARK, MARK, Occurrence, Sentence
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.marks import mean_of
from evidence.referee.relations.reach import ahead, base, behind
from evidence.referee.relations.roles import is_size

_ALL = r"(?:all |just |only |exactly )?(?:of )?(?:the|these|those|our|its|their|this) "
_THEM = r"(?:them|whom|which|(?:these|those)(?=[,.;]| (?:had|have|has|were|was|are|is|said|say|did|do|would|could)\b))"
_FEW_WORDS = r"(?: ?(?:a further|another|only|just|no more than|as many as|fully|exactly|some|about))*"
_BEHIND = re.compile(rf"^(?: [a-z]+)?? of (?:(?P<them>{_THEM})|{_ALL}(?P<noun>[^.;:,()]*))")
_OF_ANY = re.compile(r"^(?: [a-z]+)?? of\b")
_AHEAD = re.compile(
    rf"(?:^|[.;:,] ?|\b(?:and|but) )(?:of|among|amongst) (?:(?P<them>{_THEM})|(?:all |each of )?(?:the|these|those|our|its|their) (?P<noun>[^;:,]+))(?:,[^;:]*,)?(?:,? ?(?:and|but|while|or))?,?{_FEW_WORDS} $"
)
_OTHER = re.compile(
    r"\b(?:weighted|weights?|of (?:the )?(?:value|cost|income|spending|time|area|total|money|budget|land|population)|(?:rose|fell|grew|up|down|increased|decreased|cut|risen|fallen) (?:by )?$|estimated?|modelled"
    r"|rates?|share|proportion|percentage|score|average|mean|median)\b[^;,]*$"
)
_ONE_EACH = re.compile(r"\bone (?:in|at|from|per|for|to|of|on) (?:each|every)\b|\bone (?:each|apiece)\b")
_SMALL, _FEWEST = 100, 3


def shares_of_few(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether a percentage can be a share of the small group that its own words name."""
    for share in sentence.mentions if "%" in sentence.text or "cent" in sentence.text else []:
        if _is_plain_share(share) and (held := _whose(share, linker)):
            yield from _possible(share, held)


def _is_plain_share(share: Occurrence) -> bool:
    quantity = share.quantity
    plain = quantity.unit == "percent" and not quantity.ends and not quantity.hedge and bool(re.match(r"\d", share.text))
    return plain and 0 < quantity.anchor < _SMALL and not is_size(share) and not _OTHER.search(ahead(share))


def _whose(share: Occurrence, linker: Linker) -> list[Occurrence]:
    """Return the groups that a share may be of, by the words that name it behind the share or at the beginning of its clause."""
    before, _, after = share.sentence.masked.partition(share.mark)
    found = _BEHIND.match(after) or (None if _OF_ANY.match(after) else _AHEAD.search(before))
    if not found:
        return []
    near = linker.reach.near(share.sentence)
    near = near if len(near) > 1 else [*near, *list_before(share.sentence, linker.reach)]
    own = [m for m in groups_of(share.sentence) if m.start < share.start]
    if found["them"]:
        own = own if len({base(m) for m in share.sentence.mentions[: share.index]} - {"percent"}) == 1 else []
        if _APPOSED.search(before) or _OF_MORE.search(before):
            return []
        return parts_first(own or next((got for one in near[1:2] if (got := groups_of(one))), []))
    held = _of_noun(found["noun"], [*own, *(m for one in near[1:] for m in groups_of(one))], share)
    return held if re.search(MARK, found["noun"]) or not _elsewhere(share, found["noun"], held, linker) else []


_APPOSED = pattern(r"#[^#;.]{0,30}(?:,? or|,? that is,?|,? i\.e\.,?|,? representing|\() $")


_OF_MORE = pattern(r"#(?: [a-z]+)?? of (?:the|all|its|our|their|these) [^#;.]*$")
"""Where "them" are those of whom a part is told right before."""


def _elsewhere(share: Occurrence, phrase: str, held: list[Occurrence], linker: Linker) -> bool:
    """Return whether the report counts more of what a phrase names, of which a share is possible, or the phrase says more of it than its noun."""
    others = [
        m for m in linker.reach.of_noun([head_noun(phrase)]) if m not in held and m.quantity.unit == "count" and m.quantity.anchor > 1
    ]
    said_more = re.match(r"(?:[a-z]+ )?[a-z-]+['\u2019]s? ", phrase)
    return bool(said_more) or any(_may_be(share, m) for m in others if m.quantity.anchor.denominator == 1)


def _may_be(share: Occurrence, group: Occurrence) -> bool:
    return share_possible(share.quantity, int(group.quantity.anchor))


def _of_noun(phrase: str, held: list[Occurrence], share: Occurrence) -> list[Occurrence]:
    """Return the group that a phrase counts, or those of its noun."""
    if re.match(rf"(?:[a-z]+ )?{MARK}", phrase):
        group = share.sentence.mentions[ord(re.findall(MARK, phrase)[0]) - FIRST_MARK]
        return [group] if is_group(group) and not re.match(r"(?: [a-z-]+)*['\u2019]", behind(group)) else []
    noun = head_noun(phrase)
    named = [m for m in held if noun and noun_of(m) == noun]
    if named:
        return parts_first(named)
    return parts_first(held)[:1] if noun and held and _ONE_EACH.search(share.sentence.masked) else []


def _possible(share: Occurrence, groups: list[Occurrence]) -> Iterator[Compared]:
    """Yield whether a share can be that of one of some groups."""
    if any(m.quantity.hedge or m.quantity.anchor >= 10 * _SMALL or m.quantity.anchor < _FEWEST for m in groups) or not groups:
        return
    fitting = next((m for m in groups if share_possible(share.quantity, int(m.quantity.anchor))), None)
    group = fitting or groups[0]
    many = int(group.quantity.anchor)
    part = int(share.quantity.anchor * many / 100)
    told = "; ".join(f"{number} / {many} = {float(Fraction(100 * number, many)):.4g} percent" for number in (part, part + 1))
    message = "" if fitting else f"No whole number of {group.text} is {share.text}."
    yield compared("respondents (GRIM)", [share], told, message, confidence=Confidence.medium, other=group)


_MEAN_AHEAD = re.compile(r"\b(?:means?|averag(?:e|es|ed|ing))\b[^;]*$")
_SCORED = re.compile(r"\b(?:scored?|scores|rated?|rates|marks?|stood|came|got|earned|received|well: |badly: |gave)\b[^;]*$")
_WHOLE = re.compile(
    r"\bwhole (?:marks?|numbers?|points?|stars?|scores?|figures?)\b|\bcounted\b|\bcounts? of\b|\bwe count\b|\b(?:the |mean |average )?numbers? of\b|\bhow many\b|\bwhole\b|\bcount(?:ed|ing)? (?:was|were|whole)\b"
)
_UNSURE = re.compile(
    r"\b(?:weight(?:ed|ing)|index|composite|half[- ](?:marks?|points?)|halves|decimals?|median|deviation|did not (?:answer|reply|respond|rate|say)|no answer|missing|each (?:was|were) (?:asked|visited|measured) (?:twice|three)|full-time|hours|several times)\b"
)
_MEASURED = re.compile(
    r"^ (?:hours?|days?|years?|weeks?|months?|minutes?|metres?|km|miles|tonnes|litres|per ?cent|percent|million|billion|thousand|degrees|times|full)\b"
)


_THINGS_EACH = re.compile(
    r"^ (?:[a-z-]+ ){0,2}?(?!years|months|weeks|days|hours|minutes|tonnes|miles|acres|hectares|litres|metres|pounds|points|percent)[a-z]{3,}s (?:each|apiece|per [a-z]+|for each [a-z]+|to each [a-z]+|to the [a-z]+)\b"
)


def means_of_whole_answers(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether whole numbers, one of each of a small group, can have the mean that is told of them."""
    for mean in sentence.mentions:
        if (
            not re.fullmatch(r"\d+\.\d+", mean.text)
            or mean.quantity.unit != "count"
            or mean.quantity.hedge
            or _MEASURED.match(behind(mean))
        ):
            continue
        near = told_before(sentence, linker.reach, 2)
        if _is_mean(mean, near) and (held := _givers(mean, near)):
            yield from _mean_possible(mean, held)


def _is_mean(mean: Occurrence, near: list[Sentence]) -> bool:
    """Return whether a number is called the mean of what was counted or marked in whole numbers."""
    text, before = mean.sentence.masked, ahead(mean)
    told = " ".join(one.text.lower() for one in reversed(near))
    if (
        _UNSURE.search(told)
        or not (_WHOLE.search(told) or _THINGS_EACH.match(behind(mean)))
        or re.search(r"(?:than|from|to|against|by|up|down) $", before)
    ):
        return False
    called = (
        _MEAN_AHEAD.search(before)
        or (re.search(r"\b(?:mean|averag\w+)\b", told) and _SCORED.search(before))
        or "on average" in behind(mean)
    )
    return bool(called) and not re.search(r"\b(?:change|rise|fall|increase|decrease|difference|gap)\b[^;]{0,20}$", before) and bool(text)


def _givers(mean: Occurrence, near: list[Sentence]) -> list[Occurrence]:
    """Return the group whose answers a mean is of: that of its own clause, else the only ones of the nearest sentence that counts any."""
    own = [m for m in groups_of(mean.sentence) if m.start < mean.start]
    if own:
        return own[-1:] if re.search(r"\b(?:the|all|these|our|those) $", ahead(own[-1])) else parts_first(own)
    return next((parts_first(got) for one in near[1:] if (got := groups_of(one))), [])


def _mean_possible(mean: Occurrence, groups: list[Occurrence]) -> Iterator[Compared]:
    places = len(mean.text.partition(".")[2])
    if any(m.quantity.hedge or m.quantity.anchor >= 10**places for m in groups):
        return
    tried = [(m, *mean_of(mean.quantity.anchor, int(m.quantity.anchor), places)) for m in groups]
    group, fits, told = next((one for one in tried if one[1]), tried[0])
    message = "" if fits else f"No whole numbers of {group.text} have the mean {mean.text}."
    yield compared("respondents (GRIM)", [mean], told, message, confidence=Confidence.medium, other=group)


RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (
    shares_of_few,
    means_of_whole_answers,
)
