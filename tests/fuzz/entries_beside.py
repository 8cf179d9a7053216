"""Entries for what lies beside a book: references, documents that cite it, proposals, waves, places, and folders of whatever others put there."""

import hashlib
import itertools
import json
import os
import shutil
import tempfile
from datetime import date
from functools import partial
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

from entering import LITTLE, beside
from entries_tables import row

from evidence.catalog import Library, schema
from evidence.catalog.verify import Text
from evidence.cited import PublishedBook, links_of, standings
from evidence.editions import publish
from evidence.gates import run_gates
from evidence.ledger.archive import zipped
from evidence.places import PlaceData, prepare
from evidence.reading import proposals
from evidence.reading.describing import described
from evidence.reading.sheet import COLUMNS, NAME, ORIGIN, decided, read, row_of, taken
from evidence.survey.looking.look import QUESTIONS, look
from evidence.survey.report import read_estimates
from evidence.writing import finish, names, replacing

BIB = '@techreport{bread,\n title = {Bread in {Hillford}},\n author = "Mill, Ann and Baker, Bo",\n institution = {Nobody},\n year = 2026,\n doi = {10.1000/x1}\n}\n'
RIS = "TY  - RPRT\nTI  - Bread in Hillford\nAU  - Mill, Ann\nPY  - 2026/03/31/\nPB  - Nobody\nUR  - https://e.example/bread\nER  - \n"
CSL = [
    {
        **{
            "title": "Bread",
            "author": [{"family": "Mill", "given": "Ann"}, {"literal": "Bakers"}],
            "issued": {"date-parts": [[2026, 3, 31]]},
        },
        **{"publisher": "Nobody", "URL": "https://e.example/bread", "DOI": "10.1000/x1", "license": "none"},
    }
]
DESCRIBED = """<html><head><title>Bread</title><meta name="citation_author" content="Ann Mill"><meta name="dc.date" content="2026-03-31">
<meta property="og:url" content="https://e.example/bread"><link rel="license" href="https://e.example/licence"></head><body></body></html>"""

ADDRESS, EDITION, EARLIER = "https://bread.example/", "2026-04-30-aaaa", "2025-04-30-bbbb"
BOOK = {"address": ADDRESS, "edition": {"name": EDITION, "date": EDITION[:10]}}
FIGURE = {
    **{"id": "bread.price", "shown": "12.8%", "stated": "12.8%", "unit": "percent", "period": "2025", "edition": BOOK["edition"]},
    **{"state": "superseded", "successor": {"id": "bread.price", "shown": "13%", "edition": EDITION}, "reason": "", "changes": []},
}
FIGURE["changes"] = [{"what": "value", "then": "12.8%", "now": "13%"}]
LINKS = (f"{ADDRESS}figures/bread.price.json", f"{ADDRESS}editions/{EDITION}/chapters/ledger-survey.html#bread.price")
CITING = {
    "md": "".join(f"So did [12.8%]({link}) of bakers.\n\n" for link in LINKS),
    "html": "".join(f'<p>So did <a href="{link}">12.8%</a> of bakers.</p>\n' for link in LINKS),
    "tex": "".join(rf"So did \href{{{link}}}{{12.8\%}} of bakers, \textbf{{all}}." + "\n" for link in LINKS).replace("#", r"\#"),
}
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LINKED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"

WAVE = {
    **{"source": "hillford", "weights": {"raked": False}},
    "figures": [
        {
            **{"figure": "bread.local", "kind": "share", "value": 0.6, "low": 0.4, "high": 0.8, "respondents": 20, "weighted": 20.0},
            **{"effective": 20.0, "plain": 0.6, "error": 0.1},
        }
    ],
}
ANSWERS = '[source]\nquestion = "Key"\nanswer = "hillford"\n\n[title]\nquestion = "Title"\nanswer = "Bread"\n'

TOPOLOGY = {
    **{"type": "Topology", "transform": {"scale": [0.1, 0.1], "translate": [-3.0, 52.0]}},
    "arcs": [[[0, 0], [0, 10], [10, 0], [0, -10], [-10, 0]]],
    "objects": {"towns": {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "arcs": [[0]], "properties": {}}]}},
}
TOPOLOGY["objects"]["towns"]["geometries"][0]["properties"] = {"code": "X00000001", "name": "Hillford"}
MEASURED = "code,measure,2002,2003\nK,jobs,100,110\nX00000001,jobs,10,11\n"

TOWNS = {
    "towns.csv": (MEASURED.encode(), "Invented,2026-03-31,none,towns-2021"),
    "towns.topo.json": (json.dumps(TOPOLOGY).encode(), "Invented.,,,towns-2021"),
}
PREPARED = "file,sha256,prepared_on,source,as_of,licence,areas\n" + "".join(
    f"{name},{hashlib.sha256(content).hexdigest()},2026-11-29,{about}\n" for name, (content, about) in TOWNS.items()
)

STRAYS = "file CNAME\nfile .well-known/security.txt\nfolder notes\nlink latest\nfile editions/old.html\n"
KINDS = ("file", "folder", "link", "pipe")


