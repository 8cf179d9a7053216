"""Shares that cannot be: more than all of a part, a fall by more than all, parts of more than the whole, a narrower range above a wider one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise

from evidence.referee.comparing import Compared, compared, pattern, shown, total
from evidence.referee.constructions.share_clauses import share_clauses, shares_of
from evidence.referee.mentions import FALL, RISE, Occurrence, Sentence
from evidence.referee.passages import is_change
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.reach import ahead, behind

_ALL, _NONE = Fraction(100), Fraction(0)
_RISING = re.compile(
    rf"\b(?:{RISE}|more|higher|above|greater|larger|bigger|inflation|times|relative|index|exceed\w*|target|capacity|gdp|oversubscribed|dearer|against|compared|than|plus|interest|profit\w*|return)\b"
)
_NO_RISE = re.compile(
    r"\b(?:signed|taken|took|picked|made|followed|set|turned|caught|given|gave|brought|grown|growing|cleared|used|kept|put) up\b"
)
_MEASURE = re.compile(
    r"\b(?:targets?|plans?|budgets?|capacity|gdp|average|mean|median|levels?|figures?|income|value|costs?|price|needs?|demand|norms?|expected|forecast|baseline|earnings|revenues?|turnover"
    r"|salary|salaries|debts?|benchmark|quotas?|allowance|places|beds|cells|seats|limits?|standards?|minimum|maximum|rates?|total|normal|sum|amount|allocation|estimate|original|usual|wages?|profits?|equity|assets|reserves|output"
    r"|sales|exports|imports|savings|funds|receipts|goods|prices|deposits|requirements?|recommended|intended|planned|national|hours|yields?|pay|spending)\b|^(?:what|that)\b"
)
_OF_PART = re.compile(
    r" of (?P<of>(?:(?:the|its|all|those|these|their|our|his|her|that|this)\b|[\ue000-\uf8ff]|(?:[a-z-]+ )?[a-z-]+s\b)[^.;:,()]{0,60})"
)
_PLURAL = re.compile(r"[\ue000-\uf8ff]|\b[a-z'-]+s\b|\b(?:children|people|men|women|staff)\b")
_SUBJECT = re.compile(
    r"(?: of (?:them|these|those|whom|which))? (?:also |now |still |already )?(?:had|have|said|say|could|would|did|do|were|are|lived|live|felt|feel|thought|think|used|use|left|passed|took|take|agreed|agree|reported|report|found|find|knew|know|wanted|want"
    r"|attended|received|got|voted|gave|chose|owned|own|went|came|come|held|hold|met|meet|failed|fail|need|needed|replied|answered|named|rated|saw|paid|pay|spent|worked|work|travelled|travel|visited|kept|keep|stayed|returned|preferred|favoured|backed|opposed|supported|walked|cycled|drove"
    r"|(?:is|was|has been|had been) [a-z]+(?:ed|en|nt|ld|id|de|wn)\b)\b"
)
_RATE = re.compile(
    r"\b(?:share|proportion|percentage|probability|turnout|coverage|take-?up|uptake|attendance|(?:response|pass|success|completion|survival|attendance|acceptance|conviction|retention|literacy|employment|unemployment|participation|occupancy|recycling|vaccination|detection|approval|return|reply|graduation|compliance) rate)\b"
    r"[^.;\ue000-\uf8ff]{0,45}?(?: of| was| is| at| reached| to| stood at| being| came to|,) (?:just |only |about |some |nearly |now |a |as (?:high|much) as |over )*$"
)
_LEADS_ON = re.compile(r"(?:,|\band|\bbut|\bwhile|\bwith|;) (?:just |only |about |some |as many as |nearly |a further |even )*$")


def _too_many(share: Occurrence) -> bool:
    return share.quantity.interval.low > _ALL


def over_all(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield shares of a part that are more than all of it."""
    for share in shares_of(sentence):
        around = _NO_RISE.sub("", f"{ahead(share)} {_first_words(behind(share))}")
        if _too_many(share) and not _RISING.search(around) and (_of_part(share) or _goes_on(share)):
            yield compared("over the whole", [share], f"{share.text} against 100 percent", f"More than all of a part: {share.text}.")


def _first_words(text: str) -> str:
    return " ".join(text.split()[:_FEW])


_FEW = 6


def _of_part(share: Occurrence) -> bool:
    """Return whether a share is of things that are counted, is who does something, or is a rate of those who do."""
    part = _OF_PART.match(_marked_behind(share))
    if part:
        return bool(_PLURAL.search(part["of"]) and not _MEASURE.search(" ".join(part["of"].split()[:_FEW])) and "£" not in part["of"])
    before = ahead(share)
    return bool(_SUBJECT.match(behind(share)) and not re.search(r"\b(?:by|of|at|to) $", before)) or bool(_RATE.search(before))


