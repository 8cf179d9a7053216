"""Tables of what follows from figures and is held against them: formulas, checks, corrections, claims and charts."""

from __future__ import annotations

from evidence.catalog.declaration import Column, Table, identifier
from evidence.catalog.patterns import ANY_ID, ID, IDS, LINE, QUESTION, SENTENCE, SERIES_LIST, SLUG, THRESHOLD

_FORMS = ("bars", "dots", "dumbbell", "slope", "multiples", "tracking", "matrix", "evidence-map", "map")

PAIRS = Table(
    "pairs",
    "pairs.csv",
    "Two figures of different sources that should state the same fact.",
    (
        Column("figure", "The figure that is checked.", ID, required=True, reference="figures"),
        Column("against", "The figure it is checked against.", ID, required=True, reference="figures"),
        Column("why", "Why they should agree, in our words.", required=True, prose=True),
    ),
    key=("figure", "against"),
)

DOUBTS = Table(
    "doubts",
    "doubts.csv",
    "A figure whose sum checks, and which a computation of ours still puts in doubt; readers are told wherever it is shown.",
    (
        Column("figure", "The figure in doubt.", ID, required=True, reference="figures"),
        Column("against", "The figure that puts it in doubt.", ID, required=True, reference="figures"),
        Column("says", "What a reader should know beside the number, in a few words.", required=True, prose=True),
    ),
    key=("figure",),
)

NATURES = Table(
    "natures",
    "natures.csv",
    "What kind of number some figures are, where that decides whether a reader may repeat them and their records do not tell it.",
    (
        Column(
            "figures",
            "Id of a figure, or the first parts of the ids of several; the longest that fits a figure counts.",
            ANY_ID,
            required=True,
        ),
        Column(
            "nature",
            "What they are: counted by the organisation that they praise, a projection, what people say they would do, shares of a sample "
            "that is not weighted to the whole, somebody's word, or a number that its source sets itself, such as a threshold.",
            allowed=("own count", "projection", "intention", "unweighted sample", "testimony", "definition"),
            required=True,
        ),
        Column("reason", "How that is known.", required=True, verbatim=True),
    ),
    key=("figures",),
    ordered=True,
)

SAFE_WORDS = Table(
    "safe-words",
    "safe-words.csv",
    "Whether a reader may repeat a figure or finding, or what a correction names, in an author's words; without a row a rule finds them.",
    (
        Column("scheme", "What the row is about.", allowed=("figure", "finding", "correction"), required=True),
        Column("target", "Its id.", ANY_ID, required=True, mentions="@scheme"),
        Column("answer", "May it be repeated? Never milder than the rule.", allowed=("yes", "with care", "no"), required=True),
        Column("says", "How, or why not: what follows the answer, at most 25 words together with it.", SENTENCE, required=True, prose=True),
    ),
    key=("scheme", "target"),
    ordered=True,
)

FORMULAS = Table(
    "formulas",
    "formulas.csv",
    "How a figure follows from other figures: one we compute, or one that a source states and that we recompute to see whether it adds up.",
    (
        Column("figure", "The figure that is derived.", ID, required=True, reference="figures"),
        Column(
            "formula",
            "The arithmetic: ids of figures in braces, bare numbers, + - * /, parentheses, sum, mean, min and max of numbers separated by "
            "commas, and at the end of a part `as` with a unit.",
            LINE,
            required=True,
            verbatim=True,
            grammar="formula",
        ),
        Column("why", "What it does, in words for readers; one sentence.", SENTENCE, required=True, verbatim=True),
    ),
    key=("figure",),
)

CHECKS = Table(
    "checks",
    "checks.csv",
    "Something a source says that cannot stand beside its own numbers or words, or those of another; a correction names it as its guard.",
    (
        identifier("Name, as the guard of a correction.", SLUG),
        Column("asks", "What is asked of the source.", QUESTION, required=True, verbatim=True),
        Column(
            "condition",
            'When the source is wrong: formulas compared by > < != or `in`, and "words" `in` or `not in` the quote of a figure or finding, '
            "joined by and, or, not. What a rounding leaves open is not wrong.",
            LINE,
            required=True,
            verbatim=True,
            grammar="condition",
        ),
        Column(
            "says",
            "What is wrong, for readers. An id in braces stands for the number as stated where the words were found; after a colon may follow "
            "another column, or `shown`. {left:low} and {right:high} are the ends of what the condition compares first.",
            SENTENCE,
            required=True,
            verbatim=True,
            grammar="text",
        ),
    ),
)

CORRECTIONS = Table(
    "corrections",
    "corrections.csv",
    "A declared, reasoned disagreement inside a source or between sources.",
    (
        identifier("Stable name."),
        Column("grade", "How grave it is.", allowed=("contradiction", "tension", "one reading only"), required=True),
        Column(
            "figures",
            "Ids of the figures it casts doubt on, and of those of other sources that it holds them against, separated by spaces; each of its own source is marked.",
            IDS,
            reference="figures",
            several=True,
        ),
        Column(
            "findings",
            "Ids of the findings it casts doubt on, separated by spaces, where words and not numbers disagree.",
            IDS,
            reference="findings",
            several=True,
        ),
        Column("title", "What is wrong, in a few words.", required=True, prose=True),
        Column("what", "What the source prints and what follows from its own numbers.", required=True, prose=True),
        Column("size", "By how much.", required=True, prose=True),
        Column("reading", "The reading under which the printed numbers would fit, or why there is none.", required=True, prose=True),
        Column("consequence", "What it means for a reader.", required=True, prose=True),
        Column("reply", "The producer's reply, when there is one.", verbatim=True),
        Column(
            "guard",
            "What proves that the error still stands: `differs` or `disputed` for the verdict of the first figure, or the name of a check.",
            SLUG,
            required=True,
        ),
    ),
    held=True,
)

CLAIMS = Table(
    "claims",
    "claims.csv",
    "A sentence whose truth is decided by comparing figures.",
    (
        identifier("Stable name, as a link names it.", SLUG),
        Column("statement", "What it says, in our words and without numbers.", required=True),
        Column(
            "condition",
            "When it holds: formulas compared by > < or `in`, joined by and, or, not, such as `{a.b} > 2 * max({c.d}, {e.f})`. "
            "What a rounding leaves open does not hold.",
            LINE,
            required=True,
            verbatim=True,
            grammar="condition",
        ),
        Column("threshold", "What would change our mind.", THRESHOLD, required=True),
    ),
)

CHARTS = Table(
    "charts",
    "charts.csv",
    "A chart of figures of the library.",
    (
        identifier("Stable name."),
        Column("form", "How it is drawn.", allowed=_FORMS, required=True),
        Column(
            "series",
            "Series it draws, separated by spaces; for a matrix `cases`, or `findings.` and the first part of their ids, which an evidence map "
            "takes too; for a map `cases` or `spaces`.",
            SERIES_LIST,
            required=True,
        ),
        Column("title", "What it shows, as a sentence with linked numbers.", required=True, prose=True),
        Column("subtitle", "What is measured, for whom, in which unit.", required=True, prose=True),
        Column("description", "What a reader who cannot see it should know.", required=True, prose=True),
        Column("labels", "What each series is called, in the same order, separated by semicolons, where there are several."),
        Column("order", "Order of the rows.", allowed=("value", "listed"), required=True),
    ),
)
