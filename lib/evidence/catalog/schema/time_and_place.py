"""Tables of periods and places: what words for them mean, sets of areas, and measures of places."""

from __future__ import annotations

from evidence.catalog.declaration import NOTE, Column, Table
from evidence.catalog.patterns import (
    AREA_CODES,
    AREAS,
    CHANGES,
    COUNT,
    DATE,
    DEGREES,
    DIGIT,
    FILE,
    LISTED,
    NUMBER,
    PLACED,
    SECURE,
    SHAPES,
    SLUG,
    TILE,
    UNIT,
    VALUE_COLUMN,
    YEAR,
)

PERIODS = Table(
    "periods",
    "periods.csv",
    "A period in words that tell no days by themselves, such as `last year`, with the days that its source means.",
    (
        Column("period", "The period, as written in the figures.", required=True, verbatim=True),
        Column("source", "Source whose words they are; empty where they mean the same in all.", SLUG, reference="sources"),
        Column("from", "First day; empty where there is none, or nobody knows it.", DATE),
        Column("to", "Last day; empty where there is none, or nobody knows it.", DATE),
        Column("basis", "How it is meant, such as `each year`."),
        Column("reason", "Why it is read so.", required=True, verbatim=True),
    ),
    key=("period", "source"),
)

PLACE_SETS = Table(
    "place-sets",
    "place-sets.csv",
    "A place that no register of places names, or several places under one name, as figures give it.",
    (
        Column("place", "The name, as written in the figures.", required=True),
        Column("reason", "What is meant by it, and why it stands for itself.", required=True, verbatim=True),
    ),
    key=("place",),
)

PLACE_AREAS = Table(
    "place-areas",
    "place-areas.csv",
    "A set of areas on the boundaries of one year; measures of different sets are never joined.",
    (
        Column("areas", "Kind and year, such as itl3-2021.", AREAS, required=True),
        Column("about", "What the areas are.", required=True, verbatim=True),
        Column("count", "How many areas the set has.", COUNT, required=True),
        Column("codes", "What their codes look like, as a regular expression.", required=True, verbatim=True),
        Column("file", "File with their shapes, codes and names, as TopoJSON.", SHAPES, required=True),
        Column("object", "Name of the shapes in it.", required=True, verbatim=True),
        Column(
            "changes",
            "Areas of the file that this set has not: code there=code here=name here, separated by semicolons. They have no shape here.",
            CHANGES,
            verbatim=True,
        ),
        Column("attribution", "Words to show with a map.", required=True, verbatim=True),
        Column("called", "What one of them is called on its page; empty where they have none.", verbatim=True),
        NOTE,
    ),
    key=("areas",),
)

PLACE_TABLES = Table(
    "place-tables",
    "place-tables.csv",
    "A measure of places, and the producer's file it is read from; this repository holds none of them, and of their values what `place-facts` asks for.",
    (
        Column("measure", "What is measured.", SLUG, required=True),
        Column("areas", "The set of areas it is measured for, as in place-areas.", AREAS, required=True),
        Column("label", "What a reader calls it.", required=True, verbatim=True),
        Column("unit", "Unit of the values.", UNIT, required=True),
        Column("decimals", "Decimals a value is shown with.", DIGIT, required=True),
        Column("file", "File in places/.", FILE, required=True),
        Column("code_column", "Its column of area codes.", required=True, verbatim=True),
        Column("rows", "Which rows count: column=value, separated by semicolons; empty for all.", PLACED, verbatim=True),
        Column("value_column", "* where each year has a column of its own; else column=year.", VALUE_COLUMN, required=True, verbatim=True),
        Column("from_year", "First year that is on these boundaries; earlier ones are not read.", YEAR, required=True),
        Column("factor", "What a value is multiplied by to be in the unit.", NUMBER, required=True),
        Column("period", "How a year is written, with {year} and {following} (2025 gives 26).", required=True, verbatim=True),
        Column("whole", "Code of the country it is compared with, or empty.", verbatim=True),
        Column("whole_name", "Name of that country, or empty."),
        Column("source", "Producer and release, for readers.", required=True, verbatim=True),
        Column("as_of", "Date of the release.", DATE, required=True),
        Column("licence", "Licence of the file.", required=True, verbatim=True),
        Column("address", "Where the producer publishes it.", SECURE, required=True, verbatim=True),
        NOTE,
    ),
    key=("measure", "areas"),
)

AREAS_TABLE = Table(
    "areas",
    "areas.csv",
    "An area that has a page of its own: its names, where it lies, what it borders on, and its tile on the map of its set.",
    (
        Column("areas", "The set it belongs to, as in place-areas.", AREAS, required=True),
        Column("code", "Its code in the official statistics.", r"\w+", required=True, form="E06000010: letters and digits", verbatim=True),
        Column("name", "Its name, as the official lists write it.", required=True, verbatim=True),
        Column(
            "also",
            "Further names it is found by, such as those of districts it was made of, separated by semicolons.",
            LISTED,
            verbatim=True,
        ),
        Column("towns", "Settlements of the gazetteer that lie in it, separated by semicolons.", LISTED, verbatim=True),
        Column("region", "The region it lies in.", required=True, verbatim=True),
        Column("country", "The country it lies in.", required=True, verbatim=True),
        Column("longitude", "Degrees east of its centre.", DEGREES, required=True, verbatim=True),
        Column("latitude", "Degrees north of its centre.", DEGREES, required=True, verbatim=True),
        Column("column", "Column of its tile, from the west.", TILE, required=True, verbatim=True),
        Column("row", "Row of its tile, from the north.", TILE, required=True, verbatim=True),
        Column("neighbours", "Codes of the areas of the same set that share a stretch of border with it.", AREA_CODES, verbatim=True),
        Column("overlaps", "Codes of the areas of another set that it shares land with, the larger part first.", AREA_CODES, verbatim=True),
    ),
    key=("areas", "code"),
)

PLACE_FACTS = Table(
    "place-facts",
    "place-facts.csv",
    "What the page of an area tells of a measure; the years it looks at are those whose values the repository keeps.",
    (
        Column("fact", "Its name.", SLUG, required=True),
        Column("areas", "The set of areas it is told of, as in place-areas.", AREAS, required=True),
        Column("measure", "The measure, as in place-tables.", SLUG, required=True),
        Column(
            "kind",
            "Which number is told: the newest value, its share of the country's, or its mean growth from the first year to the last.",
            allowed=("value", "ratio", "growth"),
            required=True,
        ),
        Column("from_year", "First year looked at.", YEAR, required=True),
        Column("to_year", "Last year looked at; empty for the newest there is.", YEAR),
        Column("decimals", "Decimals the number is shown with.", DIGIT, required=True),
        Column("label", "What a reader calls it.", required=True, verbatim=True),
        Column("short", "The same in a word or two, for the head of a column.", required=True, verbatim=True),
        Column(
            "basis",
            "`count` where each area is counted in full, so that a rank means something; else `estimate`.",
            allowed=("count", "estimate"),
            required=True,
        ),
        Column("about", "What the number means, in a sentence or two.", required=True, verbatim=True),
    ),
    key=("fact",),
)
