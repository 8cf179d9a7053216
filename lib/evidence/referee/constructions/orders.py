"""Ranks in prose: what is called the highest, the second or the last of the things that are listed, and in which order they are named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise

from evidence.referee.comparing import Compared, Confidence, compared, worded
from evidence.referee.constructions import courses, thresholds
from evidence.referee.constructions.listed_names import named_by
from evidence.referee.constructions.listings import ListedThing, Listing, in_sentence, listings
from evidence.referee.mentions import Sentence, stems
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.rank_phrases import NTH, bound_thing
from evidence.referee.relations.reach import base

_ADJECTIVES = (
    "productive|common|popular|frequent|numerous|expensive|costly|widespread|successful|prolific|active|dangerous|generous|crowded|visited|used|affected|likely|often|frequently|heavily used|affordable"
    "|efficient|reliable|effective|severe|congested"
)
_MOST = rf"highest|largest|biggest|greatest|longest|dearest|costliest|priciest|heaviest|steepest|tallest|commonest|busiest|most(?: (?:{_ADJECTIVES}))?(?! [a-z]+(?:ly|ed|al|ar|ent|ant|ous|ive|ing|ful|ble|ic)\b| of\b| in need)"
_LEAST = rf"lowest|smallest|fewest|shortest|cheapest|lightest|rarest|quietest|least(?: (?:{_ADJECTIVES}))?(?! [a-z]+(?:ly|ed|al|ar|ent|ous|ive|on)\b)"
_EITHER = r"best|worst|poorest|strongest|weakest|fastest|slowest|quickest"
_NTHS = "|".join(NTH)
_EXTREME = re.compile(
    rf"\b(?:(?P<nth>{_NTHS})[ -])?(?:(?P<most>{_MOST})|(?P<least>{_LEAST})|(?P<either>{_EITHER}))\b"
    rf"|\b(?:rank(?:s|ed|ing)?|came|comes|coming|placed|finished|finishes) (?:(?:only|just|a distant|a close|in) )?(?P<place>{_NTHS})\b(?! (?:to|in the))"
    rf"|\bin (?P<place2>{_NTHS}) place\b"
)
_DENIED = re.compile(
    r"\b(?:than|since|ever|on record|so far|one of|among the (?:top|highest|lowest|largest|smallest|best|worst)|for (?:its|their) size|not|no longer|neither|nor|never|unlike|if|would|could|might|should|target|forecast|expected"
    r"|had been|used to|once|previously|formerly|years? (?:ago|earlier|before)|last year|until|except|excluding|apart from|other than|elsewhere|leaving|nationally|outside|possible|at (?:the )?(?:most|least)"
    r"|in (?:europe|britain|england|the (?:country|nation|world|uk|region))|for [a-z]+ (?:years|decades|months)|gap|difference|increase|rise|growth|fall|fell|grew|rose|drop|decline|gain|change|improvement|improved|proportionate|relative to|per)\b"
)
_ASIDES = re.compile(
    r",(?: (?:[a-z]+ speaking|however|though|then|therefore|thus|accordingly|in fact|again|by contrast|of course|as it happens|on this measure|by this measure)),"
)


def extremes(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether what is called the most, the least, the second or the last is so among the things that are listed before."""
    low = _low(sentence)
    claims = list(_EXTREME.finditer(low))
    held = listings(sentence, linker.reach) if claims else []
    for at, match in enumerate(claims if held else []):
        end = claims[at + 1].start() if at + 1 < len(claims) else len(low)
        bound = [(one, *thing) for one in held if (thing := _thing(low, match, one))]
        told = [(one, entry, span) for one, entry, span in bound if _measures(low, match, one) and _alone(low, match, end, one)]
        told = [] if any(_of_another(sentence, low, match, one, entry) for one, entry, _ in told) else told
        fitting = any(one.places(entry) & _wanted(match, one) for one, entry, _ in bound)
        if told:
            one, entry, span = told[0]
            yield _ranked(sentence, span, one, entry, match[0], "" if fitting else _message(entry, one, match[0]))
            if fitting:
                yield from _next(sentence, low, match, span, one)


