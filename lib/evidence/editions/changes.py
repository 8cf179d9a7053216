"""The change report: what new data do to the numbers, sentences, claims and charts of the book."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Any

from evidence import paths
from evidence.audit import check_corrections, verdicts
from evidence.catalog import Figure, Library
from evidence.charts import chart_data, strip_links
from evidence.claims import read_comparison, spelled_out
from evidence.errors import DataError, UnpublishedError
from evidence.gates import read_book
from evidence.ledger import judge_claims
from evidence.statements import Passage, Statement, library_prose, read_notebook, statements_of


def compare(old: Library, new: Library, chapters: Path | None = None, pages: list[Passage] | None = None) -> dict[str, Any]:
    """Return what changes when the book is built on `new` instead of `old`.

    Args:
        old: The library the committed prose was written on.
        new: The library of the edition; may be seen on a day.
        chapters: Folder of the chapters; the repository's own when None.
        pages: What `read_book` gives for that folder, for a caller that compares many times; read when None.

    Returns:
        `figures` (old and new statement of each that moved, came or went, and the sentences that use it), `broken` (statements that no longer
        hold, with place and sentence), `unpublished` (statements that rest on what was not published by the edition's day), `claims` (those
        whose truth changed), `charts` (those whose data changed), `verdicts` and `audit`.
    """
    passages = read_book(chapters or paths.chapters_dir()) if pages is None else pages
    before, after = (statements_of([*passages, *library_prose(library)], library) for library in (old, new))
    used = _uses(after)
    held = {(s.where, s.target, s.text) for s in before if s.holds}
    fallen = [s for s in after if not s.holds and (s.where, s.target, s.text) in held]
    judged = judge_claims(new)
    unpublished = [s for s in fallen if new.as_of and not _is_there(s, new, judged)]
    broken = [s for s in fallen if s not in unpublished]
    return {
        "figures": [_moved(identifier, old, new, used) for identifier in _changed(old, new)],
        "broken": [_told(statement) for statement in broken],
        "unpublished": [_told(statement) for statement in unpublished],
        "as_of": new.as_of,
        "claims": _claims(old, new),
        "charts": [_chart(row["id"], new) for row in new.rows("charts") if _points(old, row["id"]) != _points(new, row["id"])],
        "verdicts": _verdicts(old, new),
        "audit": [str(problem) for problem in check_corrections(new, verdicts(new))],
    }


def clean(report: dict[str, Any]) -> bool:
    """Return whether the prose stands on the edition's data: every statement and claim holds, is published, and the audit is in order."""
    return (
        not report["broken"]
        and not report["unpublished"]
        and not report["audit"]
        and all(claim["holds"] is not False for claim in report["claims"])
    )


def markdown(report: dict[str, Any]) -> str:
    """Return a change report for people."""
    parts = ["# Change report", _summary(report)]
    parts += _section("Sentences that no longer hold", [_broken_text(entry) for entry in report["broken"]])
    parts += _section(
        f"Sentences that rest on what was not published by {report['as_of']}", [_unpublished_text(entry) for entry in report["unpublished"]]
    )
    parts += _section(
        "Claims whose truth changed",
        [f"`{c['id']}`: {_state(c['held'])} → {_state(c['holds'])}. {c['threshold']}" for c in report["claims"]],
    )
    parts += _section("Figures", [_figure_text(entry) for entry in report["figures"]])
    parts += _section("Charts whose data changed", [f"`{chart['id']}`: {chart['title']}" for chart in report["charts"]])
    parts += _section(
        "Verdicts that changed", [f"`{entry['id']}`: {entry['old'] or 'none'} → {entry['new'] or 'none'}" for entry in report["verdicts"]]
    )
    parts += _section("For the audit", report["audit"])
    return "\n\n".join(parts) + "\n"


def _summary(report: dict[str, Any]) -> str:
    counts = {name: len(report[name]) for name in ("figures", "broken", "unpublished", "claims", "charts")}
    return (
        f"{counts['figures']} figures changed, {counts['broken']} statements no longer hold, {counts['claims']} claims changed, "
        f"{counts['charts']} charts changed."
        + (f" {counts['unpublished']} statements rest on what was not published by {report['as_of']}." if report["as_of"] else "")
    )


def _section(title: str, lines: list[str]) -> list[str]:
    return [f"## {title}", "\n".join(f"- {line}" for line in lines)] if lines else []


def _figure_text(entry: dict[str, Any]) -> str:
    uses = "".join(
        f'\n  - {use["where"]}: "{use["sentence"]}" ({"holds" if use["holds"] else "no longer holds"})' for use in entry["sentences"]
    )
    return f"`{entry['id']}`: {entry['old'] or 'none'} → {entry['new'] or 'none'} ({entry['class']}){uses or ' (used in no sentence)'}"


def _broken_text(entry: dict[str, Any]) -> str:
    return f'{entry["where"]}: [{entry["states"]}]({entry["kind"]}:{entry["target"]}), the library now says {entry["library"] or "nothing"}. "{entry["sentence"]}"'


def _unpublished_text(entry: dict[str, Any]) -> str:
    return f'{entry["where"]}: [{entry["states"]}]({entry["kind"]}:{entry["target"]}). "{entry["sentence"]}"'


