"""Change a stated number by the least that a reader would notice: one unit of its last printed digit, or the next word."""

import re

_NEXT_PART = {
    "halved": "doubled",
    "half": "third",
    "third": "quarter",
    "quarter": "fifth",
    "fifth": "sixth",
    "eighth": "ninth",
    "tenth": "ninth",
}
_NEXT_WORD = {
    "one": "two", "two": "three", "three": "four", "four": "five", "five": "six", "six": "seven", "seven": "eight", "eight": "nine",
    "nine": "ten", "ten": "eleven", "fifteen": "sixteen", "twenty": "thirty", "twice": "thrice", "double": "thrice",
}  # fmt: skip


def nudge(text):
    """Return `text` with its last number changed by one unit of its last printed digit, or its last number word by the next one."""
    digits = list(re.finditer(r"\d[\d,\u202f ]*(?:\.\d+)?(?<=\d)", text))
    if digits:
        found = digits[-1]
        return text[: found.start()] + _one_more(found.group()) + text[found.end() :]
    lowered = text.lower()
    for table in (_NEXT_PART, _NEXT_WORD):
        hits = [(match.start(), word) for word in table for match in re.finditer(rf"\b{word}s?\b", lowered)]
        if hits:
            start, word = max(hits)
            plural = "third" if table is _NEXT_PART and word == "half" else table[word]
            return text[:start] + plural + text[start + len(word) :]
    if "most all" in lowered:
        return "a minority"
    if re.search(r"\b(most|majority)\b", lowered):
        return "a minority"
    if "minority" in lowered:
        return "most"
    raise AssertionError(f"no number to change in {text!r}")


def nudge_value(value):
    """Return a value cell changed by one unit of its last digit."""
    whole, slash, rest = value.partition("/")
    return _one_more(whole) + slash + rest


def _one_more(numeral):
    plain = numeral.replace(",", "").replace(" ", "").replace("\u202f", "")
    sign, plain = ("-", plain[1:]) if plain.startswith("-") else ("", plain)
    decimals = len(plain.partition(".")[2])
    more = str(int(plain.replace(".", "")) + 1).rjust(decimals + 1, "0")
    text = f"{more[:-decimals]}.{more[-decimals:]}" if decimals else more
    grouped = f"{int(text):,}" if "," in numeral and not decimals else text
    return sign + grouped
