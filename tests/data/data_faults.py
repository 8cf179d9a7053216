"""Ways to spoil a data library, one malformed place each. Put a new kind of fault here: it is then tested by one of the two ways in."""

from collections.abc import Callable
from dataclasses import dataclass

DEMOS = "figures/demos.csv"
FIRMS = "careers.school-links.large"  # 91%, stated at one place, quoted, in a series
OFFICIAL = "figures/dbt-bpe.csv"
LARGE = "official.businesses.large"  # 8,335, of a data product that is not quoted
NEET = "figures/ons-neet.csv"
PAY = "figures/ons-ashe.csv"
HULL = "official.pay.median.hull"
SUPPORTED = "rec.perceptions.sell-job-quality"
ACTIVITIES = "social-value.csv"
PAIR = "neighbourhoods.deprived.hull"


@dataclass(frozen=True)
class Fault:
    """How to spoil a copy: `spoil` returns the row of the malformed place, or 0 where the file as a whole is wrong."""

    spoil: Callable
    file: str
    tells: tuple[str, ...]


def cell(column, content, file=DEMOS, name=FIRMS, told=""):
    """Spoil one cell of one record; `told` is the column that is named, where it is another one."""
    return Fault(lambda folder: folder.set(file, name, **{column: content}), file, (f"column {told or column}:",))


def header(change, *tells):
    """Change every row of a figures file, the header included."""

    def spoil(folder):
        folder.write(DEMOS, [change(row) for row in folder.read(DEMOS)])
        return 1

    return Fault(spoil, DEMOS, tells)


def raw(file, name, old, new, *tells):
    """Change the bytes of one record."""

    def spoil(folder):
        number = folder.row_of(file, name)
        folder.replace(file, old, new)
        return number

    return Fault(spoil, file, tells)


def whole(file, content, *tells):
    """Overwrite a file."""

    def spoil(folder):
        (folder.path / file).write_bytes(content)
        return 0

    return Fault(spoil, file, tells)


def header_only(file):
    def spoil(folder):
        folder.write(file, folder.read(file)[:1])
        return 0

    return Fault(spoil, file, ("no rows",))


def again(file, name, tell, **cells):
    """Append a record of a file once more, with some cells changed."""
    return Fault(lambda folder: folder.add(file, folder.record(file, name), **cells), file, (tell,))


def foreign_owner(folder):
    mine = folder.record("figures/creative.csv", "coworking.creative.survey.spaces")
    return folder.add("figures/left-behind.csv", mine, source="left-behind", locator="From coworking to regional skills development")


def never_closed(folder):
    with (folder.path / PAY).open("ab") as stream:
        stream.write(b'official.pay.median.leeds,ons-ashe,"Leeds, Median\n')
    return folder.row_of(PAY, "official.pay.median.leeds")


