"""The gates of the data library: its cells, its committed form, the audit, strengths, claims, charts and the codebooks of surveys."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from evidence import claims, paths, receipts
from evidence.audit import Verdict, check_corrections, tally
from evidence.catalog import Library, schema
from evidence.catalog.packaging import CODEBOOKS, as_merged, canonical_files, differing, strays
from evidence.catalog.wordings import undeclared
from evidence.charts import gather
from evidence.errors import EvidenceError
from evidence.grading import check_findings, check_strengths, strengths
from evidence.places import PlaceData, unfit
from evidence.problems import Place, Problem
from evidence.repeating import Adviser, check_safe_words
from evidence.statements.captions import wrong_captions, wrong_labels
from evidence.statements.corrected import wrong_corrections
from evidence.statements.corrected_words import strange_words

_AWAY = "What lies in data/ is published, so nothing else may lie there, and no link is followed: move it out of data/."


def data_gates(library: Library, verdict_of: dict[str, Verdict]) -> list[Gate]:
    """Return the gates that look at a data library that has been proved well-formed, without those of what the book does not have.

    Args:
        library: The data library.
        verdict_of: Verdict of every figure.
    """
    optional = [
        (("receipts",), _receipts(library)),
        (("formulas", "checks", "corrections"), _audit(library, verdict_of)),
        (("findings",), _strengths(library)),
        (("findings",), _findings(library)),
        (("claims",), _claims(library)),
        (("safe-words", "natures"), _safe_words(library, verdict_of)),
        (("charts",), _charts(library)),
        (("areas",), _places(library)),
    ]
    used = [gate for tables, gate in optional if gate.looked_at or gate.problems or any(map(library.all_rows, tables))]
    surveys = [_codebooks(library)] if _codebook_files(library) else []
    waves = [_waves(library)] if library.rows("waves") else []
    return [records_gate(library), _written(library), *used, *surveys, *waves]


def records_gate(library: Library) -> Gate:
    """Return the gate of a library that has been proved well-formed: how many records it holds."""
    records = sum(len(library.all_rows(table.name)) for table in schema.tables())
    return Gate("data library", records, note=f"{records:,} records, {len(library.figures):,} figures")


def _written(library: Library) -> Gate:
    """Check that the files of the library are written the one way, so that a diff shows what changed, and that nothing else lies beside them."""
    directory = library.directory or paths.data_dir()
    files, remedy = canonical_files(directory), "Run: evidence format"
    unlike = [name for name in differing(directory, files) if not as_merged(directory, name)]
    problems = [Problem(Place(f"data/{name.as_posix()}"), "not in its committed form.", remedy) for name in unlike]
    problems += [
        Problem(Place(f"data/{name.as_posix()}"), f"{kind} that the data library does not declare.", _AWAY)
        for name, kind in strays(directory)
    ]
    return Gate("form of the data", len(files), problems, f"{len(files)} files")


def _receipts(library: Library) -> Gate:
    """Check that each record is what it was when it was held against where it comes from, in a library that keeps receipts."""
    if not library.all_rows("receipts"):
        return Gate("receipts")
    found, orphans = receipts.held(library)
    ways = receipts.shares(found)
    note = ", ".join(f"{ways[how]:,} {told}" for how, told in receipts.WAYS.items() if ways[how])
    return Gate("receipts", len(found), receipts.problems(found, orphans), f"{len(found):,} records: {note}")


def _audit(library: Library, verdict_of: dict[str, Verdict]) -> Gate:
    counted = tally(verdict_of)
    problems = [*check_corrections(library, verdict_of), *wrong_corrections(library), *strange_words(library)]
    looked = f"{counted.compared} figures of sources recomputed or compared, {counted.ours} of ours recomputed"
    return Gate("audit", counted.compared + counted.ours, problems, looked)


def _strengths(library: Library) -> Gate:
    """Check that each finding is called as strong as the rule makes it."""
    findings = len(library.rows("findings"))
    return Gate("strength of findings", findings, check_strengths(library), f"{findings} findings graded")


def _findings(library: Library) -> Gate:
    """Check that direction, statement, quote, wordings and design of each finding say the same."""
    findings = len(library.rows("findings"))
    return Gate("words of findings", findings, check_findings(library), f"{findings} findings held against themselves")


def _claims(library: Library) -> Gate:
    """Judge every claim; whether it holds is told where a sentence makes it, and here whether somebody has held its words against its condition."""
    judged = [claims.judge(entry, library) for entry in claims.known(library).values()]
    return Gate("claims", len(judged), list(undeclared(library)), note=f"{len(judged)} claims")


def _safe_words(library: Library, verdict_of: dict[str, Verdict]) -> Gate:
    """Check that the words of authors on what may be repeated are short, and never milder than the rule."""
    rows = len(library.rows("safe-words"))
    adviser = Adviser(library, verdict_of, {name: strength.word for name, strength in strengths(library).items()})
    return Gate("safe to repeat", rows, check_safe_words(library, adviser), f"{rows} sentences of authors")


def _charts(library: Library) -> Gate:
    """Check that each chart can be drawn, and that what it calls its marks is what their records are of."""
    gate = Gate("charts")
    for row in library.rows("charts"):
        gate.looked_at += 1
        try:
            gather(library, row["id"])
        except EvidenceError as error:
            gate.problems += error.problems
    gate.problems += [*wrong_labels(library), *wrong_captions(library)]
    gate.note = f"{gate.looked_at} charts"
    return gate


def _places(library: Library) -> Gate:
    """Check that what is said of areas fits together, and that every value kept of them is what was cut out of its producer's file."""
    data = PlaceData(library)
    sets = {name: data.known(name) for name in dict.fromkeys(row["areas"] for row in library.rows("areas"))}
    gate = Gate("places", problems=list(unfit([area for known in sets.values() for area in known.values()])))
    try:
        measures = [data.measure(row["measure"], row["areas"]) for row in data.held]
        gate.looked_at = sum(len(found) for measure in measures for found in measure.values.values())
    except EvidenceError as error:
        gate.problems += error.problems
    gate.note = f"{sum(map(len, sets.values()))} areas, {gate.looked_at:,} values of them"
    return gate


