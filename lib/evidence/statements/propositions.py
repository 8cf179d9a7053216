"""Words that give a number its direction or its comparison: they belong into its link, and are proved there."""

from __future__ import annotations

import re
from fractions import Fraction

from evidence.errors import QuantityError
from evidence.quantity import find_numbers, parse

_SENSES = {
    "rise": "rose rise rises risen rising grew grow grows grown increase increases increased increasing climbed climbs doubled"
    " trebled tripled quadrupled soared soaring jumped surged surging expanded rocketed leapt swelled boomed booming mushroomed climbing",
    "fall": "fell fall falls fallen falling drop drops dropped dropping decline declines declined declining decrease decreases decreased decreasing"
    " shrank shrunk shrinks shrinking halved plunged plummeted slumped slipped collapsed collapsing dwindled dwindling tumbled sank sunk crashed",
    "more": "more higher larger greater bigger above exceeds exceed exceeded outnumber outnumbers outnumbered outperform outperforms"
    " outperformed outstrip outstrips outstripped surpass surpasses surpassed overtake overtakes overtook overtaken dwarf dwarfs dwarfed oftener likelier",
    "less": "less fewer lower smaller below rarer",
    "most": "most highest largest greatest biggest strongest commonest",
    "least": "least lowest smallest fewest weakest rarest",
    "same": "same equal equals equalled",
}
"""Words by what they say of a number: a change, a comparison with one other number, or with all others."""

_TOLD_BY_RECORDS = {
    "rise": "climb soar jump surge expand rocket leap swell balloon mushroom boom rebound recover escalate accelerate intensify bounce lift boost hike heighten"
    " inflate upswing upturn uptick uptrend spiral skyrocket snowball burgeon proliferate amplify augment enlarge",
    "fall": "slump slide slip+p sink plunge plummet tumble collapse dwindle dive dip+p ease recede ebb wane diminish lessen taper sag+g erode trim+m slash"
    " slow weaken worsen deteriorate downturn downtick downswing retreat subside fade evaporate vanish deplete curtail nosedive slacken languish falter"
    " stagnate deflate dampen",
    "more": "outnumber outperform outstrip+p outpace outdo outclass outshine outweigh outrun outrank surpass overtake dwarf eclipse beat likelier oftener superior",
    "less": "lag+g trail undershoot undercut+t underperform inferior scarcer",
    "most": "peak unmatched unrivalled unsurpassed unequalled unparalleled unprecedented foremost supreme paramount unbeaten topmost",
    "least": "trough hindmost",
}
"""Words that tell as much, but are common in other senses too: where a record of the sentence has one, it says no more than the record."""


def _forms(word: str) -> list[str]:
    """Return the forms of a verb by rule: its last consonant is doubled where a plus says so."""
    base, _, twice = word.partition("+")
    stem = base.removesuffix("e")
    ending = f"{base}{twice}" if twice else stem
    return [
        base,
        f"{base}{'es' if base.endswith(('s', 'sh', 'ch', 'x')) else 's'}",
        f"{ending}ed",
        f"{ending}ing",
        *([f"{base.removesuffix('y')}ies", f"{base.removesuffix('y')}ied"] if base.endswith("fy") else []),
    ]


