"""The ledger: all figures, claims, statements and verdicts of an edition, machine readable."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from evidence import claims, paths
from evidence.audit import Verdict, verdicts
from evidence.catalog import Figure, Library, plain
from evidence.errors import DataError
from evidence.statements import Checked, Statement, chapter_files, check_passages, read_page


def check_chapters(library: Library, chapters: Path | None = None) -> Checked:
    """Return what all chapters state and whether it holds on a library.

    Raises:
        StatementError: If there is no chapter, or one cannot be read.
    """
    passages = [passage for path in chapter_files(chapters or paths.chapters_dir()) for passage in read_page(path)]
    return check_passages(passages, library)


def judge_claims(library: Library) -> dict[str, claims.Judged | None]:
    """Return every claim tried on a library, by id; None where a figure it needs is not published yet on the library's day.

    Raises:
        DataError: If a figure is missing though no day was given.
    """
    judged: dict[str, claims.Judged | None] = {}
    for identifier in claims.REGISTER:
        try:
            judged[identifier] = claims.judge(identifier, library)
        except DataError:
            if not library.as_of:
                raise
            judged[identifier] = None
    return judged


def build(library: Library, chapters: Path | None = None) -> dict[str, Any]:
    """Return the ledger of an edition.

    Args:
        library: The snapshot of the data library.
        chapters: Folder of the chapters; the repository's own when None.

    Returns:
        `figures`, `claims` and `statements`, each a list of records of text and numbers, and `totals`.
    """
    verdict_of = verdicts(library)
    checked = check_chapters(library, chapters)
    used: dict[str, list[Statement]] = {}
    for statement in checked.statements:
        used.setdefault(statement.target, []).append(statement)
    return {
        "figures": [_figure(verdict, library, used) for verdict in verdict_of.values()],
        "claims": [_claim(identifier, judged) for identifier, judged in judge_claims(library).items()],
        "statements": [
            {
                "chapter": s.page,
                "kind": s.kind,
                "target": s.target,
                "states": s.text,
                "library": s.found,
                "holds": s.holds,
                "sentence": s.sentence,
            }
            for s in checked.statements
        ],
        "totals": totals(verdict_of, checked),
    }


def totals(verdict_of: dict[str, Verdict], checked: Checked) -> dict[str, Any]:
    """Return how many figures bear each verdict, and how many numbers in prose are bound, allowed and unbound."""
    words = Counter(verdict.word for verdict in verdict_of.values())
    return {
        "verdicts": dict(sorted(words.items())),
        "statements": len(checked.statements),
        "bound": checked.bound,
        "allowed": len(checked.allowed),
        "unbound": len(checked.unbound),
    }


def write(ledger: dict[str, Any], path: Path) -> None:
    """Write a ledger as JSON, the same bytes for the same content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(ledger, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _figure(verdict: Verdict, library: Library, used: dict[str, list[Statement]]) -> dict[str, Any]:
    figure = verdict.figure
    interval = figure.quantity.interval
    return {
        "id": figure.id,
        "source": figure.source,
        "stated": figure.stated,
        "value": plain(figure.quantity),
        "low": float(interval.low),
        "high": float(interval.high),
        "unit": figure.unit,
        "population": figure.population,
        "place": figure.place,
        "period": figure.period,
        "as_of": figure.as_of,
        "origin": figure.origin,
        "note": figure.note,
        "verdict": verdict.word,
        "recomputation": verdict.result.recomputation.name if verdict.result else "",
        "inputs": [entry.id for entry in verdict.result.inputs] if verdict.result else [],
        "reasons": list(verdict.reasons),
        "corrections": list(verdict.corrections),
        "places": [_place(place) for place in library.places(figure.id)],
        "vintages": [{"as_of": old.as_of, "stated": old.stated, "period": old.period} for old in library.earlier(figure.id)],
        "chapters": sorted({statement.page for key in _names(figure.id) for statement in used.get(key, [])}),
    }


def _names(identifier: str) -> list[str]:
    stem, _, end = identifier.rpartition(".")
    return [identifier, stem] if end in ("low", "high") else [identifier]


def _place(figure: Figure) -> dict[str, str]:
    return {"locator": figure.locator, "stated": figure.stated, "quote": figure.quote, "population": figure.population}


def _claim(identifier: str, judged: claims.Judged | None) -> dict[str, Any]:
    return {
        "id": identifier,
        "holds": judged.holds if judged else None,
        "threshold": claims.REGISTER[identifier].threshold,
        "figures": [figure.id for figure in judged.inputs] if judged else [],
    }
