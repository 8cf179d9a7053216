"""Charts on the site: downloads under each, and the scripts and data that make the static picture answer to a pointer."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

from sphinx.application import Sphinx

from evidence.catalog.rows import FOR_SPREADSHEETS
from evidence.charts import VEGA_LITE, downloads, layouts, painted
from evidence.site.credits import credited
from evidence.site.publication import publication
from evidence.writing import replace_file

_VEGA = "evidenceVega"
"""What the scripts of the site call Vega."""

_FIGURE = re.compile(r'<figure class="evidence-chart" [^>]*data-chart="([^"]+)".*?</figure>', re.DOTALL)


def connect(app: Sphinx) -> None:
    """Read the stored charts at the start, complete each page with them, write the files at the end."""
    app.connect("builder-inited", _read)
    app.connect("html-page-context", _complete)
    app.connect("build-finished", _publish)


def _read(app: Sphinx) -> None:
    read_charts(app)
    app.evidence_vega = vega() if app.evidence_charts else ("", "")  # type: ignore[attr-defined]


def read_charts(app: Sphinx) -> None:
    """Read the charts that the chapters hold now."""
    app.evidence_charts = stored(Path(app.srcdir) / "chapters")  # type: ignore[attr-defined]


def stored_charts(app: Sphinx) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return the chapter and the specification of each chart that a build publishes, by id."""
    return cast("dict[str, tuple[str, dict[str, Any]]]", app.evidence_charts)  # type: ignore[attr-defined]


def _charts(app: Sphinx) -> dict[str, dict[str, Any]]:
    return {identifier: spec for identifier, (_, spec) in stored_charts(app).items()}


def stored(chapters: Path) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return the chapter and the specification of each chart by id, as the executed chapters hold it: what is proved is what is offered."""
    found = {}
    for path in sorted(chapters.glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                spec = output.get("data", {}).get(VEGA_LITE)
                if spec:
                    found[spec["usermeta"]["id"]] = (path.stem, spec)
    return found


def vega() -> tuple[str, str]:
    """Return name and text of the script that draws: all of Vega, shut in so that its names meet no others.

    To put it together takes a second, and gives the same for a version of the package: it is kept beside the packages where these can be written.
    """
    kept = Path(sys.prefix, "share", "evidence", f"{_VEGA}-{version('vl-convert-python')}.js")
    try:
        bundle = kept.read_bytes().decode()
    except OSError:
        bundle = _bundle(kept)
    code = f"(function () {{\n{bundle}\n}})();\n"
    return f"vega-{hashlib.sha256(code.encode()).hexdigest()[:12]}.js", code


def _bundle(kept: Path) -> str:
    """Put Vega together, and keep it in a file."""
    import vl_convert

    bundle = str(vl_convert.javascript_bundle(f"window.{_VEGA} = vegaEmbed;"))
    with suppress(OSError):
        replace_file(kept, bundle)
    return bundle


def _complete(app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    """Put downloads and data into the charts of a page, and load what they need on this page only."""
    if 'class="evidence-chart"' not in context.get("body", ""):
        return
    charts = _charts(app)
    context["body"] = _FIGURE.sub(lambda match: completed(match.group(), charts.get(match.group(1)), context["pathto"]), context["body"])
    app.add_css_file("charts.css")
    vega = context["pathto"]("_static/" + app.evidence_vega[0], 1)  # type: ignore[attr-defined]
    app.add_js_file("charts.js", loading_method="defer", **{"data-vega": vega})


def completed(figure: str, spec: dict[str, Any] | None, pathto: Any) -> str:
    """Return the HTML of a chart with its downloads and data; unchanged when no chapter stores it."""
    if spec is None:
        return figure
    about = spec["usermeta"]
    links = "".join(
        f'<li><a href="{pathto("charts/" + about["id"] + ending, 1)}" download>{what}</a></li>'
        for ending, what in ((".svg", "Picture (SVG)"), (".png", "Picture (PNG)"), (".csv", "Data (CSV)"))
    )
    links += f'<li><a href="{pathto("charts/" + about["id"] + ".html", 1)}">Cite, link, embed</a></li>'
    data = painted(
        json.dumps({"layouts": layouts(spec), "rows": about["rows"], "kind": about["kind"]}, ensure_ascii=False, separators=(",", ":"))
    )
    inert = data.replace("<", "\\u003c")
    return figure.replace(
        "</figure>",
        f'<ul class="chart-downloads" aria-label="Downloads of this chart">{links}</ul><script type="application/json" class="chart-specification">{inert}</script></figure>',
    )


def _publish(app: Sphinx, failure: Exception | None) -> None:
    """Write the downloads of all charts and the script that draws them."""
    if failure or app.builder.format != "html" or not _charts(app):
        return
    write_script(app)
    folder = Path(app.outdir) / "charts"
    folder.mkdir(exist_ok=True)
    for identifier, spec in _charts(app).items():
        credit = credited(publication(app), spec)
        svg = downloads.standalone(spec, credit)
        (folder / f"{identifier}.svg").write_text(svg, encoding="utf-8")
        (folder / f"{identifier}.narrow.svg").write_text(downloads.standalone(spec, credit, narrow=True), encoding="utf-8")
        (folder / f"{identifier}.png").write_bytes(downloads.png(svg))
        (folder / f"{identifier}.csv").write_text(downloads.table(spec, publication(app).figures), encoding=FOR_SPREADSHEETS)


def write_script(app: Sphinx) -> None:
    """Write the script that draws the charts, where there are any."""
    name, code = app.evidence_vega  # type: ignore[attr-defined]
    if name:
        (Path(app.outdir) / "_static" / name).write_text(code, encoding="utf-8")
