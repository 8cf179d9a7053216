"""Numbers that others took from a published book: put a test here when one should be told that no longer stands, or a form of link be read."""

import functools
import http.server
import json
import threading
import zipfile

import pytest
from typer.testing import CliRunner

from evidence.cited import PublishedBook, links_of, standings
from evidence.cli import app
from evidence.errors import SourceError

URL = "https://bread.example/book/"
OLD, NEW = "2025-01-01-aaaa", "2026-01-01-bbbb"
WORDS = {
    "md": "[{text}]({url}) of bakers.",
    "html": '<p><a href="{url}">{text}</a> of bakers.</p>',
    "tex": r"\href{{{url}}}{{{text}}} of bakers.",
}


def record(identifier, shown, edition, state="current", now="", reason="", changes=(), period="2024", unit="percent"):
    successor = {"id": identifier, "shown": now, "edition": NEW} if now else None
    return {
        **{"id": identifier, "shown": shown, "stated": shown, "unit": unit, "period": period},
        **{"edition": {"name": edition, "date": edition[:10]}, "state": state, "successor": successor, "reason": reason},
        "changes": list(changes),
    }


def value(then, now):
    return {"what": "value", "then": then, "now": now}


NEWEST = [
    record("bread.same", "500", NEW, unit="count"),
    record("bread.price", "12.8%", NEW, period="2025"),
    record("bread.slip", "21%", NEW),
    record("bread.moved", "7.1%", NEW, period="2025"),
    record("bread.base", "40%", NEW),
    record("bread.gone", "", NEW, state="retired", reason="Asked no more."),
]
BEFORE = [
    record("bread.same", "500", OLD, unit="count"),
    record("bread.price", "11.2%", OLD, "superseded", "12.8%", changes=[value("11.2%", "12.8%")]),
    record("bread.slip", "12%", OLD, "corrected", "21%", "Two digits were exchanged.", [value("12%", "21%")]),
    record("bread.moved", "7.1%", OLD, "superseded", "7.1%", changes=[{"what": "period", "then": "2024", "now": "2025"}]),
    record("bread.base", "40%", OLD, "changed", "40%", changes=[{"what": "population", "then": "bakers", "now": "all shops"}]),
    record("bread.gone", "5%", OLD, "retired", reason="Asked no more."),
]


@pytest.fixture
def published(tmp_path):
    """A published tree of two editions, by hand."""
    tree = tmp_path / "tree"
    for folder, name, records in ((tree, NEW, NEWEST), (tree / "editions" / NEW, NEW, NEWEST), (tree / "editions" / OLD, OLD, BEFORE)):
        (folder / "figures").mkdir(parents=True)
        (folder / "book.json").write_text(json.dumps({"address": URL, "edition": {"name": name, "date": name[:10]}}))
        for one in records:
            (folder / "figures" / f"{one['id']}.json").write_text(json.dumps(one))
    (tree / "editions.json").write_text(json.dumps([{"name": OLD, "date": OLD[:10]}, {"name": NEW, "date": NEW[:10]}]))
    return tree


def entry(identifier, edition=""):
    return f"{URL}{f'editions/{edition}/' if edition else ''}chapters/ledger-survey.html#{identifier}"


CASES = [
    ("500", "bread.same", "", "stands"),
    ("12.8%", "bread.price", "", "stands"),
    ("one in eight", "bread.price", "", "stands"),
    ("11.2%", "bread.price", "", "superseded"),
    ("11.2%", "bread.price", OLD, "superseded"),
    ("12.8%", "bread.price", OLD, "other"),
    ("12%", "bread.slip", "", "corrected"),
    ("12%", "bread.slip", OLD, "corrected"),
    ("7.1%", "bread.moved", OLD, "superseded"),
    ("40%", "bread.base", OLD, "changed"),
    ("40%", "bread.base", "", "stands"),
    ("5%", "bread.gone", "", "retired"),
    ("5%", "bread.gone", OLD, "retired"),
    ("99%", "bread.price", "", "other"),
    ("500", "bread.same", "2020-01-01-cccc", "unknown"),
    ("3%", "bread.never", "", "unknown"),
    ("see the ledger", "bread.price", "", "stands"),
]


