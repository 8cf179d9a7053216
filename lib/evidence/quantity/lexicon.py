"""The words around stated numbers: hedges, words that only introduce, shares and multiples, units, and what follows a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from evidence.quantity.tokens import Tokens, tokenize
from evidence.quantity.words import listed, word_set

Phrases = dict[str, list[tuple[tuple[str, ...], str]]]
"""Phrases by their first word, the longest first, each with what it means."""


def phrases(meanings: Mapping[str, str]) -> Phrases:
    """Return phrases separated by bars, each list under its meaning, as a table that `longest` reads."""
    table: Phrases = {}
    for meaning, words in meanings.items():
        for phrase in words.split("|"):
            key = tuple(token.word for token in tokenize(phrase) if token.kind != "end")
            table.setdefault(key[0], []).append((key, meaning))
    return {first: sorted(rows, key=lambda row: -len(row[0])) for first, rows in table.items()}


def longest(table: Phrases, tokens: Tokens, at: int) -> tuple[str, int] | None:
    """Return the meaning of the longest phrase that stands at `at`, and the index after it."""
    for key, meaning in table.get(tokens[at].word, ()):
        if len(key) == 1 or (tokens[at + 1].word == key[1] and all(tokens[at + n].word == key[n] for n in range(2, len(key)))):
            return meaning, at + len(key)
    return None


_BELOW = (
    "almost|nearly|just under|under|less than|fewer than|below|just below|just less than|not quite|well under|a little under|slightly under"
    "|just shy of|shy of|just short of|a little short of|little short of|a shade under|a touch under|a whisker under|close on|getting on for|not far off"
    "|comfortably under|comfortably below|fractionally under|marginally under|marginally below|far below|far fewer than"
)
HEDGES = phrases(
    {
        "about": "about|around|almost exactly|roughly|approximately|approx.|approx|some|circa|c.|ca.|ca|close to|something like|in the region of|of the order of|barely|hardly|scarcely|give or take|~|≈",
        "above": "over|more than|above|in excess of|just over|well over|a little over|slightly over|greater than|just above|upwards of|upward of"
        "|comfortably over|comfortably above|well above|far above|far over|a shade over|a touch over|fractionally over|marginally over|marginally above"
        "|rather more than|little more than|not much more than|something over|far more than|well in excess of"
        "|north of|higher than|better than|>|just over of",
        "at least": "at least|at the least|at the very least|no fewer than|no less than|not less than|not fewer than|never less than|never fewer than|as few as|as little as"
        "|not under|no lower than|not below|a minimum of|≥|>=",
        "below": f"{_BELOW}|<|lower than|" + "|".join(f"up to {word}" for word in ("almost", "nearly", "just under")),
        "up to": "up to|as high as|at most|no more than|not more than|never more than|not over|no higher than|not above|no greater than|as many as"
        "|as much as|a maximum of|at best|at worst|≤|<=|at the most|at the very most",
    }
)
"""What each hedge means; the interval of each meaning stands in `meaning.hedged`."""

AFTER = phrases(
    {
        "about": "-odd|-ish|-something|or so|or thereabouts|give or take|roughly|approximately|more or less",
        "at least": "-plus|or more|or over|or above|or greater|or higher|or better|and upwards|and counting|and rising|if not more|at a minimum"
        "|at the least|at the very least",
        "up to": "or less|or fewer|or under|or below|or lower|if that|at the most|at the very most|at a maximum|at the outside|max",
    }
)
"""Hedges that stand after their number."""

FILLERS = phrases(
    {
        "": "just|only|exactly|all|another|further|a further|a total of|an additional|an extra|additional|the|its|these|those|their|our|a mere"
        "|mere|a full|fully|n =|p =|p-value of|p value of|a staggering|a whopping|a record|a combined|an estimated|an average of|an average|even|for"
    }
)
"""Words that only introduce a number."""

MINUS = phrases({"": "minus|negative"})
"""Words that turn a number round."""

QUANTIFIERS = {
    **dict.fromkeys(("almost all", "nearly all", "almost every", "nearly every"), (100, 90, 100)),
    **dict.fromkeys(("most", "a majority", "the majority", "majority"), (50, 50, 100)),
    **dict.fromkeys(("a minority", "the minority", "minority"), (50, 0, 50)),
}
"""Anchor, low and high end in percent; the high end does not belong, nor a low end that is the anchor or nothing."""
QUANTIFIER_PHRASES = phrases({phrase: phrase for phrase in QUANTIFIERS})

_STEMS = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4, "quintuple": 5, "sextuple": 6}
MULTIPLES = {stem[:-1] + end: value for stem, value in _STEMS.items() for end in ("e", "ed", "es", "ing")} | {"twice": 2, "thrice": 3}
_FOLDS = listed("two three four five six seven eight nine ten")
MULTIPLES |= {f"{word}fold": value for value, word in enumerate(_FOLDS, start=2)} | {"hundredfold": 100, "thousandfold": 1000}
HALVINGS = frozenset(("halved", "halve", "halves", "halving"))
NOTHING = frozenset(("none", "nil", "nought", "naught"))
COUNTING = word_set(
    "attained achieved gained scored recorded registered reported obtained won lost saw made received passed completed built"
)
"""Words of what has been counted, behind which "no" is a number: "recorded no deaths"."""

COUNTED_ONE = word_set(
    "firm company business employer employee worker person man woman child pupil student apprentice learner household family patient school college"
    " university council respondent adult shop charity factory death case"
)
"""Things that "one" before them counts."""

VAGUE = {
    "couple": ("a couple of|a couple", 2, 3),
    "couple of dozen": ("a couple of dozen|a couple dozen", 24, 36),
    "handful": ("a handful of|a handful", 3, 10),
    "dozens": ("several dozen|a few dozen|many dozens|dozens", 12, 120),
    "scores": ("scores of", 20, 200),
    "tens": ("tens of", 10, 100),
    "hundreds": ("several hundred|a few hundred|many hundreds|many hundred|hundreds", 100, 1000),
}
"""Orders of magnitude in words, each with its phrases, its least number, and the number it does not reach."""
VAGUE |= {
    f"{word}s": (f"several {word}|a few {word}|many {word}s|many {word}|{word}s", 10**power, 10 ** (power + 3))
    for word, power in (("thousand", 3), ("million", 6), ("billion", 9), ("trillion", 12))
}
VAGUE |= {
    f"couple of {word}": (f"a couple of {word}|a couple {word}", 2 * 10**power, 3 * 10**power)
    for word, power in (("hundred", 2), ("thousand", 3), ("million", 6), ("billion", 9))
}
VAGUE |= {
    f"{size} of {word}": (f"{size} of {word}", 10 ** (power + more), 10 ** (power + more + 1))
    for size, more in (("tens", 1), ("hundreds", 2))
    for word, power in (("thousands", 3), ("millions", 6), ("billions", 9))
}
VAGUE_PHRASES = phrases({name: row[0] for name, row in VAGUE.items()})

_DOLLARS = {"us": "USD", "au": "AUD", "a": "AUD", "ca": "CAD", "c": "CAD", "nz": "NZD", "hk": "HKD", "s": "SGD"}
CURRENCY_SIGNS = {"£": "GBP", "$": "USD", "€": "EUR", "¥": "JPY", "₹": "INR", "r$": "BRL"}
CURRENCY_SIGNS |= {f"{country}$": code for country, code in _DOLLARS.items()} | {f"${country}": code for country, code in _DOLLARS.items()}
CURRENCY_CODES = {code.lower(): code for code in listed("GBP USD EUR AUD CAD NZD HKD SGD CHF JPY CNY INR BRL ZAR PLN SEK NOK DKK ILS MYR")}
CURRENCY_CODES |= {"rm": "MYR"}
MONEY = frozenset(CURRENCY_SIGNS.values()) | frozenset(CURRENCY_CODES.values())

UNITS = phrases(
    {
        "percentage points": "percentage points|percentage point|percentage-points|percentage-point|% points|% point|%-points|%-point|per cent points"
        "|percent points|pp|pps|ppt|ppts|p.p.|p.p|points",
        "percentage points|spaced": "point",
        "index points": "index points|index point",
        "basis points": "basis points|basis point|basis-point|bps|bp",
        "percent": "% per cent|% percent|%|per cent|percent|per-cent|pc|pct|p.c.|p.c|percents",
        "times": "times|-fold|fold|:1|x|×|times:1",
        "GBP": "pounds sterling|pounds|pound|sterling",
        "GBP/100": "pence|penny",
        "USD": "us dollars|us dollar|dollars|dollar",
        "cents": "cents|cent",
        "EUR": "euros|euro|€",
        "AUD": "australian dollars",
        "CAD": "canadian dollars",
        "NZD": "new zealand dollars",
        "HKD": "hong kong dollars",
        "SGD": "singapore dollars",
        "CNY": "yuan|chinese yuan|renminbi",
        "JPY": "yen|japanese yen",
        "INR": "rupees|indian rupees",
        "CHF": "swiss francs",
        "DKK": "danish kroner|danish crowns",
        "NOK": "norwegian kroner",
        "SEK": "swedish kronor",
        "ILS": "shekels|shekel",
        "years": "years|year",
        "months": "months|month",
        "weeks": "weeks|week",
        "days": "days|day",
        "hours": "hours|hour",
        "minutes": "minutes|minute|mins|min",
        "seconds": "seconds|secs|sec",
        "years*10": "decades|decade",
        "years*100": "centuries|century",
        "weeks*2": "fortnights|fortnight",
        "km": "kilometres|kilometre|kilometers|kilometer|km",
        "miles": "miles|mile",
        "metres": "metres|metre|meters|meter",
        "cm": "centimetres|centimetre|centimeters|centimeter|cm",
        "mm": "millimetres|millimetre|millimeters|millimeter|mm",
        "nanometres": "nanometres|nanometre|nanometers|nanometer",
        "feet": "feet|foot|ft",
        "square km": "square kilometres|square kilometre|sq km|km²|km2",
        "square metres": "square metres|square metre|sq m|m²|m2",
        "cubic metres": "cubic metres|cubic metre|m³|m3",
        "square feet": "square feet|sq ft",
        "square miles": "square miles|square mile|sq mi",
        "hectares": "hectares|hectare|ha",
        "acres": "acres|acre",
        "tonnes": "tonnes|tonne|tons|metric tons",
        "mg": "milligrams|milligram|mg",
        "kg": "kilograms|kilogram|kg",
        "pounds weight": "lbs|lb",
        "MtCO2e": "mtco₂e|mtco2e|mtco2|mt co2e",
        "GtCO2e": "gtco₂e|gtco2e|gtco2",
        "Mt": "mt|megatonnes",
        "tCO2e": "tco₂e|tco2e|tco2",
        "mph": "mph|m.p.h.|miles per hour",
        "kph": "km/h|km/hr|kph|kilometres per hour|kilometers per hour",
        "vehicle miles": "vehicle miles|vehicle-miles",
        "vehicle km": "vehicle kilometres|vehicle-kilometres|vehicle km",
        "passenger miles": "passenger miles|passenger-miles",
        "passenger km": "passenger kilometres|passenger-kilometres|passenger km",
        "tonne km": "tonne kilometres|tonne-kilometres",
        "micrograms": "micrograms|microgrammes|µg|μg",
        "millilitres": "millilitres|ml",
        **{unit: unit.lower() for unit in listed("kB MB GB TB kbps toe ktoe Mtoe PJ")},
        "Mbps": "mbps|mbit/s|megabits per second",
        "Gbps": "gbps|gbit/s|gigabits per second",
        "yards": "yards|yard|yds",
        "inches": "inches|inch",
        "gallons": "gallons|gallon",
        "horsepower": "horsepower|hp|bhp",
        "rpm": "rpm",
        "decibels": "decibels|decibel|db",
        "pound-feet": "pound-feet|lb-ft|foot-pounds",
        "barrels": "barrels|barrel",
        "kWh": "kwh|kilowatt-hours|kilowatt hours",
        "MWh": "mwh|megawatt-hours|megawatt hours",
        "GWh": "gwh|gigawatt-hours|gigawatt hours",
        "TWh": "twh|terawatt-hours|terawatt hours",
        "kW": "kw|kilowatts|kilowatt",
        "MW": "mw|megawatts|megawatt",
        "GW": "gw|gigawatts|gigawatt",
        "TW": "tw|terawatts|terawatt",
        "degrees C": "°c|degrees celsius|degrees c|degree celsius|celsius",
        "degrees F": "°f|degrees fahrenheit|degrees f|degree fahrenheit|fahrenheit",
        "degrees": "°|degrees",
        "litres": "litres|litre|liters|liter",
        "FTE": "fte|ftes|full-time equivalents|full-time equivalent|whole-time equivalents",
    }
)
"""What each unit is called; a factor beside a base unit turns one into the other."""
GLUED_UNITS = {"p": "GBP/100", "c": "cents", "l": "litres", "g": "grams", "t": "tonnes", "w": "watts"}
"""Units of one letter, which must touch their number."""

FACTORS = {"GBP/100": ("GBP", Fraction(1, 100)), "years*10": ("years", Fraction(10)), "years*100": ("years", Fraction(100))}
FACTORS |= {"weeks*2": ("weeks", Fraction(2)), "percentage points|spaced": ("percentage points", Fraction(1))}
TIMES = frozenset(("years", "months", "weeks", "days", "hours", "minutes", "seconds"))
LESSER = {"years": ("months", 12), "weeks": ("days", 7), "days": ("hours", 24), "hours": ("minutes", 60), "minutes": ("seconds", 60)}
"""The unit in which a stated time goes on ("two hours and ten minutes"), and how many of it make one."""

PERIODS = {"annum": "year", "head": "capita", "person": "capita"} | {
    word: word for word in ("year", "month", "week", "day", "hour", "capita", "minute", "household", "quarter")
}
PEOPLE = word_set("people population residents persons inhabitants")
LISTS = {
    "ftse": ("100", "250", "350"),
    "p": ("100", "400", "500", "600"),
    "sp": ("500",),
    "nasdaq": ("100",),
    "nikkei": ("225",),
    "stoxx": ("50", "600"),
    "asx": ("200", "300"),
    "cac": ("40",),
    "russell": ("1000", "2000", "3000"),
    "fortune": ("100", "500", "1000"),
    "forbes": ("100", "400", "500"),
}
"""Names of lists and share indices ("p" ends "S&P"), each with the numbers that belong to it."""
_INDICES = (
    *(
        f"{'s&p' if name == 'p' else name} {number}"
        for name, numbers in LISTS.items()
        for number in numbers
        if name[0] != "f" or name == "ftse"
    ),
    *("ftse", "dax", "hang seng", "nasdaq", "nasdaq composite", "dow", "dow jones", "dow jones industrial average"),
)
RATIOS = phrases(
    {
        "times": "odds ratio|odds ratios|risk ratio|hazard ratio|hazard ratios|rate ratio|relative risk|relative risks|a factor of|factor of",
        "index points": "|".join(("index", *_INDICES, *(f"{name} index" for name in _INDICES))),
    }
)
"""Words before a number that give it its unit; an index only where points follow."""
RATIO_SIGNS = frozenset(("or", "rr", "hr", "irr"))
ADJUSTED_SIGNS = frozenset(("aor", "ahr", "arr", "airr"))
"""Letters before a number that make it a ratio; the first only where they are capitals."""
LINKS = frozenset(("of", "was", "is", "were", "are", "=", ":", "at", "by"))
"""Words between the name of a ratio or an index and its number."""
PLUS_MINUS = phrases({"": "±|+/-|plus or minus|plus/minus"})
"""Words and signs that give a number to either side."""

TAILS = word_set(
    "higher lower more less fewer greater larger bigger smaller faster slower older younger as likely much many high low large often extra"
    " additional further increase decrease decline fall rise drop reduction growth above below boost premium than of"
)
"""Words after a number that tell its direction or comparison and change nothing about it."""


_VERBS = {
    "fall": "fell fallen",
    "rise": "rose risen",
    "grow": "grew grown",
    "go": "went gone",
    "shrink": "shrank shrunk",
    "cut": "",
    "climb": "",
}
_VERBS |= dict.fromkeys(
    listed(
        "increase decrease decline drop reduce jump double halve move change slip slide soar surge plunge plummet dip expand contract improve worsen"
        " accelerate slow tumble raise lower narrow widen swell"
    ),
    "",
)
PAST = frozenset(form for past in _VERBS.values() for form in past.split()) | {"up", "down"}
"""Words that tell of a change that has been, beside those that end in -ed."""
CHANGES = frozenset(
    {
        "up",
        "down",
        "reduction",
        "growth",
        "reducing",
        "halving",
        "dropped",
        "dropping",
        "cutting",
        "slipped",
        "slipping",
        "dipped",
        "doubling",
    }
    | {
        form
        for verb, past in _VERBS.items()
        for form in (verb, f"{verb}s", f"{verb}d", f"{verb}ed", f"{verb}ing", f"{verb[:-1]}ing", *past.split())
    }
)
"""Words that tell of a change, after which "from A to B" are two numbers and no range."""
MOVES = CHANGES | word_set("lost gained added shed closed opened ended finished")
"""Words that stand between an index and the points it moves by, beside links."""
ON_BEFORE = phrases(
    {"": "|".join(f"on the {which}{period}" for which in ("", "previous ") for period in ("week", "month", "quarter", "year"))}
)
"""Words that tell what a rate has moved since, so that a bare number before them is in points: "71.0 per cent, up 0.4 on the quarter"."""
LEADS = frozenset(HEDGES.keys() | FILLERS.keys())
"""Words with which a hedge or an introduction begins."""


def first_words(*tables: Iterable[str]) -> frozenset[str]:
    """Return the words with which an entry of some table begins."""
    return frozenset(word for table in tables for word in table)
