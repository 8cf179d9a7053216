"""What became of an edition's figures, claims and findings in a newer edition, in every respect that bears meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from typing_extensions import TypedDict

from evidence.audit import SHOWN_AS

Ledger = Mapping[str, Any]
Respects = dict[str, str]


class Respect(TypedDict):
    """One respect in which a record is another than it was."""

    what: str
    """Such as `value`, `population` or `verdict`."""
    then: str
    now: str


class Fate(TypedDict):
    """What became of a record."""

    state: Literal["corrected", "superseded", "changed", "renamed", "retired"]
    """`corrected`: what it stated was a slip, by the history of the newer edition. `superseded`: the number or its period is another. `changed`: the
    number stands, and something else that is said of it does not."""
    now: str
    """What it states in the newer edition; empty when retired."""
    id: str
    """The id it has there; empty when retired."""
    reason: str
    """Why it was corrected, renamed or retired, where that is recorded."""
    changes: list[Respect]
    """Every respect in which it is another; empty when retired."""


def fates(old: Ledger, new: Ledger) -> dict[str, Fate]:
    """Return what became of each record of an older ledger that a newer one has differently or not at all.

    Figures and ranges are named by their id, claims and findings by `claim:` or `finding:` and theirs.
    """
    found: dict[str, Fate] = {}
    for kind in _READ:
        then, now = _READ[kind](old), _READ[kind](new)
        aliases = {row["old"]: row for row in aliases_of(new, kind)}
        mark = "" if kind == "figure" else f"{kind}:"
        for identifier, respects in then.items():
            fate = _fate(identifier, respects, now, aliases.get(identifier))
            if fate:
                found[mark + identifier] = _explained(fate, identifier, old, new) if kind == "figure" else fate
    return found


def aliases_of(ledger: Ledger, *kinds: str) -> list[dict[str, str]]:
    """Return the aliases of a ledger that are names of some kinds of thing."""
    return [row for row in ledger["aliases"] if (row.get("kind") or "figure") in kinds]


def _fate(identifier: str, then: Respects, now: dict[str, Respects], alias: Mapping[str, str] | None) -> Fate | None:
    if identifier in now:
        changes = _differences(then, now[identifier])
        moved = any(change["what"] in ("value", "period") for change in changes)
        told = _told(now[identifier])
        return Fate(state="superseded" if moved else "changed", now=told, id=identifier, reason="", changes=changes) if changes else None
    if alias and alias["new"] in now:
        there = now[alias["new"]]
        return Fate(state="renamed", now=there["value"], id=alias["new"], reason=alias["reason"], changes=_differences(then, there))
    return Fate(state="retired", now="", id="", reason=alias["reason"] if alias else "", changes=[])


def _differences(then: Respects, now: Respects) -> list[Respect]:
    return [Respect(what=what, then=then[what], now=now[what]) for what in then if then[what] != now.get(what, "")]


def _told(respects: Respects) -> str:
    return ", ".join(part for part in (respects["value"], respects.get("period", "")) if part)


def _explained(fate: Fate, identifier: str, old: Ledger, new: Ledger) -> Fate:
    """Return a fate with what the newer edition's history says of it: that it was a slip of ours, and why it changed."""
    known = {(row["figure"], row["date"], row["new"]) for row in old.get("history", ())}
    names = {identifier, f"{identifier}.low", f"{identifier}.high"}
    rows = [row for row in new.get("history", ()) if row["figure"] in names and (row["figure"], row["date"], row["new"]) not in known]
    if fate["state"] not in ("superseded", "changed") or not rows:
        return fate
    mended = [row for row in rows if row["class"] == "correction"]
    chosen = mended[0] if mended else rows[0]
    return {**fate, "state": "corrected" if mended else fate["state"], "reason": chosen["reason"]}


def _figures(ledger: Ledger) -> dict[str, Respects]:
    """Return what is said of each figure and range, by respect."""
    figures = {row["id"]: row for row in ledger["figures"]}
    worded = _sentences(ledger)
    titles = {row["id"]: row["title"] for row in ledger.get("corrections", ())}
    single = {identifier: _figure(row, row["shown"], titles, worded.get(identifier, "")) for identifier, row in figures.items()}
    ranged = {
        row["id"]: _figure(figures[row["low"]], figures[row["low"]]["stated"], titles, worded.get(row["id"], ""))
        for row in ledger["ranges"]
    }
    return ranged | single


def _figure(row: Mapping[str, Any], value: str, titles: Mapping[str, str], sentences: str) -> Respects:
    quotes = dict.fromkeys(place["quote"] for place in row.get("places", ()) if place["quote"])
    verdict = row.get("verdict", "")
    return {
        "value": value,
        "period": row["period"],
        "verdict": SHOWN_AS.get(verdict, verdict),
        "correction": "; ".join(titles.get(name, name) for name in row.get("corrections", ())),
        "doubt": row.get("doubt", ""),
        **{name: row.get(name, "") for name in ("population", "place", "unit", "note")},
        "words of the source": " … ".join(quotes),
        "sentences of the book": sentences,
    }


def _sentences(ledger: Ledger) -> dict[str, str]:
    found: dict[str, dict[str, None]] = {}
    for row in ledger.get("statements", ()):
        if row["kind"] == "figure":
            found.setdefault(row["target"], {})[row["sentence"]] = None
            found[row["target"]][f"({row['states']}{'' if row['holds'] else ': no longer holds'})"] = None
    return {target: " ".join(sorted(sentences)) for target, sentences in found.items()}


def _claims(ledger: Ledger) -> dict[str, Respects]:
    words = {True: "holds", False: "no longer holds", None: "not yet decided"}
    rows = (*ledger.get("claims", ()), *ledger.get("comparisons", ()))
    return {
        row["id"]: {
            "value": f"{row['states'] or row['id']}: {words[row['holds']]}",
            "beyond chance": {True: "yes", False: "no", None: ""}[row.get("beyond_chance")],
            "threshold": row["threshold"],
        }
        for row in rows
    }


def _findings(ledger: Ledger) -> dict[str, Respects]:
    said = ("direction", "basis", "strength", "population", "disputed_with")
    return {
        row["id"]: {
            "value": row["statement"],
            **{name.replace("_", " "): row.get(name, "") for name in said},
            "correction": "; ".join(row.get("corrections", ())),
            "words of the source": row.get("quote", ""),
        }
        for row in ledger.get("findings", ())
    }


_READ: dict[str, Callable[[Ledger], dict[str, Respects]]] = {"figure": _figures, "claim": _claims, "finding": _findings}


def shown(changes: list[Respect]) -> Iterator[str]:
    """Yield the changes of a fate as readers are told them, without those of the value and the period, which are told first, and of long texts only that."""
    for change in changes:
        if change["what"] in ("words of the source", "sentences of the book"):
            yield f"the {change['what']} are others"
        elif change["what"] not in ("value", "period"):
            yield f"{change['what']}: {change['then'] or 'none'} → {change['now'] or 'none'}"
