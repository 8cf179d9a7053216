"""Every entry by which something that others wrote comes into the program, as a function of a file's bytes: put a new entry here."""

import contextlib
import json
import shutil
import zlib
from datetime import UTC, datetime

from entering import LITTLE, TOLD, at, beside
from entries_beside import BESIDE
from entries_network import NETWORK
from entries_tables import FURTHER_TABLES

from evidence.catalog import load
from evidence.catalog.packaging import canonical_files
from evidence.catalog.periods import nearest_period, read_period
from evidence.catalog.validation import validate
from evidence.catalog.verify.formats import read_text
from evidence.editions import Defaults, make_snapshot, publish
from evidence.editions.grid.specification import read_grid
from evidence.form import canonical, merged
from evidence.gates import run_gates
from evidence.gates.form import contents, notebook_form
from evidence.gates.outputs import strange_markup
from evidence.gates.settings import settings
from evidence.ledger import citation
from evidence.ledger.archive import about, read_about, unzipped, zipped
from evidence.quantity import find_numbers, parse, read_condition, read_formula
from evidence.reading import proposals
from evidence.reading.describing import described
from evidence.referee import audit, read_document
from evidence.referee.suppressing import read_suppressions
from evidence.refresh import store, table
from evidence.refresh.connectors import NEWEST, Wanted, _connector
from evidence.refresh.transport import Answer
from evidence.refresh.vintages import drawn
from evidence.statements import chapter_files, parse_notebook, read_notebook, read_page
from evidence.statements.pages import passages_of
from evidence.survey.codebook import read_codebook
from evidence.survey.fitting import check_codebook
from evidence.survey.responses import read_responses

REPORT = """# Bread in Hillford

In 2025, 12 of 20 bakers (60%) baked rye, up from 48% in 2024. Sales rose from £1.2 million to £1.5 million, by a quarter.

| Town | Bakers | Share |
|---|---|---|
| Hillford | 12 | 60% |
| Oldbridge | 8 | 40% |
| All | 20 | 100% |

1. Two thirds said that flour costs more than 2.5 times as much as in the 1990s.[^1]

[^1]: Invented, p. 4.
"""
PAGE = f"<!DOCTYPE html><html><body><h1>Bread</h1><p>{REPORT}</p><table><tr><th>Town</th><th>Share</th></tr><tr><td>H</td><td>60%</td></tr></table></body></html>"
GRID = "as_of,chapter\n2026-04-30,who-bakes\n,where-bread-is-sold\n"
LEDGER = {"edition": {"name": "2026-04-30-aaaa", "date": "2026-04-30", "as_of": ""}, "figures": [], "ranges": [], "aliases": []}
MANIFEST = {"source": "bread", "checked": "2026-11-21T12:00:00", "files": [{"sha256": "00", "released": "2026-01-01"}]}
RELEASE = {"dc:issued": "2026-10-22", "latest": [{"published": "2026-10-22T09:30:00Z"}]}
TAKEN = "AREACD,Period,Observation,Unit,Status\nE1,2025-04,14,%,A\nE1,2026-04,15,%,A\nE2,2026-04,x,%,A\n"
CONNECTOR = {
    **{"source": "shop-census", "kind": "nomis", "address": "https://e.example/pay.csv", "release_address": "https://e.example/pay.json"},
    **{"columns": "AREACD; Period; Observation; Unit; Status", "rows": "AREACD=E1", "constant": "Unit=%", "status_column": "Status"},
    **{"period_column": "Period", "period_pattern": r"(\d{4})-04", "period": "{year}", "value_column": "Observation"},
    **{"stated": "{}", "decimals": "0", "factor": "2", "note": "", "release_field": "latest/0/published", "dataset": "pay"},
}


def document(text):
    """Return a smallest word processor's document that holds a text."""
    return zipped(
        {
            "word/document.xml": f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>'.encode()
        }
    )


