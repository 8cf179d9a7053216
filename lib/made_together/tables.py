"""Tables of the data library that only this book has, and what must hold between their rows."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.catalog import Library, where
from evidence.catalog.declaration import LOCATOR, NOTE, QUOTE, SETTLED, SOURCE, Column, Table, identifier
from evidence.catalog.patterns import DATE, ID, PASSAGE
from evidence.catalog.references import unknown
from evidence.problems import Problem

ALLOWED = {"findings": {"region": ("left-behind", "non-left-behind", "all")}}
"""What a cell of the engine's tables may hold in this book, by table and column."""

_POOLING = ("data", "learning", "capacity", "reach", "voice")
_PILLARS = ("relational partnerships", "shared purpose", "rich data", "financial coordination")
_BASES = ("figure", "literature", "ours")

_BEARS = (
    "left-behind under a reading",
    "left-behind under no reading",
    "fewer apprenticeships than the country",
    "more deprivation than the country",
)

_VALUES = (
    "added value of a year",
    "added value without a period",
    "revenue of the firm",
    "income from knowledge exchange",
    "weekly pay of low earners",
    "employment rate",
    "gross pay",
)
"""Kinds of value that are never added to one another."""

CASES = Table(
    "cases",
    "cases.csv",
    "A case study.",
    (
        identifier("Stable name, `case.` first."),
        Column("name", "Name.", required=True, verbatim=True),
        Column("place", "Where it is.", required=True),
        *SETTLED,
        Column("focus", "What it is a case of.", required=True, prose=True),
        Column("organisation", "What kind of organisation it is.", required=True, prose=True),
        SOURCE,
        LOCATOR,
        QUOTE,
        Column("summary", "What it does, in our words.", required=True, prose=True),
    ),
    follows="source",
    held=True,
)

ELEMENTS = Table(
    "case-elements",
    "case-elements.csv",
    "An activity, enabler, impact or testimony of a case.",
    (
        Column("case", "The case.", ID, required=True, reference="cases"),
        Column("kind", "What it is.", allowed=("activity", "enabler", "impact", "testimony"), required=True),
        Column("pooling", "What is pooled.", allowed=_POOLING),
        Column("pillar", "Pillar it belongs to.", allowed=_PILLARS),
        Column("text", "What is done or found, in our words.", required=True, prose=True),
        Column("quote", "Verbatim words of the source.", PASSAGE, verbatim=True),
        Column("speaker", "Who speaks, as the source names them.", verbatim=True),
        LOCATOR,
    ),
    key=("case", "kind", "text"),
    follows="case",
    held=True,
)

RECOMMENDATIONS = Table(
    "recommendations",
    "recommendations.csv",
    "Something a source asks somebody to do.",
    (
        identifier("Stable name, `rec.` first."),
        SOURCE,
        Column("number", "Its number in the source.", r"\d+", form="12: a whole number in digits"),
        Column("title", "Short name, in our words.", required=True, prose=True),
        QUOTE,
        LOCATOR,
        Column("actor", "Who should act.", required=True, verbatim=True),
        Column("pillar", "Pillar it belongs to.", allowed=_PILLARS),
        Column("pooling", "What it would pool.", allowed=_POOLING),
        Column("text", "What it asks for, in our words.", required=True, prose=True),
    ),
    follows="source",
    held=True,
)

SUPPORT = Table(
    "recommendation-support",
    "recommendation-support.csv",
    "A piece of evidence under a recommendation.",
    (
        Column("recommendation", "The recommendation.", ID, required=True, reference="recommendations"),
        Column("kind", "What the evidence is.", allowed=("figure", "finding", "case"), required=True),
        Column("target", "Its id.", ID, required=True, mentions="@kind"),
        Column("relation", "What it does for the recommendation.", allowed=("supports", "limits", "context"), required=True),
        Column("why", "Why, in our words.", required=True, prose=True),
    ),
    key=("recommendation", "kind", "target"),
    follows="recommendation",
    held=True,
)

SPACES = Table(
    "spaces",
    "spaces.csv",
    "A coworking or collaborative space that a source names.",
    (
        identifier("Stable name, `space.` first."),
        Column("name", "Name.", required=True, verbatim=True),
        Column("place", "Where it is."),
        Column("country", "Country."),
        *SETTLED,
        Column("kind", "What kind of space."),
        Column(
            "status", "Status as described on that date.", allowed=("open", "announced", "planned", "proposed", "possible"), required=True
        ),
        Column("described_on", "Date of the description.", DATE, required=True),
        SOURCE,
        LOCATOR,
        QUOTE,
        NOTE,
    ),
    dated="described_on",
    held=True,
)