def _of_another(sentence: Sentence, low: str, match: re.Match[str], listing: Listing, entry: ListedThing) -> bool:
    """Return whether a number that stands right with a rank is another than that which is listed of its thing."""
    stop = _BREAK.search(low, match.end())
    end = stop.start() if stop else len(low)
    names = [(start, stop) for start, stop, _ in listing.found_in(low)]
    held = [m for m in sentence.mentions if not any(start <= m.start < stop for start, stop in names)]
    own = [m for m in held if match.end() <= m.start < end and base(m) == listing.unit and m is not entry.mention]
    return listing.sentence is not sentence and bool(own) and all(m.quantity.anchor != entry.value for m in own)


def _low(sentence: Sentence) -> str:
    """Return a sentence in small letters, without asides that tell nothing."""
    return _ASIDES.sub("", sentence.text.lower())


def _thing(low: str, match: re.Match[str], listing: Listing) -> tuple[ListedThing, tuple[int, int]] | None:
    """Return the thing of a listing to which words for a rank belong, and where it is named."""
    start = max((found.end() for found in _BREAK.finditer(low, 0, match.start())), default=0)
    places = listing.found_in(low)
    labels = [
        (at, end, entry.name)
        for at, end, entry in places
        if not match.start() < at < match.end() and not (at > match.end() and _GOES_NEXT.match(low, end))
    ]
    bound = bound_thing(low, match, labels, start)
    if not bound:
        return None
    (at, end, name), _ = bound
    return next(one for one in listing.entries if one.name == name), (at, end)


_BREAK = re.compile(r"[;:]|, (?:and|but|while|whereas|although|though) |\b(?:but|while|whereas|although|though|because) ")


def _alone(low: str, match: re.Match[str], end: int, listing: Listing) -> bool:
    """Return whether a clause tells a rank without a condition: of this time, of all that are listed, and of no change."""
    start = max((found.end() for found in _BREAK.finditer(low, 0, match.start())), default=0)
    stop = next((found.start() for found in _STOP.finditer(low[match.end() : end])), end - match.end())
    clause = low[start : match.start()] + " " + low[match.end() : match.end() + stop]
    listed = listing.sentence.text.lower()
    apart = _apart(low[start : match.start()], match[0], listing)
    return not apart and not any(found[0] not in listed for found in _DENIED.finditer(clause))


def _apart(subject: str, words: str, listing: Listing) -> bool:
    """Return whether a clause speaks of others than those that are listed: "older people were referred most in the south"."""
    names = {stem for one in listing.entries for stem in stems(one.name)}
    told = {stem for stem in stems(subject) if stem not in names | _GENERIC}
    strange = {stem for stem in told if not any(stem[:4] == one[:4] for one in _known(listing))}
    return bool(strange) if words in ("most", "least") else bool(told) and len(strange) == len(told) > 1


_STOP = re.compile(r"[;:]|, (?!apart|except|excluding|other than|outside|leaving|if |though not)")


def _wanted(match: re.Match[str], listing: Listing) -> set[int]:
    """Return the places that words for a rank mean, from 1 for the greatest and -1 for the least."""
    said = NTH[match["nth"] or match["place"] or match["place2"] or "first"]
    if match["most"] or match["least"]:
        return {said if match["most"] else -said}
    if listing.unit in _SPANS and (speed := re.search(r"slow|fast|quick", match[0])):
        return {said if speed[0] == "slow" else -said}
    if listing.unit in _SPEEDS and (speed := re.search(r"slow|fast|quick", match[0])):
        return {-said if speed[0] == "slow" else said}
    return {said, -said}


