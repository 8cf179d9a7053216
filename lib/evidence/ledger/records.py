"""What a ledger holds, declared once: the types from which its JSON Schema is made."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from evidence.audit.verdicts import Word
from evidence.repeating.advice import Reply

SCHEMA = 2
"""Version of what a ledger holds, raised when a program that reads the old one could take it wrongly. 2: our own computations are `ours`."""
Freshness = Literal["current", "overdue"]


class Edition(TypedDict):
    """The edition a ledger belongs to."""

    name: str
    """Its day and a hash of its data and chapters; part of its address."""
    date: str
    """Day it stands for: the day it is seen on, or the newest date of publication in it (ISO)."""
    as_of: str
    """Day the data were seen on, ISO, or empty for all there were."""


class Source(TypedDict):
    """A document or data product."""

    id: str
    """Citation key."""
    title: str
    short: str
    """Name used in tables."""
    authors: str
    publisher: str
    published: str
    """Date of publication as printed."""
    url: str
    """Address of the source, or empty."""
    doi: str
    licence: str
    attribution: str
    kind: str
    cadence: str
    """How often a new release is due."""
    read: str
    """How it was read: in full, in a copy of the producer's file, or on a page that reports it."""
    covered: str
    """How many of the numbers of its text have a figure, of those that need one, as `12 of 12`; empty where no text was held against it."""
    released: str
    """Date of its newest release in this edition (ISO)."""
    due: str
    """Day the next release is due (ISO), or empty where none is awaited."""
    freshness: Freshness


class Place(TypedDict):
    """A place where a figure is stated."""

    locator: str
    """Place in the source."""
    stated: str
    """The number as written there."""
    quote: str
    """Verbatim words of the source, or empty for data products."""
    population: str
    """Whom or what it is about there."""
    held: str
    """How the record was held against its source, in a sentence; empty where the book keeps no receipts, or it is the book's own."""


class Vintage(TypedDict):
    """An earlier value of a figure."""

    as_of: str
    """Date it was published (ISO)."""
    stated: str
    """The number for a reader, with its unit; of a range, its own end."""
    period: str


class Figure(TypedDict):
    """One number, as its source states it most precisely."""

    id: str
    source: str
    """Key of its source."""
    shown: str
    """The number for a reader; of a range, its own end."""
    safe: Reply
    """Whether a reader may repeat it."""
    safe_words: str
    """How, or why not, in one sentence that begins with the answer; links as Markdown."""
    safe_rule: str
    """Name of the ground that decides the answer, as the page on reading explains it."""
    stated: str
    """The number as the source writes it."""
    value: str
    """The number in base units, as digits or a fraction."""
    signed: str
    """Of a change, the value with the sign of its direction: a fall is below zero; empty where the figure is no change."""
    low: float
    """Lower end of what the stated number may be, in base units."""
    high: float
    """Upper end of what the stated number may be, in base units."""
    unit: str
    category: str
    """Label in the series it is charted in, or empty."""
    population: str
    place: str
    period: str
    """Period it is about, as its source gives it."""
    period_from: str
    """First day of the period (ISO), or empty where there is none or nobody knows it."""
    period_to: str
    """Last day of the period (ISO), or empty."""
    period_basis: str
    """How the period is meant, such as `annualised` or `relative to 2021`; may be empty."""
    as_of: str
    """Date this value was published (ISO)."""
    freshness: Freshness
    """`overdue` once the next release of its source should have come out."""
    origin: str
    """Producer the source cites, or for a figure of ours what `recomputation` says."""
    note: str
    """A caveat of ours."""
    further: NotRequired[dict[str, str]]
    """Cells of further columns of the figures' tables, by column; left out where a book has none."""
    verdict: Word
    recomputation: str
    """`formula`, or the name of the function that derives it; empty where nothing does."""
    about: str
    """What the recomputation does, in words."""
    arithmetic: str
    """The recomputation written out in figures with its result."""
    inputs: list[str]
    """Ids of the figures it was derived from."""
    reasons: list[str]
    """What was compared, in words and figures."""
    corrections: list[str]
    """Ids of the corrections that cast doubt on it."""
    doubt: str
    """What a computation of ours says against it though its sum checks, prose with links; empty where nothing does."""
    places: list[Place]
    vintages: list[Vintage]
    """Earlier values, newest first."""
    chapters: list[str]
    """Chapters whose prose states it."""