def _codebook_files(library: Library) -> list[Path]:
    return sorted(((library.directory or paths.data_dir()) / CODEBOOKS).glob("*.toml"))


def _codebooks(library: Library) -> Gate:
    """Check that every figure and size of population that a codebook names is in the library."""
    from evidence.survey import check_codebook, read_codebook  # only here, for a check of one chapter reads no codebook

    gate = Gate("codebooks")
    for file in _codebook_files(library):
        try:
            codebook = read_codebook(file)
        except EvidenceError as error:
            gate.problems += error.problems
            continue
        gate.looked_at += len(codebook.figures)
        gate.problems += check_codebook(codebook, library, f"data/{CODEBOOKS}/{file.name}")
    gate.note = f"{gate.looked_at} figures of surveys"
    return gate


def _waves(library: Library) -> Gate:
    """Count what readers must be told of each wave of a survey, and name what they are not."""
    from evidence.survey.accepted import accepted_waves
    from evidence.survey.disclosing import missing

    waves = accepted_waves(library)
    gate = Gate("surveys", looked_at=sum(len(wave.told) for wave in waves))
    gaps = [f"{wave.name}: {', '.join(item.name for item in missing(list(wave.told)))}" for wave in waves if missing(list(wave.told))]
    share = 100 * (gate.looked_at - sum(gap.count(",") + 1 for gap in gaps)) // gate.looked_at
    gate.note = f"{len(waves)} waves, {share}% of what readers must be told" + (f"; not told of {'; '.join(gaps)}" if gaps else "")
    return gate


@dataclass(slots=True)
class Gate:
    """The outcome of one gate.

    Attributes:
        name: What was checked.
        looked_at: How many things; a gate that looked at nothing has failed.
        problems: What must be mended.
        note: Counts worth reading.
    """

    name: str
    looked_at: int = 0
    problems: list[Problem] = field(default_factory=list)
    note: str = ""

    @property
    def green(self) -> bool:
        """Whether the gate looked at something and found nothing wrong."""
        return self.looked_at > 0 and not self.problems
