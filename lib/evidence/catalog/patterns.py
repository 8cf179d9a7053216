"""What cells of the data library look like: a pattern for machines, and of each the words for people, who are never shown a pattern."""

from __future__ import annotations

import re

from evidence.quantity import units

_PART = r"[a-z][a-z0-9-]*"
ID = rf"{_PART}(?:\.{_PART})+"
SLUG = r"[a-z][a-z-]*"
ANY_ID = rf"{ID}|{SLUG}"
BOUND = rf"{ANY_ID}|{ID}/[a-z]+(?:/[\w.-]+){{0,2}}"
IDS = rf"{ID}(?: {ID})*"
SERIES = rf"{SLUG}(?:\.{SLUG})*"
SERIES_LIST = rf"{SERIES}(?: {SERIES})*"
NAME = rf"{ANY_ID}|[a-z-]+#[\w.-]+"
CHAPTER = r"\*|[a-z-]+"
DATE = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
YEAR = r"\d{4}"
NUMBER = r"-?\d+(?:\.\d+)?(?:/[1-9]\d*)?"
COUNT, DIGIT = r"[1-9]\d*", r"\d"
BASE = r"\d+(?:\.\d)?"
DEGREES_NORTH, DEGREES_EAST = r"-?\d{1,2}\.\d{3}", r"-?\d{1,3}\.\d{3}"
_PER = "|".join(units.PERIODS + units.MANY)
UNIT = rf"(?:{'|'.join(units.BASES)})(?: per (?:{_PER}))?"
PASSAGE, LINE = r".{1,300}", r".{1,2000}"
SENTENCE, QUESTION = r".+\.", r".+\?"
THRESHOLD = r"It would fail if .+\."
LISTED = r"[^;]+(?:; [^;]+)*"
WEB, SECURE = r"https?://\S+", r"https://\S+"
ADDRESS = r"https://\S+|http://127\.0\.0\.1:\d+/\S*"
"""An address that is asked over the network: encrypted, or of this machine in tests."""
DOI = r"10\.\S+"
PLACED = r"[^=;]+=[^;]*(?:; [^=;]+=[^;]*)*"
AREAS = r"[a-z]+\d?-\d{4}"
"""A set of areas: its kind and the year of its boundaries."""
AREA_CODES = r"\w+(?: \w+)*"
DEGREES, TILE = r"-?\d{1,3}\.\d{2}", r"\d{1,3}"
SHAPES, FILE = r"[\w.-]+\.json", r"[\w.-]+\.csv"
TEXT = r"[\w.-]+\.(?:txt|md|html|htm|pdf|docx|csv)"
HASH = r"[0-9a-f]{16}"
CHANGES = r"\w+=\w+=[^=;]+(?:; \w+=\w+=[^=;]+)*"
VALUE_COLUMN = r"\*|[^=]+=\d{4}"

LONGEST_ID, LONGEST_CELL, LONGEST_BASIS = 80, 2_000, 100_000
"""Characters that an id, which becomes the name of files, any other cell, and the cells a signature keeps of all that it rests on may have at most."""

IN_WORDS = {
    ID: "bread.price.average: words in small letters, with dots between its parts and hyphens inside them; digits may name a class, such as level-3, and never a value",
    SLUG: "bread-survey: words in small letters, with hyphens between them, and no digits",
    ANY_ID: "bread.price: the id of a figure or finding, or the name of a claim",
    BOUND: "bread.price: the id of a figure, the name of a claim, or a comparison as bread.price/above/bread.cost",
    NAME: "bread.price: an id, the name of a claim, source or chapter, or a section as who-bakes#the-towns",
    IDS: "bread.price bread.cost: ids of the library with a space between them",
    SERIES: "bread.price: words in small letters, with dots or hyphens between them, and no digits",
    SERIES_LIST: "bread.price bread.cost: names of series with a space between them",
    CHAPTER: "where-bread-is-sold: the file name of a chapter without its ending, or * for all",
    DATE: "2026-04-30: a day of the calendar, as year, month and day",
    YEAR: "2025: a year in four digits",
    NUMBER: "17.5, -1.7 or 200/3: plain digits, without thousands separators, units or exponents",
    COUNT: "179: a whole number above zero, in digits",
    BASE: "179 or 179.5: a number in digits, with one decimal at most",
    DIGIT: "1: one digit",
    DEGREES_NORTH: "53.795: degrees with three decimals",
    DEGREES_EAST: "-1.759: degrees with three decimals",
    UNIT: "percent, count, GBP or GBP per year: a unit that the library knows",
    PASSAGE: "a passage of at most 300 characters: verbatim words on one line",
    LINE: "{bread.price} - {bread.cost}: one line of at most 2,000 characters",
    SENTENCE: "The price is the sum of its parts.: a sentence that ends with a full stop",
    QUESTION: "Do the parts add up?: a question that ends with a question mark",
    THRESHOLD: "It would fail if the price fell.: a sentence that begins so",
    LISTED: "bread; rolls: words with semicolons between them",
    WEB: "https://example.org/report: an address of the web, without blanks",
    SECURE: "https://example.org/report: an address of the web that begins with https, without blanks",
    ADDRESS: "https://example.org/data: an address of the web that begins with https, without blanks",
    DOI: "10.1177/1948550616673876: a digital object identifier without the address before it",
    PLACED: "Area=Hillford; Sex=All: a column, an equals sign and a cell, with semicolons between several",
    AREAS: "towns-2025: the kind of areas, a hyphen, and the year of their boundaries",
    AREA_CODES: "E07000137 E07000142: codes with a space between them",
    DEGREES: "-0.33: degrees with two decimals",
    TILE: "17: a whole number from 0, in digits",
    SHAPES: "districts.json: the name of a file that ends so",
    FILE: "prices.csv: the name of a file that ends so",
    TEXT: "report.pdf: the name of a file that ends in .txt, .md, .html, .pdf, .docx or .csv",
    HASH: "3f2a9c01b4d5e6f7: sixteen digits from 0 to f, as `evidence verify` writes them",
    CHANGES: "E1=E2=Hillford: the code there, the code here and the name here, with equals signs between them",
    VALUE_COLUMN: "Price=2025: the name of a column, an equals sign and its year; or * alone",
}
"""What cells of a pattern look like, in words: an example, or several, and after a colon what makes it one."""

_REPEATED_GROUP = re.compile(r"(?<!\\)\)[*+?{]")


def pattern_fault(pattern: str) -> tuple[str, str]:
    """Return what is wrong with a pattern of periods and what to do; both empty where it is in order.

    Source:
        A group that is repeated can take time without end on a text that nearly fits: OWASP, Regular expression Denial of Service.

    Example:
        >>> pattern_fault(r"(20..) Q(.)"), pattern_fault("((")[0], pattern_fault("(a+)+$")[0]
        (('', ''), 'missing ), unterminated subpattern at position 1.', 'a group in it is repeated, which may take time without end.')
    """
    try:
        groups = re.compile(pattern, re.ASCII).groups
    except (re.error, OverflowError, RecursionError) as error:
        return f"{error}.", "Put the year, and the quarter if there is one, in parentheses, each closed again: (20..) Q(.) reads 2025 Q3."
    if _REPEATED_GROUP.search(pattern):
        return "a group in it is repeated, which may take time without end.", "Write out what it repeats."
    return ("", "") if 1 <= groups <= 2 else ("its first group must be the year, its second, if any, the quarter.", "Correct the pattern.")
