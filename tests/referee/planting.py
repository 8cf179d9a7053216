"""Reports made up from a grammar of wordings: each right as it stands, and wrong in one place once a fault is planted.

`wordings.csv` holds, for each kind of fault, texts in many manners with places for numbers; the numbers are drawn anew for each seed, so
that no check can know them. A wording is written by hand before the check that it tries; what the checks then miss is told, by kind.
"""

import calendar
import csv
import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

WORDINGS = Path(__file__).with_name("wordings.csv")
FILLERS = (
    "The method is described in the annex.",
    "Officials had expected as much.",
    "This was discussed with those concerned.",
    "The pattern is familiar from earlier work.",
    "No other body keeps such a record.",
)


@dataclass(frozen=True)
class Case:
    """One text that is right, the same with a fault, and the kind of the fault."""

    kind: str
    true: str
    planted: str
    wording: int


def _sum(draw: random.Random) -> dict[str, object]:
    parts = [draw.randrange(110, 980) for _ in range(3)]
    tenths = [draw.randrange(12, 96) for _ in range(3)]
    total, money = sum(parts), sum(tenths)
    return {
        **{f"p{place}": part for place, part in enumerate(parts, start=1)},
        **{f"m{place}": part / 10 for place, part in enumerate(tenths, start=1)},
        **{f"q{place}": part + 37 for place, part in enumerate(parts, start=1)},
        "total": total,
        "wrong": total + draw.choice([-90, 90, 100, 180]),
        "two": parts[0] + parts[1],
        "twowrong": parts[0] + parts[1] + draw.choice([-60, 70, 100]),
        "mt": money / 10,
        "mwrong": (money + draw.choice([-8, 9, 20])) / 10,
        "qt": total + 111,
    }


def _shares(draw: random.Random) -> dict[str, object]:
    first, second = draw.randrange(31, 52), draw.randrange(16, 29)
    rest = 100 - first - second
    return {"a": first, "b": second, "c": rest, "wrong": rest + draw.choice([8, 10, 15]), "half": rest - 6} | _two(first)


def _two(first: int) -> dict[str, object]:
    return {"rest": 100 - first, "restwrong": 110 - first}


def _base(draw: random.Random) -> dict[str, object]:
    base = draw.randrange(240, 980)
    share = draw.randrange(21, 79)
    count = round(base * share / 100)
    other, twice = base + 164, round((base + 164) * (share - 4) / 100)
    return {
        "base": base,
        "pct": round(100 * count / base),
        "count": count,
        "wrong": round(100 * count / base) + draw.choice([-9, 8, 12]),
        "b2": other,
        "c2": twice,
        "p2": round(100 * twice / other),
    }


def _change(draw: random.Random) -> dict[str, object]:
    before = draw.randrange(320, 900)
    share = draw.randrange(12, 68)
    after = round(before * (1 + share / 100))
    pct = round(100 * (after - before) / before)
    low, high = before * 2 // 3, before * 2 // 3 + 90
    return {
        "a": before,
        "b": after,
        "pct": pct,
        "wrong": pct + draw.choice([9, 11, 20]),
        "diff": after - before,
        "dwrong": after - before + draw.choice([21, 30, 50]),
        "a2": low,
        "b2": high,
        "p2": round(100 * (high - low) / low),
    }


def _points(draw: random.Random) -> dict[str, object]:
    low, step = draw.randrange(31, 62), draw.randrange(4, 13)
    return {"a": low, "b": low + step, "d": step, "wrong": step + draw.choice([3, 5])}


def _grim(draw: random.Random) -> dict[str, object]:
    asked = draw.choice([13, 14, 16, 17, 18, 19, 21, 22, 23, 24, 26, 27, 28])
    possible = {round(100 * yes / asked) for yes in range(asked + 1)}
    near = {share + step for share in possible for step in (-1, 0, 1)}
    wrong = [share for share in range(30, 90) if share not in possible] or sorted(set(range(30, 90)) - near)
    return {"n": asked, "pct": draw.choice([share for share in sorted(possible) if 30 < share < 90]), "wrong": draw.choice(wrong)}


def _words(draw: random.Random) -> dict[str, object]:
    start = draw.randrange(600, 990)
    return {
        "start": start,
        "fallen": start * draw.randrange(28, 42) // 100,
        "same": start - draw.randrange(2, 6),
        "halved": start // 2,
        "third": draw.choice([26, 28, 29]),
        "overthird": draw.choice([41, 44, 47]),
        "fourty": draw.choice([39, 41, 42]),
        "threequarters": draw.choice([73, 74]),
        "sixty": draw.choice([58, 61, 63]),
        "major": draw.randrange(56, 69),
        "minor": draw.randrange(31, 45),
        "few": draw.choice([2, 3, 4]),
        "many": draw.choice([29, 34, 38]),
        "doubled": round(start * draw.choice([2.2, 2.4])),
        "grown": round(start * draw.choice([1.3, 1.5])),
        "most": draw.choice([95, 96, 97]),
        "seventy": draw.choice([69, 72, 74]),
    }


