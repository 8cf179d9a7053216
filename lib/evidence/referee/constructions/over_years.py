"""Totals and means of what a sentence lists for several years or rounds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, How, total
from evidence.referee.constructions.decided import akin, all_ahead, decided, exact_or_printed, last_place, numbers_back, text_between
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.reach import ahead, base, behind
from evidence.referee.relations.settling import Binding

_MEAN = re.compile(
    r"\b(?:an? |the |its |their |this |yearly |annual |monthly |weekly |daily |simple |overall |[a-z]+-year )*(?:mean|average|averaging|averages|averaged)\b(?: [a-z-]+){0,4}?(?: of| is| was|,| at| to| as)? (?:just |only |about |some |exactly |over |under |around |roughly )*$"
)
_MEAN_BEHIND = re.compile(r"(?: [a-z-]+){0,3}? (?:on average|a year on average|on the average|per year on average)\b")
_IN_ALL = re.compile(
    r"\b(?:(?:makes?|making|made|gives?|giving|gave|is|was|for|brings?|bringing|to|with|reach(?:es|ing|ed)?) )?(?:an? |the |this )?(?:grand |overall |combined |cumulative |running |[a-z]+-year )?(?:total(?:led|ling|s)?|sum|aggregate)\b(?: [a-z-]+){0,3}?(?: of| is| was|,| to)? (?:just |only |about |some |exactly |over |under |around |roughly )*$"
    r"|\b(?:together|altogether|combined|between them|in all|all told|adds? up to|added up to|adding up to|sums? to)\b[^.;,]{0,30}$"
)
_IN_ALL_BEHIND = re.compile(r"(?: [a-z-]+){0,2}?,? (?:in all|altogether|in total|all told|together|combined|overall)\b")
_JOIN = re.compile(
    r"(?:[^.;:()#]{0,45}?)(?:, (?:and |then |but )?|,? and | then | to | and then | followed by )(?:finally |then |to |only |just |by |lastly |in \d{4}(?:[/-]\d\d)? |\d{4}(?:[/-]\d\d)? )*"
)
_FEWEST, _MOST = 3, 12


def over_the_years(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether a mean or a total told right behind a list of three and more numbers is that of them."""
    for claim in sentence.mentions:
        mean = bool(_MEAN.search(ahead(claim)) or _MEAN_BEHIND.match(behind(claim)))
        whole = bool(_IN_ALL.search(ahead(claim)) or _IN_ALL_BEHIND.match(behind(claim)))
        listed = _list_before(claim) if mean or whole else []
        if listed and not claim.quantity.ends:
            yield from decided("per head" if mean else "sum", claim, _of_all(claim, listed, mean=mean), most=Fraction(2))


def _list_before(claim: Occurrence) -> list[Occurrence]:
    """Return the numbers of a list that stands right before a number, in its sentence or in the one before."""
    own = _run(claim.sentence.mentions[: claim.index], claim)
    if len(own) >= _FEWEST:
        return own
    for held in numbers_back(claim.sentence, 1) if re.match(_BACK, all_ahead(claim)) else ():
        run = _run(held, claim)
        if len(run) >= _FEWEST and run[-1] is held[-1]:
            return run
    return []


_BACK = r"(?:(?:and|so|thus|hence|therefore|taken together|in all|over the whole period|over (?:the|those|these) [a-z]+ [a-z]+|across [a-z ]{3,30}),? )*(?:this|that|these|those|they|it|the (?:[a-z-]+ )?(?:total|sum|mean|average|whole|[a-z]+ (?:years?|rounds?|seasons?|quarters?)))\b"


def _run(held: list[Occurrence], claim: Occurrence) -> list[Occurrence]:
    """Return the numbers of one unit that are joined by commas and words of time, the longest such run that ends last."""
    run: list[Occurrence] = []
    for one in reversed(held):
        fits = not one.quantity.ends and not one.quantity.in_words and (base(one) in (base(claim), "count"))
        if run and not (fits and _joined(one, run[0])):
            break
        if fits:
            run.insert(0, one)
    return run if len(run) <= _MOST else []


def _joined(one: Occurrence, other: Occurrence) -> bool:
    return akin(one, other) and bool(_JOIN.fullmatch(re.sub(r"[\ue000-\uf8ff]", "#", text_between(one, other))))


def _of_all(claim: Occurrence, listed: list[Occurrence], *, mean: bool) -> Iterator[Binding]:
    """Yield the mean or the total of a list, and of its last numbers without the first, which explains and never refutes."""
    yield _reckoned(claim, tuple(listed), mean=mean, sure=True)
    for first in range(1, len(listed) - _FEWEST + 1):
        yield _reckoned(claim, tuple(listed[first:]), mean=mean, sure=False)


def _reckoned(claim: Occurrence, some: tuple[Occurrence, ...], *, mean: bool, sure: bool) -> Binding:
    value = total(exact_or_printed(claim, some))
    told = " + ".join(one.text for one in some)
    if not mean:
        return Binding(some, value, told, sure=sure, how=How.sum)
    middle, half = value.scaled(Fraction(1, len(some))), last_place(claim) / 2
    return Binding(some, Interval(middle.low - half, middle.high + half), f"({told}) / {len(some)}", sure=sure)


RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (over_the_years,)