def _marked_behind(share: Occurrence) -> str:
    masked = share.sentence.masked
    return masked[masked.index(share.mark) + 1 :]


def _goes_on(share: Occurrence) -> bool:
    """Return whether a share goes on in a list of shares that are each of a part."""
    others = [one for one in shares_of(share.sentence) if one is not share and not _too_many(one)]
    listed = bool(_LEADS_ON.search(ahead(share))) and not _OF_PART.match(_marked_behind(share))
    return listed and any(_of_part(one) for one in others) and not _RISING.search(share.sentence.masked)


_MORE_FALLS = "brought down|taken down|came down|come down|went down|gone down|driven down|brought .{0,12}down|eased|trimmed|pared|thinned|diminished|diminution|receded|curtailed|scaled back|depleted|eroded|saved|savings?|discount|rebate|shrinkage|depreciated|shaved|whittled|abated|subsided|dived|dive|nosedived|weakened"
_FALLS = tuple(
    pattern(text)
    for text in (
        rf"\b(?:{FALL}|{_MORE_FALLS})\b(?P<gap>[^.;#]{{0,60}}?)\b(?:by|of) (?:about |some |as much as |a |an |no less than |fully |almost |nearly |over |more than |around )*<p>",
        r"\b(?:decline|fall|drop|reduction|decrease|cut|saving|contraction|shrinkage)s?\b(?P<gap>[^.;#]{0,30}?)(?:,? at|\bwas|\bis|\bcame to|\bamounted to|\breached|\bworked out at)(?: about| some| no less than)? <p>",
        r"<p> (?P<gap>)(?:fewer|less|lower|smaller|cheaper|shorter|lighter|slower|below|down on)\b",
        r"\ban? <p> (?P<gap>)(?:cut|fall|drop|reduction|decline|decrease|saving|shrinkage|loss|discount|contraction|dip|slump)\b",
        r"\b(?:fell|fallen|dropped|declined|shrank|shrunk|slumped|plunged|tumbled|down)(?P<gap>) (?:about |some |over |nearly |almost )?<p>",
        r"\b(?:lost|shed|wiped out|wiped off)(?P<gap>) <p> of\b",
    )
)
_YEARS = re.compile(r"\bfrom (?:19|20)\d\d to (?:19|20)\d\d")
_FROM_TO = re.compile(r"\bfrom [£$€]?\d[^.;]{0,30}? to (?:just |only |about )?[£$€]?\d")
"""Two levels, of which another rule tells by how much they differ."""
_SIGNED = re.compile(r"\b(?:profits?|surplus|balance|deficit|net|earnings|result|cash flow|swing|trade|margin|score)\b")