@pytest.mark.parametrize("ending", sorted(WORDS))
def test_each_number_is_told_what_became_of_it(published, tmp_path, ending):
    book, found = PublishedBook(str(published)), []
    for text, identifier, edition, _ in CASES:
        document = tmp_path / f"paper.{ending}"
        address, words = entry(identifier, edition), text
        if ending == "tex":
            address, words = address.replace("#", r"\#"), text.replace("%", r"\%")
        document.write_text(WORDS[ending].format(url=address, text=words), encoding="utf-8")
        (standing,) = standings(links_of(document), book)
        found.append((text, identifier, edition, standing.state))
    assert found == CASES


def docx(path, body, relations=""):
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {names}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="x">{relations}</Relationships>')
    return path


def test_links_of_a_word_processor_are_read_in_each_form(tmp_path):
    body = (
        '<w:p><w:hyperlink r:id="a"><w:r><w:t>12.</w:t></w:r><w:r><w:t>8%</w:t></w:r></w:hyperlink><w:r><w:t> of bakers</w:t></w:r></w:p>'
        f'<w:p><w:hyperlink r:id="b" w:anchor="bread.same"><w:r><w:t>500</w:t></w:r></w:hyperlink></w:p>'
        f"<w:p><w:fldSimple w:instr=' HYPERLINK \"{entry('bread.slip')}\" '><w:r><w:t>21%</w:t></w:r></w:fldSimple></w:p>"
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText> HYPERLINK "{URL}chapters/ledger-survey.html" \\l "bread.base" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>40%</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    relations = f'<Relationship Id="a" Target="{entry("bread.price")}"/><Relationship Id="b" Target="{URL}chapters/ledger-survey.html"/>'
    found = [(link.address.rpartition("#")[2], link.text, link.line) for link in links_of(docx(tmp_path / "paper.docx", body, relations))]
    assert found == [("bread.price", "12.8%", 1), ("bread.same", "500", 2), ("bread.slip", "21%", 3), ("bread.base", "40%", 4)]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "a.md",
            "One\n\ntwo [5%][x] and <https://b.example/>\n\n[x]: https://a.example/#y",
            [("https://a.example/#y", "5%", 3), ("https://b.example/", "https://b.example/", 3)],
        ),
        ("a.md", "```\n[5%](https://a.example/)\n```\n", []),
        ("a.md", '| a |\n|---|\n| <a href="https://a.example/">5%</a> |\n', [("https://a.example/", "5%", 3)]),
        (
            "a.tex",
            "% \\href{https://a.example/}{5\\%}\n\\href{https://a.example/x\\%20y}{\\textbf{\\pounds 5~bn}}",
            [("https://a.example/x%20y", "£ 5 bn", 2)],
        ),
        ("a.tex", "\\url{https://a.example/\\#z}", [("https://a.example/#z", "", 1)]),
        ("a.html", '<p>x</p>\n<p><a href="https://a.example/">5<b>%</b></a></p>', [("https://a.example/", "5%", 2)]),
    ],
)
def test_links_are_read_with_their_words_and_lines(tmp_path, name, text, expected):
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert [(link.address, link.text, link.line) for link in links_of(tmp_path / name)] == expected


@pytest.mark.parametrize(
    "link",
    [
        entry("bread.price") + "x y",
        f"{URL}chapters/ledger-survey.html",
        f"{URL}chapters/who-bakes.html#bread.price",
        "https://other.example/book/chapters/ledger-survey.html#bread.price",
        "https://bread.example/bookshop/chapters/ledger-survey.html#bread.price",
        f"{URL}chapters/ledger-survey.html#finding-bread.good",
    ],
)
def test_only_an_exact_address_of_a_figure_counts(published, link):
    assert PublishedBook(str(published)).named(link) is None


def test_a_file_of_a_figure_is_an_address_of_it_too(published):
    assert PublishedBook(str(published)).named(f"{URL}editions/{OLD}/figures/bread.price.json") == ("bread.price", OLD)


def test_the_period_of_an_earlier_edition_in_the_sentence_has_moved_on(published, tmp_path):
    paper = tmp_path / "paper.md"
    paper.write_text(f"In 2024 it was [7.1%]({entry('bread.moved')}).", encoding="utf-8")
    (standing,) = standings(links_of(paper), PublishedBook(str(published)))
    assert (standing.state, standing.says) == ("superseded", "the number of 2024 is now that of 2025.")


