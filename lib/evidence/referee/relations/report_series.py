"""Which of its series a report is, against when the series, or what it reports on, began: "the third annual report on a fund that opened in April 2022"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.quantity.words import ORDINALS
from evidence.referee.checks.dates import published
from evidence.referee.comparing import Compared, Confidence, worded
from evidence.referee.mentions import Sentence
from evidence.referee.relations.reach import Reach
from evidence.referee.relations.times import MONTHS

_NTH = re.compile(
    rf"\b(?:(?P<word>{'|'.join(ORDINALS)})|(?P<n>\d{{1,3}})(?:st|nd|rd|th)) (?:annual |yearly |quarterly )?(?:[a-z]+ )?(?P<what>report|review|survey|release|edition|issue|bulletin|statement|round|census|count)\b"
)
_YEARLY, _QUARTERLY = (
    re.compile(r"\b(?:annual(?:ly)?|yearly|(?:once a|each|every) year)\b"),
    re.compile(r"\b(?:quarterly|(?:each|every|once a) quarter)\b"),
)
_BEGAN = re.compile(
    rf"\b(?:began|begun|started|launched|introduced|first [a-z]+|set up|opened(?: to [a-z]+)?|founded|established|created|since(?: [a-z]+){{0,4}}?)(?: in| on)?"
    rf" (?:the )?(?:(?P<quarter>first|second|third|fourth|last) quarter of |(?:(?P<d>\d{{1,2}}) )?(?P<m>{'|'.join(MONTHS)}) )?(?P<y>(?:19|20)\d\d)\b"
)
_EACH = re.compile(r"\b(?:each|every|once a) (?:quarter|year) $")
_SERIES = re.compile(r"\b(?:series|survey|edition|release|bulletin|census|count)\b")
_QUARTERS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": 3}
_HALF, _YEAR = 0.5, 12


def report_series(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether as many reports can have appeared since the beginning as the ordinal number of this one says."""
    text = sentence.text.lower()
    nth, began = _NTH.search(text), _BEGAN.search(text)
    year, month, _ = published(reach.sentences)
    title = re.findall(r"\b20\d\d\b", reach.document.sentences[0].text)
    latest = (year, month) if year else (int(title[-1]) if title else 0, 0)
    often = 4 if _QUARTERLY.search(text) else 1 if _YEARLY.search(text) else 0
    if not nth or not began or not often or not latest[0] or re.search(r"\b(?:next|last|previous) $", text[: nth.start()][-9:]):
        return
    if began.start() < nth.end() and not _EACH.search(text[: began.start()]):
        return
    number = int(nth["n"]) if nth["n"] else ORDINALS.index(nth["word"]) + 1
    least, most = _reports(began, latest, often, series=bool(_SERIES.search(text)))
    found = f"{least}" if least == most else f"{least} to {most}"
    message = f"From {began['y']} to {latest[0]} there can have been {found}, not {number}." if not least <= number <= most else ""
    told = f"{latest[0]} - {began['y']}; stated {nth[0].split()[0]}"
    yield worded("dates", sentence, nth.span(), told, message, Confidence.medium)


def _reports(began: re.Match[str], latest: tuple[int, int], often: int, *, series: bool) -> tuple[int, int]:
    """Return how many reports there can have been, at least and at most: of a series the first came out when it began, on something half a year later."""
    known = bool(latest[1] and began["m"])
    months = _YEAR * (latest[0] - int(began["y"]))
    if often > 1:
        first = _QUARTERS[began["quarter"]] if began["quarter"] else MONTHS.index(began["m"]) // 3 if began["m"] else 0
        last = (latest[1] - 1) // 3 if latest[1] else 3
        number = 4 * (latest[0] - int(began["y"])) + last - first
        return number - (0 if latest[1] else 3), number + (1 if began["quarter"] or began["m"] else 4)
    if known:
        months += latest[1] - 1 - MONTHS.index(began["m"])
        years = months / _YEAR
        return int(years), int(years + (1 if series else _HALF))
    years = latest[0] - int(began["y"])
    return years - 1 if not series else years, years + 1
