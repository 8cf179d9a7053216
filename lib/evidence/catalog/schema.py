"""What the data library may hold, declared once: every table and what its cells must look like.

Validation, error messages and the tables of the data library page all come from here.
"""

from evidence.catalog.declaration import DATE, ID, NUMBER, SLUG, UNIT, Column, Table


def _id(about: str, pattern: str = ID) -> Column:
    return Column("id", about, pattern, required=True)


_SOURCE = Column("source", "Key of the source the row is taken from.", SLUG, required=True, reference="sources")
_LOCATOR = Column("locator", "Place in the source, for a human reader.", required=True)
_QUOTE = Column("quote", "Verbatim words of the source, at most 300 characters.", r".{1,300}", required=True, verbatim=True)
_NOTE = Column("note", "A short caveat of ours.", verbatim=True)
_IDS = rf"{ID}(?: {ID})*"
_SETTLED = (
    Column("settlement", "Settlement as the gazetteer names it; empty where the source names only a county."),
    Column("latitude", "Degrees north of the settlement, filled in by `evidence format`.", r"-?\d{1,2}\.\d{3}"),
    Column("longitude", "Degrees east of the settlement, filled in by `evidence format`.", r"-?\d{1,3}\.\d{3}"),
)
FILLED_IN = ("latitude", "longitude")
"""Columns that come from the gazetteer, whatever is typed."""
_ADDRESS = r"https://\S+|http://127\.0\.0\.1:\d+/\S*"
"""An address that is asked over the network: encrypted, or of this machine in tests."""
_PLACED = r"[^=;]+=[^;]*(?:; [^=;]+=[^;]*)*"
_AREAS = r"[a-z]+\d?-\d{4}"
"""A set of areas: its kind and the year of its boundaries."""
_POOLING = ("data", "learning", "capacity", "reach", "voice")
_FORMS = ("bars", "dots", "dumbbell", "slope", "multiples", "matrix", "evidence-map", "flow", "map")
_DESIGNS = (
    *("comparison", "official statistics", "association", "survey answers", "published statistics"),
    *("review", "case study", "argument", "statement"),
)
_BASES = ("figure", "literature", "ours")
_PILLARS = ("relational partnerships", "shared purpose", "rich data", "financial coordination")

FIGURES = Table(
    "figures",
    "figures",
    "One number that a source states at one place, or that we compute.",
    (
        _id("Stable name of what is measured: dotted, lower-case, free of values and dates."),
        _SOURCE,
        _LOCATOR,
        Column(
            "quote", "Verbatim words that hold `stated`; empty only for data products and our own computations.", r".{1,300}", verbatim=True
        ),
        Column("stated", "The number as the source writes it, with hedge and unit.", required=True, verbatim=True),
        Column("value", "The number itself in base units, equal to what `stated` says without its hedge.", NUMBER, required=True),
        Column("unit", "Unit of `value`.", UNIT, required=True),
        Column("precision", "`exact` for sample sizes, thresholds and fees; empty: as printed.", allowed=("exact",)),
        Column("population", "Whom or what it is about, with its base, as given at this place."),
        Column("place", "Place it is about."),
        Column("period", "Period it is about, as given.", verbatim=True),
        Column("as_of", "Date this value was published.", DATE, required=True),
        Column(
            "origin",
            "Producer the source cites, or the recomputation of a computed figure; empty when the source is the producer.",
            verbatim=True,
        ),
        Column("series", "Group of figures that make one chart.", rf"{SLUG}(?:\.{SLUG})*"),
        Column("category", "Label of the figure within its series.", verbatim=True),
        _NOTE,
    ),
    key=("id", "as_of", "locator"),
)

SOURCES = Table(
    "sources",
    "sources.csv",
    "A document or data product.",
    (
        _id("Citation key.", SLUG),
        Column("title", "Title.", required=True, verbatim=True),
        Column("short", "Name used in tables and under charts.", required=True),
        Column("authors", "Authors as named.", verbatim=True),
        Column("publisher", "Publisher.", verbatim=True),
        Column("published", "Date of publication as printed.", verbatim=True),
        Column("as_of", "Last day of the printed date of publication, or the day we read it when that is earlier.", DATE, required=True),
        Column("url", "Address the source itself prints, or of the data product.", r"https?://\S+"),
        Column("doi", "Digital object identifier.", r"10\.\S+"),
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
        _NOTE,
    ),
)

