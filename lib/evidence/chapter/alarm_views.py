"""What the checks of any report say of the quotes of each source, and what has become of each alarm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidence.catalog import Library
from evidence.chapter.output import Output, figure_link, finding_link, table
from evidence.markup import Html, html, joined
from evidence.referee.library import ProposedCorrection, audit_library, proposals

_HEADS = ["Check", "Source", "What it is about", "What became of it"]
_NONE = "The checks that need no knowledge of the subject found nothing in the quotes of the sources."
_SOME_OPEN = "Alarms that are open have not been judged yet: neither does a correction name them, nor does a reason let them stand."
_ALL_JUDGED = "Each has been judged: a declared correction names what it is about, or a reason lets it stand."


def alarms_view(library: Library, titles: Mapping[str, str]) -> Output:
    """Return each alarm and question of the generic checks over the quotes of the sources, open ones first, with the corrections that judge it."""
    made = sorted(proposals(library, audit_library(library)), key=lambda one: not one.open)
    if not made:
        return Output(html("<p>{}</p>", _NONE), _NONE)
    judged = library.by_id("corrections")
    cells = [[one.found.kind, titles[one.source], _about(one, library), _became(one, judged)] for one in made]
    texts = [[one.found.kind, one.source, ", ".join(one.records), ", ".join(one.corrections) or one.reason or "open"] for one in made]
    return table(_HEADS, texts, cells, caption=_SOME_OPEN if any(one.open for one in made) else _ALL_JUDGED)


def _about(one: ProposedCorrection, library: Library) -> Html:
    """Return the records that quote the sentence: a figure by its number, a finding by what it is."""
    figures = library.figures
    return joined(
        (figure_link(name, figures[name].shown) if name in figures else finding_link(name, "a result in words") for name in one.records),
        ", ",
    )


def _became(one: ProposedCorrection, judged: Mapping[str, Any]) -> Html:
    if not one.corrections and one.reason:
        return html("let stand: {}", one.reason)
    if not one.corrections:
        return html('<strong class="alarm-open">open</strong>')
    links = (html('<a href="audit.html#correction-{}">{}</a>', name, judged[name]["title"]) for name in one.corrections)
    return html("judged: {}", joined(links, "; "))
