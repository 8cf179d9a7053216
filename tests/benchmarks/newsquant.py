"""NewsQuant, the sentences of news that the extractor CQE was measured on, scored as its paper scores them.

The suite is in no package: NEWSQUANT names a copy of its file `NewsQuant.json` (github.com/satya77/CQE_Evaluation), a list of sentences with the value
and the unit of each quantity. A value is right within a hundred-thousandth of itself, and each reading answers for one quantity at most.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from evidence.errors import QuantityError
from evidence.quantity import Quantity, find_numbers, parse, split_unit

Value = tuple[Fraction, ...]
"""One number, or both ends of a range."""
Reading = tuple[Value, str]
"""A value with the suite's name of its unit; `-` stands for things that are counted and for no unit at all."""

PUBLISHED = {"CQE": 0.920, "quantulum3": 0.730, "GPT-3": 0.706, "Recognizers": 0.691}
"""Value F1 of others, as the paper prints them."""

_NAMES = {
    **{
        "percent": "percentage",
        "percentage points": "point",
        "index points": "point",
        "USD": "dollar",
        "GBP": "pound sterling",
        "EUR": "euro",
    },
    **{"JPY": "japanese yen", "CNY": "chinese yuan", "MYR": "malaysian ringgit", "AUD": "australian dollar", "NZD": "new zealand dollar"},
    **{"HKD": "hong kong dollar", "INR": "indian rupee", "ILS": "shekel", "DKK": "danish krone", "cents": "cent", "times": "count"},
    **{"years": "year", "months": "month", "weeks": "week", "days": "day", "hours": "hour", "minutes": "minute", "seconds": "second"},
    **{"km": "kilometre", "miles": "mile", "metres": "metre", "cm": "centimetre", "mm": "millimetre", "feet": "foot", "yards": "yard"},
    **{"inches": "inch", "square metres": "square metre", "square feet": "square feet", "square miles": "square mile", "litres": "litre"},
    **{"mg": "milligram", "kg": "kilogram", "grams": "gram", "tonnes": "ton", "pounds weight": "pound-mass", "mph": "mile per hour"},
    **{"kph": "kilometre per hour", "GB": "gigabyte", "kW": "kilowatt", "MW": "megawatt", "GW": "gigawatt", "watts": "watt"},
    **{"kWh": "kilowatt hour", "GWh": "gigawatt hour", "millilitres": "millilitre", "nanometres": "nanometre", "decibels": "decibel"},
    **{
        "basis points": "basis point",
        "degrees": "degree",
        "degrees C": "celsius",
        "degrees F": "fahrenheit",
        "pound-feet": "foot pound-force",
        "Mbps": "megabit per second",
    },
    "rpm": "revolutions per minute",
}
"""What the suite calls the units of the reader."""


def unit_name(unit: str) -> str:
    """Return the suite's name of a unit, with its rate where it is one of time."""
    base, per = split_unit(unit) if unit.partition(" per ")[0] in _NAMES else (unit, "")
    return f"{_NAMES.get(base, '-')} per {per}" if per and base in _NAMES else _NAMES.get(base, "-")


def labelled(row: dict[str, str]) -> Reading:
    """Return the value and unit of a quantity as the suite writes it: "7-10" is a range, "1.99E-29" is none."""
    value, name = row["value"].replace(" ", ""), row["normalized_unit"].lower()
    ends = [value] if "E" in value or "-" not in value[1:] else value.split("-")
    known = name in _NAMES.values() or name.partition(" per ")[0] in _NAMES.values()
    return tuple(map(Fraction, ends)), name if known else "-"


def readings(sentence: str, *, conventions: bool) -> Iterator[Reading]:
    """Yield what the reader makes of a sentence.

    Args:
        sentence: The sentence.
        conventions: Whether three things are put as the suite puts them: a change "from A to B" as one range, an order of magnitude ("dozens") as
            its ends, and pence in pence.
    """
    found = [number for number in find_numbers(sentence) if number.text]
    while found:
        number = found.pop(0)
        read = _parsed(number.text)
        change = found and conventions and sentence[number.end : found[0].start] == " to " and sentence[: number.start].endswith("from ")
        if change and read and (second := _parsed(found[0].text)) and second.unit == read.unit and not read.ends + second.ends:
            found.pop(0)
            yield (read.anchor, second.anchor), unit_name(read.unit)
        else:
            yield _value(read, conventions=conventions) if read else ((), "-")


def _parsed(text: str) -> Quantity | None:
    try:
        return parse(text)
    except QuantityError:
        return None


def _value(read: Quantity, *, conventions: bool) -> Reading:
    name = unit_name(read.unit)
    if read.ends:
        return tuple(end.anchor for end in read.ends), name
    if conventions and read.in_words and read.unit not in ("percent", "times"):
        return (read.interval.low, read.interval.high), name
    if conventions and read.unit == "GBP" and read.text.endswith("p"):
        return (read.anchor * 100,), "point"
    return (read.anchor,), name


def same(wanted: Value, read: Value) -> bool:
    """Return whether a reading has the value of a label, a share in percent or as a part of one."""
    if len(wanted) != len(read):
        return False
    pairs = list(zip(sorted(wanted), sorted(read), strict=True))
    return any(all(abs(a - b / scale) <= abs(a) / 10**5 for a, b in pairs) for scale in (1, 100))


def score(path: Path, *, conventions: bool) -> tuple[int, int, int, int]:
    """Return how many quantities the suite states, how many readings there are, and how many have a right value, and value and unit."""
    stated = finds = right = whole = 0
    for row in json.loads(path.read_text(encoding="utf-8")):
        left = list(readings(row["text"], conventions=conventions))
        finds += len(left)
        for wanted, unit in map(labelled, row["quantities"]):
            stated += 1
            met = sorted((reading for reading in left if same(wanted, reading[0])), key=lambda reading: reading[1] != unit)
            if met:
                left.remove(met[0])
                right, whole = right + 1, whole + (met[0][1] == unit)
    return stated, finds, right, whole


def report() -> Iterator[str]:
    """Yield a line for the reader as it is and one in the suite's conventions, or that the suite is not at hand."""
    path = Path(os.environ.get("NEWSQUANT", ""))
    if not path.is_file():
        yield "NewsQuant is not at hand; NEWSQUANT names its file."
        return
    for conventions, name in ((False, "as it reads"), (True, "in its conventions")):
        stated, finds, *hits = score(path, conventions=conventions)
        for kind, count in zip(("value", "value and unit"), hits, strict=True):
            found, precision = count / stated, count / finds
            yield f"NewsQuant, {name}, {kind}: {stated} stated, {count} right, precision {precision:.3f}, recall {found:.3f}, F1 {2 * count / (stated + finds):.3f}"
    yield "Published, value: " + ", ".join(f"{peer} {f1:.3f}" for peer, f1 in PUBLISHED.items())