FINDINGS = Table(
    "findings",
    "findings.csv",
    "A result that a source states in words, with a direction.",
    (
        _id("Stable name."),
        _SOURCE,
        _LOCATOR,
        _QUOTE,
        Column("statement", "The result in our words.", required=True, prose=True),
        Column("direction", "Sign of the result.", allowed=("positive", "negative", "none", "mixed"), required=True),
        Column("mechanism", "What is said to bring it about.", prose=True),
        Column("outcome", "What it changes.", prose=True),
        Column("population", "Who was studied.", verbatim=True),
        Column("moderator", "What the result depends on.", prose=True),
        Column("region", "Kind of region.", allowed=("left-behind", "non-left-behind", "all")),
        Column("basis", "Kind of evidence.", allowed=("survey", "review", "case study", "statistics", "opinion"), required=True),
        Column("design", "How it is known.", allowed=_DESIGNS, required=True),
        Column("sample", "Figure of how many were studied; empty when the source does not state it.", ID, reference="figures"),
        Column(
            "directness",
            "Whether it was seen in what the words are about, or elsewhere, in something else, or read into a result.",
            allowed=("direct", "indirect"),
            required=True,
        ),
        Column(
            "strength",
            "How strong that is, as the rule of `evidence.grading` gives it.",
            allowed=("strong", "moderate", "limited", "opinion"),
            required=True,
        ),
        Column("as_of", "Date of publication.", DATE, required=True),
        Column("disputed_with", "Finding that describes the same result differently.", ID, reference="findings"),
        _NOTE,
    ),
)

ASSUMPTIONS = Table(
    "impact-assumptions",
    "impact-assumptions.csv",
    "Something the impact model assumes. Its ends are figures: its id followed by `.low` and `.high`.",
    (
        _id("Stable name, `assumption.` first."),
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

SOCIAL_VALUE = Table(
    "social-value",
    "social-value.csv",
    "An activity that the sources ask for or count, with the value of one where a source states it: a figure, or the two ends of a range.",
    (
        _id("Stable name, `activity.` first."),
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
        _SOURCE,
        _LOCATOR,
        Column("quote", "Verbatim words of the source; empty only for data products.", r".{1,300}", verbatim=True),
        Column("counts", "What the value counts, or why there is none.", required=True, prose=True),
        Column("leaves_out", "What it does not count; empty where there is no value.", prose=True),
    ),
)

MATCHING_EXAMPLE = Table(
    "matching-example",
    "matching-example.csv",
    "A local priority or a contract that a source gives as an example of how they could be matched.",
    (
        _id("Stable name, `priority.` or `contract.` first."),
        Column("kind", "Which of the two it is.", allowed=("priority", "contract"), required=True),
        Column("name", "What it is called here.", required=True),
        _SOURCE,
        _LOCATOR,
        _QUOTE,
        Column("suits", "Contract that the source says would suit the priority.", ID, reference="matching-example"),
        Column("unsuited", "Contract that the source says may not suit it.", ID, reference="matching-example"),
    ),
)

CASES = Table(
    "cases",
    "cases.csv",
    "A case study.",
    (
        _id("Stable name, `case.` first."),
        Column("name", "Name.", required=True, verbatim=True),
        Column("place", "Where it is.", required=True),
        *_SETTLED,
        Column("focus", "What it is a case of.", required=True, prose=True),
        Column("organisation", "What kind of organisation it is.", required=True, prose=True),
        _SOURCE,
        _LOCATOR,
        _QUOTE,
        Column("summary", "What it does, in our words.", required=True, prose=True),
    ),
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
        Column("quote", "Verbatim words of the source.", r".{1,300}", verbatim=True),
        Column("speaker", "Who speaks, as the source names them.", verbatim=True),
        _LOCATOR,
    ),
    key=("case", "kind", "text"),
)

RECOMMENDATIONS = Table(
    "recommendations",
    "recommendations.csv",
    "Something a source asks somebody to do.",
    (
        _id("Stable name, `rec.` first."),
        _SOURCE,
        Column("number", "Its number in the source.", r"\d+"),
        Column("title", "Short name, in our words.", required=True, prose=True),
        _QUOTE,
        _LOCATOR,
        Column("actor", "Who should act.", required=True, verbatim=True),
        Column("pillar", "Pillar it belongs to.", allowed=_PILLARS),
        Column("pooling", "What it would pool.", allowed=_POOLING),
        Column("text", "What it asks for, in our words.", required=True, prose=True),
    ),
)

SUPPORT = Table(
    "recommendation-support",
    "recommendation-support.csv",
    "A piece of evidence under a recommendation.",
    (
        Column("recommendation", "The recommendation.", ID, required=True, reference="recommendations"),
        Column("kind", "What the evidence is.", allowed=("figure", "finding", "case"), required=True),
        Column("target", "Its id.", ID, required=True),
        Column("relation", "What it does for the recommendation.", allowed=("supports", "limits", "context"), required=True),
        Column("why", "Why, in our words.", required=True, prose=True),
    ),
    key=("recommendation", "kind", "target"),
)

SPACES = Table(
    "spaces",
    "spaces.csv",
    "A coworking or collaborative space that a source names.",
    (
        _id("Stable name, `space.` first."),
        Column("name", "Name.", required=True, verbatim=True),
        Column("place", "Where it is."),
        Column("country", "Country."),
        *_SETTLED,
        Column("kind", "What kind of space."),
        Column(
            "status", "Status as described on that date.", allowed=("open", "announced", "planned", "proposed", "possible"), required=True
        ),
        Column("described_on", "Date of the description.", DATE, required=True),
        _SOURCE,
        _LOCATOR,
        _QUOTE,
        _NOTE,
    ),
)

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
    optional=True,
)