_SPANS, _SPEEDS = ("days", "weeks", "months", "hours", "minutes", "seconds", "years"), ("Mbps", "mph", "km/h", "Gbps")
_GENERIC = frozenset(
    stem
    for stem in stems(
        "rates numbers figures shares totals levels counts scores values amounts results sources places contributors items components categories groups performers one ones of all overall single "
        "readings proportions percentages averages marks answers reasons recipients sums earners spenders both these those them others"
    )
)
_HAS = re.compile(
    r"\b(?:has|had|have|having|with|records?|recorded|saw|sees|showed|shows|shown|reports?|reported|posted|took|takes|gave|got|found|lies|at|its|their|the)(?: (?:by far|also|easily|once again|again|still))?(?: the)? $"
)
_NOUN = re.compile(
    r"(?: (?!(?:in|at|was|is|were|are|with|and|among|by|while|on|of|for|but|than|to|from|has|had|who|which|where|being|came|went|arose|occurred|belongs?)\b)[a-z%'-]+){0,4}"
)


def _measures(low: str, match: re.Match[str], listing: Listing) -> bool:
    """Return whether words for a rank may be of what is listed: their noun is a word of the listing, or tells nothing of its own."""
    noun = _NOUN.match(low, match.end())
    words = set(stems(noun[0] if noun else "")) - _GENERIC
    known = _known(listing)
    names = {stem for one in listing.entries for stem in stems(one.name)}
    strange = {word for word in words - names if not any(word[:4] == one[:4] for one in known)}
    if found := _OF_UNIT.match(match[0]):
        return listing.unit in (_MONIES if found["money"] else ("count", *_SPEEDS))
    if re.match(r"oldest|youngest|widest|narrowest|poorest|richest|strongest|weakest", match[0]):
        return False
    sized = re.match(r"(?:[a-z]+[ -])?(?:largest|biggest|smallest|longest|shortest|greatest|heaviest|lightest|tallest)", match[0])
    if sized:
        return not strange and (bool(words) or listing.unit in (*_ADDED, *_SPANS)) and not (_PLACES & words)
    return not strange


_OF_UNIT = re.compile(
    r"(?:[a-z]+[ -])?(?:(?P<money>dearest|cheapest|costliest|priciest|most expensive|least expensive|most costly)|busiest|quietest|commonest|rarest|most common|least common|most popular|least popular)\b"
)
_MONIES = ("GBP", "USD", "EUR")
_ADDED = ("count", "GBP", "USD", "EUR", "tonnes", "MWh", "hectares")
_PLACES = frozenset(
    stem
    for stem in stems(
        "town city district county school hospital council authority village region area college university prison port station trust firm company branch"
    )
)


def _known(listing: Listing) -> set[str]:
    """Return the words that say what is listed: of its sentence, of the one before it, and of the heading."""
    told = [listing.sentence, listing.sentence.before]
    return {word for one in told if one for word in one.stems} | set(stems(listing.sentence.heading.lower()))


def _message(entry: ListedThing, listing: Listing, words: str) -> str:
    place = min(at for at in listing.places(entry) if at > 0)
    return f'"{words.strip()}", but {entry.name} with {entry.mention.text} is number {place} of {len(listing.entries)}.'


def _ranked(sentence: Sentence, span: tuple[int, int], listing: Listing, entry: ListedThing, words: str, message: str) -> Compared:
    told = f"{listing.told}; {entry.name}: {words.strip()}"
    at = max(sentence.text.lower().find(entry.name), 0)
    span = span if sentence.text.lower()[slice(*span)] in entry.name else (at, at + len(entry.name))
    return worded("order", sentence, span, told, message, Confidence.medium, listing.sentence, [one.mention for one in listing.entries])


_GOES_NEXT = re.compile(
    r"(?:,? (?:is|was|being|came|comes|comes in|came in|ranks|ranked|with|in))?,? (?:the )?(?P<nth>second|third|fourth|fifth|sixth|next|last)\b(?=[,.;]| and | but |$| place)"
)


