"""Tables of the waves of surveys that a book has taken in: what readers must be told of each, and on whom each of its numbers rests."""

from __future__ import annotations

from evidence.catalog.declaration import Column, Table
from evidence.catalog.patterns import BASE, COUNT, DATE, ID, SLUG

_OF = (
    Column("source", "Source whose figures the wave states.", SLUG, required=True, reference="sources"),
    Column("as_of", "Day the wave was published.", DATE, required=True),
)

WAVES = Table(
    "waves",
    "waves.csv",
    "A wave of a survey that was taken in from the answers of its respondents, with what readers must be told of it; `evidence ingest survey` writes it.",
    (
        *_OF,
        Column("title", "What the survey is.", required=True, verbatim=True),
        Column("client", "Who commissioned it.", verbatim=True),
        Column("first_day", "First day on which respondents were asked.", DATE),
        Column("last_day", "Last day.", DATE),
        Column("method", "How they were asked.", verbatim=True),
        Column("universe", "Whom they stand for.", verbatim=True),
        Column("sampling", "How they were chosen, from where.", verbatim=True),
        Column("coverage", "Where they live or work.", verbatim=True),
        Column("respondents", "How many there are.", COUNT, required=True),
        Column("effective", "How many of equal weight would tell as much.", COUNT, required=True),
        Column("weighting", "How they were weighted, and why so.", required=True, verbatim=True),
        Column("withheld", "Rule by which numbers are withheld.", required=True, verbatim=True),
        Column("tables", "Address of the full tables.", verbatim=True),
    ),
    key=("source", "as_of"),
    follows="source",
    ordered=True,
)

WAVE_BASES = Table(
    "wave-bases",
    "wave-bases.csv",
    "A number of a wave, with its question and those it rests on; `evidence ingest survey` writes it.",
    (
        *_OF,
        Column("figure", "The figure.", ID, required=True, mentions="figures"),
        Column("wording", "The question in full, or `not printed`.", required=True, verbatim=True),
        Column("asked", "Who was asked.", required=True, verbatim=True),
        Column("unweighted", "Respondents it rests on.", COUNT, required=True),
        Column("weighted", "The sum of their weights, of mean one over all respondents.", BASE, required=True),
    ),
    key=("source", "as_of", "figure"),
    follows="source",
    ordered=True,
)