def citing_document():
    """Return a document of a word processor that links to a figure."""
    link = f'<w:hyperlink r:id="r1"><w:r><w:t>12.8%</w:t></w:r></w:hyperlink><w:r><w:instrText>HYPERLINK "{LINKS[1]}"</w:instrText></w:r>'
    body = f'<w:document xmlns:w="{_WORD}" xmlns:r="{_LINKED}"><w:body><w:p>{link}</w:p></w:body></w:document>'
    related = f'<Relationships xmlns="{_RELATED}"><Relationship Id="r1" Type="{_LINKED}/hyperlink" Target="{LINKS[0]}" TargetMode="External"/></Relationships>'
    return zipped({"word/document.xml": body.encode(), "word/_rels/document.xml.rels": related.encode()})


def a_reference(_place, file):
    described(file, date(2026, 11, 29))


def a_citing_document(place, file):
    list(standings(links_of(file), PublishedBook(str(_published(place)))))


def a_published(name):
    """Return how a file of the book that is cited is tried."""

    def look(place, content):
        tree = _published(place)
        (tree / name).write_bytes(content)
        document = place.beside / "cites.md"
        document.write_text(CITING["md"], encoding="utf-8")
        list(standings(links_of(document), PublishedBook(str(tree))))

    return look


def _published(place):
    tree = place.beside / "cited"
    figure = json.dumps(FIGURE)
    files = {"book.json": json.dumps(BOOK), "editions.json": json.dumps([{"name": EARLIER, "date": EARLIER[:10]}, BOOK["edition"]])}
    files |= {f"{folder}figures/bread.price.json": figure for folder in ("", f"editions/{EDITION}/", f"editions/{EARLIER}/")}
    for name, text in files.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(text, encoding="utf-8")
    return tree


def _sheet():
    found = proposals(Text("In 2025, 60% of bakers baked rye. Sales rose by a quarter."))
    rows = [row_of(one) | {"decision": decision} for one, decision in zip(found, itertools.cycle(("accept", "", "leave")), strict=False)]
    return "\n".join([",".join(COLUMNS), *(",".join(f'"{row[name]}"' for name in COLUMNS) for row in rows)]) + "\n"


SHEET = _sheet()
OF_DOCUMENT = json.dumps({"file": "report.md", "source": "hillford", "sha256": "00", "as_of": ""})


def _export(end):
    """Return the answers of the little book as another program writes them."""
    import pandas as pd
    import pyreadstat

    frame = pd.read_csv(LITTLE / "answers.csv")
    write = {"xlsx": lambda file: frame.to_excel(file, index=False), "sav": partial(pyreadstat.write_sav, frame), "dta": frame.to_stata}[
        end
    ]
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder) / f"answers.{end}")
        return (Path(folder) / f"answers.{end}").read_bytes()


def a_sheet(place, content):
    _decisions(place, content, OF_DOCUMENT.encode())


def an_origin(place, content):
    _decisions(place, SHEET.encode(), content)


def _decisions(place, rows, origin):
    folder = place.beside / "proposals"
    folder.mkdir(exist_ok=True)
    (folder / NAME).write_bytes(rows)
    (folder / ORIGIN).write_bytes(origin)
    found = read(folder / NAME)
    decided(found, found.as_of or "2026-03-31")
    taken(found)
    assert found.added is not None
    found.write()


def a_wave(_place, file):
    read_estimates(file, "hillford", raked=False)


def an_export(place, file):
    into = place.beside / "look"
    shutil.rmtree(into, ignore_errors=True)
    look(file, into)


def own_answers(place, content):
    into, export = place.beside / "look", place.beside / "asked.csv"
    shutil.rmtree(into, ignore_errors=True)
    export.write_bytes((LITTLE / "answers.csv").read_bytes())
    look(export, into)
    (into / QUESTIONS).write_bytes(content)
    look(export, into)


def shapes(place, content):
    _places(place, content, MEASURED.encode())


def measured(place, content):
    _places(place, json.dumps(TOPOLOGY).encode(), content)


def _places(place, topology, table):
    given, into = place.beside / "given", place.beside / "overlay of places"
    given.mkdir(exist_ok=True)
    shutil.rmtree(into, ignore_errors=True)
    (given / "towns.topo.json").write_bytes(topology)
    (given / "towns.csv").write_bytes(table)
    prepare(_declared(place), given, into, "2026-11-29")


def _declared(place):
    """Return the library with one set of areas and one measure of it."""
    made = {table.name: place.library.all_rows(table.name) for table in schema.tables()}
    for name in ("place-areas", "place-tables"):
        made[name] = [row(name) | {"_file": f"{name}.csv", "_row": 2}]
    return Library(made, "", place.library.directory)


def a_list_of_places(place, content):
    _places(place, json.dumps(TOPOLOGY).encode(), MEASURED.encode())
    folder = place.beside / "overlay of places" / "places"
    (folder / "manifest.csv").write_bytes(content)
    data = PlaceData(_declared(place), folder)
    for one in data.held:
        data.measure(one["measure"], one["areas"])


