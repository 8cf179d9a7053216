"""Views of case studies and spaces: what the sources report of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidence.audit import Verdict
from evidence.catalog import Figure, Library
from evidence.catalog.freshness import in_words
from evidence.chapter.output import Output, stacked, table
from evidence.chapter.views import figures_table
from evidence.errors import DataError, UnpublishedError
from evidence.markup import Html, html, joined

_KINDS = (("activity", "What it does"), ("enabler", "What makes it work"), ("impact", "What came of it"))


def case_figures(library: Library, identifier: str) -> list[str]:
    """Return the ids of the figures of a case: those whose first two words begin its own id."""
    return [key for key in library.figures if identifier.startswith(".".join(key.split(".")[:2]))]


def case_view(
    library: Library, identifier: str, figures: list[Figure], verdict_of: Mapping[str, Verdict], titles: Mapping[str, str]
) -> Output:
    """Return a case: who and where, its numbers, and its activities, enablers, results and voices.

    Args:
        library: The data library.
        identifier: Id of the case.
        figures: Its figures.
        verdict_of: Verdict by figure id.
        titles: Name by source.

    Raises:
        DataError: If there is no such case.
    """
    case = library.by_id("cases").get(identifier)
    if case is None:
        raise library.absent("cases", identifier, library.by_id("cases"))
    own = [row for row in library.rows("case-elements") if row["case"] == identifier]
    head = Output(
        html('<p class="case-head"><strong>{}</strong>, {}. {}.</p>', case["name"], case["place"], case["organisation"]),
        f"{case['name']}, {case['place']}. {case['organisation']}.",
    )
    numbers = [figures_table(figures, verdict_of, titles, "The numbers of this case", folded=True)] if figures else []
    return stacked(head, *numbers, _coded(own), _voices([row for row in own if row["kind"] == "testimony"]))


def _coded(own: list[dict[str, Any]]) -> Output:
    """Return the activities, enablers and results of a case as we coded them, folded."""
    lists = stacked(*(_elements([row for row in own if row["kind"] == kind], caption) for kind, caption in _KINDS))
    return Output(
        html('<details class="evidence"><summary>What is told of it, as we coded it</summary>{}</details>', lists.html), lists.text
    )


def _elements(rows: list[dict[str, Any]], caption: str) -> Output:
    return table([caption, "Pools", "Pillar"], [[row["text"], row["pooling"] or "–", row["pillar"] or "–"] for row in rows])


def voice_view(library: Library, identifier: str, words: str) -> Output:
    """Return what somebody of a case said.

    Args:
        library: The data library.
        identifier: Id of the case.
        words: Words of the quote, enough to tell it from the others.

    Raises:
        DataError: If nobody of the case said them.
        UnpublishedError: If somebody did, and it was published after the library's day.
    """
    said = [row for row in library.rows("case-elements") if _says(row, identifier, words)]
    if not said and any(_says(row, identifier, words) for row in library.all_rows("case-elements")):
        raise UnpublishedError(f'"{words}" was not published by {library.as_of}')
    if not said:
        raise DataError(f'nobody of {identifier} said "{words}"; data/case-elements.csv holds the voices.')
    return Output(_voice(said[0]), f"{said[0]['quote']} ({said[0]['speaker']})")


def _says(row: dict[str, Any], case: str, words: str) -> bool:
    return row["case"] == case and bool(row["speaker"]) and words in row["quote"]


def _voice(row: dict[str, Any]) -> Html:
    return html("<blockquote><p>“{}”</p><footer>{}</footer></blockquote>", row["quote"].strip(_MARKS), row["speaker"])


def _voices(rows: list[dict[str, Any]]) -> Output:
    said = [row for row in rows if row["quote"]]
    return Output(
        html('<details class="evidence"><summary>Voices from the case</summary>{}</details>', joined(map(_voice, said))),
        "\n".join(f"{row['quote']} ({row['speaker']})" for row in said),
    )


_MARKS = "\"“”'‘’ "


def spaces_view(rows: list[dict[str, Any]]) -> Output:
    """Return the spaces named, with their status on the day they were described."""
    names = ("name", "place", "country", "kind", "status")
    texts = [[*(row[name] for name in names), in_words(row["described_on"])] for row in rows]
    caption = "Spaces that the sources name, with their status on the day they were described"
    return table(["Space", "Place", "Country", "Kind", "Status", "Described by"], texts, caption=caption, folded=True)
