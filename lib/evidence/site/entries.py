"""The entries of the ledger: one static page for each source, so that every number has an address that works without scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from sphinx.application import Sphinx

from evidence import claims
from evidence.audit import SHOWN, SHOWN_AS
from evidence.chapter.reference_views import claims_view
from evidence.markup import Html, html, joined
from evidence.site.entry import Titles, described, figure_entry, finding_entry
from evidence.site.publication import UNTITLED, Publication, publication
from evidence.site.survey_pages import page_name

SLOT = '<div class="ledger-slot"></div>'
"""Where the searchable table of all entries is put on the page of the ledger."""

RETIRED = "ledger-retired"
"""Name of the page with ids that no record bears any more; made only where there are any."""

_FOLDER = "chapters"


_FEW = 20
"""Pages of a source that each of them names."""


def connect(app: Sphinx) -> None:
    """Make the pages after the chapters, and give all pages of the ledger their style sheet."""
    app.connect("html-collect-pages", _pages)
    app.connect("html-page-context", _style)


def _style(app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    if page.startswith((f"{_FOLDER}/ledger", f"{_FOLDER}/survey-")):
        app.add_css_file("ledger.css")
    if '<nav class="ledger-parts"' in context.get("body", ""):
        app.add_js_file("ledger-parts.js", priority=806, loading_method="defer")


def _pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield name, context and template of each page."""
    if app.builder.name != "html":
        return
    edition = publication(app)
    titles = {name.partition("/")[2]: title.astext() for name, title in app.env.titles.items()}
    for name, context in contexts(edition, titles).items():
        yield f"{_FOLDER}/{name}", context, "page.html"


def contexts(edition: Publication, titles: Titles) -> dict[str, dict[str, Any]]:
    """Return what the template needs for each page of entries, by name: body, title, contents, and the pages before and after."""
    made = {
        edition.page(key, part): (_named(source, part), source_page(edition, key, titles, part))
        for key, source in edition.sources.items()
        for part in range(len(edition.entries[key]))
    }
    if edition.retired:
        made[RETIRED] = ("Retired ids", retired_page(edition))
    ledger = {"link": "ledger.html", "title": _text(titles.get("ledger", UNTITLED))}
    if "ledger" not in titles:
        made = {"ledger": (UNTITLED, ledger_page(edition))} | made
    links = [{"link": f"{name}.html", "title": _text(title)} for name, (title, _) in made.items()]
    return {
        name: {
            "title": _text(title),
            "body": str(body),
            "toc": str(_contents(title, body)),
            "display_toc": True,
            "parents": [ledger],
            "prev": links[place - 1] if place else ledger,
            "next": links[place + 1] if place + 1 < len(links) else None,
        }
        for place, (name, (title, body)) in enumerate(made.items())
    }


def _text(text: str) -> str:
    return str(Html.escape(text))


def _named(source: Mapping[str, Any], part: int) -> str:
    return f"{source['title']}, continued" if part else str(source["title"])


def source_page(edition: Publication, key: str, titles: Titles, part: int = 0) -> Html:
    """Return the body of a page of a source: on the first what the source is, then entries of its figures and of its findings.

    Args:
        edition: The edition.
        key: The source.
        titles: Titles of the chapters.
        part: Which of its pages, from 0.
    """
    kept = edition.entries[key][part]
    figures = joined(figure_entry(edition, record, titles) for kind, record in kept if kind == "figure")
    findings = joined(finding_entry(edition, record, titles) for kind, record in kept if kind == "finding")
    parts = [("figures", "Figures", figures), ("findings", "Findings", findings)]
    sections = joined(html('<section id="{}"><h2>{}</h2>\n{}</section>\n', *one) for one in parts if one[2])
    source, head = edition.sources[key], Html("")
    if not part:
        every = [entry for page in edition.entries[key] for entry in page]
        head = _head(
            source, [record for kind, record in every if kind == "figure"], [record for kind, record in every if kind == "finding"]
        )
        head += _asked(key) if edition.library and key in {row["source"] for row in edition.library.rows("waves")} else Html()
    none = "" if sections else Html("<p>This edition holds no figure or finding of it.</p>")
    return _page(_named(source, part), html("{}{}{}{}", head, _parts(edition, key, part), sections, none))


