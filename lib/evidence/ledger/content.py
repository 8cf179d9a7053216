"""Put the ledger of an edition together from its data library and its chapters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from evidence import claims, paths, receipts
from evidence.audit import Verdict, verdicts
from evidence.audit.verdicts import Word
from evidence.catalog import Figure, Library, freshness, plain, where
from evidence.catalog.periods import Period
from evidence.catalog.schema import INDEPENDENCE
from evidence.errors import DataError
from evidence.grading import Strength, strengths
from evidence.ledger import records
from evidence.ledger.edition import edition_name
from evidence.problems import Place
from evidence.recompute import written_out
from evidence.repeating import Advice, Adviser
from evidence.signing import Signatures, items, share_of
from evidence.statements import Checked, Statement, chapter_files, check_passages, library_prose, read_page

Used = dict[tuple[str, str], list[Statement]]
Told = dict[Place, str]
"""How each record is held against its source, by its place."""


def check_chapters(library: Library, chapters: Path | None = None) -> Checked:
    """Return what all chapters state and whether it holds on a library, without what the rules of sentences say of it.

    Raises:
        StatementError: If there is no chapter, or one cannot be read.
    """
    passages = [passage for path in chapter_files(chapters or paths.chapters_dir()) for passage in read_page(path)]
    return check_passages(passages, library, ruled=False)


def judge_claims(library: Library) -> dict[str, claims.Judged | None]:
    """Return every claim tried on a library, by id; None where a figure it needs is not published yet on the library's day.

    Raises:
        DataError: If a figure is missing though no day was given.
    """
    return {identifier: _judged(entry, library) for identifier, entry in claims.known(library).items()}


def _judged(entry: claims.Claim, library: Library) -> claims.Judged | None:
    try:
        return claims.judge(entry, library)
    except DataError:
        if not library.as_of:
            raise
        return None


def build(library: Library, chapters: Path | None = None) -> records.Ledger:
    """Return the ledger of an edition.

    Args:
        library: The snapshot of the data library.
        chapters: Folder of the chapters; the repository's own when None.
    """
    folder = chapters or paths.chapters_dir()
    verdict_of = verdicts(library)
    checked = check_chapters(library, folder)
    used: Used = {}
    for statement in checked.statements:
        used.setdefault((statement.kind, statement.target), []).append(statement)
    sources = [_source(row, library) for row in library.rows("sources")]
    fresh = {source["id"]: source["freshness"] for source in sources}
    judged, graded = judge_claims(library), strengths(library)
    held = receipts.told(library)
    adviser = Adviser(library, verdict_of, {identifier: strength.word for identifier, strength in graded.items()})
    return {
        "schema_version": records.SCHEMA,
        "edition": {"name": edition_name(library, folder), "date": freshness.edition_day(library), "as_of": library.as_of},
        "sources": sources,
        "figures": [_figure(verdict, library, used, fresh[verdict.figure.source], held, adviser) for verdict in verdict_of.values()],
        "ranges": [{"id": stem, "low": low.id, "high": high.id} for stem, (low, high) in library.ranges.items()],
        "findings": [_finding(row, library, used, graded, held, adviser) for row in library.rows("findings")],
        "claims": [_claim(entry, judged[entry.id], used, adviser) for entry in claims.known(library).values()],
        "comparisons": list(_comparisons(checked, library, used, adviser)),
        "statements": [_statement(statement) for statement in checked.statements],
        "corrections": [_correction(row) for row in library.rows("corrections")],
        "aliases": [_picked(row, records.Alias) for row in library.rows("aliases")],
        "history": sorted((_picked(row, records.Change) for row in library.rows("history")), key=lambda row: row["date"], reverse=True),
        "countersigned": list(_countersigned(library, folder)),
        "totals": totals(verdict_of, checked),
    }


def totals(verdict_of: dict[str, Verdict], checked: Checked) -> records.Totals:
    """Return how many figures bear each verdict, and how many numbers in prose are bound, allowed and unbound."""
    words = Counter(verdict.word for verdict in verdict_of.values())
    return {
        "verdicts": dict(sorted(words.items())),
        "statements": len(checked.statements),
        "bound": checked.bound,
        "allowed": len(checked.allowed),
        "unbound": len(checked.unbound),
    }


def _countersigned(library: Library, chapters: Path) -> Iterator[records.Countersigned]:
    """Yield how much of each page and table is countersigned, of those that have something to sign."""
    for page, share in share_of(items(library, chapters), Signatures(library)).items():
        if share.linked:
            signed = {name.replace("-", "_"): share.signed[name] for name in INDEPENDENCE}
            yield cast(records.Countersigned, {"page": page, "sentences": share.linked, **signed})


def _picked(row: dict[str, Any], record: Any) -> Any:
    """Return the cells of a row that a record is declared with."""
    return {name: row[name] for name in record.__annotations__}


def _source(row: dict[str, Any], library: Library) -> Any:
    released = freshness.last_release(library, row["id"])
    due = freshness.next_due(row, released)
    state = {
        "covered": receipts.covered(library).get(row["id"], ""),
        "released": released,
        "due": due,
        "freshness": freshness.freshness(due, freshness.edition_day(library)),
    }
    return _picked(row | state, records.Source)


def _figure(verdict: Verdict, library: Library, used: Used, fresh: records.Freshness, held: Told, adviser: Adviser) -> Any:
    figure = verdict.figure
    interval = figure.quantity.interval
    period = library.period(figure.period, figure.source, figure.as_of) or Period()
    result = verdict.result
    cells = {name: cell for name, cell in figure.further if cell}
    further = {"further": cells} if cells else {}
    return {
        **further,
        "id": figure.id,
        "source": figure.source,
        "shown": figure.shown,
        **_safe(adviser.figure(figure.id)),
        "stated": figure.stated,
        "value": plain(figure.quantity),
        "signed": figure.signed,
        "low": float(interval.low),
        "high": float(interval.high),
        "unit": figure.unit,
        "category": figure.category,
        "population": figure.population,
        "place": figure.place,
        "period": figure.period,
        "period_from": period.start,
        "period_to": period.end,
        "period_basis": period.basis,
        "as_of": figure.as_of,
        "freshness": fresh,
        "origin": figure.origin,
        "note": figure.note,
        "verdict": cast(Word, verdict.word),
        "recomputation": result.recomputation.name if result else "",
        "about": result.recomputation.about if result else "",
        "arithmetic": written_out(library, figure) if result else "",
        "inputs": [entry.id for entry in result.inputs] if result else [],
        "reasons": list(verdict.reasons),
        "corrections": list(verdict.corrections),
        "doubt": verdict.doubt,
        "places": [_place(place, held) for place in library.places(figure.id)],
        "vintages": [{"as_of": old.as_of, "stated": old.shown, "period": old.period} for old in library.earlier(figure.id)],
        "chapters": _chapters(used, *(("figure", name) for name in _names(figure.id))),
    }


def _safe(advice: Advice) -> dict[str, str]:
    return {"safe": advice.answer, "safe_words": advice.says, "safe_rule": advice.rule}


def _names(identifier: str) -> list[str]:
    stem, _, end = identifier.rpartition(".")
    return [identifier, stem] if end in ("low", "high") else [identifier]


def _chapters(used: Used, *keys: tuple[str, str]) -> list[str]:
    return sorted({statement.page for key in keys for statement in used.get(key, []) if not statement.page.startswith("data/")})


def _place(figure: Figure, held: Told) -> records.Place:
    said = held.get(figure.where, "")
    return {"locator": figure.locator, "stated": figure.stated, "quote": figure.quote, "population": figure.population, "held": said}


def _finding(row: dict[str, Any], library: Library, used: Used, graded: dict[str, Strength], held: Told, adviser: Adviser) -> Any:
    named = [correction["id"] for correction in library.rows("corrections") if row["id"] in correction["findings"].split()]
    more = {
        **_safe(adviser.finding(row["id"])),
        "held": held.get(where(row), ""),
        "graded": list(graded[row["id"]].reasons),
        "corrections": named,
        "chapters": _chapters(used, ("finding", row["id"])),
    }
    return _picked(row | more, records.Finding)


def _claim(entry: claims.Claim, judged: claims.Judged | None, used: Used, adviser: Adviser) -> Any:
    first = next(iter(used.get(("claim", entry.id), [])), None)
    return {
        **_safe(adviser.claim(judged)),
        "id": entry.id,
        "holds": judged.holds if judged else None,
        "beyond_chance": judged.beyond_chance if judged else None,
        "states": first.text if first else entry.statement,
        "threshold": entry.threshold,
        "figures": [figure.id for figure in judged.inputs] if judged else [],
        "chapters": _chapters(used, ("claim", entry.id)),
    }


def _compared(checked: Checked, library: Library) -> dict[str, None]:
    """Return the comparisons that links of the chapters and of the library's own prose declare, each once."""
    own = (link for passage in library_prose(library) for link in passage.block.links)
    targets = [*(statement.target for statement in checked.statements), *(link.target for link in own)]
    return {target: None for target in targets if claims.spelled_out(target)}


def _comparisons(checked: Checked, library: Library, used: Used, adviser: Adviser) -> Iterator[records.Claim]:
    """Yield the comparisons that links declare, as the claims they are; those of figures that are not published yet are left out."""
    for target in _compared(checked, library):
        try:
            entry = claims.find(target, library)
        except DataError:
            continue
        if entry and (judged := _judged(entry, library)):
            yield _claim(entry, judged, used, adviser)


def _statement(statement: Statement) -> Any:
    return {
        "chapter": statement.page,
        "kind": statement.kind,
        "target": statement.target,
        "states": statement.text,
        "library": statement.found,
        "holds": statement.holds,
        "sentence": statement.sentence,
    }


def _correction(row: dict[str, Any]) -> Any:
    return _picked(row | {name: row[name].split() for name in ("figures", "findings")}, records.Correction)