KINDS = {
    "missing column": header(lambda row: row[:9] + row[10:], "missing population"),
    "unknown column": header(lambda row: [*row, "colour"], "unknown colour"),
    "columns in another order": header(lambda row: [row[1], row[0], *row[2:]], "another order"),
    "unknown id in a correction": cell("figures", "sme.no-such-figure", "corrections.csv", "barriers.base"),
    "unknown id in support": cell("target", "no-such.case", "recommendation-support.csv", SUPPORTED),
    "unknown id in a pair": cell("against", "official.no-such-figure", "pairs.csv", PAIR),
    "duplicate vintage": again(DEMOS, FIRMS, "columns id, as_of, locator:"),
    "wrong unit": cell("unit", "count"),
    "value outside its stated text": cell("value", "92"),
    "not UTF-8": raw("pairs.csv", PAIR, b"The report rounds", b"The \xa3 report rounds", "column 3:", "UTF-8"),
    "NaN": cell("value", "NaN"),
    "infinity": cell("value", "inf"),
    "empty file": whole("figures/ons-gdp.csv", b"", "empty"),
    "header only": header_only("figures/ons-gdp.csv"),
    "quote without its number": cell("quote", "A UK employer survey found that most firms had links with schools or colleges."),
    "quote that holds its number twice": cell("quote", "Of large firms 91% had links with schools, and 91% with colleges."),
    "quote of 301 characters": cell("quote", "91% of " + "x" * 294),
    "commas in a value": cell("value", "8,335", OFFICIAL, LARGE),
    "blanks in a value": cell("value", "5 690 265", OFFICIAL, "official.businesses.all"),
    "unquoted thousands separator": raw(OFFICIAL, "official.businesses.all", b",5690265,", b",5,690,265,", "19 cells", "17"),
    "formula with =": cell("note", "=1+1"),
    "formula with @": cell("note", "@SUM(A1)"),
    "formula with +": cell("note", "+cmd|' /C calc'!A0"),
    "formula with -": cell("note", "-2+3"),
    "script in a population": cell("population", "Firms <script>alert(1)</script> of any size"),
    "half a range of a value": Fault(
        lambda folder: folder.set(ACTIVITIES, "activity.knowledge-exchange", low=""), ACTIVITIES, ("columns value, low, high:",)
    ),
    "a value and a range": Fault(
        lambda folder: folder.set(ACTIVITIES, "activity.knowledge-exchange", value="erdf.return.low"),
        ACTIVITIES,
        ("columns value, low, high:",),
    ),
    "a value that other words state": Fault(
        lambda folder: folder.set(ACTIVITIES, "activity.management-apprentice", value="impact.apprentice.revenue-uplift"),
        ACTIVITIES,
        ("column quote:", "impact.apprentice.revenue-uplift"),
    ),
    "a value of no kind": Fault(
        lambda folder: folder.set(ACTIVITIES, "activity.management-apprentice", kind=""), ACTIVITIES, ("columns kind, leaves_out:",)
    ),
    "a kind without a value": Fault(
        lambda folder: folder.set(ACTIVITIES, "activity.job", kind="gross pay"), ACTIVITIES, ("columns kind, leaves_out:",)
    ),
    "pounds among pounds a week": cell("kind", "added value", ACTIVITIES, "activity.paid-work-manchester"),
    "markup in our prose": cell("why", "The report **rounds** the official share", "pairs.csv", PAIR),
    "tab in a cell": cell("place", "United\tKingdom"),
    "newline in a cell": cell("place", "United\nKingdom"),
    "leading blank": cell("place", " United Kingdom"),
    "trailing blank": cell("place", "United Kingdom "),
    "range under an id that ends in neither low nor high": Fault(
        lambda folder: folder.set(OFFICIAL, LARGE, stated="8,000 to 9,000", value="8000", precision=""),
        OFFICIAL,
        ("column id:", ".low and .high"),
    ),
    "id owned by two sources": Fault(foreign_owner, "figures/left-behind.csv", ("column source:", "belongs to creative")),
    "series without category": cell("category", ""),
    "unknown unit": cell("unit", "furlongs"),
    "unknown source": cell("source", "demoss"),
    "bad date": cell("as_of", "2026-13-01"),
    "id with an underscore": cell("id", "careers.school-links.large_two"),
    "stated text that is no number": cell("stated", "a great many", OFFICIAL, LARGE),
    "unbalanced quotation mark": raw(PAY, HULL, b"\nofficial.pay.median.hull,", b'\n"official.pay.median.hull,'),
}
"""One fault of each kind, for the command line, which reads and validates as the library does."""