@pytest.mark.parametrize("name, text", [("paper.pdf", "x"), ("paper.docx", "no zip"), ("missing.md", None)])
def test_what_cannot_be_read_is_refused_by_name(tmp_path, name, text):
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(SourceError, match=name):
        links_of(tmp_path / name)


def test_a_folder_that_is_no_published_book_is_refused(tmp_path):
    with pytest.raises(SourceError, match=r"no published book"):
        PublishedBook(str(tmp_path)).named(URL)


def told(*words):
    done = CliRunner().invoke(app, ["cited", *map(str, words)])
    return done.exit_code, done.stdout


def test_the_command_fails_when_a_number_no_longer_stands_and_marks_its_line(published, tmp_path):
    good, bad, none = (tmp_path / name for name in ("good.md", "bad.md", "none.md"))
    good.write_text(f"[12.8%]({entry('bread.price')})")
    bad.write_text(f"x\n\n[12%]({entry('bread.slip')})")
    none.write_text("nothing")
    assert told(good, "--site", published)[0] == 0
    code, printed = told(bad, good, "--site", published, "--format", "github")
    assert code == 1
    assert f"::error file={bad},line=3,title=A number that no longer stands::bread.slip: corrected." in printed
    assert told(none, "--site", published)[0] == 1
    code, printed = told(bad, "--site", published, "--format", "json")
    assert [(row["figure"], row["state"], row["now"]) for row in json.loads(printed)] == [("bread.slip", "corrected", "21%")]


def test_a_book_is_asked_at_its_address_too(published, tmp_path):
    quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(quiet, directory=published))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    paper = tmp_path / "paper.md"
    paper.write_text(f"[12%]({entry('bread.slip')}) and [3%]({entry('bread.never')})")
    try:
        states = [one.state for one in standings(links_of(paper), PublishedBook(f"http://127.0.0.1:{server.server_port}"))]
    finally:
        server.shutdown()
    assert states == ["corrected", "unknown"]


@pytest.mark.parametrize("name", ["long.md", "long.txt", "long.tex", "long.html"])
def test_a_document_that_is_longer_than_any_report_is_refused_in_a_line(name, tmp_path):
    (tmp_path / name).write_text("<b>12% 34% " * 500_000, encoding="utf-8")
    with pytest.raises(SourceError) as error:
        links_of(tmp_path / name)
    assert str(error.value).startswith(f"{name}: ")
    assert str(error.value).count("\n") == 0


def test_a_document_of_more_links_than_anybody_sets_is_refused(tmp_path):
    (tmp_path / "list.md").write_text("[6%](https://bread.example/)\n\n" * 20_001, encoding="utf-8")
    with pytest.raises(SourceError, match="has more than 20,000 links"):
        links_of(tmp_path / "list.md")


@pytest.mark.parametrize(
    "text",
    [
        "|a|b|\n|-|-|\n" + "|1|2|\n" * 50_000,
        "> |" + "a|" * 400 + "\n> |" + "-|" * 400 + "\n" + "> 1\n" * 400,
        "- a\n" * 150_001,
        "".join(f"[a{number}]: b\n" for number in range(1_200)),
    ],
    ids=["rows", "columns that are filled up", "lines", "addresses"],
)
def test_tables_and_lists_longer_than_anybody_sets_are_refused(text, tmp_path):
    (tmp_path / "long.md").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match="has more than 150,000 lines and cells of tables"):
        links_of(tmp_path / "long.md")


def test_a_report_of_long_tables_and_many_addresses_is_read(tmp_path):
    table = "|a|b|\n|-|-|\n" + "|[1](x)|2|\n" * 2_000
    defined = "".join(f"[a{number}]: b\n" for number in range(500))
    (tmp_path / "long.md").write_text(f"{table}\n[6%][a7]\n\n{defined}", encoding="utf-8")
    assert [link.address for link in links_of(tmp_path / "long.md")] == ["x"] * 2_000 + ["b"]


def test_links_of_latex_end_where_their_braces_do_and_not_in_comments(tmp_path):
    lines = [r"% \href{c}{5\%}", r"So \href{a\%20b}{\textbf{12\%} of {all}} and \url{d}.", r"\href{open", ""]
    (tmp_path / "a.tex").write_text("\n".join(lines), encoding="utf-8")
    assert [(link.address, link.text, link.line) for link in links_of(tmp_path / "a.tex")] == [
        ("a%20b", "12% of all", 2),
        ("d", "", 2),
        ("open\n", "", 3),
    ]