def falls_beyond(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield falls by more than all there was."""
    for rule in _FALLS if any(_too_many(share) for share in shares_of(sentence)) else ():
        for match in rule.finditer(sentence.masked):
            share = sentence.mentions[ord(match["p"]) - 0xE000]
            rising = re.search(rf"\b(?:{RISE})\b", match["gap"]) or _FROM_TO.search(_YEARS.sub("", sentence.text.lower()))
            if (
                share.quantity.unit == "percent"
                and not share.quantity.ends
                and _too_many(share)
                and not rising
                and not _SIGNED.search(sentence.masked)
            ):
                yield compared(
                    "over the whole", [share], f"{share.text} against 100 percent", f"A fall by more than all of it: {share.text}."
                )


_ALLOTTED = re.compile(
    r"\b(?:account(?:ed|s|ing)? for|ma[dk]es? up|making up|suppl(?:ied|ies|ying)|provid(?:ed|es)|took|takes|taken (?:up )?by|went (?:to|on|into)|goes (?:to|on|into)|go (?:to|on|into)|c[ao]mes? from|came from|produced|generated|drawn from|derived from|spent on"
    r"|sold (?:to|as)|contributed|divided|split|broke down|breakdown|belong(?:s|ed)? to|owned by|held by|absorbed|consumed|used up|fed|bought by|met by|financed|funded|undecided|don't know|no opinion|unchanged|no difference|no change|not sure|unsure|no answer|gave no|did not (?:answer|reply|know)|(?:stay(?:ed)?|remain(?:ed)?|about|much) the same|swallowed|claimed by|came by|travelled by|born in|carried|carries|handled|handles|represent(?:s|ed)?|constitut(?:es?|ed)|occup(?:ies|y|ied))\b"
    r"|\b(?:holds?|held|owns?|owned|controls?|controlled|employs?|employed|grows?|grew|buys?|bought|causes?|caused|generates?|emit\w*|uses?|used|sells?|sold) [\ue000-\uf8ff] of (?:the|all|its)\b"
)
_REST = re.compile(
    r"\b(?:the (?:rest|remainder|balance|others?)|what (?:was|is|were) left|whatever was left|the remaining|remaining|everything else|the residue)\b"
)
_OVERLAP = re.compile(
    r"\b(?:more than one|multiple|several answers|overlap\w*|one or more|each of them|respectively|as well as|also|of (?:which|whom|these|them|those)|than|compared|against|average|at least|within|further|both|either|among|aged?|up from|down from|points?|who had|respondents could|earlier|previously|ago|formerly|now|rose|fell|grew|dropped|had been|of what|of us|overtak\w+)\b"
)


def parts_beyond(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether the shares into which a sentence divides a whole are no more than the whole, and less where it names a rest."""
    shares = [one for one in shares_of(sentence) if not one.quantity.in_words and (not is_change(one) or _USED_UP.search(ahead(one)))]
    if len(shares) < _TWO or any(map(_too_many, shares)) or len(sentence.years) > 1:
        return
    if any(_ASIDE.search(ahead(one)) for one in shares) and not all(_LISTED.search(ahead(one)) for one in shares):
        return
    if any(len(told) >= len(shares) for told in _amounts(sentence)):
        return
    text, rest = sentence.masked, _REST.search(sentence.masked)
    enough = len(shares) > _TWO and _ALLOTTED.search(text)
    if (not rest and not enough) or _OVERLAP.search(text) or (rest and not _behind_all(rest, shares)) or _far_apart(shares):
        return
    given = total(one.quantity.interval for one in shares)
    over = given.low >= _ALL if rest else given.low > _ALL
    told = " + ".join(one.text for one in shares)
    message = f"The shares of one whole are {shown(given)} percent: {told}{', and a rest' if rest else ''}." if over else ""
    if over or given.high >= _ALL:
        yield compared("shares", shares, f"{told} = {shown(given)}", message, contested=shares[-1] if not over else None)


_TWO = 2


_ASIDE, _LISTED = re.compile(r"\($|[\ue000-\uf8ff],? or $|, or $"), re.compile(r"[a-z] \($")
"""How a share stands in brackets or beside a count, and in a list of things with the share of each behind it."""
_USED_UP = re.compile(r"\b(?:takes?|took|taking|ma[dk]es?|making|us(?:es?|ed|ing)) up $")


def _amounts(sentence: Sentence) -> Iterator[list[Occurrence]]:
    """Yield the amounts of a sentence and of the one before it, of which shares may be reckoned: another rule tells which of them is wrong."""
    for one in (sentence, sentence.before):
        yield [m for m in one.mentions if m.quantity.unit != "percent" and not m.quantity.ends and not m.quantity.in_words] if one else []


def _behind_all(rest: re.Match[str], shares: list[Occurrence]) -> bool:
    """Return whether a rest is named behind all shares, so that none of them is it."""
    text = shares[0].sentence.masked
    return rest.start() > max(text.index(one.mark) for one in shares)


def _far_apart(shares: list[Occurrence]) -> bool:
    return any(two.start - one.end > _APART for one, two in pairwise(shares))


_APART = 90


_OF_THEM = re.compile(r" of (?:these|those|them|the latter|the former|whom|which)\b")


_NARROWS = re.compile(r"\b(?:which|that|who|whose|with|and|as well)\b")
_ONE_THAT = re.compile(
    r"(?: (?:had|held|have|kept|owned|with|used|said they had))? (?:one|ones) (?:that|which|with|who|of)\b| [a-z]+ (?:(?:reviewed|updated|renewed|published|tested|revised|checked|practised|completed|finished) )?(?:it|theirs)(?: regularly| yearly| since)?(?=[.,;]|$)"
)


def narrower(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether those who have a thing with something more are no more than those who have it."""
    clauses = share_clauses(sentence)
    for one, two in pairwise(clauses):
        if one.leads or two.leads or _OF_THEM.match(two.text) or _too_many(two.share) or not (more := _NARROWS.search(two.text)):
            continue
        own, words = one.words, two.words
        within = (len(own) > 1 and own < words and not own - two.words_before(more.start())) or (own and _ONE_THAT.match(two.text))
        if within and not (one.groups or two.groups):
            wrong = two.share.quantity.interval.low > one.share.quantity.interval.high
            message = f"{two.share.text} cannot be more than {one.share.text}, of whom they are a part." if wrong else ""
            yield compared("over the whole", [one.share, two.share], f"{two.share.text} within {one.share.text}", message)


RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (
    over_all,
    falls_beyond,
    parts_beyond,
    narrower,
)