_MOVED = r"mov|go|driv|push|pull|com|came|went|gone|build|built|bump|step|turn|jack|bring|brought|wind|wound"
_PHRASES = {
    "rise": rf"(?:pick|edg|creep|crept|nudg|inch|tick|shoot|shot|ratchet|trend)\w* (?:back )?up(?:wards?)?|(?:{_MOVED})\w* (?:back )?up (?:to|by|from|since)"
    r"|(?<!-)up (?:from|by|on|since|compared)|on the (?:rise|up|increase)|gain(?:s|ed|ing)? ground",
    "fall": rf"(?:edg|creep|crept|nudg|inch|tick|ratchet|trend|di)\w* (?:back )?(?:down|away|off)(?:wards?)?|(?:{_MOVED})\w* (?:back )?down (?:to|by|from|since)"
    r"|(?:level|tail|taper|fall|drop)\w* (?:off|away)|down (?:from|by|on|since|compared)|on the (?:decline|wane|slide)|los(?:es?|t|ing) ground"
    r"|crash(?:ed|es|ing)|contract(?:s|ed|ing) (?:by|to|from)|cut(?:s|ting)? (?:to|by|from)",
    "more": r"in excess of|half again|(?:twice|double|triple) (?:as|that|the)|(?:two|three|four|five|ten) times (?:as|that|the)|(?<!be )(?<!get )ahead of"
    r"|(?:far|much|even) better|better (?:than|off)|fare\w* better|too many|more than enough|have the edge|has the edge",
    "less": r"second only to|no match for|too few|not enough|insufficient(?:ly)?|half (?:as|that of|the (?:size|number|share|level|rate|figure))|falls? short|short of|a (?:third|quarter|fifth|half|tenth) of that"
    r"|(?:come|came|fall|fell|fallen|leave|left|lag\w*|trail\w*|far|well|just|close|only|some way) (?:far |well |just )?behind(?!-)"
    r"|behind (?:all|every\w*|only|most|its (?:rivals|peers)|their (?:rivals|peers)|the (?:rest|others|field|pack|average))|(?:far|much|even) worse|worse (?:than|off)|fare\w* worse",
    "most": r"second to none|personal best|the envy of|ahead of (?:all|everybody|everyone|the (?:rest|field|pack))|beaten by none|nowhere (?:else )?(?:surpassed|matched|equalled)|in first place"
    r"|rank(?:s|ed|ing)? (?:first|second|third|fourth|fifth|top|high|highly|among)|(?:an? )?(?:all-time|record|new) highs?|a record(?= *(?:[,.;)]|$))|top(?:s|ped|ping)? the (?:table|league|list|class|ranking|chart|poll|bill)s?|top(?:s|ped) |top of the (?:table|league|list|class|ranking|pile)|the best|fare\w* best"
    r"|(?:head(?:s|ed|ing)?|lead(?:s|ing)?|led) the (?:list|table|field|pack|way|rest|country|region|ranking)|(?:head|lead)s? the [a-z]+s|number one|like nowhere else"
    r"|more than any(?:where|body|one|thing)?(?: (?:else|other\w*))?",
    "least": r"rank(?:s|ed|ing)? (?:last|bottom|low)|in last place|(?:an? )?(?:all-time|record|new) lows?|bring(?:s|ing)? up the rear|less than any(?:where|body|one|thing)?(?: (?:else|other\w*))?"
    r"|bottom of the (?:table|league|list|class|ranking|pile)|the worst|fare\w* worst|rock bottom",
    "same": r"on a par|much the same|no change|unchanged|level with|in line with|as (?:many|high|low|large|small|often|likely|bad|few|big|strong|weak|rare|common) as|identical"
    r"|neck and neck|no different|indistinguishable|the equal of|the same as",
}
"""Turns of phrase that tell as much."""

_PHRASED = re.compile(rf"\b(?:{'|'.join(rf'(?P<{sense}>{phrases})' for sense, phrases in _PHRASES.items())})", re.IGNORECASE)

MILD = {form: sense for sense, words in _TOLD_BY_RECORDS.items() for word in words.split() for form in _forms(word)}
MILD |= dict.fromkeys(("outdid", "outdone", "outran", "beaten"), "more") | {"slid": "fall", "swollen": "rise"}
STRICT = {word: sense for sense, words in _SENSES.items() for word in words.split()}
SENSE = MILD | STRICT
CHANGES = {"rise": "rise", "more": "rise", "fall": "fall", "less": "fall"}
"""Which direction of a figure a word beside its number needs."""

_HEDGES = re.compile(
    r"\b(?:no|not|any|much|far|many|slightly|little)? ?(?:more|less|fewer|greater|higher|lower|larger|smaller) than (?=[\d£$€a-z])|\bat (?:the )?(?:most|least)\b"
    r"|\bor (?:more|less|fewer|higher|lower|above|below)\b|\b(?:above|below) (?=[£$€]?\d)|\b(?:twice|double|triple|half|times) (?:as|that|the)\b",
    re.IGNORECASE,
)
"""Where a link holds such a word as the hedge of its number."""