def _next(sentence: Sentence, low: str, match: re.Match[str], span: tuple[int, int], listing: Listing) -> Iterator[Compared]:
    """Yield whether things are in the places that go on from a rank: "Parking is the largest source, rents the second and fees the third"."""
    if match["nth"] or match["place"] or match["place2"]:
        return
    first = next(entry for at, _, entry in listing.found_in(low) if at == span[0])
    ends = {1 if at > 0 else -1 for at in listing.places(first) & _wanted(match, listing)}
    for at, end, entry in listing.found_in(low):
        found = _GOES_NEXT.match(low, end)
        if at > span[0] and found and entry is not first:
            wanted = {way * NTH[found["nth"]] for way in ends} if found["nth"] != "last" else {-way for way in ends}
            fits = bool(listing.places(entry) & wanted)
            yield _ranked(sentence, (at, end), listing, entry, found["nth"], "" if fits else _message(entry, listing, found["nth"]))


_UP = "more|higher|larger|greater|bigger|longer|busier|dearer|heavier|commoner|better"
_DOWN = "fewer|less|lower|smaller|shorter|quieter|cheaper|lighter|rarer"
_NONE_IS = re.compile(
    rf"\b(?:no|none|nowhere|nobody)\b(?! longer)[^.;:,]{{0,60}}?\b(?:(?P<more>{_UP})|(?P<less>{_DOWN}))\b[^.;:,]{{0,40}}? than (?:in |at |for |on |that (?:of|in) |those (?:of|in) |the )*"
)
_THAN_ALL = re.compile(
    rf"\b(?:(?P<more>{_UP})|(?P<less>{_DOWN}))\b[^.;:,]{{0,40}}? than (?:in |at |for |on |that of )*(?:any (?:of the )?other|all (?:of )?the other|any of the rest|all the rest|anywhere else)"
)


