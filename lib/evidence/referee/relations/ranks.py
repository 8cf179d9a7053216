"""Ranks that words tell: the most, the least, the second or the last of the things that a table puts in order.

Words name one thing, and what it has; what no order that they may mean bears out is an alarm, for the one that they mean most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evidence.referee.comparing import Compared, Confidence, show, worded
from evidence.referee.mentions import FALL, RISE, Occurrence, Sentence
from evidence.referee.relations.ladders import CHANGED, Ladder, ladders, named_in
from evidence.referee.relations.linking import Linker, TableFrame, link_words, times_in
from evidence.referee.relations.rank_phrases import GOES_ON, NTH, PHRASE, bound_thing
from evidence.referee.relations.subjects import BACK
from evidence.referee.tables import TableSpot

_DENIED = re.compile(
    r"\b(?:than|since|ever|on record|history|so far|one of|for (?:its|their) size|among the (?:top|highest|lowest|largest|smallest|best|worst)|on (?:any|all|both|each|every|most)|not|no longer|neither|nor|never|without|unlike|if|would|could|might|will|should|target|expect\w*|forecast\w*"
    r"|had been|used to|once|previously|formerly|years? (?:ago|earlier|before)|last year|until|except\w*|excluding|apart from|other than|outside|elsewhere|leaving|setting aside|besides|nationally|world|possible|at (?:the )?(?:most|least)|in (?:europe|britain|england|the (?:country|nation|world|uk|north|south|region))"
    r"|for (?:[a-z]+|\d+) (?:years|decades|months)|perhaps|gap|difference|among those|of those|within)\b"
)
_ASIDE = re.compile(r"(?<=[a-z]), (?:where|which|whose|who|with|home|a|an|the|like|despite)\b(?:[^,;:()]|,(?=\d)){3,90},|\([^()]*\)")
_BREAK = re.compile(
    rf"[;:\u2013\u2014]|, (?:and|but|yet|so) {GOES_ON}|, (?:while|whereas|although|though|as) |\b(?:and|but|while|whereas|although|though|because) (?=(?:the|its|their|in|it|they|a|an|his|her|this|that|these|those|at|on|for) )| - "
)


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a sentence says of the rank of a thing.

    Attributes:
        match: The words that say so.
        label: The thing.
        wanted: The places that may be meant, from the top, or below nought from the bottom.
        own: The words of what it has.
        clause: The words beside them.
        moved: Whether it is a change.
        number: What it has, where the clause tells it.
        aside: Whether it is only what the thing is called by the way.
    """

    match: re.Match[str]
    label: str
    wanted: frozenset[int]
    own: frozenset[str]
    clause: frozenset[str]
    moved: bool
    number: Occurrence | None
    aside: bool


