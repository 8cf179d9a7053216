"""How each survey was made: a page for every survey that the book has taken in from its answers, with what readers must be told of each wave.

A book without a wave of its own has no such page.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sphinx.application import Sphinx

from evidence.chapter.output import figure_link
from evidence.markup import Html, html, joined
from evidence.site.entry import described
from evidence.site.publication import publication
from evidence.survey.accepted import AcceptedWave, BasedNumber, accepted_waves

_FOLDER = "chapters"
_HEADS = ("Question", "Number", "Interval", "Asked", "Unweighted base", "Weighted base")


def connect(app: Sphinx) -> None:
    """Make the pages beside those of the ledger."""
    app.connect("html-collect-pages", _pages)


def _pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    if app.builder.name != "html":
        return
    edition = publication(app)
    for source, waves in groupby(accepted_waves(edition.library), key=lambda wave: wave.source):
        title = f"How it was asked: {edition.sources[source]['title']}"
        ledger = {"link": f"{edition.page(source)}.html", "title": edition.sources[source]["title"]}
        own = list(waves)
        body = survey_page(title, edition.page(source), own)
        context = {"title": str(Html.escape(title)), "body": str(body), "toc": str(_contents(title, own)), "display_toc": True}
        yield f"{_FOLDER}/{page_name(source)}", context | {"parents": [ledger], "prev": ledger, "next": None}, "page.html"


def _contents(title: str, waves: list[AcceptedWave]) -> Html:
    """Return the contents of a page as the theme lists them beside it."""
    link = '<li><a class="reference internal" href="#wave-{0}">Wave of {0}</a></li>'
    return html(
        '<ul><li><a class="reference internal" href="#">{}</a><ul>{}</ul></li></ul>', title, joined(html(link, one.as_of) for one in waves)
    )


def page_name(source: str) -> str:
    """Return the name of the page of a survey."""
    return f"survey-{source}"


def survey_page(title: str, ledger: str, waves: list[AcceptedWave]) -> Html:
    """Return the body of the page of a survey.

    Args:
        title: Its title.
        ledger: Name of the page of its numbers.
        waves: Its waves, newest first.
    """
    back = html('<p class="ledger-back"><a href="{}.html">Its numbers in the ledger</a></p>', ledger)
    return html('<section class="ledger-page survey-page" id="waves"><h1>{}</h1>\n{}\n{}</section>', title, back, joined(map(_wave, waves)))


def _wave(wave: AcceptedWave) -> Html:
    rows = [*((item.name, _told(item.told)) for item in wave.told), *wave.further.items()]
    return html(
        '<section id="wave-{0}" data-evidence="wave {1}"><h2>Wave of {0}</h2>\n<div class="entry-rows disclosed">{2}</div>\n{3}</section>\n',
        *(wave.as_of, wave.name, described(rows), _bases(wave)),
    )


def _told(text: str) -> str:
    if text.startswith(("https://", "http://")):
        return html('<a href="{0}">{0}</a>', text)
    return text or Html('<span class="gap">not told</span>')


def _bases(wave: AcceptedWave) -> Html:
    """Return the table of the numbers of a wave, each question told once."""
    head = joined(html('<th scope="col">{}</th>', name) for name in _HEADS)
    body = joined(
        _row(wave, number, wording if place == 0 else "")
        for wording, own in groupby(wave.numbers, key=lambda number: number.wording)
        for place, number in enumerate(own)
    )
    return html(
        '<div class="table-wrap" tabindex="0"><table class="bases"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>\n', head, body
    )


def _row(wave: AcceptedWave, number: BasedNumber, wording: str) -> Html:
    shown = figure_link(number.figure, number.stated) if number.newest else Html.escape(number.stated)
    label = html(" <small>{}</small>", number.category) if number.category else Html()
    cells = joined(html("<td>{}</td>", cell) for cell in (number.interval or "–", number.asked, number.unweighted, number.weighted))
    return html('<tr data-evidence="wave {}"><th scope="row">{}</th><td>{}{}</td>{}</tr>', wave.name, wording, shown, label, cells)