VARIANTS = {
    "unknown recommendation in support": cell("recommendation", "rec.no-such", "recommendation-support.csv", SUPPORTED),
    "unknown figure in a pair": cell("figure", "no-such.figure", "pairs.csv", PAIR),
    "unknown second id in a correction": cell("figures", "sme.barriers.any sme.no-such-figure", "corrections.csv", "barriers.base"),
    "settlement that no gazetteer knows": cell("settlement", "Grimsbi", "cases.csv", "case.catch"),
    "unknown case of an element": cell("case", "case.no-such", "case-elements.csv", "case.catch"),
    "unknown finding in a dispute": cell("disputed_with", "no-such.finding", "findings.csv", "perceptions.shape-workforce"),
    "unknown source of a finding": cell("source", "demoss", "findings.csv", "perceptions.shape-workforce"),
    "unknown source of a figure that is not quoted": cell("source", "ons-net", NEET, "official.neet.count"),
    "figure of another source than its file": cell("source", "ons-neet", PAY, HULL),
    "doubt told by another figure": cell("against", "computed.revenue.simulated.median", "doubts.csv", "impact.apprentices.low", "says"),
    "check that tells of other numbers": cell("says", "It says {productivity.stalled}.", "checks.csv", "manchester-last-year"),
    "copy of a file of figures": Fault(
        lambda folder: (folder.path / NEET).with_name("ons-neet (1).csv").write_bytes((folder.path / NEET).read_bytes()) and 0,
        "figures/ons-neet (1).csv",
        ('no source has the key "ons-neet (1)"', "Nearest: ons-neet", "delete it if it is a copy"),
    ),
    "file of figures under the name of a device": Fault(
        lambda folder: (folder.path / NEET).rename((folder.path / NEET).with_name("con.csv")) and 0,
        "figures/con.csv",
        ('no source has the key "con"',),
    ),
    "pair declared twice": again("pairs.csv", PAIR, "columns figure, against:"),
    "empty value": cell("value", ""),
    "minus infinity": cell("value", "-Infinity"),
    "exponent in a value": cell("value", "9.1e1"),
    "division by zero in a value": cell("value", "91/0"),
    "file of blank lines": whole("figures/ons-gdp.csv", b"\n\n", "empty"),
    "missing file": Fault(lambda folder: (folder.path / "sources.csv").unlink() or 0, "sources.csv", ("not found",)),
    "blank row": raw(
        PAY, HULL, b"\nofficial.pay.median.hull,", b"\n\nofficial.pay.median.hull,", "the row is empty", "Delete the whole row"
    ),
    "not UTF-8, behind a cell with commas": raw(PAY, HULL, "£565.9".encode(), b"\xa3565.9", "column 5:", "UTF-8"),
    "empty quote of a text": cell("quote", ""),
    "quote of a computed figure": cell("quote", "5.68 million", "figures/computed.csv", "computed.sme.count"),
    "computed figure without its recomputation": cell("origin", "", "figures/computed.csv", "computed.sme.count"),
    "formula in a quote": cell("quote", "=91%"),
    "formula in a population": cell("population", "@SUM(A1)"),
    "formula with - that calls a program": cell("note", "-2+3+cmd|' /C calc'!A0"),
    "formula with + that begins with a digit": cell("note", "+2+3+cmd|' /C calc'!A0"),
    "formula in an id": cell("id", "=careers.school-links"),
    "formula in a value": cell("value", "=1+1"),
    "image in a place": cell("place", "![Leeds](http://example.org/x.png)"),
    "link to elsewhere in our prose": cell("why", "[The report](http://example.org) rounds", "pairs.csv", PAIR),
    "figure link outside prose": cell("place", "[Leeds](figure:sme.barriers.any)"),
    "code mark in our prose": cell("statement", "Firms `train` together.", "findings.csv", "perceptions.shape-workforce"),
    "tab in a quote": cell("quote", "Of large firms\t91% had links with schools."),
    "newline in a quote": cell("quote", "Of large firms 91% had links\nwith schools."),
    "newline in an id": cell("id", "careers.school-links\n.large"),
    "leading blank in a value": cell("value", " 91"),
    "trailing blank in a unit": cell("unit", "percent "),
    "unknown word in a column of few words": cell("precision", "approximate"),
    "direction beside a sign": Fault(
        lambda folder: folder.set(DEMOS, "productivity.growth.laggard", direction="fall"),
        DEMOS,
        ("column direction:", '"-1.7%" has a sign', "Leave the direction empty"),
    ),
    "two directions of one figure": again(DEMOS, FIRMS, "column direction:", locator="Elsewhere", direction="fall", series="", category=""),
    "empty locator": cell("locator", ""),
    "id of one file under two sources": Fault(
        lambda folder: folder.add(DEMOS, folder.record(DEMOS, FIRMS), source="interact", locator="Elsewhere"), DEMOS, ("column source:",)
    ),
    "id charted at two places": again(DEMOS, FIRMS, "column", locator="Elsewhere"),
    "unknown rate in a unit": cell("unit", "percent per fortnight"),
    "date in words": cell("as_of", "30 April 2026"),
    "day that no month has": cell("as_of", "2026-04-31"),
    "leap day of a common year": cell("as_of", "2025-02-29"),
    "id in capitals": cell("id", "careers.School-links"),
    "id of one part": cell("id", "careers"),
    "quotation mark that never closes": Fault(never_closed, PAY, ()),
    "semicolons instead of commas": Fault(
        lambda folder: (folder.path / "pairs.csv").write_bytes(b"figure;against;why\na;b;c\n") and 1,
        "pairs.csv",
        ("semicolons separate the cells", "CSV UTF-8"),
    ),
    "alias to an unknown figure": Fault(
        lambda folder: (
            folder.write("aliases.csv", [["old", "new", "date", "reason", "kind"], ["sme.old", "sme.no-such", "2026-05-01", "Renamed", ""]])
            or 2
        ),
        "aliases.csv",
        ("column new:",),
    ),
    "alias of an id that is still in use": Fault(
        lambda folder: (
            folder.write("aliases.csv", [["old", "new", "date", "reason", "kind"], [FIRMS, "sme.barriers.any", "2026-05-01", "Merged", ""]])
            or 2
        ),
        "aliases.csv",
        ("column old:",),
    ),
}
"""Further faults, for the library alone."""
