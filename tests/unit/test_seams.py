"""The page on seams: each example is a module of the package of a small invented book, and what it adds is used there."""

import re

import pytest
import typer
from nbformat.v4 import new_notebook, writes

from evidence import extension, paths
from evidence.audit import findings
from evidence.catalog import load, schema
from evidence.catalog.rows import csv_text
from evidence.catalog.validation import validate
from evidence.chapter import Chapter
from evidence.charts import chart_data
from evidence.cli import scaffolding
from evidence.errors import DataError
from evidence.recompute import recompute

PAGE = (paths.ROOT / "chapters" / "seams.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"^## `(\w+)`\n.*?```python\n(.*?)```", PAGE, re.MULTILINE | re.DOTALL))

SOURCE = {"id": "walks", "title": "Walks", "short": "Walks (invented)", "kind": "report", "licence": "none", "published": "2026-01-31"}
FIRMS = {"source": "walks", "locator": "Page 1", "unit": "count", "as_of": "2026-01-31", "place": ""}
FIGURES = [
    FIRMS | {"id": "firms.north", "quote": "The north has 16 firms.", "stated": "16", "value": "16"},
    FIRMS | {"id": "firms.south", "quote": "The south has 9 firms.", "stated": "9", "value": "9"},
]
COMPUTED = FIRMS | {"id": "computed.firms.typical", "source": "computed", "stated": "12", "value": "12", "origin": "typical_firms"}


def write(folder, table, rows):
    file = folder / (table.path if table.path.endswith(".csv") else f"{table.path}/{rows[0]['source']}.csv")
    file.parent.mkdir(exist_ok=True)
    file.write_text(csv_text([list(table.names), *([row.get(name, "") for name in table.names] for row in rows)]), encoding="utf-8")


@pytest.fixture
def book(tmp_path, monkeypatch):
    """A book of one source with the package that the examples make."""
    package = tmp_path / "lib" / "workshop"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    for name, code in EXAMPLES.items():
        (package / f"{name}.py").write_text(code, encoding="utf-8")
    (tmp_path / "_config.yml").write_text("title: Walks\nevidence:\n  package: workshop\n", encoding="utf-8")
    (tmp_path / "data").mkdir()
    write(tmp_path / "data", schema.SOURCES, [SOURCE, SOURCE | {"id": "computed", "kind": "computed", "title": "Our own"}])
    write(tmp_path / "data", schema.FIGURES, FIGURES)
    write(tmp_path / "data", schema.FIGURES, [COMPUTED])
    monkeypatch.setenv(paths.VARIABLE, str(tmp_path))
    monkeypatch.syspath_prepend(tmp_path / "lib")
    visits = schema.table("visits")
    quoted = {"source": "walks", "locator": "Page 2", "quote": "We met the mill."}
    write(
        tmp_path / "data",
        visits,
        [{"id": "visit.mill", "name": "The mill", **quoted}, {"id": "visit.forge", "name": "The forge", **quoted}],
    )
    chart = {"id": "walks.visits", "form": "matrix", "series": "visits", "title": "Visits", "subtitle": "Number", "description": "A grid."}
    write(tmp_path / "data", schema.CHARTS, [chart | {"order": "listed"}])
    return tmp_path


def test_there_is_an_example_for_each_seam_and_no_other():
    assert set(EXAMPLES) == set(extension.SEAMS)


def test_tables(book):
    assert [row["name"] for row in load().rows("visits")] == ["The mill", "The forge"]
    finding = {"id": "firms.older", "statement": "Older", "region": "west", "source": "walks"}
    write(book / "data", schema.FINDINGS, [finding])
    with pytest.raises(DataError, match=r"column region: .*must be one of north, south"):
        validate(load())


def test_formulas(book):
    result = recompute(load(), "computed.firms.typical")
    assert (result.quantity.anchor, [figure.id for figure in result.inputs]) == (12, ["firms.north", "firms.south"])


def test_checks(book):
    assert findings(load()) == {"north-is-larger": ""}
    write(book / "data", schema.FIGURES, [FIGURES[0] | {"stated": "8", "value": "8", "quote": "The north has 8 firms."}, FIGURES[1]])
    assert findings(load()) == {"north-is-larger": "8 is no more than 9."}


def test_charts(book):
    rows = chart_data(load(), "walks.visits").rows
    assert list(zip(rows["category"], rows["series"], rows["value"], strict=True)) == [
        ("The mill", "visited", 1),
        ("The forge", "visited", 1),
    ]


def test_views(book):
    (book / "chapters").mkdir()
    (book / "chapters" / "walks.ipynb").write_text(writes(new_notebook()), encoding="utf-8")
    chapter = Chapter("walks", guarded=False)
    assert chapter.visits().text == "Whom we met | Source\nThe mill | Walks (invented)\nThe forge | Walks (invented)"
    with pytest.raises(AttributeError, match="a chapter shows no voices"):
        chapter.voices()


def test_commands(book):
    group = typer.main.get_command(scaffolding.new)
    assert "visit" in group.list_commands(None)
    assert group.get_command(None, "visit").help.startswith("Add a visit to a workshop.")


def test_site(book):
    (part,) = extension.contributed("site", "PARTS", ())
    connected = []
    part.connect(type("App", (), {"connect": lambda _self, event, hook: connected.append((event, hook))})())
    context = {}
    (event, hook), *_ = connected
    hook(None, None, None, context, None)
    assert (event, context) == ("html-page-context", {"greeting": "Hello"})
