"""Numbers that a document prints and that are no evidence of its subject, by class: each is proposed as an excuse, with the reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from evidence.catalog.verify.text import Span

_N = r"\d[\d,.]{0,20}"
_RANGE = rf"{_N}(?:\s?(?:-|to)\s?{_N})?"
_FEW = r"\d{1,3}(?![\d,])"
"""A number of people that may bound a size of firms; nobody draws that line at thousands."""

CLASSES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("A size of a file", re.compile(rf"\(?(?:\b(?:xlsx?|pdf|csv|zip|docx?)\b[,: ]*)?{_N}\s?(?:[KMG]i?b|[kKMG]B|bytes)\b\)?", re.ASCII)),
    (
        "A band of sizes, which defines who is counted",
        re.compile(
            rf"\b(?:{_FEW}\s?(?:-|to)\s?{_FEW}|{_FEW}(?:\+| (?:or|and) (?:more|over|fewer|less))|(?:under|over|fewer than|less than|more than|at least) {_FEW})"
            r" (?:employees|employment|staff|workers|persons employed|full-time equivalents|people employed)\b(?= (?:size|band|or)|[),;]| \()"
            rf"|\b(?:with|employing|between|having) (?:fewer than |less than |more than |at least |under |over |up to )?{_RANGE}(?: (?:or|and) (?:more|over|fewer))?"
            r" (?:employees|employment|persons employed|people employed|staff)\b"
            rf"|\({_RANGE}\+? (?:employees|employment|staff|persons|people)\)"
            rf"|\b(?:size ?bands?|employment sizes?) (?:of )?{_RANGE}",
            re.IGNORECASE,
        ),
    ),
    (
        "A limit of age, which defines who is counted",
        re.compile(
            rf"\b(?:aged?|ages) (?:of |between |from |over |under |at least |up to )?{_RANGE}(?: (?:and|or) (?:over|under|above|older|younger))?"
            rf"|\({_RANGE}\)(?= (?:years?|who))|\b{_N} (?:and|or) (?:under|over|older|younger)\b(?! percent)"
            rf"|(?<=people \(){_RANGE}(?=\))|\b(?:were|are|children) (?:under|over) (?:five|{_N})(?= (?:and|or|in)\b|[.,;])",
            re.IGNORECASE,
        ),
    ),
    (
        "A code of a classification",
        re.compile(
            rf"\b(?:SIC|SOC|NACE|ISIC|NUTS|ICD|ITL|UKSIC|Divisions?|Groups?|Class(?:es)?|Sections?|Codes?|Schedules?|Articles?|Regulations?)"
            rf" (?:\(?20\d\d\)?:? ?)?{_N}(?:(?:, | and | to |-){_N})*\b"
            r"|\b(?:Regulations?|Directives?|Decisions?) (?:\([A-Z]{2,4}\) )?(?:No\.? ?)?\d{1,4}/\d{2,4}(?:/[A-Z]{2,4})?\b"
        ),
    ),
    (
        "A number of a table, chart, page or note",
        re.compile(
            r"\b(?:[Bb]ulletin|[Rr]elease|[Ii]ssue|[Ee]dition|[Pp]aper|[Bb]riefing|[Rr]eport|[Cc]ircular)s? (?:[Nn]o\.? |[Nn]umber )?\d{1,4}/\d{2,4}\b|"
            r"\b(?:[Ww]orking|[Dd]iscussion|[Rr]esearch|[Bb]riefing|[Pp]olicy|[Oo]ccasional|[Tt]echnical) (?:[Pp]aper|[Rr]eport|[Nn]ote|[Bb]rief)s? (?:[Nn]o\.? |[Nn]umber )?\d{1,4}\b|"
            r"\b[Tt]ables? (?:[A-Z]{1,6}\d+[a-z]?(?:, | and )?)+\b|\b[Pp]age \d{1,4} of \d{1,4}\b|"
            rf"\b(?:Tables?|Figures?|Charts?|Annex(?:es)?|Appendix|Appendices|Boxe?s?|Pages?|pp?\.|Notes?|Chapters?|Volumes?|Vol\.?|Issues?|No\.|Maps?|Reference Tables?)"
            rf"\s{_N}(?:(?:, | and | to |-){_N})*\b",
        ),
    ),
    (
        "How sure an estimate is, or how it was rounded: method",
        re.compile(
            rf"\b{_N} ?(?:%|per ?cent) (?:confidence|credible|significance|level of (?:confidence|significance)|uncertainty|margin)\w*"
            rf"|\b(?:margin of error|confidence level) (?:of|is|was) (?:\+/-|±|plus or minus )?{_N} ?(?:%|per ?cent|percentage points)?"
            rf"|\b{_N}[- ](?:%|per ?cent) level\b|\b{_N} (?:replicate weights|bootstrap (?:samples|replications|draws)|degrees of freedom|iterations)\b"
            rf"|\brounded to (?:the nearest )?{_N}(?: (?:decimal places?|thousand|million|per ?cent))?"
            rf"|\bto (?:one|two|three|{_N}) decimal places?|\bp ?[<=>] ?0?\.\d+"
            r"|\b(?:fewer|less) than [\w,]{1,12} [\w ]{0,40}\b(?:not shown|suppressed|withheld|left out)\b"
            r"|\b(?:not shown|suppressed|withheld|left out) (?:because|where|if|when|for) [\w ]{0,24}\b(?:fewer|less) than [\w,]{1,12}",
            re.IGNORECASE,
        ),
    ),
    ("The unit of the numbers of a table", re.compile(r"(?:, |\()(?:in )?[£$€]? ?(?:thousands|millions|billions)\)?$", re.IGNORECASE)),
    ("A number of a grant, a contract or a volume", re.compile(r"\b[A-Z]{2,}/[A-Z\d]+/\d+\b|\b(?:Volume|Vol\.?) \d+ ?(?:[:(]\d+\)?)?")),
    (
        "How long ago it was, which another number is compared with",
        re.compile(
            r"\b[\w-]+ (?:years?|months?|weeks?|decades?) ago\b"
            r"|\b[\w-]+ (?:years?|months?|weeks?|decades?) (?:before|earlier|previously)\b(?= ?[.,;:()]|$)",
            re.IGNORECASE,
        ),
    ),
    ("A telephone number", re.compile(r"\b(?:tel(?:ephone)?|phone|fax|call|mobile)\b[.:]? ?[+(]?\d[\d ()-]{6,}\d", re.IGNORECASE)),
    (
        "Part of an address of mail or the web",
        re.compile(
            r"(?<![^\s@])[^\s@]+@\S+|\b(?:(?i:PO Box|Room|Floor|Suite)) \d+\b|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"
            r"|\b\d{1,4}[A-Z]? (?:[A-Z][a-z']+ ){1,3}(?:Street|Road|Lane|Avenue|Square|Place|Way|Gardens|House|Court|Park|Row|Crescent|Terrace|Drive)\b"
        ),
    ),
    (
        "A time of the day",
        re.compile(
            r"\b\d{1,2}[.:]\d\d ?(?:am|pm)?\b(?! ?%)(?= (?:am|pm|on|GMT)|$)|\b\d{1,2}(?:[.:]\d\d)? ?(?:am|pm)\b|\bthe \d{1,2}[.:]\d\d (?:to|from|train|bus|service)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "A number in a list within a sentence",
        re.compile(r"(?<=[a-z,;:] )\([1-9]\) (?=[a-z])|(?:^|(?<=[.;:] ))\d{1,2}\.?$|^(?:Notes?:? )\d{1,2}\.?(?=$| [A-Z])"),
    ),
    (
        "A year",
        re.compile(
            r"\b(?:to|until|by|before|after|in|since|for) (?:19|20)\d\d\b(?=[.,;:)]| (?:may|is|was|are|were|and|or|to|when|which)\b)"
            r"|, (?:19|20)\d\d(?=$|[.;)]| [A-Z])"
        ),
    ),
    (
        "A number of a table, chart, page or note",
        re.compile(
            r"\b(?:see|in|background) (?:[a-z]+ )?(?:tables?|figures?|charts?|notes?|sections?|chapters?|annex|appendix|pages?) \d{1,3}[a-z]?\b"
        ),
    ),
    (
        "A number of a label",
        re.compile(
            r"^[A-Z][a-z]+ \d{1,2}:(?= )|\b(?:Interstate|Route|Highway|Motorway|Title|Platform|Gate|Line|Terminal) \d{1,3}\b|\b[A-Z]{3,} \d{1,2}(?= [A-Z]{2}|$)|\bRev\.? ?\d\b|\bv(?:ersion|\.) ?\d[\d.]*\b"
        ),
    ),
    (
        "A manner of speaking that counts nothing",
        re.compile(
            r"\bethnic minorit(?:y|ies)\b|\bminority ethnic\b|\ba third (?:option|way|part(?:y|ies)|sector|place|country|group|time|wave|phase|thing"
            r"|(?:consecutive |successive )?(?:year|quarter|month|term|season|edition|round|day|week)(?= (?:running|in a row|in succession|of)\b))\b"
            r"|\b(?:between|of) the two\b|\bthose most\b|\b(?:one|two|three|multi)-way\b",
            re.IGNORECASE,
        ),
    ),
    ("Stands alone, without words that say what it counts", re.compile(r"^[\d\s.,•|-]+$")),
)
"""What is no evidence, with the pattern it is known by; the first that holds a number whole gives its reason."""

_SIDE = 24
"""Characters around a number that make the passage of its excuse its own."""


@dataclass(frozen=True, slots=True)
class Excuse:
    """A number that is no evidence.

    Attributes:
        passage: Words that hold it.
        reason: Why it is none.
    """

    passage: str
    reason: str


def excuse(plain: str, number: Span, sentence: Span) -> Excuse | None:
    """Return why a number is no evidence, or None where no class knows it.

    Args:
        plain: The text, as normalised.
        number: Where the number stands.
        sentence: Where its sentence stands.

    Example:
        >>> excuse("See the table (30 Kb) for more.", (15, 17), (0, 31)).reason
        'A size of a file'
    """
    low, high = sentence
    for reason, first, last in _known(plain[low:high]):
        if low + first <= number[0] and number[1] <= low + last:
            return Excuse(passage(plain, number, sentence), reason)
    return None


@lru_cache(maxsize=4)
def _known(words: str) -> list[tuple[str, int, int]]:
    """Return what of a sentence each class knows, with its reason: looked for once, however many numbers the sentence has."""
    return [(reason, *match.span()) for reason, pattern in CLASSES for match in pattern.finditer(words)]


def passage(plain: str, number: Span, sentence: Span) -> str:
    """Return some words around a number, whole and within its sentence."""
    low, high = max(sentence[0], number[0] - _SIDE), min(sentence[1], number[1] + _SIDE)
    if low > sentence[0]:
        low = min(plain.find(" ", low, number[0]) + 1 or number[0], number[0])
    if high < sentence[1]:
        high = max(plain.rfind(" ", number[1], high), number[1])
    return plain[low:high].strip()
