"""Tables of what words mean and where numbers state nothing: wordings, topics, synonyms, scopes and numbers let through."""

from __future__ import annotations

from evidence.catalog.declaration import PAGES, SIGNS, SOURCE, Column, Table
from evidence.catalog.patterns import CHAPTER, ID, LISTED, PASSAGE, SENTENCE, SLUG

DIRECTIONS = Table(
    "directions",
    "directions.csv",
    "The words of a finding's statement that tell its direction, where its other words do not tell it or would tell another.",
    (
        Column("finding", "The finding.", ID, required=True, reference="findings"),
        Column("words", "Words of its statement, as they stand there.", required=True),
        Column("direction", "Direction of the finding, said once more.", allowed=SIGNS, required=True),
    ),
    key=("finding",),
    follows="finding",
    ordered=True,
)

WORDINGS = Table(
    "wordings",
    "wordings.csv",
    "Words that prose may link to a claim or finding, beside its statement; somebody has held them against what it says.",
    (
        Column(
            "scheme", "What the link is to, or the correction that says them.", allowed=("claim", "finding", "correction"), required=True
        ),
        Column("target", "Id of the claim, finding or correction.", rf"{ID}|{SLUG}", required=True, mentions="@scheme"),
        Column(
            "wording", "The words, as the prose links them; the case of the first letter and marks at the end do not matter.", required=True
        ),
        Column("direction", "Direction of the finding, said once more; empty for a claim.", allowed=SIGNS),
    ),
    key=("scheme", "target", "wording"),
    ordered=True,
)

TOPICS = Table(
    "topics",
    "topics.csv",
    "A mechanism or outcome that findings name in several ways; findings that speak of the same can agree or disagree.",
    (
        Column("column", "Column of the findings that names it.", allowed=("mechanism", "outcome"), required=True),
        Column("topic", "What it is called.", required=True),
        Column(
            "words",
            "Words that place a finding there, separated by semicolons. Of mechanisms the first topic that has one of them counts, and one without "
            "words takes the rest; an outcome may name several.",
            LISTED,
        ),
    ),
    key=("column", "topic"),
)

SYNONYMS = Table(
    "synonyms",
    "synonyms.csv",
    "A word of our sentences that says what records say in another.",
    (
        Column("word", "The word, as sentences have it.", required=True, verbatim=True),
        Column("means", "Words of records, each of which bears it out.", required=True, verbatim=True),
        Column("reason", "Why they mean the same.", required=True, verbatim=True),
    ),
    key=("word",),
)

GLOSSARY = Table(
    "glossary",
    "glossary.csv",
    "A word that this book uses in one sense, with what it means and how else it is written; the search and the claim desk take them as one.",
    (
        Column("term", "The word, as the book writes it.", required=True, verbatim=True),
        Column("also", "Other ways to write or say it, separated by semicolons.", LISTED, verbatim=True),
        Column("means", "What it means, in a sentence.", SENTENCE, required=True, prose=True),
    ),
    key=("term",),
    ordered=True,
)

SCOPES = Table(
    "scopes",
    "scopes.csv",
    "What a chapter is about unless a sentence says otherwise.",
    (
        Column("chapter", "The chapter, or a table of the library whose prose is meant.", required=True, mentions=PAGES),
        Column("about", "Whom, where and when it is about, in words that its sentences may name.", required=True, verbatim=True),
        Column("reason", "Why its sentences need not link a record that says so.", required=True, verbatim=True),
    ),
    key=("chapter",),
)

ALLOWED = Table(
    "allowed-numbers",
    "allowed-numbers.csv",
    "A number in our prose that states no evidence.",
    (
        Column("chapter", "Chapter it stands in, or * for all.", CHAPTER, required=True, mentions=PAGES),
        Column("text", "The number with enough words around it to be recognised, as written.", required=True, verbatim=True),
        Column("reason", "Why it needs no figure.", required=True, verbatim=True),
    ),
    key=("chapter", "text"),
)

LET_STAND = Table(
    "let-stand",
    "let-stand.csv",
    "An alarm of the generic checks over the quotes of a source that somebody has judged and lets stand.",
    (
        SOURCE,
        Column("kind", "Name of the check.", required=True),
        Column("text", "Verbatim words of the sentence in which the alarm is.", PASSAGE, required=True, verbatim=True),
        Column("reason", "Why it is no fault.", required=True, verbatim=True),
    ),
    key=("source", "kind", "text"),
)

NOT_EVIDENCE = Table(
    "not-evidence",
    "not-evidence.csv",
    "A passage of a source whose number states no evidence, so that no figure need cover it.",
    (
        SOURCE,
        Column(
            "text",
            "Verbatim words of the source that hold the number; they let it through wherever they stand.",
            PASSAGE,
            required=True,
            verbatim=True,
        ),
        Column("reason", "Why the number needs no figure.", required=True, verbatim=True),
    ),
    key=("source", "text"),
)