def sheet():
    """Return a smallest workbook."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return zipped(
        {
            "xl/workbook.xml": f'<workbook xmlns="{main}"><sheets><sheet name="A" sheetId="1" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1"/></sheets></workbook>'.encode(),
            "xl/_rels/workbook.xml.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="x" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Town</t></is></c><c r="B1"><v>60</v></c></row></sheetData></worksheet>'.encode(),
        }
    )


def printed(text):
    """Return a smallest PDF that shows a text."""
    drawing = f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, one)
    table_of = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table_of + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)


def a_table(place, file):
    """Every table is validated; the gates after that, which take longer, see a quarter of them, told by what they hold."""
    library = validate(load(place.book / "data"))
    canonical_files(library.directory)
    if zlib.crc32(file.read_bytes()) % 4 == 0:
        run_gates(place.book / "data", place.book / "chapters")


def a_further_table(files):
    """Return how a table is tried that the little book does without, with those that it needs."""
    name = list(files)[-1]

    def look(place, content):
        needed = [place.book / one for one in list(files)[:-1]]
        for path in needed:
            path.write_text(files[path.relative_to(place.book).as_posix()], encoding="utf-8")
        try:
            at(name)(a_table)(place, content)
        finally:
            for path in needed:
                path.unlink()

    return look


def a_notebook(_place, file):
    notebook = read_notebook(file)
    list(notebook_form(file, notebook))
    passages_of(file, notebook)
    canonical(notebook)


def a_page(_place, file):
    read_page(file)


def a_whole_page(place, _file):
    run_gates(place.book / "data", place.book / "chapters")


def the_contents(place, _file):
    list(contents(place.book / "chapters", [path.name for path in chapter_files(place.book / "chapters")]))


def the_settings(place, _file):
    list(settings(place.book))


def the_citation(place, file):
    list(settings(place.book))
    citation.book(file)


def an_overlay(place, content):
    overlay, target = place.beside / "overlay", place.beside / "snapshot"
    (overlay / "figures").mkdir(parents=True, exist_ok=True)
    (overlay / "figures" / "hillford.csv").write_bytes(content)
    shutil.rmtree(target, ignore_errors=True)
    make_snapshot(overlay, target, place.book / "data")


def a_codebook(place, file):
    check_codebook(read_codebook(file), place.library, file.name)


def answers(place, file):
    codebook = read_codebook(place.book / "data" / "codebooks" / "hillford.toml")
    read_responses(
        file,
        {"respondent": ["respondent"], "place": ["groups"], "buys_locally": ["bread.local"]},
        codebook.export,
    )


def a_report(_place, file):
    audit(read_document(file))
    proposals(read_text(file))
    described(file)


def a_grid(place, file):
    read_grid(file, place.book / "chapters", Defaults())


def suppressions(_place, file):
    read_suppressions(file)


def a_release(place, content):
    table.released(Answer("https://e.example/pay.json", "", "application/json", content), _asked(place))


def a_producers_table(place, content):
    connector = _asked(place)
    drawn(table.read(Answer("https://e.example/pay.csv", "", "text/csv", content), connector), connector, place.library, "2026-10-22")


def _asked(place):
    wanted = Wanted("bakers.hillford", (("AREACD", "E1"),), NEWEST, "")
    return _connector(dict(CONNECTOR), [wanted], [])


def a_manifest(place, content):
    folder = place.beside / "store" / "bread"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / store.MANIFEST).write_bytes(content)
    store.note_check(place.beside / "store", "bread", datetime(2026, 11, 29, tzinfo=UTC))


def a_list_of_editions(place, content):
    _published(place, content, json.dumps(LEDGER).encode())


def a_ledger(place, content):
    _published(place, json.dumps([LEDGER["edition"]]).encode(), content)


def _published(place, editions, ledger):
    site, tree = place.beside / "site", place.beside / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    for folder, held in (
        (site, json.dumps(LEDGER | {"edition": LEDGER["edition"] | {"name": "2026-11-29-bbbb"}}).encode()),
        (tree / "editions" / "2026-04-30-aaaa", ledger),
    ):
        (folder / "chapters").mkdir(parents=True, exist_ok=True)
        (folder / "ledger.json").write_bytes(held)
    (tree / "editions.json").write_bytes(editions)
    publish(site, tree)


def an_account_of_sources(_place, content):
    read_about(content)


def an_archive(_place, content):
    unzipped(content, "x.zip")


def numbers(_place, content):
    text = content.decode(errors="replace")
    find_numbers(text)
    strange_markup(text)
    for read in (parse, read_formula, read_condition, read_period, nearest_period):
        for line in text.splitlines()[:5]:
            try:
                read(line)
            except TOLD:
                continue


def a_merge(_place, content):
    """What is no notebook is left to git, which keeps both sides."""
    text = content.decode(errors="replace")
    with contextlib.suppress(ValueError):
        merged(NOTEBOOK, text, NOTEBOOK, notebook=True)
    merged(REPORT, text, REPORT.replace("rye", "oats"), notebook=False)


def a_parsed_notebook(_place, content):
    parse_notebook(content.decode(errors="replace"), "x.ipynb")


NOTEBOOK = (LITTLE / "chapters" / "who-bakes.ipynb").read_text(encoding="utf-8")


def _little(name):
    return (LITTLE / name).read_bytes()


TABLES = sorted(path.relative_to(LITTLE).as_posix() for path in (LITTLE / "data").rglob("*.csv"))

ENTRIES = {
    **{name: (at(name)(a_table), _little(name)) for name in TABLES},
    **{list(files)[-1]: (a_further_table(files), list(files.values())[-1].encode()) for files in FURTHER_TABLES.values()},
    "chapters/who-bakes.ipynb": (at("chapters/who-bakes.ipynb")(a_notebook), NOTEBOOK.encode()),
    "chapters/index.md": (at("chapters/index.md")(a_page), _little("chapters/index.md")),
    "chapters/where-bread-is-sold.ipynb, checked": (
        at("chapters/where-bread-is-sold.ipynb")(a_whole_page),
        _little("chapters/where-bread-is-sold.ipynb"),
    ),
    "_toc.yml": (at("_toc.yml")(the_contents), _little("_toc.yml")),
    "_config.yml": (at("_config.yml")(the_settings), _little("_config.yml")),
    "data/sources.csv beside a broken _config.yml": (at("_config.yml")(a_table), _little("_config.yml")),
    "CITATION.cff": (at("CITATION.cff")(the_citation), _little("CITATION.cff")),
    "README.md": (at("README.md")(the_settings), _little("README.md")),
    "overlay": (an_overlay, _little("data/figures/hillford.csv").replace(b"2026-03-31", b"2026-10-31")),
    "codebook": (at("data/codebooks/hillford.toml")(a_codebook), _little("data/codebooks/hillford.toml")),
    "answers": (beside("answers.csv")(answers), _little("answers.csv")),
    "report.md": (beside("report.md")(a_report), REPORT.encode()),
    "report.html": (beside("report.html")(a_report), PAGE.encode()),
    "report.txt": (beside("report.txt")(a_report), REPORT.encode()),
    "report.csv": (beside("report.csv")(a_report), b"Town,Share 2025\nHillford,60%\nOldbridge,40%\n"),
    "report.docx": (beside("report.docx")(a_report), document("In 2025, 60% of bakers baked rye.")),
    "report.xlsx": (beside("report.xlsx")(a_report), sheet()),
    "report.pdf": (beside("report.pdf")(a_report), printed("In 2025, 60% of bakers baked rye.")),
    "grid": (beside("grid.csv")(a_grid), GRID.encode()),
    "suppressions": (beside("let-stand.csv")(suppressions), b"file,kind,text,reason\nreport.md,sum,60%,It is right.\n"),
    "release": (a_release, json.dumps(RELEASE).encode()),
    "producer's table": (a_producers_table, TAKEN.encode()),
    "manifest of fetched files": (a_manifest, json.dumps(MANIFEST).encode()),
    "editions.json": (a_list_of_editions, json.dumps([LEDGER["edition"]]).encode()),
    "ledger of an edition": (a_ledger, json.dumps(LEDGER).encode()),
    "sources.json": (
        an_account_of_sources,
        about("e", {"site_url": "", "as_of": "", "pdf": "", "source_date_epoch": ""}, {"a": b"b"}, b"c").encode(),
    ),
    "sources.zip": (an_archive, zipped({"a/b.txt": b"text" * 50, "c.csv": b"id\n1\n"})),
    "stated numbers": (
        numbers,
        b"between 5% and 7%\n\xc2\xa31.2 million\n{a.b} * sum({c.d}, 2) as percent\n{a} > 2 * max({b}, {c})\nJan to Mar 2025\n",
    ),
    "merge": (a_merge, NOTEBOOK.encode()),
    "notebook as text": (a_parsed_notebook, NOTEBOOK.encode()),
    **BESIDE,
    **NETWORK,
}
"""Each entry by name: what tries it in a place, and a good input to begin with."""