def put_there(folder, content):
    """Put what lines of a text name into an empty folder: files, folders, links and pipes; names that lead out of it are left out."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for line in content.decode(errors="replace").splitlines():
        kind, _, name = line.partition(" ")
        path = PurePosixPath(name)
        if kind in KINDS and name.strip("/. ") and not path.is_absolute() and ".." not in path.parts:
            try:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                _put(folder / path, kind)
            except (OSError, ValueError):
                continue  # no name that a disk takes
    return folder


def _put(path, kind):
    if kind == "file":
        path.write_text("theirs", encoding="utf-8")
    elif kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to("/dev/zero")
    else:
        os.mkfifo(path)


def theirs_in_a_tree(place, content):
    """What others have put into a published tree stays, or the tree is refused."""
    site, tree = place.beside / "built", place.beside / "served"
    (site / "chapters").mkdir(parents=True, exist_ok=True)
    ledger = {"edition": BOOK["edition"] | {"as_of": ""}, "figures": [], "ranges": [], "aliases": []}
    (site / "ledger.json").write_text(json.dumps(ledger), encoding="utf-8")
    shutil.rmtree(tree, ignore_errors=True)
    publish(site, tree)
    strays = names(put_there(place.beside / "strays", content))
    for name in strays:
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        if not os.path.lexists(tree / name):
            shutil.move(place.beside / "strays" / name, tree / name)
    before = names(tree)
    publish(site, tree)
    assert before <= names(tree)


def strays_in_data(place, content):
    """What lies in `data/` that no table declares is refused, whatever it is."""
    stray = put_there(place.beside / "strays", content)
    there = place.book / "data" / "strays"
    shutil.move(stray, there)
    try:
        run_gates(place.book / "data", place.book / "chapters")
    finally:
        shutil.rmtree(there)


def a_mark(place, content):
    """A folder that a command made says which files are its own."""
    made = place.beside / "made"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    (made / "own.txt").write_text("own", encoding="utf-8")
    (made / ".evidence-output").write_bytes(content)
    with replacing(made) as folder:
        (folder / "new.txt").write_text("new", encoding="utf-8")


def a_journal(place, content):
    """What a killed command has noted is made good, in the book and nowhere else."""
    book, kept = place.beside / "killed", place.beside / "kept.txt"
    shutil.rmtree(book, ignore_errors=True)
    folder = book / "_build" / ".replacing-book"
    folder.mkdir(parents=True)
    (book / "a.csv").write_text("new", encoding="utf-8")
    kept.write_text("kept", encoding="utf-8")
    (folder / "READY").write_bytes(content.replace(b"BOOK", os.fsencode(book)))
    try:
        finish(book)
    finally:
        assert kept.read_text(encoding="utf-8") == "kept"


STEPS = {"steps": [{"place": "BOOK/a.csv", "beside": "BOOK/.evidence-1-0", "old": "", "new": "00"}], "folders": ["BOOK/made"]}

BESIDE = {
    **{f"reference.{end}": (beside(f"reference.{end}")(a_reference), text.encode()) for end, text in (("bib", BIB), ("ris", RIS))},
    "reference.json": (beside("reference.json")(a_reference), json.dumps(CSL).encode()),
    "described.html": (beside("described.html")(a_reference), DESCRIBED.encode()),
    **{f"citing.{end}": (beside(f"citing.{end}")(a_citing_document), text.encode()) for end, text in CITING.items()},
    "citing.docx": (beside("citing.docx")(a_citing_document), citing_document()),
    "book.json of a cited book": (a_published("book.json"), json.dumps(BOOK).encode()),
    "editions.json of a cited book": (a_published("editions.json"), json.dumps([BOOK["edition"]]).encode()),
    "figure of a cited book": (a_published("figures/bread.price.json"), json.dumps(FIGURE).encode()),
    "figure of a cited edition": (a_published(f"editions/{EDITION}/figures/bread.price.json"), json.dumps(FIGURE).encode()),
    "proposals.csv": (a_sheet, SHEET.encode()),
    "document.json of proposals": (an_origin, OF_DOCUMENT.encode()),
    "wave.json": (beside("wave.json")(a_wave), json.dumps(WAVE).encode()),
    "export.csv": (beside("export.csv")(an_export), (LITTLE / "answers.csv").read_bytes()),
    "questions.toml": (own_answers, ANSWERS.encode()),
    "topology": (shapes, json.dumps(TOPOLOGY).encode()),
    "measures of places": (measured, MEASURED.encode()),
    "manifest of places": (a_list_of_places, PREPARED.encode()),
    "strays in a published tree": (theirs_in_a_tree, STRAYS.encode()),
    "strays in data": (strays_in_data, STRAYS.encode()),
    "mark of an output": (a_mark, b"Made by evidence.\n00  own.txt\n"),
    "journal": (a_journal, json.dumps(STEPS).encode()),
}
"""As `entries.ENTRIES`."""

if find_spec("openpyxl") and find_spec("pyreadstat"):
    BESIDE |= {f"export.{end}": (beside(f"export.{end}")(an_export), _export(end)) for end in ("xlsx", "sav", "dta")}
