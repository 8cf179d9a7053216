"""The frame of a page that stands outside of the theme: nothing of the edition is in it, so that its bytes are those of its own words."""

from __future__ import annotations

from evidence.ledger.citation import book
from evidence.markup import Html, html
from evidence.site.foot import foot

_PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} — {book}</title>
<meta name="description" content="{about}">
<link rel="icon" href="../_static/favicon.svg">
<link rel="stylesheet" href="../_static/frame.css">
<link rel="stylesheet" href="../_static/places.css">
<link rel="stylesheet" media="print" href="../_static/print.css">
<script src="../_static/places-scheme.js"></script>
<script defer src="../_static/place-names.js"></script>
<script defer src="../_static/places.js"></script>
</head>
<body class="place">
<a class="skip-link" href="#main-content">Skip to the text</a>
<header class="place-bar"><a class="brand" href="../chapters/index.html">{book}</a>{finder}</header>
<main id="main-content" tabindex="-1">
<!--newer-edition--><!--/newer-edition-->{inner}
</main>
<footer class="frame-footer d-print-none">{foot}</footer>
</body>
</html>
"""


class AreaFrame:
    """What is the same around all pages of areas.

    Args:
        way_in: Address of the page of the map, below the root of the site.
    """

    def __init__(self, way_in: str) -> None:
        cited = book()
        self._parts = {"book": cited.name, "finder": finder(way_in), "foot": foot(cited, "../chapters/")}

    def page(self, title: str, about: str, inner: Html) -> str:
        """Return a whole page.

        Args:
            title: Its title.
            about: A sentence for previews and search engines.
            inner: What stands in it.
        """
        return Html(_PAGE).format(title=title, about=about, inner=inner, **self._parts)


def finder(way_in: str) -> Html:
    """Return the form in which a reader types the name of a place; a script shows what fits, and without it the form leads to the page of the map.

    Args:
        way_in: Address of the page of the map, below the root of the site.
    """
    return html(
        '<form class="place-finder" role="search" action="../{}" data-root="../" autocomplete="off">'
        '<label for="place-words">Find a place</label>'
        '<input type="search" id="place-words" name="place" role="combobox" aria-expanded="false" aria-autocomplete="list" '
        'aria-controls="place-found" placeholder="town, district, region or case" spellcheck="false">'
        '<ul id="place-found" role="listbox" aria-label="Places that fit" hidden></ul><p class="visually-hidden" role="status"></p></form>',
        way_in,
    )