def _parts(edition: Publication, key: str, part: int) -> Html:
    """Return the way to the other pages of a long source, each by its first entry; a script leads on who asks for an entry of another page.

    The first page names all of them, and where they are many the others name the first, the last, and those beside.
    """
    pages = edition.entries[key]
    if len(pages) == 1:
        return Html("")
    few = not part or len(pages) <= _FEW
    named = range(len(pages)) if few else sorted({0, part - 1, part, min(part + 1, len(pages) - 1), len(pages) - 1})
    items = joined(
        html("<li>{}</li>", html("<span>{}</span>", first) if place == part else _to(edition.page(key, place), first))
        for place, first in ((place, pages[place][0][1]["id"]) for place in named)
    )
    told = (
        "Its entries stand on several pages, which begin with" if few else "Its entries stand on many pages; the first names all. Near are"
    )
    return html('<nav class="ledger-parts" aria-label="Pages of this source"><p>{}</p><ul>{}</ul></nav>\n', told, items)


def _to(page: str, identifier: str) -> Html:
    return html('<a href="{}.html">{}</a>', page, identifier)


def retired_page(edition: Publication) -> Html:
    """Return the body of the page of ids that no record bears any more, each with the day and the reason."""
    entry = '<section class="entry" id="{0}"><h3><code>{0}</code></h3><p>Retired on {1}: {2}</p></section>\n'
    entries = joined(html(entry, row["old"], row["date"], row["reason"]) for row in edition.retired)
    return _page("Retired ids", html("<p>These ids were used in earlier editions. No record bears them now.</p>\n{}", entries))


def ledger_page(edition: Publication) -> Html:
    """Return the body of the ledger's own page, for a book that has none: every entry to search in, the pages of the sources, and the claims."""
    links = joined(html('<li><a href="{}.html">{}</a></li>', edition.page(key), source["title"]) for key, source in edition.sources.items())
    known = claims.known(edition.library)
    judged = {name: claims.judge(entry, edition.library) for name, entry in known.items()}
    told = Html(claims_view(known, judged).html) if known else ""
    return html('<section class="ledger-page" id="entries"><h1>{}</h1>\n{}\n<ul>{}</ul>\n{}</section>', UNTITLED, Html(SLOT), links, told)


def _page(title: str, inner: Html) -> Html:
    back = Html('<p class="ledger-back"><a href="ledger.html">The ledger of all sources</a></p>')
    return html('<section class="ledger-page" id="entries"><h1>{}</h1>\n{}\n{}</section>', title, back, inner)


def _head(source: Mapping[str, Any], figures: list[Any], findings: list[Any]) -> Html:
    counts = Counter(SHOWN_AS[figure["verdict"]] for figure in figures)
    tally = ", ".join(f"{counts[word]} {word}" for word in SHOWN if counts[word])
    held = [f"{_count(figures, 'figure')} ({tally})" if figures else "", _count(findings, "finding") if findings else ""]
    due = f"; the next release is due on {source['due']}" if source["due"] else ""
    overdue = source["freshness"] == "overdue"
    rows = [
        ("Authors", source["authors"]),
        ("Publisher", source["publisher"]),
        ("Published", source["published"]),
        ("Address", _address(source["url"])),
        ("How it was read", source["read"]),
        ("Its numbers", f"{source['covered']} have a figure or a reason why not" if source["covered"] else ""),
        ("DOI", _address(f"https://doi.org/{source['doi']}" if source["doi"] else "")),
        ("Licence", source["licence"]),
        ("Credit", source["attribution"]),
        ("Freshness", f"a newer release was due on {source['due']}" if overdue else f"current{due}"),
        ("In this edition", "; ".join(part for part in held if part)),
    ]
    return html('<div class="entry-rows source-head">{}</div>\n', described(rows))


def _asked(source: str) -> Html:
    """Return the way to what readers are told of a survey."""
    return html(
        '<p class="survey-made"><a href="{}.html">How it was asked: client, days, sample, questions and bases</a></p>\n', page_name(source)
    )


def _count(records: list[Any], noun: str) -> str:
    return f"{len(records)} {noun}{'' if len(records) == 1 else 's'}"


def _address(url: str) -> str:
    """Return an address as a link; anything but a page on the web stays text."""
    return html('<a href="{0}">{0}</a>', url) if url.startswith(("http://", "https://")) else url


def _contents(title: str, body: str) -> Html:
    """Return the contents of a page as the theme lists them beside it."""
    parts = [(name, heading) for name, heading in (("figures", "Figures"), ("findings", "Findings")) if f'<section id="{name}">' in body]
    links = joined(html('<li><a class="reference internal" href="#{}">{}</a></li>', *part) for part in parts)
    return html('<ul><li><a class="reference internal" href="#">{}</a><ul>{}</ul></li></ul>', title, links)