def ranked(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether what a sentence calls the most, the least, or number so much of some things is that in the order of a table that it may mean."""
    matches = list(PHRASE.finditer(sentence.text.lower()))
    frames = [frame for frame in linker.frames if _near(sentence, frame)] if matches else []
    orders = [order for frame in frames for order in ladders(frame)]
    for match in matches:
        found = [(claim, order) for order in orders for claim in _claims(sentence, match, order) if _is_of_kind(claim, order)]
        if one := _settled(sentence, found):
            yield one


def _near(sentence: Sentence, frame: TableFrame) -> bool:
    return frame.heading == sentence.heading or min(abs(sentence.place - cell.place) for cell in frame.cells) <= _LINES


_LINES = 40


def _settled(sentence: Sentence, found: list[tuple[_Claim, Ladder]]) -> Compared | None:
    """Return what comes of a rank: it is borne out by an order that its words may mean, or an alarm of the one that they mean most."""
    linked = [(_link(sentence, claim, order), claim, order) for claim, order in found]
    most = max((link for link, *_ in linked), default=0)
    meant = [one for one in linked if one[0] >= (_KNOWN if most >= _KNOWN else 1)] or _of_any(linked)
    for _, claim, order in meant:
        if claim.wanted & order.places(claim.label):
            return _told(sentence, claim, order, "")
    meant = meant or [(0, claim, order) for claim, order in _of_its_section(sentence, found)]
    if not meant:
        return None
    _, claim, order = max(meant, key=lambda one: one[0])
    if re.search(rf"{_OVERTOOK}{re.escape(claim.label.lower())}", sentence.text.lower()):
        return None
    at = min(place for place in order.places(claim.label) if place > 0)
    words = claim.match[0].strip()
    message = f'"{words}", but {claim.label} is number {at} of {len(order.steps)} by {order.head or "its numbers"}.'
    return _told(sentence, claim, order, message)


_SURE, _KNOWN = 2, 10
_OVERTOOK = r"\b(?:overt(?:ook|aken|akes|aking)|passed|displaced|replaced|supplanted|moved ahead of|moved above) (?:the )?"
"""What stands before the thing that no longer has a rank."""


def _of_its_section(sentence: Sentence, found: list[tuple[_Claim, Ladder]]) -> list[tuple[_Claim, Ladder]]:
    """Return the orders that a table of the section tells, where no words say which is meant, and none of them is near to what is said."""
    plain = [(claim, order) for claim, order in found if claim.moved is order.moved and not order.derived]
    told = set(times_in(sentence.text)[0])
    plain = [one for one in plain if one[1].frame.heading == sentence.heading and told <= set(one[1].times)]
    if any(claim.number or claim.own & _MEASURES or not _IS.search(claim.match.string[: claim.match.start()]) for claim, _ in plain) or any(
        claim.wanted & order.places(claim.label) for claim, order in plain
    ):
        return []
    sized = all(_SIZES.search(claim.match[0]) for claim, _ in plain)
    plain = [one for one in plain if not one[1].words - _UNITS or (sized and not one[1].rated)]
    ends = [bool(frozenset(-at for at in claim.wanted) & order.places(claim.label) or _beside(claim, order)) for claim, order in plain]
    return plain if any(ends) and all(ends) else []


_IS = re.compile(r"\b(?:is|are|was|were|remain\w*) (?:[a-z]+ ){0,2}(?:the|our|its|their) (?:[a-z]+ )?$")
_SIZES = re.compile(r"\b(?:largest|smallest|biggest)\b")


def _beside(claim: _Claim, order: Ladder) -> bool:
    return any(abs(at - wanted) == 1 and at * wanted > 0 for at in order.places(claim.label) for wanted in claim.wanted)


def _of_any(linked: list[tuple[int, _Claim, Ladder]]) -> list[tuple[int, _Claim, Ladder]]:
    """Return the orders that may be meant where no words tell what the things have: all of what a table counts."""
    first = next((PHRASE.search(claim.match.string) for _, claim, _ in linked), None)
    return [
        one
        for one in linked
        if (one[1].own or (first and first.span() == one[1].match.span()))
        and _PLAIN.search(one[1].match[0])
        and not one[1].own - one[2].frame.words
        and not (one[1].number or one[1].moved or one[2].moved or one[2].derived)
    ]


_PLAIN = re.compile(r"highest|lowest|largest|smallest|biggest|most|fewest|greatest|least|second|third|fourth|last|first")


def _told(sentence: Sentence, claim: _Claim, order: Ladder, message: str) -> Compared:
    steps = sorted(order.steps.items(), key=lambda one: one[1], reverse=True)
    told = ", ".join(
        f"{label} {order.cells[label][0].text if len(order.cells[label]) < _TWO else show(value)}" for label, value in steps[:_TOLD]
    )
    place = order.cells[claim.label][0].place
    return worded("order", sentence, claim.match.span(), f"{order.head}: {told}", message, Confidence.medium, TableSpot(place, claim.label))


_TOLD, _TWO = 8, 2


def _claims(sentence: Sentence, match: re.Match[str], order: Ladder) -> Iterator[_Claim]:
    """Yield what a phrase says of one thing of an order; nothing where its words bind it to none, or to one of some only."""
    low = _ASIDE.sub(lambda aside: aside[0] if aside.end() > match.start() else " " * len(aside[0]), sentence.text.lower())
    start = max((found.end() for found in _BREAK.finditer(low, 0, match.start())), default=0)
    end = min((found.start() for found in _BREAK.finditer(low, match.end())), default=len(low))
    aside = bool(_SIZES.search(match[0]) and _CALLED.search(low[: match.start()]) and _AND_SO.match(low, match.end()))
    if (
        _SPAN.search(low[: match.start()])
        or _of_part(low, match.end(), order)
        or _DENIED.search(_SIZED.sub(" ", _ASIDE.sub(" ", low[start:end])))
        or not _of_all(low[match.end() : end], order)
    ):
        return
    places = [one for one in named_in(sentence.text, list(order.steps)) if low[one[0] : one[1]].strip()]
    end = min((one[0] for one in places if one[0] > match.end() and _AND.search(low, match.end(), one[0])), default=end)
    for one in places:
        low = f"{low[: one[0]]}{'#' * (one[1] - one[0])}{low[one[1] :]}"
    bound = bound_thing(low, match, places, start)
    if bound is None:
        return
    (_, last, label), said = bound
    own, clause = _content(said), _content("" if aside else _ASIDE.sub(" ", low[start:end]))
    number = None if aside else _number(sentence, low, match, start, last)
    moved = not aside and bool(CHANGED.search(f"{said} {' '.join(low[start : match.start()].split()[-3:])}"))
    if moved or not _BARE.search(f" {low[: match.end()]}"):
        yield _Claim(match, label, _wanted(match, order, low[start:end]), own, clause, moved, number, aside)


_CALLED = re.compile(r", (?:always |still |by far |much )*(?:the|our|its|their) (?:second |third |fourth )?$")
_AND_SO = re.compile(r"(?: [a-z-]+){0,3},")
"""What stands around the size of a thing that is told by the way: ", the smallest county," is of none of the numbers that its sentence tells."""


def _content(text: str) -> frozenset[str]:
    """Return the words of a text that say what a thing has."""
    return link_words(times_in(PHRASE.sub(" ", text))[1]) - _EMPTY


_EMPTY = link_words(
    "group one item part number sum amount figure level total all count value any table column row list district area place category again also now two three four five six seven eight nine ten eleven twelve run ran runs use used have make made take took give gave say said want get got"
) - link_words("rate")


def _of_part(low: str, end: int, order: Ladder) -> bool:
    """Return whether something is called the most of a part of what a table counts, and no share that it tells."""
    found = _OF_PART.match(low, end)
    return bool(found and not _content(found[0]) & order.words)


_SIZED = re.compile(r"\b(?:more|fewer|less|higher|lower|up|down)\b[^,;.]{0,40}? (?:than|on|from) [^,;.]*")
"""By how much something is more than before, which is no part of a rank."""
_SPAN = re.compile(r"\b(?:between|from) (?:the |its |their )?[a-z -]{0,40}$")
_AND = re.compile(r" (?:and|but|while) (?:the )?$")
_OF_PART = re.compile(
    r" (?:part|share|slice|component|element|source|group) of (?:the |its |our |all )?(?!total|whole|all|money|budget|income|spending|sum)[a-z]+ [a-z]+"
)
"""What says that something is the most of a part of what a table counts."""
_BARE = re.compile(r"(?<!the)(?<!has)(?<!had)(?<!have)(?<!with)(?<!and)(?<!is)(?<!was)(?<!are)(?<!were)(?<!been) (?:most|least)$")
"""How a clause tells that something does most, which is of no number."""


def _wanted(match: re.Match[str], order: Ladder, clause: str) -> frozenset[int]:
    """Return the places that a phrase may mean, from the top as positive numbers and from the bottom as negative ones."""
    at = NTH[match["nth"] or match["place"] or match["place2"] or "first"]
    grown, fallen = bool(_GROWN.search(clause)), bool(_FALLEN.search(clause))
    negative = any(value < 0 for value in order.steps.values())
    if match["place"] or match["place2"] or _TO_EACH.search(clause) or (negative and not order.moved):
        return frozenset((at, -at))
    if order.moved and grown is not fallen:
        least = match["least"] or match["either"] in ("slowest", "weakest", "worst", "poorest")
        signed = not fallen or (not negative and bool(_FALLEN.search(order.head.lower())))
        return frozenset((-at if bool(least) is signed else at,)) | (order.nearest() if least else frozenset())
    if match["either"] or (order.moved and (negative or fallen)):
        return frozenset((at, -at))
    return frozenset((-at,)) if match["least"] else frozenset((at,))


_TO_EACH = re.compile(r"\bone (?:for|to|in) every\b|\bin relation to\b|\brelative to\b")
_GROWN = re.compile(r"\b(?:gr[eo]w\w*|rises?|risen|rose|increase\w*|rising|add(?:s|ed|ing)|gain\w*|improve\w*|up)\b")
_FALLEN = re.compile(r"\b(?:f[ae]ll\w*|decline\w*|decrease\w*|drop\w*|reduc\w+|cuts?|loss\w*|lost|shr[aiu]nk|down)\b")
_OF = re.compile(
    r"\b(?:of|among|amongst) (?:the |all |all the |these |our |its )?(?P<n>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\b"
)
_NUMBERS = {
    word: number
    for number, word in enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 2)
}


def _of_all(behind: str, order: Ladder) -> bool:
    """Return whether nothing behind a phrase says that it is one of some of the things only."""
    found = _OF.search(behind)
    return not found or (_NUMBERS.get(found["n"]) or int(found["n"])) >= len(order.steps)


def _link(sentence: Sentence, claim: _Claim, order: Ladder) -> int:
    """Return how surely the words of a rank are of an order: 0 where they are not."""
    told = times_in(sentence.text)[0]
    if order.times and told and not set(order.times) & set(told):
        return 0
    if claim.number:
        sure = _KNOWN + len(claim.own & order.words)
        return sure if order.has(claim.label, claim.number) else sure // 2 if _is_of_another(claim, order, claim.number) else 0
    if order.derived or claim.aside:
        return 0
    own, known = claim.own, order.words | order.frame.words
    named = frozenset(filter(_MEASURED.fullmatch, own))
    neutral = named | (link_words(" ".join(order.frame.table.heads[:1])) if own or claim.match["place"] else frozenset())
    fits = not own or (claim.moved is order.moved and all(_measures(word, order) for word in named))
    topic = _topic(sentence, order, titled=fits and bool(own or claim.match["place"])) if fits and not own - neutral else 0
    if topic and (BACK.match(sentence.text.lower()) or not any(_kin(word, known) for word in claim.clause - neutral)):
        return topic
    words = own | claim.clause
    measured = frozenset(word for word in words if _MEASURED.fullmatch(word))
    strange = any(not _kin(word, known) for word in own - measured - _CHANGES)
    if claim.moved is not order.moved or strange or "relat" in words or not all(_measures(word, order) for word in measured):
        return 0
    bare = claim.moved or not order.words - _UNITS
    return (
        2 * (bare and bool(own))
        + 2 * sum(_kin(word, order.words) for word in own)
        + sum(_kin(word, order.words) for word in claim.clause - own)
    )


def _is_of_kind(claim: _Claim, order: Ladder) -> bool:
    """Return whether an order is of what its words measure: something is the oldest by its age, and not by how many there are of all ages."""
    told = f"{order.head} {order.frame.heading} {claim.number and claim.number.quantity.unit}".lower()
    return all(re.search(kind, told) for word, kind in _DIMENSIONS.items() if re.match(word, claim.match[0]))


_DIMENSIONS = {
    r"oldest|youngest": r"^age\b|\b(?:average|mean|median|typical) (?:[a-z]+ )*age\b|\bold\b|years|born|built",
    r"cheapest|dearest": r"cost|price|fee|rent|charge|fare|pay|£|\$|€|gbp|pence|value",
    r"heaviest|lightest": r"weight|tonne|kg|load|catch|landing",
    r"longest|shortest": r"time|hour|day|minute|week|month|year|km|mile|metre|length|wait|stay|distance|duration",
}
"""What a column is of in which something may be the oldest, by the words of its head."""


def _is_of_another(claim: _Claim, order: Ladder, number: Occurrence) -> bool:
    """Return whether a number that is told with a rank is what another thing has that is in that place."""
    return any(order.has(label, number) and claim.wanted & order.places(label) for label in order.steps)


_MEASURES = link_words("rate share proportion average mean median percentage ratio each size")
_MEASURED = re.compile(r"rate|share|propo.*|avera|mean|media|perce|ratio|per|each|relat|size")
_SHARED, _MEAN = re.compile(r"share|propo.*|perce"), re.compile(r"avera|mean|media")


def _measures(word: str, order: Ladder) -> bool:
    """Return whether an order is measured as a word says: in shares, as means, or somehow for each."""
    if _SHARED.fullmatch(word):
        return order.rated and not re.search(r"\bper (?!cent)", order.head.lower())
    return (
        bool(re.search(r"\b(?:average|mean|median|per|typical)\b", f"{order.head} {order.frame.heading}".lower()))
        if _MEAN.fullmatch(word)
        else order.rated
    )


_CHANGES = link_words(" ".join(f"{RISE}|{FALL}".replace("|", " ").split()) + " change changes difference")
_UNITS = link_words("number count total percent million thousand figure value")


def _topic(sentence: Sentence, order: Ladder, *, titled: bool) -> int:
    """Return how surely a sentence, or else the one before it, speaks of an order: it tells numbers of it, or has all words of its head."""
    for one in (sentence, sentence.before):
        rows = [label for *_, label in named_in(one.text, list(order.steps))] if one else []
        if one and any(order.has(label, m) for m in one.mentions for label in rows):
            return _KNOWN
    said = _content(sentence.text) | (_content(sentence.before.text) if sentence.before else frozenset())
    heading = _content(sentence.heading)
    titled = titled and bool(order.words & heading) and len(order.words & (said | heading)) * 2 >= len(order.words)
    return _SURE if order.words and (order.words <= said or titled) and not order.derived else 0


def _number(sentence: Sentence, low: str, match: re.Match[str], start: int, thing: int) -> Occurrence | None:
    """Return the number that is told with a rank: the first behind it and its thing in the same clause, or that of which it is said."""
    end = max(thing, match.end())
    held = [m for m in sentence.mentions if not m.quantity.ends]
    beside = [m for m in held if m.start < match.start() and 0 < m.start - thing <= _TWO and sentence.text[thing : m.start] == " ("]
    if beside:
        return beside[0]
    for mention in held:
        if PHRASE.search(low, match.end(), mention.start):
            break
        if mention.start >= match.end() and _WITH.fullmatch(low[match.end() : end] if mention.start < end else low[end : mention.start]):
            return mention
    before = [m for m in held if start <= m.start and m.end <= match.start() and low[m.start : m.end].strip()]
    return before[-1] if before and _SAID.fullmatch(low[before[-1].end : match.start()]) else None


_WITH = re.compile(r"[^.;:]{0,60}?(?:\(|, |\bat |\bwith |\bof |\bby )(?:(?:just|only|about|some|nearly|over|at|with|an?|by) )*[^a-z]*")
_SAID = re.compile(r"(?: [a-z]+){0,4},? (?:was|is|were|are) (?:also |again |still )?(?:the )?")


def _kin(word: str, words: frozenset[str]) -> bool:
    return word in words or any(len(word) >= _ROOT <= len(one) and one[:_ROOT] == word[:_ROOT] for one in words)


_ROOT = 4