_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_HEAD = re.compile(
    rf"(?:(?:a|an|the) )?(?:{_PHRASES['rise']}|{_PHRASES['fall']}|{'|'.join(word for word, sense in SENSE.items() if sense in ('rise', 'fall'))})"
    r"(?: by| of)?\s+(?=\S)",
    re.IGNORECASE,
)
_WHOLE = frozenset(["doubled", "trebled", "tripled", "quadrupled", "halved"])
"""Verbs that are numbers themselves."""


def senses(text: str) -> list[tuple[int, int, str]]:
    """Return the words of a text that tell a direction or a comparison, each with its span and what it says.

    Example:
        >>> senses("It fell, and is lower.")
        [(3, 7, 'fall'), (16, 21, 'less')]
        >>> senses("It edged up.")
        [(3, 11, 'rise')]
    """
    phrases = [(match.start(), match.end(), str(match.lastgroup)) for match in _PHRASED.finditer(text)]
    words = [(*match.span(), sense) for match in _WORD.finditer(text) if (sense := SENSE.get(match[0].lower()))]
    return sorted(phrases + [word for word in words if not any(start <= word[0] < end for start, end, _ in phrases)])


def direction(text: str) -> str:
    """Return the direction that the words beside the number of a link tell, `rise` or `fall`, or an empty text.

    Example:
        >>> direction("fell by 48%"), direction("12 points more"), direction("more than 12")
        ('fall', 'rise', '')
    """
    found = {CHANGES[sense] for _, _, sense in senses(_HEDGES.sub(" ", text)) if sense in CHANGES}
    return found.pop() if len(found) == 1 else ""


def number(text: str) -> str:
    """Return the text of a link without a verb or noun of change before its number; what follows the number is read with it.

    Example:
        >>> number("fell by 48%"), number("a rise of 9%"), number("more than doubled"), number("48% lower")
        ('48%', '9%', 'more than doubled', '48% lower')
    """
    match = _HEAD.match(text)
    return text[match.end() :] if match and match.group().split()[0].lower() not in _WHOLE else text


_SIDES = {"above": {"rise", "more"}, "below": {"fall", "less"}, "equal": {"same"}, "highest": {"most"}, "lowest": {"least"}}
_SIDES |= {"rose": {"rise"}, "fell": {"fall"}}
_ALIKE = re.compile(
    r"\b(?:as (?:many|much|high|low|large|small|often|likely|good|bad)|twice|double|half|level|alike|times)\b", re.IGNORECASE
)
_NEGATED = re.compile(r"\b(?:not|no|never|nor|neither|without)\b|n't\b", re.IGNORECASE)


def misfit(text: str, relation: str, factor: Fraction) -> str:
    """Return why the text of a link does not say what its comparison proves, or an empty text.

    Args:
        text: The words that are linked.
        relation: The relation between the figures, as `claims.comparing` names it.
        factor: How many times the other figure.
    """
    wanted, found = _SIDES[relation], {sense for _, _, sense in senses(text)}
    if _NEGATED.search(text):
        return "a comparison cannot be negated."
    beside = ({"more"} if factor > 1 else {"less"}) if relation == "equal" and factor != 1 else set()
    if found <= beside and _ALIKE.search(text):
        found = {"same"} if factor == 1 else wanted
    if not found or not found <= wanted:
        return f'its words do not say "{relation}".'
    said = _times(text)
    return "" if said == factor else f"its words say {_many(said)} and the comparison {_many(factor)}."


def _times(text: str) -> Fraction:
    """Return how many times the other number a text says: "more than twice as many" is 2, "less than half" a half."""
    for found in find_numbers(text):
        try:
            quantity = parse(found.text)
        except QuantityError:
            continue
        return quantity.anchor / 100 if quantity.unit == "percent" else quantity.anchor
    return Fraction(1)


def _many(factor: Fraction) -> str:
    return f"{float(factor):g} times" if factor != 1 else "as much"
