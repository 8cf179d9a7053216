"""Tables of what sources state: the sources, their figures, and their findings."""

from __future__ import annotations

from evidence.catalog.declaration import LOCATOR, NOTE, QUOTE, SIGNS, SOURCE, STRENGTHS, Column, Table, identifier
from evidence.catalog.patterns import DATE, DOI, ID, NUMBER, PASSAGE, SERIES, SLUG, UNIT, WEB

_DESIGNS = (
    *("comparison", "official statistics", "association", "survey answers", "published statistics"),
    *("review", "case study", "argument", "statement"),
)

FIGURES = Table(
    "figures",
    "figures",
    "One number that a source states at one place, or that we compute.",
    (
        identifier("Stable name of what is measured: dotted, lower-case, free of values and dates."),
        SOURCE,
        LOCATOR,
        Column(
            "quote", "Verbatim words that hold `stated`; empty only for data products and our own computations.", PASSAGE, verbatim=True
        ),
        Column("stated", "The number as the source writes it, with hedge and unit.", required=True, verbatim=True),
        Column("value", "The number itself in base units, equal to what `stated` says without its hedge.", NUMBER, required=True),
        Column("unit", "Unit of `value`.", UNIT, required=True),
        Column("precision", "`exact` for sample sizes, thresholds and fees; empty: as printed.", allowed=("exact",)),
        Column(
            "direction",
            "`rise` or `fall` where it is the size of a change, or of a difference from what it is compared with; empty: neither, or its sign is stated.",
            allowed=("rise", "fall"),
        ),
        Column("population", "Whom or what it is about, with its base, as the source gives it."),
        Column("place", "Place it is about: names of known places, or as `place-sets` declares it.", holds="place"),
        Column("period", "Period it is about, as given; one that no rule reads is declared in `periods`.", verbatim=True, holds="period"),
        Column("as_of", "Date this value was published.", DATE, required=True),
        Column(
            "origin",
            "Producer the source cites; of a computed figure `formula`, or the function that gives it; empty when the source is the producer.",
            verbatim=True,
        ),
        Column("series", "Group of figures that make one chart.", SERIES),
        Column("category", "Label of the figure within its series.", verbatim=True),
        NOTE,
    ),
    key=("id", "as_of", "locator"),
    held=True,
)

SOURCES = Table(
    "sources",
    "sources.csv",
    "A document or data product.",
    (
        identifier("Citation key.", SLUG),
        Column("title", "Title.", required=True, verbatim=True),
        Column("short", "Name used in tables and under charts.", required=True),
        Column("authors", "Authors as named.", verbatim=True),
        Column("publisher", "Publisher.", verbatim=True),
        Column("published", "Date of publication as printed.", verbatim=True),
        Column("as_of", "Last day of the printed date of publication, or the day we read it when that is earlier.", DATE, required=True),
        Column("url", "Address the source itself prints, or of the data product.", WEB),
        Column("doi", "Digital object identifier.", DOI),
        Column("licence", "Licence as the source states it.", required=True, verbatim=True),
        Column("attribution", "Words its licence asks for.", verbatim=True),
        Column("cadence", "How often a new release is due.", required=True),
        Column(
            "kind",
            "What kind of source it is.",
            allowed=("report", "article", "blog", "compilation", "statistics", "survey", "analysis", "briefing", "computed", "assumption"),
            required=True,
        ),
        Column("read", "How it was read.", verbatim=True),
        Column("seed", "File name of the text that quotes are proved against; empty for data products, which are not quoted."),
        NOTE,
    ),
    required=True,
    held=True,
)

FINDINGS = Table(
    "findings",
    "findings.csv",
    "A result that a source states in words, with a direction.",
    (
        identifier("Stable name."),
        SOURCE,
        LOCATOR,
        QUOTE,
        Column("statement", "The result in our words.", required=True, prose=True),
        Column("direction", "Sign of the result.", allowed=SIGNS, required=True),
        Column("mechanism", "What is said to bring it about.", prose=True),
        Column("outcome", "What it changes.", prose=True),
        Column("population", "Who was studied.", verbatim=True),
        Column("moderator", "What the result depends on.", prose=True),
        Column("region", "Kind of region.", SLUG),
        Column("basis", "Kind of evidence.", allowed=("survey", "review", "case study", "statistics", "opinion"), required=True),
        Column("design", "How it is known.", allowed=_DESIGNS, required=True),
        Column("sample", "Figure of how many were studied; empty when the source does not state it.", ID, reference="figures"),
        Column(
            "directness",
            "Direct where it was seen in what the statement is about; indirect where it was seen elsewhere, in something else, or was inferred.",
            allowed=("direct", "indirect"),
            required=True,
        ),
        Column(
            "strength",
            "How strong the evidence is, as the rule of `evidence.grading` gives it.",
            allowed=STRENGTHS,
            required=True,
        ),
        Column("as_of", "Date of publication.", DATE, required=True),
        Column("disputed_with", "Finding that describes the same result differently.", ID, reference="findings"),
        NOTE,
    ),
    held=True,
)