def beyond_all(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether that which none exceeds, or which exceeds all others, is the greatest of those that are listed."""
    low = _low(sentence)
    behind, before = _NONE_IS.search(low), _THAN_ALL.search(low)
    match = behind or before
    for listing in listings(sentence, linker.reach)[:1] if match else []:
        places = listing.found_in(low)
        named = [one for one in places if behind and one[0] == behind.end()] or [
            one for one in places if before and one[1] <= before.start()
        ][-1:]
        if not match or not named or not _measures(low, match, listing) or any(base(m) == listing.unit for m in sentence.mentions):
            continue
        start, end, entry = named[0]
        fits = (1 if match["more"] else -1) in listing.places(entry)
        yield _ranked(sentence, (start, end), listing, entry, match[0], "" if fits else _message(entry, listing, match[0]))


_IN_ORDER = re.compile(
    r"\bfrom (?:the )?(?P<from>best|worst|highest|lowest|most|least|largest|smallest|greatest|biggest|dearest|cheapest|busiest|quietest|top|bottom|longest|shortest|fastest|slowest)(?: [a-z]+){0,2} to (?:the )?(?:[a-z]+)"
    r"|\bin (?P<way>descending|ascending|rising|falling|rank|that|this) order\b|\bthe (?:order|ranking|sequence) (?:is|was|runs?|ran|reads?)\b|\branked\b[^.;:]{0,40}:|\bfollowed (?:[a-z]+ )?(?:in turn )?by\b"
)
_TOGETHER = re.compile(
    r"(?: \([^()]*\))?(?:,? (?:and|then|and then|followed by|ahead of|before)(?: the| by| in)* |, (?:the )?|; | - )(?:the |in |at |by )*"
)
_HIGH, _LOW = (
    re.compile(r"highest|most|largest|greatest|biggest|dearest|busiest|longest|descending|falling"),
    re.compile(r"lowest|least|smallest|cheapest|quietest|shortest|ascending|rising"),
)


def ordered(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether things that are named in an order stand in that of their numbers."""
    low = _low(sentence)
    match = _IN_ORDER.search(low)
    held = [one for one in listings(sentence, linker.reach) if one.sentence is not sentence] if match else []
    told = [_in_order(sentence, low, match, one) for one in held if match]
    known = [one for one in told if one]
    if known:
        yield next((one for one in known if one.holds), known[0])


def _in_order(sentence: Sentence, low: str, match: re.Match[str], listing: Listing) -> Compared | None:
    """Return whether the things of a listing that are named in an order stand in it; None where too few are named."""
    run = _run(low, match, listing)
    follows = "followed" in match[0]
    if follows:
        run = [*[one for one in listing.found_in(low) if one[1] <= match.start()][-1:], *run]
    rank = next(iter(_EXTREME.finditer(low, 0, match.start())), match) if follows else match
    if len(run) < _FEWEST or (follows and run[0][0] >= match.start()) or _DENIED.search(low[: match.start()]):
        return None
    values = [entry.value for *_, entry in run]
    down, up = (_steps(way, listing, whole=follows) for way in (values, values[::-1]))
    fits = down if _HIGH.search(rank[0]) else up if _LOW.search(rank[0]) else down or up
    falls = bool(_HIGH.search(rank[0])) or (not _LOW.search(rank[0]) and values[0] >= values[-1])
    wrong = next((at for at, (one, two) in enumerate(pairwise(values), 1) if (one < two) is falls), len(run) - 1)
    behind, ahead = run[wrong][2], run[wrong - 1][2]
    message = "" if fits else f"{behind.name} with {behind.mention.text} is told behind {ahead.name} with {ahead.mention.text}."
    return _ranked(sentence, run[wrong][:2], listing, behind, match[0], message)


def _steps(values: list[Fraction], listing: Listing, *, whole: bool) -> bool:
    """Return whether numbers fall from each to the next, and where the whole order is told leave out none between."""
    falls = all(one >= two for one, two in pairwise(values))
    return falls and (not whole or not any(max(values) > size > min(values) for size in listing.sizes if size not in values))


_FEWEST = 2


def _run(low: str, match: re.Match[str], listing: Listing) -> list[tuple[int, int, ListedThing]]:
    """Return the things that are named one after the other behind words that tell an order."""
    run: list[tuple[int, int, ListedThing]] = []
    for one in listing.found_in(low):
        if one[0] >= match.end() and (not run or _TOGETHER.fullmatch(low[run[-1][1] : one[0]])):
            run.append(one)
    return run


_OTHERS = re.compile(
    r"\b(?:(?:behind|after|below|following) (?:them|these|those)|next (?:came|come|follow(?:ed)?)|(?:came|come|follow(?:ed)?) next|then (?:came|come|follow(?:ed)?)|the (?:others|rest|remaining)|the other (?:two|three|four|five|six))\b"
)


def others_again(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether things that are listed as the others are none of those that the sentence before lists with another number."""
    found = _OTHERS.search(sentence.text.lower())
    before = next(iter(linker.reach.section(sentence)), None) if found else None
    for listing in in_sentence(before) if before else ():
        for mention in sentence.mentions:
            name = named_by(re.split(r"[,;:)]|\band\b", sentence.text[: mention.start].rstrip("( "))[-1])
            first = next((one for one in listing.entries if name and (name == one.name or name.endswith(" " + one.name))), None)
            if first and base(mention) == listing.unit and not sentence.years and re.search(r"\d", mention.text):
                same = first.value == mention.quantity.anchor
                message = "" if same else f"{first.name} has {first.mention.text} among those before, and {mention.text} among the others."
                yield compared(
                    "order",
                    [mention],
                    f"{listing.told}; {first.name} {mention.text}",
                    message,
                    confidence=Confidence.medium,
                    other=first.mention,
                )


RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (
    extremes,
    beyond_all,
    ordered,
    others_again,
    *thresholds.RULES,
    *courses.RULES,
)