class Range(TypedDict):
    """A range, stated as one number and kept as two figures."""

    id: str
    low: str
    """Id of its low end."""
    high: str
    """Id of its high end."""


class Finding(TypedDict):
    """A result that a source states in words."""

    id: str
    source: str
    statement: str
    """The result in our words."""
    safe: Reply
    """Whether a reader may repeat it."""
    safe_words: str
    """How, or why not, in one sentence that begins with the answer; links as Markdown."""
    safe_rule: str
    """Name of the ground that decides the answer, as the page on reading explains it."""
    quote: str
    locator: str
    held: str
    """How it was held against its source, as of a place of a figure."""
    direction: str
    basis: str
    """Kind of evidence."""
    strength: str
    graded: list[str]
    """Steps of the rule that its strength follows from."""
    population: str
    as_of: str
    disputed_with: str
    """Id of a finding that describes the same result differently, or empty."""
    corrections: list[str]
    chapters: list[str]


class Claim(TypedDict):
    """A sentence whose truth data can change."""

    id: str
    holds: bool | None
    """Whether the data bear it out; null where a figure it needs is not published yet."""
    beyond_chance: bool | None
    """Whether it also holds within the intervals of confidence of its figures; null where none of them has one."""
    states: str
    """The claim as the book words it, where it is worded first; empty where it stands in no prose."""
    safe: Reply
    """Whether a reader may repeat it."""
    safe_words: str
    """How, or why not, in one sentence that begins with the answer; links as Markdown."""
    safe_rule: str
    """Name of the ground that decides the answer, as the page on reading explains it."""
    threshold: str
    """What would change our mind."""
    figures: list[str]
    """Ids of the figures that decide it."""
    chapters: list[str]


class Statement(TypedDict):
    """A place in prose where a figure, claim or finding is used."""

    chapter: str
    kind: Literal["figure", "claim", "finding"]
    target: str
    states: str
    """What the prose says."""
    library: str
    """What the data library says."""
    holds: bool
    sentence: str


class Correction(TypedDict):
    """A declared, reasoned disagreement inside a source or between sources."""

    id: str
    grade: str
    title: str
    what: str
    size: str
    reading: str
    consequence: str
    figures: list[str]
    findings: list[str]
    reply: str
    """The producer's reply, or empty."""


class Alias(TypedDict):
    """A name that was changed, merged or retired."""

    old: str
    new: str
    """The name to use instead; empty when retired."""
    date: str
    reason: str
    kind: str
    """What it is the name of; empty for a figure."""


Change = TypedDict("Change", {"figure": str, "old": str, "new": str, "class": str, "date": str, "reason": str})
"""A change of a figure that an edition accepted."""


class Countersigned(TypedDict):
    """How much of a page, or of a table of the library, somebody has held against what it rests on and found right."""

    page: str
    """Name of the chapter, or file of the table."""
    sentences: int
    """Its sentences that carry a link, or its rows."""
    author: int
    same_team: int
    """Signed by somebody of the team that wrote it, and not by who did."""
    outside: int
    machine: int


class Totals(TypedDict):
    """How many there are."""

    verdicts: dict[str, int]
    """Figures by verdict."""
    statements: int
    bound: int
    """Numbers in the chapters' prose that are bound to a figure."""
    allowed: int
    unbound: int


class Ledger(TypedDict):
    """All figures, statements and verdicts of an edition of a living report."""

    schema_version: int
    edition: Edition
    sources: list[Source]
    figures: list[Figure]
    ranges: list[Range]
    findings: list[Finding]
    claims: list[Claim]
    comparisons: list[Claim]
    """Claims that links declare themselves, each with the comparison for its id."""
    statements: list[Statement]
    corrections: list[Correction]
    aliases: list[Alias]
    history: list[Change]
    """Every change of a figure that was accepted, newest first."""
    countersigned: list[Countersigned]
    totals: Totals