def _state(holds: bool | None) -> str:
    return {True: "holds", False: "broken", None: "not known"}[holds]


def _changed(old: Library, new: Library) -> list[str]:
    names = [*new.figures, *(name for name in old.figures if name not in new.figures)]
    return [name for name in names if _value(old.figures.get(name)) != _value(new.figures.get(name))]


def _value(figure: Figure | None) -> tuple[str, str, str] | None:
    return (figure.stated, figure.as_of, figure.period) if figure else None


def _moved(identifier: str, old: Library, new: Library, used: dict[str, list[Statement]]) -> dict[str, Any]:
    before, after = old.figures.get(identifier), new.figures.get(identifier)
    stem, _, end = identifier.rpartition(".")
    uses = used.get(identifier, []) + (used.get(stem, []) if end in ("low", "high") else [])
    return {
        "id": identifier,
        "old": before.shown if before else "",
        "new": after.shown if after else "",
        "class": _class(before, after) if after or not new.as_of else "not published",
        "sentences": [{"where": str(s.where), "sentence": s.sentence, "holds": s.holds} for s in uses],
    }


def _class(before: Figure | None, after: Figure | None) -> str:
    """Return what kind of change the records themselves show."""
    if before is None:
        return "new figure"
    if after is None:
        return "removed"
    if after.computed:
        return "recomputed"
    if before.as_of == after.as_of:
        return "correction"
    return "revision" if before.period == after.period else "new period"


def _uses(statements: list[Statement]) -> dict[str, list[Statement]]:
    used: dict[str, list[Statement]] = {}
    for statement in statements:
        if statement.kind == "figure":
            used.setdefault(statement.target, []).append(statement)
    return used


def _is_there(statement: Statement, library: Library, judged: dict[str, Any]) -> bool:
    """Return whether what a statement rests on was published by the library's day."""
    if statement.kind == "figure":
        return statement.target in library.figures or statement.target in library.ranges
    if spelled_out(statement.target):
        return _compares(statement.target, library)
    return judged.get(statement.target) is not None if statement.kind == "claim" else statement.target in library.by_id("findings")


def _compares(target: str, library: Library) -> bool:
    try:
        return bool(read_comparison(target, library))
    except UnpublishedError:
        return False


def _told(statement: Statement) -> dict[str, Any]:
    return {
        "where": str(statement.where),
        "kind": statement.kind,
        "target": statement.target,
        "states": statement.text,
        "library": statement.found,
        "sentence": statement.sentence,
    }


def _claims(old: Library, new: Library) -> list[dict[str, Any]]:
    before, after = judge_claims(old), judge_claims(new)
    changed = []
    for identifier, judged in after.items():
        held, holds = (entry.holds if entry else None for entry in (before[identifier], judged))
        if held != holds:
            threshold = (judged or before[identifier]).claim.threshold  # type: ignore[union-attr]
            changed.append({"id": identifier, "held": held, "holds": holds, "threshold": threshold})
    return changed


def _points(library: Library, identifier: str) -> str | None:
    """Return what a chart draws as one text; as values, a place without degrees would not equal itself."""
    try:
        return str(chart_data(library, identifier).rows.to_json(orient="records"))
    except DataError:
        return None


def _chart(identifier: str, library: Library) -> dict[str, str]:
    return {"id": identifier, "title": strip_links(chart_data(library, identifier).row["title"])}


def _verdicts(old: Library, new: Library) -> list[dict[str, str]]:
    before, after = verdicts(old), verdicts(new)
    names = [*after, *(name for name in before if name not in after)]
    words = [(name, before[name].word if name in before else "", after[name].word if name in after else "") for name in names]
    return [{"id": name, "old": was, "new": is_now} for name, was, is_now in words if was != is_now]


def difference(before: Path, after: Path) -> str:
    """Return the unified difference of `data` and `chapters` below two folders; of notebooks, the prose, the code and what cells show as text."""
    names = sorted({path.relative_to(folder).as_posix() for folder in (before, after) for path in _files(folder)})
    return "".join(part for name in names for part in _differing(name, before / name, after / name))


def _files(folder: Path) -> Iterator[Path]:
    for top in ("data", "chapters"):
        yield from (
            path for path in (folder / top).rglob("*") if path.is_file() and not path.name.startswith(".") and path.suffix != ".json"
        )


def _differing(name: str, before: Path, after: Path) -> Iterator[str]:
    old, new = (_lines(path) for path in (before, after))
    if old != new:
        yield from (line if line.endswith("\n") else f"{line}\n" for line in unified_diff(old, new, name, name, n=1))


def _lines(path: Path) -> list[str]:
    if not path.exists():
        return []
    if path.suffix != ".ipynb":
        return path.read_text(encoding="utf-8").splitlines(keepends=True)
    return [f"{line}\n" for cell in read_notebook(path).cells for line in _shown(cell)]


def _shown(cell) -> Iterator[str]:  # type: ignore[no-untyped-def]
    yield from cell.source.splitlines()
    for output in cell.get("outputs", []):
        yield from output.get("data", {}).get("text/plain", "").splitlines()
