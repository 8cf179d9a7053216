"""Each chart at an address of its own, to cite, to link and to embed: a still picture with its table, and no script; and one data package for all downloads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from evidence.ledger.citation import book, credit
from evidence.ledger.succession import NOTICE
from evidence.markup import Html, html, joined
from evidence.settings import LICENCES, licence, short_name
from evidence.site.charts import stored_charts
from evidence.site.credits import base, credited
from evidence.site.publication import Publication, publication

PACKAGE = "datapackage.json"
"""Data package of the downloads, at the root of the site."""

LARGEST = 50_000
"""Bytes that an embedded chart may weigh, its picture and its style included."""

_TABLES = ("figures", "findings", "claims", "statements")


def connect(app: Sphinx) -> None:
    """Write the pages and the package once pictures and tables are there."""
    app.connect("build-finished", _publish, priority=910)


def _publish(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html":
        return
    target, edition, charts = Path(app.outdir), publication(app), stored_charts(app)
    (target / "embed").mkdir(exist_ok=True)
    for identifier, (chapter, spec) in charts.items():
        (target / "charts" / f"{identifier}.html").write_text(chart_page(edition, chapter, spec), encoding="utf-8")
        (target / "embed" / f"{identifier}.html").write_text(embedded(edition, spec), encoding="utf-8")
    places = sorted(path.relative_to(target).as_posix() for path in target.glob("places/*.csv"))
    map_page = getattr(app, "evidence_way_in", f"{app.config.root_doc}.html")
    package = downloads(edition, [spec for _, spec in charts.values()], places, map_page)
    (target / PACKAGE).write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def chart_page(edition: Publication, chapter: str, spec: Mapping[str, Any]) -> str:
    """Return the page of a chart: picture, table, what it rests on, and how to cite, link and embed it.

    Args:
        edition: The edition.
        chapter: Name of the chapter that shows it.
        spec: The chart as a chapter stores it.
    """
    about, name = spec["usermeta"], edition.ledger["edition"]["name"]
    own = f"{edition.url}charts/{about['id']}.html"
    title = about["title"].replace("&", "&amp;").replace('"', "&quot;")
    address = f"{edition.url}editions/{name}/embed/{about['id']}.html"
    frame = f'<iframe src="{address}" title="{title}" width="680" height="640" loading="lazy"></iframe>'
    copied = [
        ("Cite", f"{about['title']}. {about['source']} In: {credit(book(), edition.ledger['edition'], own)}"),
        ("Link", own),
        ("Link to this edition", f"{edition.url}editions/{name}/charts/{about['id']}.html"),
        ("Embed", frame),
    ]
    ways = joined(html("<div><dt>{}</dt><dd><code>{}</code></dd></div>", *pair) for pair in copied)
    files = joined(
        html('<li><a href="{}{}" download>{}</a></li>', about["id"], ending, what)
        for ending, what in (
            (".svg", "Picture (SVG)"),
            (".png", "Picture (PNG)"),
            (".csv", "Data (CSV)"),
        )
    )
    files += html('<li><a href="../{}">About all data</a></li>', PACKAGE)
    body = html(
        '<p class="back"><a href="../chapters/{}.html#chart-{}">{}</a></p>\n<h1>{}</h1>\n{}\n<dl class="ways" data-chart="{}">{}</dl>\n<ul class="files">{}</ul>',
        *(
            chapter,
            about["id"].replace(".", "-"),
            book().name,
            about["title"],
            _figure(edition, spec, "../charts/"),
            about["id"],
            ways,
            files,
        ),
    )
    return _page(about["id"], about["title"], body, f'<link rel="canonical" href="{html("{}", own)}">')


def embedded(edition: Publication, spec: Mapping[str, Any]) -> str:
    """Return a chart to stand in the page of somebody else: its picture, its table and its credit."""
    about = spec["usermeta"]
    link = html(
        '<h1 class="more"><a href="../charts/{}.html" target="_top">{}: this chart, its data, and how to cite it</a></h1>',
        about["id"],
        book().name,
    )
    told = html('<div class="embedded" data-figures="{}">{}{}</div>', " ".join(_ids(about)), _figure(edition, spec, "../charts/"), link)
    return _page(about["id"], about["title"], told, '<meta name="robots" content="noindex">')


def _ids(about: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(row["id"] for row in about["rows"] if about["kind"] == "figure" and row["id"]))


def _figure(edition: Publication, spec: Mapping[str, Any], pictures: str) -> Html:
    about = spec["usermeta"]
    lines = joined(html("<p>{}</p>", line) for line in credited(edition, spec))
    return html(
        '<figure data-chart="{0}"><img class="for-wide" src="{1}{0}.svg" alt="{2}" loading="lazy"><img class="for-phone" src="{1}{0}.narrow.svg" alt="{2}" loading="lazy">'
        "<figcaption><details><summary>The numbers as a table</summary><p>{3}</p>"
        "<table><thead><tr><th>What</th><th>Group</th><th>As stated</th></tr></thead><tbody>{4}</tbody></table>{5}</details></figcaption></figure>",
        *(about["id"], pictures, spec["description"], about["subtitle"], joined(_rows(edition, about)), lines),
    )


def _rows(edition: Publication, about: Mapping[str, Any]) -> Iterator[Html]:
    for row in about["rows"]:
        stated = Html(html("{}", row["stated"]))
        if about["kind"] == "figure" and row["id"] in edition.figures:
            address = f"../chapters/{edition.address('figure', row['id'])}"
            stated = html('<a href="{}" data-evidence="figure {}" target="_top">{}</a>', address, row["id"], row["stated"])
        yield html("<tr><td>{}</td><td>{}</td><td>{}</td></tr>", row["category"], row["series"], stated)


def _page(identifier: str, title: str, body: Html, head: str) -> str:
    return str(
        html(
            '<!DOCTYPE html>\n<html lang="en-GB" data-chart="{}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
            '<meta name="color-scheme" content="light dark"><title>{} — {}</title>{}<link rel="stylesheet" href="../_static/chart-page.css">'
            '<link rel="icon" href="../_static/favicon.svg"></head>\n<body><main>{}{}</main></body></html>\n',
            *(identifier, title, book().name, Html(head), Html(NOTICE), body),
        )
    )


def downloads(edition: Publication, charts: Sequence[Mapping[str, Any]], places: Sequence[str] = (), map_page: str = "") -> dict[str, Any]:
    """Return the data package of the tables that a site offers, each with what it is about, whom, from whom, and where it stands.

    Args:
        edition: The edition.
        charts: The charts, each of which has a table.
        places: Names of the files of places, which are one table in as many parts.
        map_page: Address of the page that leads to them, below the root of the site.

    Source:
        Data Package 2.0, https://datapackage.org
    """
    made, name = edition.ledger["edition"], licence()
    terms = [{"name": name["name"], "path": name["path"], "title": LICENCES[name["name"]][0]}]
    kept = {"licenses": terms, "edition": made["name"]}
    tables = [
        {
            **{"name": table, "path": f"{table}.csv", "title": f"{table.capitalize()} of the ledger of {book().name}", **kept},
            **{
                "base": "one for each row",
                "sources": [{"title": source["title"], "path": source["url"]} for source in edition.ledger["sources"]],
            },
            "homepage": f"{edition.url}chapters/ledger.html",
        }
        for table in _TABLES
    ]
    drawn = [
        {
            **{"name": spec["usermeta"]["id"], "path": f"charts/{spec['usermeta']['id']}.csv", "title": spec["usermeta"]["title"], **kept},
            **{"base": base(spec, edition.figures), "sources": [{"title": spec["usermeta"]["source"].removeprefix("Source: ")}]},
            "homepage": f"{edition.url}charts/{spec['usermeta']['id']}.html",
        }
        for spec in charts
    ]
    return {
        **{"name": f"{short_name()}-downloads", "title": book().title, "version": made["name"], "created": made["date"]},
        **{
            "homepage": edition.url,
            "licenses": terms,
            "contributors": [{"title": author, "roles": ["author"]} for author in book().authors],
        },
        "resources": [
            {"mediatype": "text/csv", "encoding": "utf-8", **one} for one in (*tables, *drawn, *_of_places(edition, places, map_page, kept))
        ],
    }


def _of_places(edition: Publication, files: Sequence[str], map_page: str, kept: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what is told of the files of places, where a book has any: their bytes name no edition, so that editions share them."""
    if files:
        sources = dict.fromkeys((row["source"], row["address"]) for row in edition.library.rows("place-tables"))
        yield {
            **{
                "name": "places",
                "path": list(files),
                "title": f"Places of {book().name}, each beside its neighbours and the country",
                **kept,
            },
            **{"base": "one for each row", "sources": [{"title": title, "path": address} for title, address in sources]},
            "homepage": f"{edition.url}{map_page}",
        }