SOCIAL_VALUE = Table(
    "social-value",
    "social-value.csv",
    "An activity that the sources ask for or count, with the value of one where a source states it: a figure, or the two ends of a range.",
    (
        identifier("Stable name, `activity.` first."),
        Column("name", "What is done.", required=True),
        Column("one", "What one of it is.", required=True),
        Column(
            "kind",
            "What kind of value it is; values are added up within a kind only. Empty where no source states a value.",
            allowed=_VALUES,
        ),
        Column("value", "Figure of the value of one.", ID, reference="figures"),
        Column("low", "Figure of its low end, where a source states a range.", ID, reference="figures"),
        Column("high", "Figure of its high end.", ID, reference="figures"),
        SOURCE,
        LOCATOR,
        Column("quote", "Verbatim words of the source; empty only for data products.", PASSAGE, verbatim=True),
        Column("counts", "What the value counts, or why there is none.", required=True, prose=True),
        Column("leaves_out", "What it does not count; empty where there is no value.", prose=True),
    ),
    follows="source",
    held=True,
)

MATCHING_EXAMPLE = Table(
    "matching-example",
    "matching-example.csv",
    "A local priority or a contract that a source gives as an example of how they could be matched.",
    (
        identifier("Stable name, `priority.` or `contract.` first."),
        Column("kind", "Which of the two it is.", allowed=("priority", "contract"), required=True),
        Column("name", "What it is called here.", required=True),
        SOURCE,
        LOCATOR,
        QUOTE,
        Column("suits", "Contract that the source says would suit the priority.", ID, reference="matching-example"),
        Column("unsuited", "Contract that the source says may not suit it.", ID, reference="matching-example"),
    ),
    follows="source",
    held=True,
)

ASSUMPTIONS = Table(
    "impact-assumptions",
    "impact-assumptions.csv",
    "Something the impact model assumes. Its ends are figures: its id followed by `.low` and `.high`.",
    (
        identifier("Stable name, `assumption.` first."),
        Column("name", "Short name.", required=True),
        Column("what", "What is assumed, of whom.", required=True, prose=True),
        Column("distribution", "How likely the values between the ends are.", allowed=("uniform", "triangular"), required=True),
        Column("likely", "Figure of the most likely value; for triangular ones only.", ID, reference="figures"),
        Column("report", "Figure of the value that the report uses, said or unsaid.", ID, required=True, reference="figures"),
        Column(
            "basis", "Where the range comes from: a figure of a document, published research, or ourselves.", allowed=_BASES, required=True
        ),
        Column("reason", "Why this range, in our words.", required=True, prose=True),
    ),
    held=True,
)

PLACE_BEARINGS = Table(
    "place-bearings",
    "place-bearings.csv",
    "A finding that the page of a place names, and of which places.",
    (
        Column("holds", "Of which places.", allowed=_BEARS, required=True),
        Column("finding", "The finding.", ID, required=True, reference="findings"),
    ),
    key=("holds", "finding"),
    follows="finding",
)

TABLES = (CASES, ELEMENTS, RECOMMENDATIONS, SUPPORT, SPACES, SOCIAL_VALUE, MATCHING_EXAMPLE, ASSUMPTIONS, PLACE_BEARINGS)
"""The tables, in the order they are read."""


def _support(library: Library) -> Iterator[Problem]:
    """Yield what is wrong with the evidence under recommendations: a target that its table does not have."""
    ids = {"figure": set(library.records), "finding": set(library.by_id("findings")), "case": set(library.by_id("cases"))}
    for row in library.rows("recommendation-support"):
        if row["target"] not in ids[row["kind"]]:
            yield unknown(row, "target", row["target"], ids[row["kind"]])


def _activities(library: Library) -> Iterator[Problem]:
    """Yield what is wrong with the activities whose value is counted: half a range, or a value that is of no kind."""
    places = {(figure["id"], figure["source"], figure["quote"]) for figure in library.all_rows("figures")}
    for row in library.rows("social-value"):
        for column in ("value", "low", "high"):
            if row[column] and (row[column], row["source"], row["quote"]) not in places:
                told = f"{row[column]} is not stated by these words of {row['source']}."
                yield Problem(where(row, "quote"), told, "Take source and quote of the figure.")
        if (row["value"] and (row["low"] or row["high"])) or bool(row["low"]) != bool(row["high"]):
            yield Problem(where(row, "value, low, high"), "name one figure of the value, or both ends of a range.")
        valued = bool(row["value"] or row["low"] or row["high"])
        if valued != bool(row["kind"]) or valued != bool(row["leaves_out"]):
            yield Problem(where(row, "kind, leaves_out"), "a value has both, and an activity without a value has neither.")


def _unlike_values(library: Library) -> Iterator[Problem]:
    """Yield a problem for each value of an activity that is in another unit than the first of its kind."""
    units = {figure["id"]: figure["unit"] for figure in library.all_rows("figures")}
    first: dict[str, str] = {}
    for row in library.rows("social-value"):
        for unit in (units[row[column]] for column in ("value", "low", "high") if row[column] in units):
            if unit != first.setdefault(row["kind"], unit):
                told = f"{row['kind']} is in {first[row['kind']]}, and this is in {unit}."
                yield Problem(where(row, "kind"), told, "Values are added within a kind.")


CHECKS = (_support, _activities, _unlike_values)
"""What must hold between the rows of these tables: each yields a problem for each row that is wrong."""