def _repeat(draw: random.Random) -> dict[str, object]:
    tens, ones = draw.sample(range(3, 9), 2)
    return {
        "x": 10 * tens + ones,
        "y": 10 * ones + tens,
        "big": 1000 * tens + 100 * ones + 56,
        "bigwrong": 1000 * ones + 100 * tens + 56,
        "m": (10 * tens + ones) / 10,
        "mwrong": (10 * ones + tens) / 10,
    }


def _per_head(draw: random.Random) -> dict[str, object]:
    many, each = draw.randrange(12, 48), draw.randrange(120, 480)
    return {
        "n": many,
        "each": each,
        "total": many * each,
        "wrong": each + draw.choice([40, 60, -50]),
        "people": 2000 * many,
        "rate": draw.randrange(11, 39),
        "n2": many + 7,
        "total2": (many + 7) * (each - 30),
        "each2": each - 30,
    } | _rates(draw)


def _rates(draw: random.Random) -> dict[str, object]:
    rate, thousands = draw.randrange(11, 39), draw.randrange(20, 90)
    return {"rate": rate, "pop": 1000 * thousands, "crimes": rate * thousands, "ratewrong": rate + draw.choice([7, 12])}


def _ratio(draw: random.Random) -> dict[str, object]:
    low = draw.randrange(21, 32)
    return {
        "low": low,
        "twice": 2 * low,
        "thrice": 3 * low,
        "four": 4 * low,
        "wrong": low + draw.choice([-10, 12]),
        "more": round(low * 2.3),
        "notmore": round(low * draw.choice([1.4, 1.6])),
    }


def _range(draw: random.Random) -> dict[str, object]:
    low = draw.randrange(12, 30)
    high = low + draw.randrange(15, 40)
    return {"lo": low, "hi": high, "mid": (low + high) // 2, "wrong": high + draw.choice([5, 8, 12]), "under": low - 5}


def _over(draw: random.Random) -> dict[str, object]:
    share = draw.randrange(41, 96)
    return {"pct": share, "wrong": share + 100}


def _dates(draw: random.Random) -> dict[str, object]:
    year = draw.randrange(2009, 2018)
    day = date(year, draw.randrange(1, 12), draw.randrange(2, 27))
    short = date(year, draw.choice([4, 6, 9, 11]), 30)
    years = draw.randrange(3, 7)
    return {
        "y": year,
        "end": year + years,
        "before": year - draw.choice([1, 2]),
        "span": WORDS[years],
        "wrongspan": WORDS[years + 3],
        "weekday": f"{day:%A}",
        "wrongday": f"{day + timedelta(days=2):%A}",
        "day": f"{day.day} {calendar.month_name[day.month]} {day.year}",
        "thirty": f"30 {calendar.month_name[short.month]} {year}",
        "thirtyone": f"31 {calendar.month_name[short.month]} {year}",
        "later": f"{day.day} {calendar.month_name[day.month]} {day.year + 1}",
        "earlier": f"{day.day} {calendar.month_name[day.month]} {day.year - 1}",
        "decades": year - 40,
    }


WORDS = dict(enumerate(["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]))
DRAWS = {
    "sum": _sum,
    "shares": _shares,
    "share × base": _base,
    "change": _change,
    "points against percent": _points,
    "respondents (GRIM)": _grim,
    "words against numbers": _words,
    "repeat": _repeat,
    "per head": _per_head,
    "ratio": _ratio,
    "range": _range,
    "over the whole": _over,
    "dates": _dates,
}


def wordings() -> list[dict[str, str]]:
    """Return the wordings of all kinds as rows: kind, text and the fault as what is written → what is planted."""
    with WORDINGS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cases(seed: int) -> list[Case]:
    """Return one case a wording, with numbers and fillers drawn by `seed`."""
    return [_case(place, row, random.Random(f"{seed} {place}")) for place, row in enumerate(wordings(), start=2)]


def _case(place: int, row: dict[str, str], draw: random.Random) -> Case:
    numbers = DRAWS[row["kind"]](draw)
    old, new = row["fault"].split("→")
    assert old in row["text"], row
    filled = row["text"].replace("~", " " + draw.choice(FILLERS) if draw.random() < 1 / 2 else "")
    head, _, tail = filled.rpartition(old)
    return Case(row["kind"], filled.format(**numbers), (head + new + tail).format(**numbers), place)


def composed(seed: int) -> list[tuple[str, list[Case]]]:
    """Return reports of all cases in an order drawn by `seed`: in each another eighth has its fault, two of each kind; the first has none."""
    made = cases(seed)
    random.Random(seed).shuffle(made)
    rounds: dict[int, list[Case]] = {}
    held: Counter[str] = Counter()
    for case in made:
        rounds.setdefault(held[case.kind] // AT_ONCE, []).append(case)
        held[case.kind] += 1
    return [(_report(made, faulty), faulty) for faulty in ([], *rounds.values())]


AT_ONCE = 2
"""Faults of a kind that a report has."""


def _report(made: list[Case], faulty: list[Case]) -> str:
    return "# A report\n\n" + "\n\n".join(case.planted if case in faulty else case.true for case in made) + "\n"