CORRECTIONS = Table(
    "corrections",
    "corrections.csv",
    "A declared, reasoned disagreement inside a source or between sources.",
    (
        _id("Stable name."),
        Column("grade", "How grave it is.", allowed=("contradiction", "tension", "one reading only"), required=True),
        Column("figures", "Ids of the figures it casts doubt on, and of those it holds them against, separated by spaces.", _IDS),
        Column("findings", "Ids of the findings it casts doubt on, separated by spaces, where words and not numbers disagree.", _IDS),
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
)

CLAIM_KINDS = ("order", "above", "below", "majority", "rises", "falls")

CLAIMS = Table(
    "claims",
    "claims.csv",
    "A sentence whose truth is decided by comparing figures; claims that need more are predicates in `evidence.claims`.",
    (
        _id("Stable name, as a link names it.", SLUG),
        Column("statement", "What it says, in our words and without numbers.", required=True),
        Column(
            "kind",
            "When it holds: `order`: each figure is above the next; `above`, `below`: the first is above, or below, each of the others; "
            "`majority`: each is above `50%`; `rises`, `falls`: so do the figures of a series, in the order they are listed. A rounding that "
            "leaves it open does not hold.",
            allowed=CLAIM_KINDS,
            required=True,
        ),
        Column(
            "figures",
            "Ids of the figures, separated by spaces; for `rises` and `falls` the name of the series.",
            rf"{SLUG}(?:\.{SLUG})*(?: {SLUG}(?:\.{SLUG})*)*",
            required=True,
        ),
        Column("threshold", "What would change our mind.", r"It would fail if .+\.", required=True),
    ),
    optional=True,
)

CHARTS = Table(
    "charts",
    "charts.csv",
    "A chart of figures of the library.",
    (
        _id("Stable name."),
        Column("form", "How it is drawn.", allowed=_FORMS, required=True),
        Column(
            "series",
            "Series it draws, separated by spaces; for a matrix `cases`, or `findings.` and the first part of their ids, which an evidence map "
            "takes too; for a flow the sources of the recommendations; for a map `cases` or `spaces`.",
            rf"{SLUG}(?:\.{SLUG})*(?: {SLUG}(?:\.{SLUG})*)*",
            required=True,
        ),
        Column("title", "What it shows, as a sentence with linked numbers.", required=True, prose=True),
        Column("subtitle", "What is measured, for whom, in which unit.", required=True, prose=True),
        Column("description", "What a reader who cannot see it should know.", required=True, prose=True),
        Column("labels", "What each series is called, in the same order, separated by semicolons, where there are several."),
        Column("order", "Order of the rows.", allowed=("value", "listed"), required=True),
    ),
)

ALIASES = Table(
    "aliases",
    "aliases.csv",
    "An id that was renamed, merged or retired, so that its permalink lives.",
    (
        Column("old", "The id that is no longer used.", ID, required=True),
        Column("new", "The id to use instead; empty when retired.", ID, reference="figures"),
        Column("date", "When.", DATE, required=True),
        Column("reason", "Why.", required=True, prose=True),
    ),
    key=("old",),
    optional=True,
)

HISTORY = Table(
    "history",
    "history.csv",
    "A change of a figure that an edition accepted.",
    (
        Column("figure", "The figure.", ID, required=True),
        Column("old", "What it stated before; empty for a new figure.", verbatim=True),
        Column("new", "What it states now.", required=True, verbatim=True),
        Column("class", "What kind of change it is.", allowed=("new", "new period", "revision", "correction", "recomputed"), required=True),
        Column("date", "When it was accepted.", DATE, required=True),
        Column("reason", "Why, in the words of whoever accepted it.", required=True, verbatim=True),
    ),
    key=("figure", "date", "new"),
    optional=True,
)

NOTICES = Table(
    "notices",
    "notices.csv",
    "A sentence that accepted data have overtaken and that still awaits its author; the site says so beside it.",
    (
        Column("page", "Chapter it stands in, or data file whose prose it is.", required=True),
        Column("kind", "What is linked.", allowed=("figure", "claim"), required=True),
        Column("target", "Id it is bound to.", rf"{ID}|{SLUG}", required=True),
        Column("text", "Text of the link, as written.", required=True, verbatim=True),
        Column("since", "When the data were accepted.", DATE, required=True),
    ),
    key=("page", "kind", "target", "text"),
    optional=True,
)

ALLOWED = Table(
    "allowed-numbers",
    "allowed-numbers.csv",
    "A number in our prose that states no evidence.",
    (
        Column("chapter", "Chapter it stands in, or * for all.", r"\*|[a-z-]+", required=True),
        Column("text", "The number with enough words around it to be recognised, as written.", required=True, verbatim=True),
        Column("reason", "Why it needs no figure.", required=True, verbatim=True),
    ),
    key=("chapter", "text"),
    optional=True,
)

NOT_EVIDENCE = Table(
    "not-evidence",
    "not-evidence.csv",
    "A passage of a source whose number states no evidence, so that no figure need cover it.",
    (
        _SOURCE,
        Column(
            "text",
            "Verbatim words of the source that hold the number; they let it through wherever they stand.",
            r".{1,300}",
            required=True,
            verbatim=True,
        ),
        Column("reason", "Why the number needs no figure.", required=True, verbatim=True),
    ),
    key=("source", "text"),
    optional=True,
)

CONNECTORS = Table(
    "connectors",
    "connectors.csv",
    "Where a newer release of a source is asked for, and how its file is read; `evidence refresh` does both.",
    (
        Column("source", "Key of the source.", SLUG, required=True, reference="sources"),
        Column(
            "kind",
            "Kind of service that answers; it decides which form of the data is asked for.",
            allowed=("ons-local-statistics", "nomis", "dfe-statistics", "sdmx"),
            required=True,
        ),
        Column("dataset", "The producer's own name of the data set.", required=True, verbatim=True),
        Column("address", "Address of the file, with its query.", _ADDRESS, required=True, verbatim=True),
        Column("release_address", "Address of the JSON that tells the date of the newest release.", _ADDRESS, required=True, verbatim=True),
        Column("release_field", "Where that date stands in it: names of its fields, separated by slashes.", required=True, verbatim=True),
        Column("columns", "Columns the file must have, separated by semicolons.", required=True, verbatim=True),
        Column("rows", "Which rows count: column=value, separated by semicolons.", _PLACED, required=True, verbatim=True),
        Column("constant", "What those rows must all say, such as the unit; anything else means that it changed.", _PLACED, verbatim=True),
        Column(
            "status_column", "Column whose cell is empty, or A, for a plain value; anything else is shown to the steward.", verbatim=True
        ),
        Column("period_column", "Column of the period; * where each period has a column of its own.", required=True, verbatim=True),
        Column(
            "period_pattern",
            "What a period looks like there; its first group is the year, its second the quarter.",
            required=True,
            verbatim=True,
        ),
        Column("period", "How we write it, with {year}, {following} (2025 gives 26) and {quarter}.", required=True, verbatim=True),
        Column("value_column", "Column of the value; * where each period has a column of its own.", required=True, verbatim=True),
        Column("stated", "How we write the value, with {} where it stands.", required=True, verbatim=True),
        Column("decimals", "Decimals we write it with.", r"\d", required=True),
        Column(
            "factor",
            "A new value more than so many times the old one, or less than that part of it, is pointed out.",
            NUMBER,
            required=True,
        ),
        Column("note", "Note of the new records.", verbatim=True),
    ),
    key=("source",),
    optional=True,
)

CONNECTED = Table(
    "connected",
    "connected.csv",
    "A figure that the connector of its source brings up to date.",
    (
        Column("figure", "The figure.", ID, required=True, reference="figures"),
        Column(
            "rows",
            "Which of the connector's rows are about it: column=value, separated by semicolons.",
            _PLACED,
            required=True,
            verbatim=True,
        ),
        Column("period", "`newest`, or the one period it stays with, as we write it.", required=True, verbatim=True),
        _NOTE,
    ),
    key=("figure",),
    optional=True,
)

PLACE_AREAS = Table(
    "place-areas",
    "place-areas.csv",
    "A set of areas on the boundaries of one year; measures of different sets are never joined.",
    (
        Column("areas", "Kind and year, such as itl3-2021.", _AREAS, required=True),
        Column("about", "What the areas are.", required=True, verbatim=True),
        Column("count", "How many areas the set has.", r"[1-9]\d*", required=True),
        Column("codes", "What their codes look like, as a regular expression.", required=True, verbatim=True),
        Column("file", "File with their shapes, codes and names, as TopoJSON.", r"[\w.-]+\.json", required=True),
        Column("object", "Name of the shapes in it.", required=True, verbatim=True),
        Column(
            "changes",
            "Areas of the file that this set has not: code there=code here=name here, separated by semicolons. They have no shape here.",
            r"\w+=\w+=[^=;]+(?:; \w+=\w+=[^=;]+)*",
            verbatim=True,
        ),
        Column("attribution", "Words to show with a map.", required=True, verbatim=True),
        _NOTE,
    ),
    key=("areas",),
    optional=True,
)

PLACE_TABLES = Table(
    "place-tables",
    "place-tables.csv",
    "A measure of places, and the file it is read from; the files lie in places/ of a data library, and this repository holds none.",
    (
        Column("measure", "What is measured.", SLUG, required=True),
        Column("areas", "The set of areas it is measured for, as in place-areas.", _AREAS, required=True),
        Column("label", "What a reader calls it.", required=True, verbatim=True),
        Column("unit", "Unit of the values.", UNIT, required=True),
        Column("decimals", "Decimals a value is shown with.", r"\d", required=True),
        Column("file", "File in places/.", r"[\w.-]+\.csv", required=True),
        Column("code_column", "Its column of area codes.", required=True, verbatim=True),
        Column("rows", "Which rows count: column=value, separated by semicolons; empty for all.", _PLACED, verbatim=True),
        Column(
            "value_column", "* where each year has a column of its own; else column=year.", r"\*|[^=]+=\d{4}", required=True, verbatim=True
        ),
        Column("from_year", "First year that is on these boundaries; earlier ones are not read.", r"\d{4}", required=True),
        Column("factor", "What a value is multiplied by to be in the unit.", NUMBER, required=True),
        Column("period", "How a year is written, with {year} and {following} (2025 gives 26).", required=True, verbatim=True),
        Column("whole", "Code of the country it is compared with, or empty.", verbatim=True),
        Column("whole_name", "Name of that country, or empty."),
        Column("source", "Producer and release, for readers.", required=True, verbatim=True),
        Column("as_of", "Date of the release.", DATE, required=True),
        Column("licence", "Licence of the file.", required=True, verbatim=True),
        Column("address", "Where the producer publishes it.", r"https://\S+", required=True, verbatim=True),
        _NOTE,
    ),
    key=("measure", "areas"),
    optional=True,
)

TABLES = (
    SOURCES,
    FIGURES,
    FINDINGS,
    CASES,
    ELEMENTS,
    RECOMMENDATIONS,
    SUPPORT,
    SPACES,
    PAIRS,
    DOUBTS,
    ASSUMPTIONS,
    SOCIAL_VALUE,
    MATCHING_EXAMPLE,
    CORRECTIONS,
    CLAIMS,
    CHARTS,
    ALIASES,
    HISTORY,
    NOTICES,
    ALLOWED,
    NOT_EVIDENCE,
    CONNECTORS,
    CONNECTED,
    PLACE_AREAS,
    PLACE_TABLES,
)
"""Every table of the library, in the order they are read."""
